"""Other times for a visit, as a page shows them: free ones to choose from, and what has been proposed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import counter_words, counters
from bookings.free_slots import GroundTooLarge, free_slots
from bookings.models import Booking
from tours import planner
from venues.dates import moment_text, week_text
from venues.errors import NoRoad

Row = dict[str, Any]
#: So many free times are shown to be pressed: a telephone shows them at a glance. The others are in a list.
#: Source: the house's choice.
NEAREST = 8
#: Steps whose page shows free times.
STEPS = ("counter", "reschedule")
_NO_TIMES: Row = {"times": [], "wanted": [], "others": [], "nearest": []}


def times(booking: Booking, form: forms.Form, now: datetime) -> Row:
    """The free times, in what order to show them, what to know of them, and what the form says of each choice.

    Returns:
        times: all of them; wanted: those that the presenter has asked for; others: the rest; nearest: those nearest to
            the offered one; each in order of time.
    """
    names = [name for name in ("first", "second", "third") if name in form.fields]
    choices = [{"name": name, "label": form[name].label, "value": form[name].value()} for name in names]
    return {**_times(booking, now), "choices": choices}


def _times(booking: Booking, now: datetime) -> Row:
    try:
        found = free_slots(booking, now)
    except GroundTooLarge as error:
        return {**_NO_TIMES, "times_note": str(error.sentence)}
    except (NoRoad, planner.PlannerError):
        return {
            **_NO_TIMES,
            "times_note": _("Free times cannot be reckoned now. Give days, or say it in words."),
        }
    nearest = sorted(found.starts, key=lambda starts_at: abs(starts_at - booking.starts_at))[:NEAREST]
    return {
        "times": [row(starts_at) for starts_at in found.starts],
        "wanted": [row(starts_at) for starts_at in found.asked],
        "others": [row(starts_at) for starts_at in found.starts if starts_at not in found.asked],
        "nearest": [row(starts_at) for starts_at in sorted(nearest)],
        "times_note": _note(bool(found.starts), found.is_whole),
    }


def row(starts_at: datetime) -> Row:
    """A time as a form sends it, and as people read it."""
    return {
        "value": f"{timezone.localtime(starts_at):%Y-%m-%dT%H:%M}",
        "when": moment_text(starts_at),
        "week": week_text(starts_at),
    }


def proposal(booking: Booking, steps: Collection[str]) -> Row | None:
    """The other date that waits for the producer, with the times to take for who may; None where none does.

    Args:
        steps: what the reader may do.
    """
    counter = booking.open_counter
    if counter is None:
        return None
    taking = "take" in steps
    return {
        "text": counter_words.proposed(counter),
        "message": counter.message,
        "times": [
            {**row(starts_at), "is_free": counters.is_free(booking, starts_at)}
            for starts_at in counters.times_of(booking)
        ]
        if taking
        else [],
    }


def _note(has_any: bool, is_whole: bool) -> str:
    if has_any and is_whole:
        return ""
    if has_any:
        return _("There was no time to look at every day of the tour: there may be more.")
    if is_whole:
        return _("No other free time was found within the tour. Give days, or say it in words.")
    return _("No free time was found in the time there was. Give days, or say it in words.")
