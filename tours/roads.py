"""The roads of a tour on each of its days: drives between all places that it may play or sleep in, as the planner's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tours import planner
from tours.models import Tour
from tours.windows import rounded_up
from tours.winter import table_factor
from venues.errors import NoRoad
from venues.spells import Spell, travel_spells
from venues.travel import TravelPoint, TravelTable


@dataclass(frozen=True)
class TourRoads:
    """Drives between points on every day of a tour, in spells with the same roads."""

    points: Sequence[TravelPoint]
    spells: Sequence[Spell]

    @property
    def tables(self) -> list[TravelTable]:
        """The table of each spell."""
        return [spell.table for spell in self.spells]

    @property
    def drives(self) -> list[planner.Drives]:
        """What the planner drives in each spell."""
        return [_drives(table) for table in self.tables]

    @property
    def spell_of(self) -> list[int]:
        """By day of the tour, the number of its spell."""
        return [number for number, spell in enumerate(self.spells) for _ in range(spell.days)]

    def cut_off(self, place_id: int, day: date) -> NoRoad | None:
        """Why no road leads to a place on a day; None if one does."""
        return next(
            (spell.cut_off.get(place_id) for spell in self.spells if spell.first <= day <= spell.last), None
        )

    def nights_cut_off(self) -> dict[int, frozenset[date]]:
        """By a place's id, the nights, named by the day before, that cannot be slept there: no road on either day."""
        found: dict[int, set[date]] = {}
        for spell in self.spells:
            nights = {spell.first + timedelta(days=ahead) for ahead in range(-1, spell.days)}
            for place in spell.cut_off:
                found.setdefault(place, set()).update(nights)
        return {place: frozenset(nights) for place, nights in found.items()}

    def document(self) -> dict[str, Any]:
        """The fields of the planner's problem about drives."""
        drives = self.drives
        own, others = planner.in_spans([drives[number] for number in self.spell_of])
        return {
            "drive_min": [list(row) for row in own.minutes],
            "drive_km": [list(row) for row in own.km],
            **({"other_roads": [span.to_json() for span in others]} if others else {}),
        }


def roads_of(tour: Tour, points: Sequence[TravelPoint]) -> TourRoads:
    """The roads between the points, home first; two queries.

    Raises:
        NoRoad: one of them is cut off on all days of the tour.
    """
    factor = table_factor(tour)
    return TourRoads(points, travel_spells(points, on=tour.starts_on, until=tour.ends_on, factor=factor))


def _drives(table: TravelTable) -> planner.Drives:
    return planner.Drives(
        minutes=tuple(tuple(rounded_up(minutes) for minutes in row) for row in table.drive_min),
        km=tuple(map(tuple, table.drive_km)),
    )
