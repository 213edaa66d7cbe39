"""The preparation of a visit in words: rows of its checklist, whom to ask, and how far it has come."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import checklists, contacts
from bookings.checklists import Entry, State
from bookings.models import Booking
from bookings.models.advancing import Phase, in_words
from bookings.models.booking import Status
from bookings.permissions import Person, can_edit_venue
from bookings.practical import FIELDS
from venues.dates import moment_text, short_day_text

Row = dict[str, Any]


def phases(booking: Booking, reader: Person, now: datetime, only: Iterable[str] = Phase.values) -> list[Row]:
    """The list by phase, for `advancing/phase.html`; phases without items are left out."""
    found = checklists.entries(booking, now)
    return [
        {
            "name": phase,
            "label": Phase(phase).label,
            "count": count_text(found, phase),
            "rows": [row(booking, entry, reader, now) for entry in found if entry.item.phase == phase],
        }
        for phase in only
        if any(entry.item.phase == phase for entry in found)
    ]


def row(booking: Booking, entry: Entry, reader: Person, now: datetime) -> Row:
    """One item: what, whose, by when, and who has settled it how."""
    item, fact = entry.item, checklists.fact_asked(booking, entry)
    asked = fact and can_edit_venue(reader, booking.venue)
    return {
        "item": item,
        "text": entry.text,
        "who": item.get_who_display(),
        "due": _("by %(day)s") % {"day": short_day_text(entry.due_on)},
        "is_late": entry.is_late(timezone.localdate(now)),
        "is_settled": entry.is_settled,
        "is_of_room": entry.is_of_room,
        "fit": entry.line.verdict.value if entry.line else "fits",
        "settled": settled_text(entry),
        "url": reverse("checklist-item", args=[booking.pk, item.key]),
        "fact_url": f"{reverse('venue-edit', args=[booking.venue.slug])}#id_{fact}" if asked else "",
        "is_asked": bool(fact) and not asked,
    }


def settled_text(entry: Entry) -> str:
    """How it was settled, by whom and when; empty while it is open."""
    item = entry.item
    if item.at:
        words = _("%(who)s, %(when)s") if item.state == State.DONE else _("Does not apply. %(who)s, %(when)s")
        return words % {"who": item.by, "when": moment_text(item.at)}
    if entry.is_met:
        return _("Settled by what is known of the room and of the needs.")
    return ""


def count_text(found: Iterable[Entry], phase: str = Phase.BEFORE) -> str:
    """ "4 of 10"; empty where the phase has none."""
    progress = checklists.progress(found, phase)
    facts = {"settled": progress.settled, "total": progress.total}
    return _("%(settled)d of %(total)d") % facts if progress.total else ""


def progress_text(booking: Booking, now: datetime) -> str:
    """ "4 of 10 before" for a confirmed visit that is to come and has a list; else empty."""
    if booking.status != Status.CONFIRMED or booking.occupied_to <= now:
        return ""
    count = count_text(checklists.entries(booking, now))
    return _("%(count)s before") % {"count": count} if count else ""


def left_text(found: list[Entry], now: datetime) -> str:
    """What is still open before the visit: how much of it is late, needs of the room, or due next."""
    left = [entry for entry in found if entry.item.phase == Phase.BEFORE and not entry.is_settled]
    if not left:
        return ""
    today = timezone.localdate(now)
    late, of_room = sum(e.is_late(today) for e in left), sum(e.is_of_room for e in left)
    parts = [
        ngettext("%(count)d late", "%(count)d late", late) % {"count": late} if late else "",
        ngettext("%(count)d need of the room", "%(count)d needs of the room", of_room) % {"count": of_room}
        if of_room
        else "",
        "" if late else _("next by %(day)s") % {"day": short_day_text(min(e.due_on for e in left))},
    ]
    return ", ".join(part for part in parts if part)


def summary(booking: Booking, now: datetime) -> Row:
    """How far a confirmed or cancelled visit's preparation has come, for its page; of others nothing."""
    if booking.status not in (Status.CONFIRMED, Status.CANCELLED):
        return {}
    found = checklists.entries(booking, now)
    is_ahead = booking.status == Status.CONFIRMED and booking.occupied_to > now
    return {"progress": progress_text(booking, now), "left": left_text(found, now) if is_ahead else ""}


def whom(booking: Booking, sides: list[str]) -> dict[str, list[Row]]:
    """Who is named, and the roles that those sides may still name somebody for."""
    confirmed = booking.status == Status.CONFIRMED
    found: dict[str, list[Row]] = {"named": [], "to_name": []}
    for role in contacts.roles(booking):
        may_name = confirmed and role.side in sides
        row = {
            "role": role,
            "url": reverse("booking-contact", args=[booking.pk, role.key]) if may_name else "",
        }
        if role.contact:
            found["named"].append(row)
        elif may_name:
            found["to_name"].append(row)
    return found


def _told(details: dict[str, Any]) -> str:
    names = ", ".join(str(FIELDS[name][0]).lower() for name in details["fields"] if name in FIELDS)
    return _("Practical facts told: %(names)s") % {"names": names}


#: Action -> the line of history, by its details.
HAPPENED_WITH: dict[str, Callable[[dict[str, Any]], str]] = {
    "tick": lambda details: _("Done: %(item)s") % {"item": in_words(details["words"])},
    "untick": lambda details: _("Opened again: %(item)s") % {"item": in_words(details["words"])},
    "not_needed": lambda details: _("Does not apply: %(item)s") % {"item": in_words(details["words"])},
    "solve": lambda details: _("Solved: %(item)s") % {"item": in_words(details["words"])},
    "contact": lambda details: _("Contact named: %(item)s") % {"item": in_words(details["words"])},
    "no_contact": lambda details: _("Contact taken away: %(item)s") % {"item": in_words(details["words"])},
    "practical": _told,
}
