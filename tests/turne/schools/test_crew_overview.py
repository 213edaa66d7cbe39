"""The region's crews for its officers: counts, meetings, votes; and the follow-up's figure."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.agreements import NOW
from tests.crews import TODAY, crew_of, hosted, meeting_of, menu_of
from tests.turne.pages import get, post, queries_of, text_of
from tests.world import World
from tours import votes
from venues.crews import add_training, set_item
from venues.models import NetworkMeeting
from venues.network_meetings import sign_up

Login = Callable[..., Client]
TOLD = {
    "title": "Crewträff", "held_on": "2027-03-10", "starts_at": "10:00", "ends_at": "15:00", "venue": "Backe",
    "programme": "Ljus.",
}  # fmt: skip


def test_counts_by_municipality(world: World, en: Login) -> None:
    visit = hosted(world)
    crew_of(world.school)
    add_training(visit.crew, held_on=TODAY, hours=6, topics=["room"], attended_count=1, today=TODAY)
    set_item(visit.crew, "shirt", "m", total_count=5, lent_count=2)
    found = get(en(world.officer), "/crewer/").context["overview"]
    assert [(line.name, line.crews, line.trained, line.hosted, line.shirts) for line in found.lines] == [
        ("Krokom", 1, 0, 0, 0),
        ("Strömsund", 1, 1, 1, 5),
    ]
    assert (found.total.pupils, found.total.shirts_lent, found.total.held) == (14, 2, 0)


def test_one_that_does_not_host_now_is_left_out(world: World, en: Login) -> None:
    crew_of(world.school, is_active=False)
    assert "No crew yet" in text_of(get(en(world.officer), "/crewer/"))


def test_votes_and_sign_ups(world: World, en: Login) -> None:
    (a,) = menu_of(world, 1)
    crew = crew_of(world.school)
    votes.vote(crew, world.season, [a], hands_count=5, version=0, now=world.season.opens_at)
    sign_up(meeting_of(world), crew, pupils_count=5, mentors_count=1, today=TODAY)
    shown = text_of(get(en(world.officer), "/crewer/"))
    assert "1 crew has signed up: 5 pupils and 1 mentor." in shown
    assert "A 5 points Lyktan: place 1" in shown


def test_the_queries_do_not_grow_with_the_crews(world: World, en: Login) -> None:
    client = en(world.officer)
    crew_of(world.school)
    one = queries_of(client, "/crewer/")
    for name in ("Ett", "Två", "Tre"):
        crew_of(world.school, name=name)
    assert queries_of(client, "/crewer/") == one


class TestMeetings:
    def test_one_is_made_and_changed_and_cancelled(self, world: World, en: Login) -> None:
        client = en(world.officer)
        post(client, "/crewer/traffar/ny/", TOLD)
        meeting = NetworkMeeting.objects.get()
        post(client, f"/crewer/traffar/{meeting.pk}/", {**TOLD, "title": "Vårträff", "version": "1"})
        post(client, f"/crewer/traffar/{meeting.pk}/stall-in/")
        meeting.refresh_from_db()
        assert (meeting.title, meeting.is_cancelled, meeting.version) == ("Vårträff", True, 3)

    @pytest.mark.parametrize(
        ("field", "value"), [("held_on", "2026-12-01"), ("ends_at", "09:00"), ("venue", "")]
    )
    def test_what_can_not_be_stands_beside_its_field(
        self, world: World, en: Login, field: str, value: str
    ) -> None:
        response = post(en(world.officer), "/crewer/traffar/ny/", {**TOLD, field: value})
        assert list(response.context["form"].errors) == [field]


def test_the_follow_up_counts_visits_hosted_by_a_crew(world: World, en: Login) -> None:
    hosted(world)
    assert world.tour.starts_on > NOW.date()
    shown = text_of(get(en(world.officer), "/uppfoljning/?sasong=varen-2027"))
    assert "visits hosted by a crew 0 of them held 1" in shown
