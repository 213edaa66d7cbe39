"""What happened at a visit: who may say it, when, and what it leaves behind."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import reporting
from bookings.errors import OverCapacity
from bookings.models import Booking, Performance, VisitReport
from bookings.models.booking import Status
from bookings.permissions import can_report
from tests.agreements import DAY, confirmed, in_state
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Venue

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
    not_played(booking, world, by=world.producer, cause="technical")
    lines = list(booking.changes.order_by("-id").values_list("action", "by", "reason", "details")[:2])
    assert lines == [
        ("not_played", world.producer.pk, "Strömmen gick.", {"cause": "technical"}),
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


@pytest.mark.parametrize("figures", [[(0, 0)], [(80, 80)], [(120, 0)]])
def test_figures_at_the_edge(world: World, figures: list[tuple[int, int]]) -> None:
    assert audience(played(confirmed(world), world, figures=figures)) == figures


def test_both_sides_report_and_nobody_else(world: World) -> None:
    booking = confirmed(world)
    people = ["presenter", "producer", "neighbour", "school_contact", "officer", "administrator", "stranger"]
    assert [name for name in people if can_report(getattr(world, name), booking)] == ["presenter", "producer"]


def test_adults_and_free_tickets_where_they_are_known(world: World) -> None:
    booking = played(confirmed(world), world, figures=[(80, 70, 10, None)])
    show = booking.performances.get()
    assert (show.attendance_adults, show.attendance_free) == (10, None)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ((80, 81), "young"),
        ((80, 70, 11), "adults"),
        ((80, 70, -1), "adults"),
        ((80, 70, None, 81), "free"),
        ((None, 1), "audience"),
        ((121, 1), "audience"),
    ],
)
def test_the_refusal_names_the_number(world: World, row: Any, part: str) -> None:
    with pytest.raises(Refused) as refusal:
        played(confirmed(world), world, figures=[row])
    assert (refusal.value.ids["show"], refusal.value.ids["part"]) == (1, part)


class TestMoreThanTheRoomTakes:
    def test_is_refused_with_the_number(self, world: World) -> None:
        with pytest.raises(OverCapacity) as refusal:
            played(confirmed(world), world, figures=[(121, 70)])
        assert (refusal.value.code, "120" in str(refusal.value)) == ("over_capacity", True)

    def test_is_noted_when_it_is_so(self, world: World) -> None:
        booking = played(confirmed(world), world, figures=[(121, 70)], over_capacity=True)
        assert audience(booking) == [(121, 70)]
        assert booking.changes.last().details == {"figures": [[121, 70]], "capacity": 120}

    def test_a_room_that_has_not_said_takes_any_number(self, world: World) -> None:
        booking = confirmed(world)
        Venue.objects.filter(pk=booking.venue_id).update(seats=None, max_persons=None)
        assert audience(played(booking, world, figures=[(reporting.MOST, 0)])) == [(reporting.MOST, 0)]


class TestCorrecting:
    def test_needs_a_why(self, world: World) -> None:
        booking = played(confirmed(world), world)
        with pytest.raises(Refused) as refusal:
            played(booking, world, figures=[(90, 70)])
        assert (refusal.value.field, audience(booking)) == ("why", [(80, 70)])

    def test_is_a_line_of_history(self, world: World) -> None:
        booking = played(confirmed(world), world)
        played(booking, world, by=world.producer, figures=[(90, 70)], why="Vi räknade fel.")
        line = booking.changes.last()
        assert (line.by, line.reason, line.details) == (
            world.producer,
            "Vi räknade fel.",
            {"figures": [[90, 70]]},
        )
        assert VisitReport.objects.get(booking=booking).side == "producer"

    def test_is_not_possible_once_it_is_settled(self, world: World) -> None:
        booking = played(confirmed(world), world)
        Booking.objects.filter(pk=booking.pk).update(settled_at=booking.occupied_to)
        with pytest.raises(NotNow):
            played(booking, world, why="För sent.")


class TestCosts:
    def test_come_with_the_report(self, world: World) -> None:
        booking = played(confirmed(world), world, costs={"room": Decimal(500), "marketing": Decimal(0)})
        assert costs(booking) == [("presenter", "room", Decimal(500))]

    def test_each_side_tells_its_own(self, world: World) -> None:
        booking = played(confirmed(world), world, costs={"room": Decimal(500)})
        now = {"now": booking.occupied_to}
        reporting.tell_costs(booking, by=world.producer, costs={"travel": Decimal(300)}, **now)
        reporting.tell_costs(booking, by=world.presenter, costs={"room": Decimal(600)}, **now)
        assert costs(booking) == [("presenter", "room", Decimal(600)), ("producer", "travel", Decimal(300))]

    @pytest.mark.parametrize(
        "told",
        [{"room": Decimal(-1)}, {"travel": Decimal(5)}, {"room": Decimal("0.001")}, {"room": Decimal("NaN")}],
    )
    def test_that_cannot_be(self, world: World, told: dict[str, Decimal]) -> None:
        booking = confirmed(world)
        with pytest.raises(Refused) as refusal:
            reporting.tell_costs(booking, by=world.presenter, now=booking.occupied_to, costs=told)
        assert (refusal.value.ids["kind"], costs(booking)) == (next(iter(told)), [])


def costs(booking: Booking) -> list[tuple[str, str, Decimal]]:
    return list(booking.cost_lines.order_by("side").values_list("side", "kind", "amount"))


@pytest.mark.parametrize("cause", ["", "bad"])
def test_not_played_has_a_cause(world: World, cause: str) -> None:
    with pytest.raises(Refused) as refusal:
        not_played(confirmed(world), world, cause=cause)
    assert refusal.value.field == "cause"


def test_the_report_says_why_it_was_not_played(world: World) -> None:
    booking = not_played(confirmed(world), world, cause="illness")
    report = VisitReport.objects.get(booking=booking)
    assert (report.cause, report.words, report.by) == ("illness", "Strömmen gick.", world.presenter)


@pytest.mark.parametrize(
    "figures",
    [
        {"attendance": 10, "attendance_young": 5, "attendance_adults": 6},
        {"attendance": 10, "attendance_young": 5, "attendance_free": 11},
        {"attendance": 10, "attendance_young": 11},
        {"attendance_adults": 3, "attendance_young": 1},
        {"attendance_free": 3},
    ],
)
def test_the_database_keeps_the_parts_within_the_whole(world: World, figures: dict[str, int]) -> None:
    booking = confirmed(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.performances.update(**figures)
