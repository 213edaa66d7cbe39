"""Tokens: made in a session or with another token, shown once, revoked by their person."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from api import tokens
from tests.api.callers import API, caller
from tests.world import World
from venues.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def session(user: User, **more: bool) -> Client:
    client = Client(headers={"Accept-Language": "en"}, **more)
    client.force_login(user, backend=BACKEND)
    return client


def test_a_session_makes_a_token_that_works(world: World) -> None:
    made = session(world.presenter).post(f"{API}/tokens", {"days": 7}, content_type="application/json")
    headers = {"Authorization": f"Token {made.json()['token']}"}
    answer = Client().get(f"{API}/me", headers=headers)
    assert (made.status_code, answer.json()["email"]) == (201, "presenter@example.org")


def test_a_new_token_is_not_kept_by_anyone_on_the_way(world: World) -> None:
    answer = caller(world.presenter).post(f"{API}/tokens", {})
    assert answer["Cache-Control"] == "no-store"


def test_a_token_runs_out_after_its_days(world: World) -> None:
    made = caller(world.presenter).post(f"{API}/tokens", {"days": 7}).json()
    row = AuthToken.objects.get(token_key=made["key"])
    assert row.expiry - row.created < timedelta(days=7, seconds=5)
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    answer = caller(Authorization=f"Token {made['token']}").get(f"{API}/me")
    assert answer.status_code == 401


def test_a_token_works_at_most_a_year(world: World) -> None:
    answer = caller(world.presenter).post(f"{API}/tokens", {"days": 366})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/days")


def test_only_a_digest_is_stored(world: World) -> None:
    made = caller(world.presenter).post(f"{API}/tokens", {}).json()
    stored = AuthToken.objects.filter(token_key=made["key"]).values().get()
    assert made["token"] not in map(str, stored.values())
    assert "token" not in caller(world.presenter).get(f"{API}/tokens").json()["results"][0]


def test_a_session_needs_the_forms_secret(world: World) -> None:
    client = session(world.presenter, enforce_csrf_checks=True)
    answer = client.post(f"{API}/tokens", {}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert AuthToken.objects.count() == 0


def test_a_revoked_token_does_not_work(world: World) -> None:
    client = caller(world.presenter)
    key = client.get(f"{API}/tokens").json()["results"][0]["key"]
    assert client.delete(f"{API}/tokens/{key}").status_code == 204
    assert client.get(f"{API}/me").status_code == 401


def test_a_foreign_token_can_not_be_revoked(world: World) -> None:
    row, _token = tokens.issue(world.neighbour, 1, timezone.now())
    assert caller(world.presenter).delete(f"{API}/tokens/{row.token_key}").status_code == 404
    assert AuthToken.objects.filter(pk=row.pk).exists()


def test_a_person_has_so_many_tokens_at_the_most(world: World) -> None:
    client = caller(world.presenter)
    for _time in range(tokens.TOKENS_MAX - 1):
        tokens.issue(world.presenter, 1, timezone.now())
    answer = client.post(f"{API}/tokens", {})
    assert (answer.status_code, answer.json()["detail"]) == (
        409,
        "You have 20 tokens already. Revoke one that you do not use.",
    )


def test_somebody_who_has_been_shut_out_has_no_token_that_works(world: World) -> None:
    client = caller(world.presenter)
    User.objects.filter(pk=world.presenter.pk).update(is_active=False)
    assert client.get(f"{API}/me").status_code == 401


def test_the_tokens_person_is_told_what_they_may_do_where(world: World) -> None:
    assert caller(world.presenter).get(f"{API}/me").json() == {
        "email": "presenter@example.org",
        "name": "Presenter",
        "language": "sv",
        "memberships": [
            {"organisation": {"slug": "backe-bygdegard", "name": "Backe bygdegård"}, "role": "presenter"}
        ],
    }
