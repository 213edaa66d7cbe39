"""Sub-events of residencies in the public's calendar: beside the performances, and never counted among them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from bookings.models.residency import SubEvents
from bookings.residencies import publishing
from tours.windows import midnight
from turne.web.listing import Asked
from turne.web.residencies.public_residencies import row

#: So many a page of an institution shows. Source: the house's choice.
SHOWN = 12


def of_calendar(asked: Asked) -> list[dict[str, Any]]:
    """Those of the period that pass the filters; whoever asks for an audience or an age asks for performances."""
    if asked.audience or asked.age is not None:
        return []
    found = publishing.open_in(asked.municipality) if asked.municipality else publishing.open_events()
    if asked.art_form:
        found = found.filter(residency__art_form=asked.art_form)
    return [row(event) for event in found.between(*asked.span())]


def to_come(found: SubEvents) -> list[dict[str, Any]]:
    """The nearest of them, from today on."""
    today = timezone.localdate()
    return [
        row(event) for event in found.between(midnight(today), midnight(today + timedelta(days=550)))[:SHOWN]
    ]
