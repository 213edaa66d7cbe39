"""How the rows of a residency become the VEVENTs that are kept of them, for whoever reads."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from bookings import ical, residency_entries
from bookings.rendered import Writer
from bookings.residency_entries import Reader


def of_periods(reader: Reader) -> Writer:
    """How periods do."""
    return _writer(residency_entries.span_of, ical.render_span, reader)


def of_dropped(reader: Reader) -> Writer:
    """How periods do that a stay has no more."""
    return _writer(residency_entries.dropped_span_of, ical.render_span, reader)


def of_sub_events(reader: Reader) -> Writer:
    """How sub-events do."""
    return _writer(residency_entries.sub_event_of, ical.render_sub_event, reader)


def of_lines(reader: Reader) -> Writer:
    """How lines of day plans do: at their hours, or as a whole day."""
    return _writer(residency_entries.line_of, _render_line, reader)


def _render_line(thing: ical.SubEvent | ical.Span, base_url: str) -> bytes:
    if isinstance(thing, ical.Span):
        return ical.render_span(thing, base_url)
    return ical.render_sub_event(thing, base_url)


def _writer(
    value: Callable[[Any, Reader], Any], render: Callable[[Any, str], bytes], reader: Reader
) -> Writer:
    return Writer(
        lambda row: value(row, reader), lambda thing: render(thing, settings.BASE_URL), reader.kept_as
    )
