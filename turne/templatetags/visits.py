"""`{% load visits %}`: facts of a visit in words, as template filters."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone

from bookings.states import STATES
from tours.rooms import Verdict
from turne.web.particulars import fact_word, where_text
from venues.dates import moment_text, span_text
from venues.models import Closure, Venue

register = template.Library()


@register.filter
def where(venue: Venue) -> str:
    """Folkets hus, Strömsund"""
    return where_text(venue)


@register.filter
def state_label(state: str) -> str:
    """The word for a state of a visit, by its name."""
    return str(STATES[state].label) if state in STATES else state


@register.filter
def unknown_names(access: list[dict[str, Any]]) -> list[str]:
    """What nobody has told of a venue's access."""
    return [fact["text"] for fact in access if fact["fit"] == Verdict.UNKNOWN]


@register.simple_tag
def fact_text(venue: Venue, name: str) -> str:
    """A fact of a venue in a word: its value, yes, no or not known."""
    return fact_word(venue, name)


@register.filter
def closed_span(closure: Closure) -> str:
    """Days where whole days are closed, else moments: "1–12 feb 2027"."""
    start, end = timezone.localtime(closure.starts_at), timezone.localtime(closure.ends_at)
    if (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0):
        return span_text(start.date(), (end - timedelta(days=1)).date())
    return f"{moment_text(start)} – {moment_text(end)}"
