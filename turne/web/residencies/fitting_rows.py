"""Fits of a residency as the page shows them: a room in its best period, the parts, and the other periods."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bookings.models import Residency
from bookings.residencies import ending
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


def row_of(residency: Residency, fits: Sequence[Fit]) -> Row:
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
        "steps": steps_of(residency, best),
        "others": [{"fit": fit, "when": when_text(fit)} for fit in fits[1:]],
    }


def when_text(fit: Fit) -> str:
    """ "v. 5–6, 1–12 feb 2027"."""
    period = fit.option.period
    days = period.starts_on, period.ends_on
    return f"{weeks_text(*days)}, {span_text(*days)}"


def steps_of(residency: Residency, fit: Fit) -> list[Row]:
    """The forms by which the residency gets days, host, room and dwelling, filled in; nothing is done yet."""
    room, home, period = fit.option.room, fit.lodging.home, fit.option.period
    asked: list[tuple[str, str | Promise, dict[str, str | int]]] = []
    if period not in of_residency(residency):
        first, last = period.starts_on.isoformat(), period.ends_on.isoformat()
        asked.append(("residency-periods", _("Set the days"), {"fran": first, "till": last}))
    if room.host != residency.host_id and ending.can_move(residency):
        asked.append(("residency-move", _("Change the host"), {"vard": room.host, "ort": room.place}))
    asked.append(("residency-room", _("Reserve the room"), {"lokal": room.venue}))
    if home:
        asked.append(("residency-dwelling", _("Reserve the dwelling"), {"bostad": home.dwelling}))
    return [
        {"label": label, "url": f"{reverse(name, args=[residency.pk])}?{urlencode(query)}"}
        for name, label, query in asked
    ]
