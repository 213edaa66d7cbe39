"""Who of those whom a call has chosen could stay where and when: a proposal, each host in each period once.

Nothing is written: a residency is made from a decision (`placements`). Who is placed at all comes first, then the sum
of the fits (`bookings.residencies.fitting`); what can not be is never proposed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from bookings.residencies import fitting
from bookings.residencies.fit_asked import Asked
from bookings.residencies.fit_values import Period
from bookings.residencies.fitting import Fit
from programmes import submissions
from programmes.models import Application, Call
from tours.rooms import Verdict
from venues.models import Place

#: What being placed is worth beside any difference of fits, which are 100 at the most.
PLACED = 10_000
#: A host in a period.
Slot = tuple[int, Period]


@dataclass(frozen=True)
class Placed:
    """An application and where it would go; None: nowhere is left that may do."""

    application: Application
    fit: Fit | None


def propose(call: Call, applications: Sequence[Application]) -> list[Placed]:
    """Where each would go, in the order of the applications.

    Args:
        call: of a kind with a stay, its periods and places read along.
        applications: those that were chosen, `with_ground()`.
    """
    best = [_best(call, application) for application in applications]
    scores = [{slot: fit.score for slot, fit in known.items()} for known in best]
    slots = assigned(scores)
    return [
        Placed(application, known[slot] if slot else None)
        for application, known, slot in zip(applications, best, slots, strict=True)
    ]


def asked_for(call: Call, application: Application) -> Asked:
    """What counts of an application, as it was sent in last: it and whoever it names, in what it wishes for."""
    facts = submissions.sent_facts(application) or submissions.facts_of(application)
    named = {str(place): place for place in call.places.all()}
    places = [named[name] for name in facts["places"] if name in named]
    return Asked(
        region=call.region,
        periods=tuple(Period(row.starts_on, row.ends_on) for row in call.periods.all()),
        people=1 + len(facts["who"]["collaborators"]),
        art_form=facts["art_form"],
        home=_home(facts["home"]),
        hosts=tuple(place.host_id for place in places if place.host_id),
        municipalities=tuple(place.municipality_id for place in places if not place.host_id),
        wished=tuple(Period(*map(date.fromisoformat, days)) for days in facts["periods"]),
    )


def _home(code: str) -> Place | None:
    """The centre of the municipality where they live; None outside the region."""
    towns = Place.objects.filter(municipality__code=code, name=F("municipality__centre")) if code else None
    return towns.first() if towns is not None else None


def _best(call: Call, application: Application) -> dict[Slot, Fit]:
    """By host and period the best of its rooms, where the call gives places and something may do."""
    hosts = {place.host_id for place in call.places.all() if place.host_id}
    towns = {place.municipality_id for place in call.places.all() if not place.host_id}
    found: dict[Slot, Fit] = {}
    for fit in fitting.fits(asked_for(call, application)):
        room = fit.option.room
        if fit.verdict != Verdict.DOES_NOT_FIT and (room.host in hosts or room.municipality in towns):
            found.setdefault((room.host, fit.option.period), fit)
    return found


def assigned(scores: Sequence[Mapping[Slot, int]]) -> list[Slot | None]:
    """For each row a slot of its own, or None: as many as can be, and of these ways the one with the highest sum.

    The assignment problem by shortest augmenting paths (the Hungarian method), exact; a row may also stay without.
    """
    slots = sorted({slot for row in scores for slot in row}, key=_order)
    without: list[Slot | None] = [None] * len(scores)
    columns = [*slots, *without]
    costs = [
        [_cost(row, column, n == number) for n, column in _numbered(columns, len(slots))]
        for number, row in enumerate(scores)
    ]
    return [columns[column] for column in _cheapest(costs)]


def _numbered(columns: Sequence[Slot | None], slots: int) -> list[tuple[int, Slot | None]]:
    """Each column with the row that it is "without" for; -1 of a slot."""
    return [(number - slots if number >= slots else -1, column) for number, column in enumerate(columns)]


#: What no row takes: dearer than any row without.
NEVER = 10 * PLACED


def _cost(row: Mapping[Slot, int], column: Slot | None, is_own: bool) -> int:
    if column is None:
        return PLACED if is_own else NEVER
    return -row[column] if column in row else NEVER


def _order(slot: Slot) -> tuple[int, object]:
    host, period = slot
    return host, period.starts_on


def _cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row its column, each column once, the sum of costs the least; there are at least as many columns.

    Source: the shortest augmenting path form of the Hungarian method (Jonker and Volgenant 1987), with potentials.
    """
    columns = len(costs[0]) if costs else 0
    of_row, of_column = [0] * (len(costs) + 1), [0] * (columns + 1)
    taken_by = [0] * (columns + 1)  # rows from 1; column 0 is where each search begins
    for row in range(1, len(costs) + 1):
        taken_by[0] = row
        here, least, way, seen = 0, [_FAR] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while taken_by[here]:
            seen[here] = True
            at, step, there = taken_by[here], _FAR, 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                cost = costs[at - 1][column - 1] - of_row[at] - of_column[column]
                if cost < least[column]:
                    least[column], way[column] = cost, here
                if least[column] < step:
                    step, there = least[column], column
            for column in range(columns + 1):
                if seen[column]:
                    of_row[taken_by[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            here = there
        while here:
            taken_by[here] = taken_by[way[here]]
            here = way[here]
    found = [0] * len(costs)
    for column in range(1, columns + 1):
        if taken_by[column]:
            found[taken_by[column] - 1] = column - 1
    return found


_FAR = 10**12
