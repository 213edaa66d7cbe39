"""What happened at a visit: who may say it, when, and what it leaves behind."""

from typing import Any

import pytest

from bookings import reporting
from bookings.errors import NotNow, Refused
from bookings.models import Booking, Performance
from bookings.models.booking import Status
from bookings.permissions import can_report
from tests.agreements import DAY, confirmed, in_state
from tests.world import World

Outcome = Booking.Outcome


def played(booking: Booking, world: World, **changes: Any) -> Booking:
    values = {"by": world.presenter, "now": booking.occupied_to, "figures": [(80, 70)]}
    return reporting.report_played(booking, **{**values, **changes})


def not_played(booking: Booking, world: World, **changes: Any) -> Booking:
    values = {"by": world.presenter, "now": booking.occupied_to, "reason": "Strömmen gick."}
    return reporting.report_not_played(booking, **{**values, **changes})


REPORTS = [played, not_played]


def audience(booking: Booking) -> list[tuple[int | None, int | None]]:
    return list(booking.performances.values_list("attendance", "attendance_young"))


def outcome_of(booking: Booking) -> str:
    return Booking.objects.get(pk=booking.pk).outcome


def test_a_played_visit_has_its_audience(world: World) -> None:
    booking = played(confirmed(world), world)
    assert (outcome_of(booking), audience(booking)) == (Outcome.HELD, [(80, 70)])


def test_a_visit_that_was_not_played_does_not_count(world: World) -> None:
    booking = not_played(confirmed(world), world)
    assert (outcome_of(booking), Performance.objects.counted().count()) == (Outcome.NOT_HELD, 0)


def test_the_history_says_who_reported_what(world: World) -> None:
    booking = confirmed(world)
    played(booking, world)
    not_played(booking, world, by=world.producer)
    lines = list(booking.changes.order_by("-id").values_list("action", "by", "reason", "details")[:2])
    assert lines == [
        ("not_played", world.producer.pk, "Strömmen gick.", {}),
        ("report", world.presenter.pk, "", {"figures": [[80, 70]]}),
    ]


def test_a_later_report_replaces_the_figures(world: World) -> None:
    booking = confirmed(world)
    played(booking, world)
    not_played(booking, world)
    assert audience(booking) == [(None, None)]


@pytest.mark.parametrize("report", REPORTS)
def test_each_report_makes_a_new_version(world: World, report: Any) -> None:
    booking = confirmed(world)
    assert report(booking, world).version == booking.version + 1


@pytest.mark.parametrize("report", REPORTS)
def test_not_before_the_visit_is_over(world: World, report: Any) -> None:
    booking = confirmed(world)
    with pytest.raises(NotNow):
        report(booking, world, now=booking.occupied_to - DAY)
    assert outcome_of(booking) == Outcome.UNKNOWN


@pytest.mark.parametrize("status", [status for status in Status.values if status != "confirmed"])
@pytest.mark.parametrize("report", REPORTS)
def test_only_what_was_confirmed(world: World, report: Any, status: str) -> None:
    booking = in_state(world, status)
    with pytest.raises(NotNow):
        report(booking, world)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_not_played_needs_a_reason(world: World, reason: str) -> None:
    booking = confirmed(world)
    with pytest.raises(Refused) as refusal:
        not_played(booking, world, reason=reason)
    assert (refusal.value.field, outcome_of(booking)) == ("reason", Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "figures", [[], [(80, 70), (80, 70)], [(-1, 0)], [(80, -1)], [(80, 81)], [(reporting.MOST + 1, 0)]]
)
def test_figures_that_cannot_be(world: World, figures: list[tuple[int, int]]) -> None:
    booking = confirmed(world)
    with pytest.raises(Refused) as refusal:
        played(booking, world, figures=figures)
    assert (refusal.value.field, audience(booking)) == ("figures", [(None, None)])


@pytest.mark.parametrize("figures", [[(0, 0)], [(80, 80)], [(reporting.MOST, 0)]])
def test_figures_at_the_edge(world: World, figures: list[tuple[int, int]]) -> None:
    assert audience(played(confirmed(world), world, figures=figures)) == figures


def test_both_sides_report_and_nobody_else(world: World) -> None:
    booking = confirmed(world)
    people = ["presenter", "producer", "neighbour", "school_contact", "officer", "administrator", "stranger"]
    assert [name for name in people if can_report(getattr(world, name), booking)] == ["presenter", "producer"]
