"""What a producer adds to the region's checklist or leaves out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import own_items
from bookings.models import OwnItem
from tests.agreements import NOW
from tests.checklists import template
from tests.world import World
from tours.errors import Refused

ITEM = {"text": "Filter", "phase": "before", "who": "presenter", "due_days": -7}


def add(world: World, **changes: Any) -> OwnItem:
    return own_items.add(world.producing, **{**ITEM, "by": world.producer, "now": NOW, **changes})


def leave_out(world: World, key: str, **changes: Any) -> OwnItem:
    return own_items.leave_out(world.producing, key, **{"by": world.producer, "now": NOW, **changes})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"due_days": 366}, "due_days"),
        ({"due_days": 1}, "due_days"),
        ({"phase": "after", "due_days": -1}, "due_days"),
    ],
)
def test_what_cannot_be_added(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        add(world, **changes)
    assert refused.value.field == field


def test_what_is_for_the_day_is_due_on_it(world: World) -> None:
    assert add(world, phase="day", due_days=-3).due_days == 0


def test_only_an_item_of_the_template_is_left_out(world: World) -> None:
    template(world)
    with pytest.raises(Refused, match="no such item"):
        leave_out(world, "juggling")


def test_the_template_is_that_of_the_day_by_the_clock_on_the_wall(world: World) -> None:
    """Half past midnight on New Year's Day is still the old year in UTC."""
    template(world, valid_from=date(2027, 1, 1))
    after_midnight = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert leave_out(world, "times", now=after_midnight).key == "times"


def test_once(world: World) -> None:
    template(world)
    leave_out(world, "times")
    with pytest.raises(Refused, match="left out already"):
        leave_out(world, "times")


def test_for_one_production_beside_all(world: World) -> None:
    template(world)
    leave_out(world, "times")
    leave_out(world, "times", production=world.production)
    with pytest.raises(Refused, match="left out already"):
        leave_out(world, "times", production=world.production)


def test_taken_back(world: World) -> None:
    own_items.take_back(add(world))
    assert not OwnItem.objects.exists()


def test_a_region_without_a_template_has_no_items(world: World) -> None:
    assert own_items.template_items(world.producing, NOW.date()) == []


def test_the_database_knows_the_two_kinds_apart(world: World) -> None:
    own = add(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnItem.objects.filter(pk=own.pk).update(key="times")
