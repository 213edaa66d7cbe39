"""How far it is between many points, where some may not be joined by any road."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from venues import travel
from venues.models import Place
from venues.travel import Leg, TravelPoint


def reach(points: Sequence[TravelPoint], *, on: date, until: date) -> list[list[Leg | None]]:
    """Drives between all pairs of points on a dry road, from (rows) and to (columns); None where no road leads.

    Two queries. A road that is closed on any of the days, both included, is not used.
    """
    drives = travel.Drives(travel.read_edges(), (on, until), travel.read_overrides(points), Fraction(1))
    return [[drives.found(start, end) for end in points] for start in points]


def roadless() -> set[int]:
    """Ids of the places that no road touches: nothing can be played there before a road is added."""
    without = Place.objects.filter(roads_out__isnull=True, roads_in__isnull=True)
    return set(without.values_list("pk", flat=True))
