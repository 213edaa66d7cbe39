"""Whom to reach at a visit, by role: each side names its own. Personal data, which are forgotten after the visit.

Role addresses and numbers are preferred. The history of a visit says that a contact was named, never who it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bookings import advancing, checklists, history
from bookings.models import Booking, VisitContact
from bookings.models.advancing import in_words
from tours.errors import Refused
from venues.models import User


@dataclass(frozen=True)
class Role:
    """A role of the crew, whose side names it, and who it is, if somebody has said."""

    key: str
    side: str
    label: str
    contact: VisitContact | None


def roles(booking: Booking) -> list[Role]:
    """The roles of the visit's list with who has them; none where no list has been made."""
    checklist = checklists.list_of(booking)
    named = {contact.role: contact for contact in booking.contacts.all()} if checklist else {}
    return [
        Role(
            role["key"], role["side"], in_words({"sv": role["sv"], "en": role["en"]}), named.get(role["key"])
        )
        for role in (checklist.crew_roles if checklist else [])
    ]


@transaction.atomic
def name(
    booking: Booking, role: str, *, name: str, phone: str, email: str, by: User, now: datetime
) -> VisitContact | None:
    """Say who has the role; with nothing said the contact is taken away. What is so already stays.

    Raises:
        NotNow: the visit is not confirmed (any more).
        Refused: its list has no such role.
    """
    booking = advancing.lock_confirmed(booking)
    checklist = checklists.list_of(booking)
    known = {entry["key"]: entry for entry in (checklist.crew_roles if checklist else [])}
    if role not in known:
        raise Refused(_("The visit's list has no such role."), booking=booking.pk, role=role)
    said = {"name": name.strip(), "phone": phone.strip(), "email": email.strip()}
    before = VisitContact.objects.filter(booking=booking, role=role).first()
    if said == {key: getattr(before, key, "") for key in said}:
        return before
    words = {language: known[role][language] for language in ("sv", "en")}
    action = "contact" if any(said.values()) else "no_contact"
    history.note(booking, action, booking.status, by, now, details={"words": words})
    if not any(said.values()):
        VisitContact.objects.filter(booking=booking, role=role).delete()
        return None
    contact, _made = VisitContact.objects.update_or_create(
        booking=booking, role=role, defaults={**said, "changed_at": now}
    )
    return contact


def to_forget(now: datetime) -> "QuerySet[VisitContact]":
    """Contacts whose purpose is over: the visit ended, or was to, longer ago than they are kept."""
    return VisitContact.objects.filter(
        booking__occupied_to__lt=now - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    )


def forget_due(now: datetime) -> int:
    """Forget them; how many."""
    return to_forget(now).delete()[0]


def of_person(known: str) -> "QuerySet[VisitContact]":
    """The contacts with that address, number or name, whatever the case."""
    known = known.strip()
    found = Q(email__iexact=known) | Q(phone__iexact=known) | Q(name__iexact=known)
    return VisitContact.objects.filter(found).order_by("pk")


def exported(known: str) -> list[dict[str, Any]]:
    """What is kept about a person as a contact, visit by visit."""
    return [
        {
            "visit": str(contact.booking),
            "on": contact.booking.occupied_from.isoformat(),
            "role": contact.role,
            "name": contact.name,
            "phone": contact.phone,
            "email": contact.email,
            "told_at": contact.changed_at.isoformat(),
        }
        for contact in of_person(known).select_related("booking__tour__production", "booking__presenter")
    ]


def erase(known: str) -> int:
    """Forget a person as a contact, everywhere; how many contacts."""
    return of_person(known).delete()[0]
