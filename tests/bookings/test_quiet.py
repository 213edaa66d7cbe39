"""Quiet hours: what waits, and until when."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bookings.quiet import QuietHours, is_near, next_at

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(text: str, zone: ZoneInfo = STOCKHOLM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-12-18 07:00", "2026-12-18 07:00"),  # a Friday
        ("2026-12-18 06:59", "2026-12-18 07:00"),
        ("2026-12-18 19:59", "2026-12-18 19:59"),
        ("2026-12-18 20:00", "2026-12-19 07:00"),
        ("2026-12-19 23:00", "2026-12-21 07:00"),  # over the Sunday
        ("2026-12-20 12:00", "2026-12-21 07:00"),
        ("2026-12-20 23:59", "2026-12-21 07:00"),
    ],
)
def test_evenings_and_sundays_wait_for_the_next_morning(moment: str, leaves: str) -> None:
    assert QuietHours().over_at(at(moment), STOCKHOLM) == at(leaves)


def test_the_receivers_clock_counts() -> None:
    helsinki = ZoneInfo("Europe/Helsinki")
    moment = datetime(2026, 12, 18, 18, 30, tzinfo=UTC)  # 19.30 in Stockholm, 20.30 in Helsinki
    assert QuietHours().over_at(moment, STOCKHOLM) == moment
    assert QuietHours().over_at(moment, helsinki) == at("2026-12-19 07:00", helsinki)


def test_the_morning_after_the_clocks_have_turned() -> None:
    assert QuietHours().over_at(at("2027-03-27 21:00"), STOCKHOLM) == at("2027-03-29 07:00")
    assert QuietHours(sundays=False).over_at(at("2027-03-27 21:00"), STOCKHOLM) == at("2027-03-28 07:00")


def test_sundays_may_be_like_other_days() -> None:
    assert QuietHours(sundays=False).over_at(at("2026-12-20 12:00"), STOCKHOLM) == at("2026-12-20 12:00")


def test_the_same_hour_twice_leaves_no_evening_quiet() -> None:
    assert QuietHours(0, 0, sundays=False).over_at(at("2026-12-18 23:00"), STOCKHOLM) == at(
        "2026-12-18 23:00"
    )


@pytest.mark.parametrize(
    ("moment", "found"),
    [("2026-12-18 14:59", "2026-12-18 15:00"), ("2026-12-18 15:00", "2026-12-19 15:00")],
)
def test_the_next_time_that_the_clock_shows_it(moment: str, found: str) -> None:
    assert next_at(time(15), at(moment), STOCKHOLM) == at(found)


@pytest.mark.parametrize(
    ("day", "near"),
    [
        ("2026-12-17 23:59", False),
        ("2026-12-18 00:00", True),
        ("2026-12-19 23:59", True),
        ("2026-12-20 00:00", False),
    ],
)
def test_near_is_today_and_tomorrow(day: str, near: bool) -> None:
    assert is_near([None, at(day)], at("2026-12-18 21:00"), STOCKHOLM) is near
