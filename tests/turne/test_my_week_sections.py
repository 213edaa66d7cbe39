"""The list of what is to prepare, which both sides of a visit have on their home."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings import crew_invitations
from tests.agreements import NOW, confirmed
from tests.checklists import prepared, settle
from tests.crews import crew_of, template
from tests.factories import VenueFactory
from tests.world import World
from tours.models import Rider
from turne.web.my_week_sections import crews_asked, to_prepare, to_tell

#: A week before the visit: what was to be settled three weeks and one week before is due.
WEEK_BEFORE = NOW + timedelta(days=40)


def texts(user: Any, now: Any = WEEK_BEFORE) -> list[tuple[str, str]]:
    return [(row["title"], row["text"]) for row in to_prepare(user, now)[0].rows]


def test_each_side_has_its_own(world: World) -> None:
    prepared(world)
    title = "Trumman och tystnaden, Backe bygdegård"
    assert texts(world.presenter) == [(title, "2 items are to be settled, the first by Wed 13 Jan.")]
    assert texts(world.producer) == [(title, "1 item is to be settled by Wed 13 Jan.")]
    assert texts(world.neighbour) == []


def test_what_is_due_within_a_week_stands_there(world: World) -> None:
    prepared(world)
    due = datetime(2027, 1, 13, 12, tzinfo=NOW.tzinfo)
    found = [len(texts(world.producer, due - timedelta(days=days))) for days in (8, 7)]
    assert found == [0, 1]


def test_nothing_once_it_is_settled(world: World) -> None:
    booking = prepared(world)
    settle(booking, "times", by=world.presenter)
    assert texts(world.producer) == []


def test_a_few_queries_for_any_number(world: World, django_assert_num_queries: Any) -> None:
    prepared(world)
    with django_assert_num_queries(5):  # the houses, the producers; visits, performances, items
        texts(world.presenter)


@pytest.mark.usefixtures("before_the_tour")
def test_it_stands_on_the_home_of_both(world: World, en: Any) -> None:
    for person in (world.presenter, world.producer):
        sections = en(person).get("/min-vecka/").context["sections"]
        assert "To prepare" in [section.title for section in sections]


class TestToTell:
    def test_names_what_is_asked_of_each_room(self, world: World) -> None:
        Rider.objects.update(needs_piano=True, blackout_need="full")
        [section] = to_tell(world.presenter, NOW)
        assert [(row["title"], row["text"], row["url"]) for row in section.rows] == [
            (
                "Backe bygdegård, salen",
                "Producers ask for 2 things that are not told: blackout, tuned piano.",
                "/lokaler/backe-bygdegard-salen/#asked",
            )
        ]
        assert section.tasks == 0

    def test_says_nothing_when_everything_is_told(self, world: World) -> None:
        assert to_tell(world.presenter, NOW) == []

    def test_is_as_quick_for_many_rooms(self, world: World, django_assert_num_queries: Any) -> None:
        VenueFactory.create_batch(3, organisation=world.presenting, place=world.venue.place)
        with django_assert_num_queries(3):  # the rooms, the productions, the wishes
            to_tell(world.presenter, NOW)


def test_a_crew_that_is_asked_to_host_stands_there_until_it_answers(world: World) -> None:
    template(world)
    crew = crew_of(world.neighbouring, name="Ridån")
    asked = crew_invitations.invite(confirmed(world), crew, by=world.presenter, now=NOW)
    (section,) = crews_asked(world.neighbour, NOW)
    assert [row["url"] for row in section.rows] == [f"/crew/{crew.pk}/#asked"]
    assert (section.tasks, crews_asked(world.presenter, NOW)) == (1, [])
    crew_invitations.decline(asked, by=world.neighbour, now=NOW)
    assert crews_asked(world.neighbour, NOW) == []
