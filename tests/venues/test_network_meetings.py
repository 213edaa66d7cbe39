"""Network meetings: who makes them, and how many of which crew come."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.crews import TODAY, crew_of, meeting_of
from tests.factories import RegionFactory
from tests.world import World
from venues import network_meetings
from venues.errors import NotPossible
from venues.network_meetings import MeetingWords

WORDS = {"title": "Crewträff", "held_on": date(2027, 3, 10), "starts_at": time(10), "ends_at": time(15)}


def made(world: World, **changes: Any) -> Any:
    told = MeetingWords(**{**WORDS, "venue": "Backe", **changes})
    return network_meetings.make_meeting(world.season.region, told, today=TODAY)


def refused(call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(NotPossible) as refusal:
        call(*args, **more)
    return refusal.value.field


def test_one_is_made(world: World) -> None:
    assert str(made(world)) == "Crewträff"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"venue": " "},
        {"held_on": TODAY - timedelta(days=1)},
        {"held_on": date(2037, 3, 10)},
        {"ends_at": time(10)},
    ],
)
def test_what_can_not_be_is_refused(world: World, changes: dict[str, Any]) -> None:
    (field,) = changes
    assert refused(made, world, **changes) == field


def test_the_last_word_of_a_crew_stands(world: World) -> None:
    meeting, crew = meeting_of(world), crew_of(world.school)
    for pupils in (5, 6):
        network_meetings.sign_up(meeting, crew, pupils_count=pupils, mentors_count=1, today=TODAY)
    assert [row.pupils_count for row in meeting.signups.all()] == [6]


def test_with_nobody_it_comes_no_longer(world: World) -> None:
    meeting, crew = meeting_of(world), crew_of(world.school)
    network_meetings.sign_up(meeting, crew, pupils_count=5, mentors_count=1, today=TODAY)
    network_meetings.sign_up(meeting, crew, pupils_count=0, mentors_count=0, today=TODAY)
    assert not meeting.signups.exists()


@pytest.mark.parametrize(
    ("pupils", "mentors", "field"), [(8, 1, "pupils_count"), (5, 3, "mentors_count"), (5, 0, "mentors_count")]
)
def test_who_can_not_come(world: World, pupils: int, mentors: int, field: str) -> None:
    meeting, crew = meeting_of(world), crew_of(world.school)
    told = {"pupils_count": pupils, "mentors_count": mentors, "today": TODAY}
    assert refused(network_meetings.sign_up, meeting, crew, **told) == field


@pytest.mark.parametrize("how", ["cancelled", "over", "elsewhere"])
def test_to_what_nobody_signs_up(world: World, how: str) -> None:
    meeting = meeting_of(world)
    if how == "cancelled":
        meeting = network_meetings.cancel_meeting(meeting)
    elif how == "elsewhere":
        meeting = meeting_of(world, region=RegionFactory(slug="vn", name="Västernorrland", code="22"))
    today = date(2027, 3, 11) if how == "over" else TODAY
    told = {"pupils_count": 5, "mentors_count": 1, "today": today}
    assert refused(network_meetings.sign_up, meeting, crew_of(world.school), **told) == ""


def test_who_comes_second_changes_nothing(world: World) -> None:
    meeting = made(world)
    told = MeetingWords(**WORDS, venue="Krokom")
    network_meetings.change_meeting(meeting, told, version=1, today=TODAY)
    assert refused(network_meetings.change_meeting, meeting, told, version=1, today=TODAY) == ""
