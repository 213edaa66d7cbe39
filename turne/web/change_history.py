"""Changes of a confirmed visit, and its cancellation, as its history reads."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import change_words
from bookings.models import VisitCancellation
from bookings.models.report import Side
from venues.dates import moment_text

Details = dict[str, Any]


def _what(details: Details) -> str:
    """From what to what: only what the change touches."""
    if details.get("cancels"):
        return _("the visit is cancelled")
    parts = []
    if details["from"] != details["to"]:
        times = {name: moment_text(datetime.fromisoformat(details[name])) for name in ("from", "to")}
        parts.append(_("from %(from)s to %(to)s") % times)
    if details["venue"][0] != details["venue"][1]:
        parts.append(_("to the room %(room)s") % {"room": details["venue"][1]})
    if details["shows"][0] != details["shows"][1]:
        count = details["shows"][1]
        parts.append(ngettext("to %(count)d show", "to %(count)d shows", count) % {"count": count})
    return ", ".join(parts)


def _proposed(details: Details) -> str:
    told = {"who": Side(details["side"]).label, "what": _what(details)}
    return _("A change asked for by %(who)s: %(what)s") % told


def _cancelled(details: Details) -> str:
    row = VisitCancellation(
        cause=details["cause"], days_before=details["days_before"], late_days=details["late_days"]
    )
    return change_words.cancelled(row).rstrip(".")


#: Action -> what it reads like afterwards, by its details.
HAPPENED_WITH: dict[str, Callable[[Details], str]] = {
    "propose_change": _proposed,
    "accept_change": lambda details: _("Changed: %(what)s") % {"what": _what(details)},
    "refuse_change": lambda details: _("The change was said no to: %(what)s") % {"what": _what(details)},
    "take_back_change": lambda details: _("The change was taken back: %(what)s") % {"what": _what(details)},
    "lapse_change": lambda details: (
        _("The change was not answered in time: %(what)s") % {"what": _what(details)}
    ),
    "cancel": _cancelled,
}
#: Action -> what it reads like where a line has no details.
HAPPENED: dict[str, Callable[[], str]] = {
    "propose_change": lambda: _("A change was asked for"),
    "accept_change": lambda: _("The change was agreed"),
    "refuse_change": lambda: _("The change was said no to"),
    "take_back_change": lambda: _("The change was taken back"),
    "ask_to_cancel": lambda: _("The school asked to cancel the visit"),
    "lapse_change": lambda: _("The change was not answered in time"),
}
