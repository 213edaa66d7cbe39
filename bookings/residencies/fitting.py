"""Which hosts and periods fit a residency: rooms with a dwelling in periods, ranked, and what is not known of them.

`fits` reads and ranks; `rank` is the arithmetic on values alone. The parts, their weights and what "unknown" counts are
in `fit_parts.py`. A suggestion reserves nothing, and nobody is told of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bookings.models import Residency
from bookings.residencies import fit_ground
from bookings.residencies.fit_asked import Asked, Needs
from bookings.residencies.fit_parts import HARD, ORDER, PARTS, Lodging, Part, lodging_of
from bookings.residencies.fit_values import Option, Period
from tours.models import Production
from tours.rooms import Verdict

__all__ = ["Asked", "Fit", "Needs", "Period", "asked_for", "fits", "fits_of", "periods_ahead", "rank"]

#: The longest look ahead: periods and days of each. Source: the house's choice; a quarter of a year by weeks, and more
#: than any paid stay that is known.
PERIODS_MAX, DAYS_MAX = 12, 60


@dataclass(frozen=True)
class Fit:
    """A room in a period with where one would live, and how well that fits.

    Attributes:
        verdict: of the parts without which nobody can stay: a single "no" decides, then whatever is unknown.
        score: 0 to 100, the weighted mean of the parts.
    """

    option: Option
    verdict: Verdict
    score: int
    parts: Mapping[str, Part]
    lodging: Lodging

    @property
    def questions(self) -> list[str]:
        """What to ask the host, so that it is known."""
        return [question for part in self.parts.values() for question in part.ask]

    @property
    def mends(self) -> list[str]:
        """What would make it fit."""
        return [mend for part in self.parts.values() for mend in part.mend]


def rank(options: Iterable[Option]) -> list[Fit]:
    """Best first: nothing that can not be stands above what may be, nor that above what is known to fit.

    Equal ones by name of host and room, then by period.
    """
    return sorted((judged(option) for option in options), key=_order)


def judged(option: Option) -> Fit:
    """One of them."""
    found = {name: judge(option) for name, judge in PARTS.items()}
    parts = {name: part for name, part in found.items() if part}
    whole = sum(part.weight for part in parts.values())
    score = round(100 * sum(part.weight * part.value for part in parts.values()) / whole)
    verdict = min((parts[name].verdict for name in HARD if name in parts), key=ORDER.index)
    return Fit(option, verdict, score, parts, lodging_of(option))


def _order(fit: Fit) -> tuple[int, int, str, str, int, date]:
    room = fit.option.room
    return (
        -ORDER.index(fit.verdict),
        -fit.score,
        room.host_name,
        room.name,
        room.venue,
        fit.option.period.starts_on,
    )


def fits(asked: Asked) -> list[Fit]:
    """Every room of a host in the region in each of the periods, best first; as many queries for many as for one."""
    return rank(fit_ground.read(asked))


def fits_of(residency: Residency, periods: Sequence[Period], needs: Needs | None = None) -> list[Fit]:
    """The same for a residency; its own reservations are in nobody's way."""
    return fits(asked_for(residency, periods, needs))


def asked_for(residency: Residency, periods: Sequence[Period], needs: Needs | None = None) -> Asked:
    """What a residency asks for.

    Args:
        needs: None: those of its production, or of the one production that its ensemble has.
    """
    ensemble = residency.ensemble
    return Asked(
        region=residency.region,
        periods=tuple(periods),
        people=residency.people_count,
        art_form=residency.art_form,
        needs=needs_of(residency) if needs is None else needs,
        home=ensemble.home if ensemble else None,
        but=residency.pk,
    )


def needs_of(residency: Residency) -> Needs:
    """What the work needs of a room, as its production's rider has it, or the rider of its ensemble's only one."""
    production = residency.production
    if production is None and residency.ensemble_id:
        known = Production.objects.filter(ensemble=residency.ensemble_id, rider__isnull=False)
        found = list(known.select_related("rider")[:2])
        production = found[0] if len(found) == 1 else None
    rider = getattr(production, "rider", None)
    return Needs.of(rider) if rider else Needs()


def periods_ahead(first: date, days: int, count: int) -> list[Period]:
    """So many periods of so many days, from each Monday on; the first not before `first`, a week between them."""
    monday = first + timedelta(days=-first.weekday() % 7)
    days, count = max(1, min(days, DAYS_MAX)), max(1, min(count, PERIODS_MAX))
    starts = [monday + timedelta(weeks=ahead) for ahead in range(count)]
    return [Period(start, start + timedelta(days=days - 1)) for start in starts]


def of_residency(residency: Residency) -> list[Period]:
    """The days that it has already."""
    return [Period(row.starts_on, row.ends_on) for row in residency.periods.all()]


def by_room(found: Iterable[Fit]) -> list[list[Fit]]:
    """The same room by room in the order of each room's best; within a room the periods, best first."""
    rooms: dict[int, list[Fit]] = {}
    for fit in found:
        rooms.setdefault(fit.option.room.venue, []).append(fit)
    return list(rooms.values())
