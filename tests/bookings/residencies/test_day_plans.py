"""The days of a stay: lines, sub-events and journeys together, copied days, and what lies at the same time."""

from datetime import date, time
from typing import Any

import pytest

from bookings.errors import ItemChanged
from bookings.models import DayLine, SubEvent
from bookings.residencies import day_plans, travel
from bookings.residencies.travel import TravelInput
from tests.bookings.residencies.moments import DAY, added, confirmed
from tests.bookings.residencies.stays_made import MAY, NOW, Stay
from tests.world import World
from tours.errors import Refused


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, periods=[MAY])


def line(stay: Stay, words: str = "Repetition", starts: time | None = time(9), **more: Any) -> DayLine:
    values: dict[str, Any] = {"on": DAY, "ends": time(12), **more}
    return day_plans.add(stay.residency, starts=starts, words=words, now=NOW, **values)


def test_every_day_of_the_stay_is_there_and_a_day_of_travel(stay: Stay) -> None:
    travel.add(stay.residency, TravelInput(date(2027, 5, 2), "Stockholm", "Backe", "train"))
    days = day_plans.days(stay.residency)
    assert (len(days), days[0].on, days[0].is_of_stay, days[-1].on) == (15, date(2027, 5, 2), False, MAY[1])


def test_a_days_lines_stand_in_the_order_of_their_times(stay: Stay) -> None:
    line(stay, "Lunch", time(12), ends=time(13))
    line(stay, "Hela dagen i salen", None, ends=None)
    line(stay)
    added(stay)
    found = next(day for day in day_plans.days(stay.residency) if day.on == DAY)
    assert [one.words for one in found.lines] == [
        "Hela dagen i salen",
        "Repetition",
        "Lunch",
        "Öppen repetition",
    ]
    assert found.lines[3].event is not None


def test_what_lies_at_the_same_time_is_noticed(stay: Stay) -> None:
    """The open rehearsal is from one to two in the afternoon."""
    line(stay, "Repetition", time(10), ends=time(15))
    line(stay, "Fika", time(10), ends=time(10, 30))
    line(stay, "Intervju", time(14, 30), ends=time(16))
    added(stay)
    found = next(day for day in day_plans.days(stay.residency) if day.on == DAY)
    assert found.overlaps == [
        ("Fika", "Repetition"),
        ("Repetition", "Öppen repetition"),
        ("Repetition", "Intervju"),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": date(2027, 5, 17)}, "on"),
        ({"words": "  "}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"starts": None}, "starts"),
        ({"ends": time(8)}, "ends"),
    ],
)
def test_a_line_that_can_not_be_is_refused(stay: Stay, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        line(stay, **values)
    assert refused.value.field == field


def test_a_day_is_copied_once(stay: Stay) -> None:
    line(stay)
    line(stay, "Lunch", time(12), ends=time(13))
    added(stay)
    other = date(2027, 5, 5)
    copied = [day_plans.copy_day(stay.residency, source=DAY, target=other, now=NOW) for _turn in range(2)]
    assert (copied, stay.residency.day_lines.filter(on=other).count()) == ([2, 0], 2)
    assert SubEvent.objects.count() == 1


def test_an_empty_day_is_not_copied(stay: Stay) -> None:
    with pytest.raises(Refused):
        day_plans.copy_day(stay.residency, source=DAY, target=date(2027, 5, 5), now=NOW)


def test_the_second_of_two_who_change_a_line_is_told(stay: Stay) -> None:
    found = line(stay)
    new = {"on": DAY, "starts": None, "ends": None, "words": "Ledigt", "now": NOW}
    day_plans.change(found, **new, version=1)
    with pytest.raises(ItemChanged):
        day_plans.change(found, **new, version=1)
    with pytest.raises(ItemChanged):
        day_plans.remove(found, version=1)
    day_plans.remove(found, version=2)
    day_plans.remove(found, version=2)
    assert not DayLine.objects.exists()
