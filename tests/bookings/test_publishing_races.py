"""A school that writes its groups while an allotment is published: what is given is what the plan was computed from."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from bookings import allotment_publishing
from tests import allotments
from tests.allotments import NOW
from tests.world import World
from tours.models import Allotment, AllottedGroup
from venues import groups
from venues.groups import GroupInput

pytestmark = pytest.mark.django_db(transaction=True)
#: So long publishing stands still after its look; the school would have written by then.
STANDS_STILL = 2.0


def test_a_class_that_is_added_while_an_allotment_is_published(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the ground and the reading of who comes it would take another class's place."""
    found, is_written = allotments.computed(world), Event()
    look = allotment_publishing.is_outdated

    def add() -> None:
        groups.add(world.school.school, 2026, GroupInput("40", "4", 90))
        connection.close()
        is_written.set()

    school = Thread(target=add)

    def look_and_stand_still(allotment: Allotment) -> bool:
        is_outdated = look(allotment)
        school.start()
        is_written.wait(STANDS_STILL)
        return is_outdated

    monkeypatch.setattr(allotment_publishing, "is_outdated", look_and_stand_still)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    school.join(60)
    assert _given() == [("4", 12), ("4A", 22), ("4B", 20), ("5A", 25)]


def _given() -> list[tuple[Any, ...]]:
    return sorted(AllottedGroup.objects.values_list("group__name", "pupils_count"))
