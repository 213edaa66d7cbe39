"""A residency's history and hours in words, in the active language."""

from django.utils.translation import gettext as _

from bookings.models import Residency, ResidencyChange
from bookings.residencies.reserving import Hours
from venues.dates import clock
from venues.models import Dwelling


def hours_text(hours: Hours | None) -> str:
    """The hours of each day, or that it is the whole time."""
    return f"{clock(hours.start)}–{clock(hours.end)}" if hours else _("the whole time")


def dwelling_hours_text(dwelling: Dwelling) -> str:
    """From when one may come and until when one leaves, and that nobody has told it where that is so."""
    comes, leaves = dwelling.hours
    told = {"from": clock(comes), "to": clock(leaves)}
    if dwelling.comes_at is None and dwelling.leaves_at is None:
        return _("One comes from %(from)s and leaves by %(to)s, as is usual") % told
    return _("One comes from %(from)s and leaves by %(to)s") % told


def action_text(change: ResidencyChange) -> str:
    """What was done, as a sentence without who; an action that others know is told by its own name."""
    details = change.details or {}
    side = details.get("side", "")
    told = {
        "make": _("Planned"),
        "change": _("Described anew"),
        "needs": _("What they need to take part was told"),
        "days": _("The periods were changed"),
        "split": _("A period was split"),
        "room": _("Room reserved: %(name)s"),
        "dwelling": _("Dwelling reserved: %(name)s"),
        "release": _("Let go: %(name)s"),
        "costs": _("The money was changed"),
        "contacts": _("Whom to reach was changed"),
        "send": _("Contract %(contract)s sent"),
        "agree": _("Yes to contract %(contract)s: %(side)s"),
        "decline": _("No to contract %(contract)s: %(side)s"),
        "cancel": _("Cancelled: %(side)s"),
        "move": _("Another host: %(to)s instead of %(from)s"),
        "sub_event": _("Sub-event added: %(title)s"),
        "sub_event_changed": _("Sub-event changed: %(title)s"),
        "sub_event_off": _("Sub-event cancelled: %(title)s"),
        "sub_event_told": _("What came of it was told: %(title)s"),
        "groups_out": _("A school does not come: %(title)s"),
        "publish": _("Made public"),
        "unpublish": _("Taken off the public pages"),
        "results": _("Production or tours chosen"),
        "report": _("The report was written"),
        "follow_up": _("What became of it a year later was told"),
    }.get(change.action, change.action)
    given = {key: details.get(key, "") for key in ("name", "contract", "to", "from", "title")}
    given["title"] = given["title"] or details.get("after", {}).get("title", "")
    return told % {**given, "side": Residency.Side(side).label if side in Residency.Side.values else ""}
