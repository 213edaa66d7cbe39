"""A season's residencies in figures: by municipality and kind, never among performances, nothing that was cancelled."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bookings import coverage
from bookings.models import SubEvent
from bookings.residencies import figures, reserving, sub_events
from tests.bookings.residencies.moments import added, confirmed, group, planned
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.world import World

#: From the Monday of the season's second last week until a week after it.
LATE = (date(2027, 5, 17), date(2027, 6, 6))
START = datetime(2027, 5, 18, 11, tzinfo=UTC)
OVER = datetime(2027, 6, 10, 9, tzinfo=UTC)


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, periods=[LATE])


def held(stay: Stay, day: int = 0, **changes: Any) -> SubEvent:
    start = START + timedelta(days=day)
    event = added(stay, starts_at=start, ends_at=start + timedelta(hours=1), **changes)
    return sub_events.tell(
        event, held=True, attendance=30, young=20, version=1, by=stay.world.presenter, now=OVER
    )


def test_days_within_the_season_and_what_was_held_in_it(stay: Stay) -> None:
    klass = group(stay)
    held(stay)
    held(stay, 1, kind="workshop", groups=[klass])
    held(stay, 15)
    total = figures.of_season(stay.world.season).total
    assert (total.residencies, total.days, total.weeks) == (1, 12, 1.7)
    assert (dict(total.held), total.audience, total.young, total.pupils) == (
        {"open_rehearsal": 1, "workshop": 1},
        60,
        40,
        24,
    )


def test_a_sub_event_stands_where_its_venue_is(stay: Stay) -> None:
    reserving.reserve_room(stay.residency, stay.world.school_venue, **stay.act())
    held(stay)
    away = stay.world.school_venue
    reserving.reserve_room(stay.residency, away, **stay.act())
    held(stay, 1, venue=away)
    found = figures.of_season(stay.world.season)
    assert [(line.name, line.residencies, line.events) for line in found.lines] == [
        ("Krokom", 0, 1),
        ("Strömsund", 1, 1),
    ]


def test_what_is_not_told_cancelled_or_not_held_is_not_counted(stay: Stay) -> None:
    world = stay.world
    added(stay, starts_at=START, ends_at=START + timedelta(hours=1))
    off = added(stay, starts_at=START, ends_at=START + timedelta(hours=1))
    sub_events.cancel(off, why="Sjuk.", version=1, by=world.presenter, now=NOW)
    no = held(stay)
    sub_events.tell(no, held=False, attendance=None, young=None, version=2, by=world.presenter, now=OVER)
    assert figures.of_season(world.season).total.events == 0


def test_a_cancelled_or_planned_residency_is_not_counted(world: World) -> None:
    stay = planned(world, periods=[LATE])
    assert figures.of_season(stay.world.season).lines == []


def test_it_is_never_among_the_performances(stay: Stay) -> None:
    held(stay, is_public=True)
    report = coverage.report(stay.world.season, OVER)
    assert (report.total.performances, report.total.audience) == (0, 0)
