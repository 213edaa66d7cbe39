"""Where a tour may sleep: the towns with beds by its stops, and the nights on which these have none left."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import cos, radians

from venues.models import Place
from venues.travel import TravelTable

#: Road km from home below which a night is slept at home. Source: per diem is for nights more than 50 km from home
#: (venues/data/rates_2026.json).
AT_HOME_KM = 50
#: Towns with beds within so many road km count as one. Source: the house's choice, half an hour's drive.
SAME_TOWN_KM = 25

#: By a place's id, its nights without beds; a place that always has some is left out. As `lodging.full_nights` has it.
FullNights = Mapping[int, frozenset[date]]


def beds_by(places: Iterable[Place], lodging: Iterable[Place], full: FullNights) -> list[Place]:
    """Towns to sleep in for those places, by id: of each the nearest with beds, and as long as these are all full on
    some night the next one too. A place with beds is its own nearest.

    Args:
        lodging: every place with beds.
    """
    found: dict[int, Place] = {}
    for place in places:
        lacking: frozenset[date] | None = None
        for bed in sorted(lodging, key=lambda bed: _distance(place, bed)):
            if lacking is not None and not lacking - _full(bed, full):
                continue  # it is full whenever those nearer by are
            found[bed.pk] = bed
            lacking = _full(bed, full) if lacking is None else lacking & _full(bed, full)
            if not lacking:
                break
    return [found[pk] for pk in sorted(found)]


def worth_sleeping_in(table: TravelTable, beds: Iterable[Place], full: FullNights) -> set[int]:
    """Ids of the beds that the planner may choose, the larger towns first.

    Nobody sleeps away within `AT_HOME_KM` of home, the table's first point, and of towns within `SAME_TOWN_KM` the
    largest will do: fewer nights to choose from, and a tour that is easier to book. It does not do for one that has
    beds on a night on which it is full itself.
    """
    column = {where.place_id: i for i, where in enumerate(table.points) if where.spot is None}
    kept: list[Place] = []
    for bed in sorted(beds, key=lambda place: (-(place.population or 0), place.pk)):
        from_bed = table.drive_km[column[bed.pk]]
        same_town = [other for other in kept if from_bed[column[other.pk]] <= SAME_TOWN_KM]
        if from_bed[0] > AT_HOME_KM and not _stood_in_for(bed, same_town, full):
            kept.append(bed)
    return {bed.pk for bed in kept}


def nights_in(full: FullNights, first_day: date, days: int) -> list[tuple[int, int]]:
    """The nights without beds as (place id, number of the day before), by place and day.

    Args:
        days: of the tour; the night after the last of them is at home.
    """
    numbered = (
        (place, (night - first_day) // timedelta(days=1))
        for place, nights in full.items()
        for night in nights
    )
    return sorted((place, day) for place, day in numbered if 0 <= day < days - 1)


def _stood_in_for(bed: Place, others: list[Place], full: FullNights) -> bool:
    """Whether on each night on which it has beds one of the others has some too."""
    if not others:
        return False
    return frozenset.intersection(*(_full(other, full) for other in others)) <= _full(bed, full)


def _full(bed: Place, full: FullNights) -> frozenset[date]:
    return full.get(bed.pk, frozenset())


def _distance(place: Place, bed: Place) -> tuple[bool, float, int]:
    """By straight line, good enough to name a town to sleep in; its real road time is in the table."""
    narrow = cos(radians(place.lat))  # degrees of longitude are that much shorter here
    return bed.pk != place.pk, (bed.lat - place.lat) ** 2 + ((bed.lon - place.lon) * narrow) ** 2, bed.pk
