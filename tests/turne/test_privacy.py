"""What is kept after somebody has logged out, and by whom requests for codes are counted."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.world import World


@pytest.mark.parametrize("route", ["my-week", "inbox", "home", "api-bookings"])
def test_a_page_of_somebody_is_not_kept(world: World, as_user, route: str) -> None:
    answer = as_user(world.presenter).get(reverse(route))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_an_answer_to_a_token_is_not_kept(world: World, client: Client) -> None:
    answer = client.get(reverse("api-me"), headers={"authorization": "Token nonsense"})
    assert (answer.status_code, answer["Cache-Control"]) == (401, "private, no-store")


def test_a_public_page_may_be_kept(world: World, client: Client) -> None:
    assert "Cache-Control" not in client.get(reverse("home")).headers


def test_what_a_view_has_said_stands(world: World, as_user) -> None:
    url = reverse("feed-municipality", args=[world.venue.place.municipality.slug])
    assert as_user(world.presenter).get(url)["Cache-Control"] == "public, max-age=900"


def test_one_who_asks_for_too_many_codes_locks_out_nobody_else(world: World, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()

    def ask(number: int, address: str) -> int:
        headers = {"x-forwarded-for": f"{number}.{number}.{number}.{number}, {address}"}
        sent = {"email": f"nobody-{number}@example.org"}
        return Client().post(reverse("account_login"), sent, headers=headers).status_code

    flood = [ask(number, "10.0.0.1") for number in range(1, 26)]
    assert (flood[0], flood[-1], ask(99, "10.0.0.2")) == (302, 200, 302)  # 200: the form, with the reason
