"""Fits of a residency as the page shows them: a room in its best period, the parts, and the other periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bookings.models import Residency
from bookings.permissions import Person
from bookings.residencies import ending, permissions
from bookings.residencies.fitting import Fit, of_residency
from turne.web.score_bars import bar_of
from venues.dates import span_text, weeks_text

Row = dict[str, Any]
PART_NAMES: dict[str, str | Promise] = {
    "room": _("Room"),
    "free": _("Free"),
    "beds": _("Lodging"),
    "access": _("Step-free"),
    "wish": _("Wish"),
    "school_days": _("School days"),
    "schools": _("Pupils who have met nothing"),
    "equity": _("Fairness"),
    "events": _("Events in the place"),
    "travel": _("Road from home"),
}


@dataclass(frozen=True)
class Reach:
    """What the user may choose for a residency: which houses, and whether dwellings of everybody in the region."""

    hosts: frozenset[int]
    is_officer: bool


def reach_of(user: Person, residency: Residency) -> Reach:
    """A host chooses its own, an officer all of the region."""
    mine = permissions.hosts_chosen_by(user).values_list("pk", flat=True)
    return Reach(frozenset({*mine, residency.host_id}), permissions.can_act_for_region(user, residency))


def row_of(residency: Residency, fits: Sequence[Fit], reach: Reach) -> Row:
    """A room, its fits best first, and what is done next to have it."""
    best = fits[0]
    bar = bar_of(best.parts, PART_NAMES)
    for row, part in zip(bar["parts"], best.parts.values(), strict=True):
        row["verdict"] = part.verdict
    return {
        "fit": best,
        "room": best.option.room,
        "when": when_text(best),
        "home": best.lodging.home,
        **bar,
        "steps": steps_of(residency, best, reach),
        "others": [{"fit": fit, "when": when_text(fit)} for fit in fits[1:]],
    }


def when_text(fit: Fit) -> str:
    """ "v. 5–6, 1–12 feb 2027"."""
    period = fit.option.period
    days = period.starts_on, period.ends_on
    return f"{weeks_text(*days)}, {span_text(*days)}"


def steps_of(residency: Residency, fit: Fit, reach: Reach) -> list[Row]:
    """The forms by which the residency gets days, host, room and dwelling, filled in; nothing is done yet.

    Only what the user may choose there.
    """
    room, home, period = fit.option.room, fit.lodging.home, fit.option.period
    asked: list[tuple[str, str | Promise, dict[str, str | int]]] = []
    if period not in of_residency(residency):
        first, last = period.starts_on.isoformat(), period.ends_on.isoformat()
        asked.append(("residency-periods", _("Set the days"), {"fran": first, "till": last}))
    if room.host not in reach.hosts:
        return _as_links(residency, asked)
    if room.host != residency.host_id and ending.can_move(residency):
        asked.append(("residency-move", _("Change the host"), {"vard": room.host, "ort": room.place}))
    asked.append(("residency-room", _("Reserve the room"), {"lokal": room.venue}))
    if home and (home.is_own or reach.is_officer):
        asked.append(("residency-dwelling", _("Reserve the dwelling"), {"bostad": home.dwelling}))
    return _as_links(residency, asked)


def _as_links(
    residency: Residency, asked: list[tuple[str, str | Promise, dict[str, str | int]]]
) -> list[Row]:
    return [
        {"label": label, "url": f"{reverse(name, args=[residency.pk])}?{urlencode(query)}"}
        for name, label, query in asked
    ]
