"""A class's minute on its page: by the mailed link, by the school's contact; and where its sums are shown."""

import pytest
from django.test import Client

from bookings import class_feedback
from bookings.models import Booking, ClassFeedback
from tests.school import OVER, confirmed_visit, group
from tests.turne.pages import errors_of, get, post, text_of
from tests.turne.test_visit_groups import at
from tests.world import World

__all__ = ["at"]
TOLD = {"glad": "20", "so_so": "3", "sad": "", "fits": "4", "comment": "Tack!"}


@pytest.fixture
def visit(world: World, at) -> Booking:
    found = confirmed_visit(world, [group(world, "4A")])
    at(OVER)
    return found


@pytest.fixture
def link(visit: Booking) -> str:
    return f"/klass/{class_feedback.make_link(visit.groups.get(), OVER)}/"


def test_by_its_link_without_an_account(link: str, client: Client) -> None:
    assert "Krokoms skola, 4A" in text_of(get(client, link))
    answer = post(client, link, TOLD, follow=True)
    assert "Thank you! It is noted." in text_of(answer)
    told = ClassFeedback.objects.get()
    assert (told.faces, told.answers, told.comment) == ((20, 3, 0), {"fits": 4}, "Tack!")


def test_looking_changes_nothing_and_is_kept_nowhere(link: str, client: Client) -> None:
    response = get(client, link)
    assert ClassFeedback.objects.count() == 0
    headers = [response[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")]
    assert headers == ["no-store", "no-referrer", "noindex, nofollow"]


def test_more_hands_than_pupils(link: str, client: Client) -> None:
    answer = post(client, link, TOLD | {"sad": "9"})
    assert (answer.status_code, list(errors_of(answer))) == (422, ["glad"])


def test_a_link_that_has_run_out_and_one_that_is_none(link: str, client: Client, at) -> None:
    at(OVER + class_feedback.GOOD_FOR * 2)
    assert [get(client, url).status_code for url in (link, "/klass/intet/")] == [410, 404]


def test_the_schools_contact_tells_it_too(world: World, visit: Booking, as_user) -> None:
    url = f"/bokning/{visit.pk}/klasser/{visit.groups.get().group_id}/"
    assert post(as_user(world.school_contact), url, TOLD).status_code == 302
    assert ClassFeedback.objects.count() == 1
    assert get(as_user(world.producer), url).status_code == 404


def test_the_sides_see_sums_on_the_visit(
    world: World, visit: Booking, link: str, client: Client, as_user
) -> None:
    post(client, link, TOLD)
    text = text_of(get(as_user(world.producer), f"/bokning/{visit.pk}/"))
    assert "1 class has answered." in text
    assert "Glad 20 (87 %)" in text.replace("\xa0", " ")
    assert "The teachers' answers are shown from three classes on." in text


def test_the_producer_sees_it_on_the_production_and_others_do_not(
    world: World, visit: Booking, link: str, client: Client, as_user
) -> None:
    post(client, link, TOLD)
    page = f"/utbud/{world.season.slug}/{world.production.slug}/"
    told = [get(as_user(user), page).context["evaluation"] for user in (world.producer, world.officer)]
    assert [found.classes for found in told] == [1, 1]
    assert get(as_user(world.presenter), page).context["evaluation"] is None


def test_the_officer_sees_it_in_the_follow_up(
    world: World, visit: Booking, link: str, client: Client, as_user
) -> None:
    post(client, link, TOLD)
    text = text_of(get(as_user(world.officer), f"/uppfoljning/?sasong={world.season.slug}"))
    assert "Trumman och tystnaden 1 20 3 0" in text
