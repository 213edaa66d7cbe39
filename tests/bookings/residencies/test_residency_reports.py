"""The final report: asked for when the stay is over, written by either side, and kept in its earlier wordings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bookings.errors import ItemChanged
from bookings.models import Notice, ResidencyCost, ResidencyFollowUp, ResidencyReport
from bookings.residencies import residency_reports
from bookings.residencies.residency_reports import ReportInput, ask_due, year_after
from tests.bookings.residencies.moments import confirmed, kinds_mailed, planned
from tests.bookings.residencies.stays_made import MAY, NOW, Stay
from tests.world import World
from tours.errors import NotNow, Refused

#: The morning after the last day in May, before and after nine.
EARLY = datetime(2027, 5, 17, 6, 30, tzinfo=UTC)
MORNING = datetime(2027, 5, 17, 7, 30, tzinfo=UTC)
SAID = ReportInput(days_worked=12, artists_count=3, words="Vi skrev sju låtar.", local_count=20)


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, periods=[MAY])


def write(stay: Stay, version: int = 0, now: datetime = MORNING, **changes: Any) -> ResidencyReport:
    data = replace(SAID, **changes)
    return residency_reports.write(stay.residency, data, version=version, by=stay.artist, now=now)


def test_it_is_written_when_the_stay_is_over(stay: Stay) -> None:
    with pytest.raises(NotNow):
        write(stay, now=NOW)
    report = write(stay, host_words="Roligt.")
    assert (report.days_worked, report.local_count, report.host_words, report.version) == (
        12,
        20,
        "Roligt.",
        1,
    )


def test_what_is_not_agreed_has_no_report(world: World) -> None:
    with pytest.raises(NotNow):
        write(planned(world, periods=[MAY]))


def test_an_earlier_wording_is_kept(stay: Stay) -> None:
    write(stay)
    write(stay, 1, words="Vi skrev åtta låtar.")
    lines = list(stay.residency.changes.filter(action="report").values_list("details", flat=True))
    assert [line.get("before", {}).get("words") for line in lines] == [None, "Vi skrev sju låtar."]


def test_the_hosts_words_are_left_by_the_artist(stay: Stay) -> None:
    write(stay, host_words="Roligt.")
    assert write(stay, 1).host_words == "Roligt."


def test_the_second_of_two_is_told(stay: Stay) -> None:
    write(stay)
    with pytest.raises(ItemChanged):
        write(stay)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 8001}, "words"),
        ({"days_worked": -1}, "days_worked"),
        ({"artists_count": 10_001}, "artists_count"),
        ({"costs": {9: Decimal(1)}}, "costs"),
    ],
)
def test_what_can_not_be_is_refused(stay: Stay, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        write(stay, **changes)
    assert (refused.value.field, ResidencyReport.objects.count()) == (field, 0)


def test_what_the_costs_became_is_told_with_it(stay: Stay) -> None:
    cost = ResidencyCost.objects.create(
        residency=stay.residency, number=1, kind="stipend", paid_by="region", planned=Decimal(30_000)
    )
    write(stay, costs={1: Decimal(28_500)})
    cost.refresh_from_db()
    assert cost.actual == Decimal(28_500)


def test_both_sides_are_asked_the_morning_after(stay: Stay) -> None:
    assert (ask_due(EARLY), ask_due(MORNING), ask_due(MORNING)) == (0, 1, 0)
    to = set(Notice.objects.values_list("to_email", flat=True))
    assert (to, set(kinds_mailed())) == (
        {stay.artist.email, stay.world.presenting.email},
        {"residency_report_asked"},
    )


def test_it_is_asked_for_three_times_in_all(stay: Stay) -> None:
    times = [MORNING + timedelta(days=14 * turn) for turn in range(5)]
    assert [ask_due(now) for now in times] == [1, 1, 1, 0, 0]


def test_nobody_asks_for_what_is_written(stay: Stay) -> None:
    write(stay, now=datetime(2027, 5, 16, 18, tzinfo=UTC))
    assert ask_due(MORNING) == 0
    assert ResidencyFollowUp.objects.get().due_on == date(2028, 5, 16)


def test_nobody_asks_for_what_was_cancelled(world: World) -> None:
    planned(world, periods=[MAY], status="cancelled", cancelled_at=NOW)
    assert ask_due(MORNING) == 0


def test_nobody_asks_for_what_is_long_over(world: World) -> None:
    confirmed(world, periods=[(date(2026, 5, 3), date(2026, 5, 9))])
    assert ask_due(MORNING) == 0


def test_a_year_after_the_29th_of_february_is_the_28th() -> None:
    assert [year_after(day) for day in (date(2028, 2, 29), date(2027, 2, 28), date(2027, 12, 31))] == [
        date(2029, 2, 28),
        date(2028, 2, 28),
        date(2028, 12, 31),
    ]
