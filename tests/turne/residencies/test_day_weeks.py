"""The days of a stay by week: what has no plan in one line, and a paper on which each day stands."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bookings.residencies import day_plans, sub_events
from tests.bookings.residencies.moments import DAY, added, confirmed
from tests.bookings.residencies.stays_made import MAY, NOW, Stay
from tests.turne.pages import get, text_of
from tests.world import World
from turne.web.residencies.day_weeks import Run, weeks


@pytest.fixture(autouse=True)
def in_april(later: Any) -> None:
    later(datetime(2027, 4, 20, 9, tzinfo=UTC))


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, periods=[MAY])


def _told(run: Run) -> tuple[date | None, int]:
    return run.planned.on if run.planned else None, len(run.empty)


def test_days_without_a_plan_are_together(stay: Stay) -> None:
    day_plans.add(stay.residency, on=DAY, starts=time(9), ends=time(12), words="Repetition", now=NOW)
    found = weeks(day_plans.days(stay.residency))
    assert [[_told(run) for run in week.runs] for week in found] == [
        [(None, 1), (DAY, 0), (None, 5)],
        [(None, 7)],
    ]


def test_a_year_begins_in_the_week_in_which_the_old_one_ends(stay: Stay) -> None:
    stay.residency.periods.update(starts_on=date(2026, 12, 28), ends_on=date(2027, 1, 4))
    found = weeks(day_plans.days(stay.fresh()))
    assert [len(week.days) for week in found] == [7, 1]


def test_each_day_without_a_plan_leads_to_a_sub_event(stay: Stay, as_user: Any) -> None:
    page = get(as_user(stay.artist), f"/residenser/{stay.residency.pk}/dagar/").content.decode()
    assert page.count("delar/ny/?dag=2027-05-") == 14


def test_a_day_of_which_all_is_cancelled_stands_on_the_paper(stay: Stay, as_user: Any) -> None:
    event = added(stay, title="Samtal")
    sub_events.cancel(
        event, why="Salen är upptagen.", version=1, by=stay.artist, now=stay.residency.changed_at
    )
    told = text_of(get(as_user(stay.world.presenter), f"/residenser/{stay.residency.pk}/dagar/?papper=1"))
    assert ("Tue 4 May" in told, "Samtal" in told) == (True, False)
