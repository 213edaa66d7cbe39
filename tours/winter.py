"""How much slower the roads are on a tour's days: all of them with a trailer, those of winter on winter roads.

By how much stands in the tour. A factor that holds on every day is in the road table, where drives are then rounded
once; only a tour with days of both kinds has it by day.
"""

from datetime import date
from decimal import Decimal

from tours.models import Tour
from tours.windows import calendar_days


def table_factor(tour: Tour) -> Decimal:
    """What every drive of the tour takes longer, as the road table has it."""
    return tour.trailer_factor * (1 if _summer(tour) else tour.winter_factor)


def slower_days(tour: Tour) -> dict[date, int]:
    """Per cent of the road table's minutes that a drive takes, for the days that are slower than the table says."""
    summer, pct = _summer(tour), round(tour.winter_factor * 100)
    return {day: pct for day in _days(tour) if summer and day not in summer and pct > 100}


def _summer(tour: Tour) -> set[date]:
    """The tour's days without winter roads."""
    return {day for day in _days(tour) if not tour.season.region.is_winter(day)}


def _days(tour: Tour) -> list[date]:
    return list(calendar_days(tour.starts_on, tour.ends_on))
