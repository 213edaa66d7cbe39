"""Whose doing a cancellation is, and whether it comes late."""

from datetime import timedelta
from typing import Any

import pytest

from bookings import called_off, lifecycle, postponing
from bookings.called_off import Tally
from bookings.models import Booking, VisitCancellation
from tests.agreements import DAY, NOW, SHOW_AT, confirmed
from tests.world import World
from tours.errors import Refused


def cancel(world: World, who: str = "producer", now: Any = NOW, **more: Any) -> VisitCancellation:
    booking = more.pop("booking", None) or confirmed(world)
    lifecycle.cancel(booking, by=getattr(world, who), now=now, reason="Sjukdom.", **more)
    return VisitCancellation.objects.get()


@pytest.mark.parametrize("who", ["producer", "presenter"])
def test_it_is_the_doing_of_the_side_that_cancels(world: World, who: str) -> None:
    assert cancel(world, who).cause == who


def test_the_producer_writes_down_a_presenters_call(world: World) -> None:
    assert cancel(world, cause="presenter").cause == "presenter"


def test_either_may_say_that_nobody_could_help_it(world: World) -> None:
    assert cancel(world, "presenter", cause="force_majeure").cause == "force_majeure"


@pytest.mark.parametrize(("who", "cause"), [("presenter", "producer"), ("producer", "moon")])
def test_what_is_not_for_them_to_say_is_refused(world: World, who: str, cause: str) -> None:
    with pytest.raises(Refused) as refusal:
        cancel(world, who, cause=cause)
    assert (refusal.value.field, Booking.objects.get().status) == ("cause", "confirmed")


@pytest.mark.parametrize(("days", "late"), [(30, False), (29, True), (0, True)])
def test_late_is_less_than_the_seasons_days_before(world: World, days: int, late: bool) -> None:
    row = cancel(world, now=SHOW_AT - timedelta(hours=6) - days * DAY)
    assert (row.days_before, row.late_days, row.is_late) == (days, 30, late)


def test_a_season_without_a_rule_has_no_late_ones(world: World) -> None:
    world.season.late_cancel_days = 0
    world.season.save()
    assert not cancel(world, now=SHOW_AT - timedelta(hours=6)).is_late


def test_the_rule_of_then_stays(world: World) -> None:
    row = cancel(world, now=SHOW_AT - 10 * DAY)
    world.season.late_cancel_days = 5
    world.season.save()
    row.refresh_from_db()
    assert row.is_late


def test_what_was_postponed_has_no_date_to_be_late_for(world: World) -> None:
    booking = postponing.postpone(confirmed(world), by=world.producer, now=SHOW_AT - 3 * DAY, reason="X.")
    assert not cancel(world, booking=booking, now=SHOW_AT + DAY).is_late


def test_the_history_has_it(world: World) -> None:
    row = cancel(world)
    change = row.booking.changes.get(action="cancel")
    assert change.details == {"cause": "producer", "days_before": 47, "late_days": 30}


def test_the_season_counts_them(world: World) -> None:
    cancel(world, now=SHOW_AT - 3 * DAY)
    assert called_off.of_season(world.season) == [Tally("producer", 1, 1)]
