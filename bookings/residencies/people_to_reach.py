"""Whom to reach about a stay, and for how long that is kept. The history says that it was told, never who it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Residency, ResidencyContact
from bookings.needs import NEEDS_KEPT
from bookings.residencies import locking
from tours.errors import Refused
from venues.models import User

#: Of a residency at the most. Source: the house's choice.
PEOPLE_MAX = 10


@dataclass(frozen=True)
class Contact:
    """Somebody to reach, and for what."""

    role: str
    name: str
    phone: str = ""
    email: str = ""


@transaction.atomic
def set_contacts(
    residency: Residency, people: Sequence[Contact], *, version: int, by: User, now: datetime
) -> Residency:
    """Write all of them anew, in their order.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused: one has no name or no role, or an address is none (field "contacts").
    """
    residency = locking.begin(residency, version)
    _check(people)
    if standing(residency) == list(people):
        return residency
    residency.contacts.all().delete()
    ResidencyContact.objects.bulk_create(
        ResidencyContact(
            residency=residency,
            number=number,
            role=one.role.strip(),
            name=one.name.strip(),
            phone=one.phone.strip(),
            email=one.email.strip(),
        )
        for number, one in enumerate(people, 1)
    )
    return locking.write(residency, "contacts", by, now)


def standing(residency: Residency) -> list[Contact]:
    """Those that are told, in their order."""
    return [Contact(row.role, row.name, row.phone, row.email) for row in residency.contacts.all()]


def to_forget(now: datetime) -> "QuerySet[ResidencyContact]":
    """People to reach at stays that were over, or cancelled, longer ago than contacts are kept."""
    return ResidencyContact.objects.filter(
        residency__in=_over(now, timedelta(days=settings.CONTACTS_KEPT_DAYS))
    )


def forget_due(now: datetime) -> int:
    """Forget them; how many."""
    return to_forget(now).delete()[0]


def needs_to_forget(now: datetime) -> "QuerySet[Residency]":
    """Residencies whose artist's needs have served: the stay is over, or was cancelled."""
    return _over(now, NEEDS_KEPT).exclude(access_needs="")


def forget_needs(now: datetime) -> int:
    """Forget what artists needed there; of how many residencies."""
    return needs_to_forget(now).update(access_needs="")


def of_person(known: str) -> "QuerySet[ResidencyContact]":
    """The people to reach with that address, number or name, whatever the case."""
    known = known.strip()
    found = Q(email__iexact=known) | Q(phone__iexact=known) | Q(name__iexact=known)
    return ResidencyContact.objects.filter(found).order_by("pk")


def exported(known: str) -> list[dict[str, Any]]:
    """What is kept about a person to reach, residency by residency."""
    return [
        {
            "residency": str(row.residency),
            "role": row.role,
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
        }
        for row in of_person(known).select_related("residency")
    ]


def erase(known: str) -> int:
    """Forget a person to reach, everywhere; how many."""
    return of_person(known).delete()[0]


def _over(now: datetime, kept: timedelta) -> "QuerySet[Residency]":
    before = now - kept
    ended = Residency.objects.alias(last=Max("periods__ends_on")).filter(last__lt=timezone.localdate(before))
    return Residency.objects.filter(Q(pk__in=ended.values("pk")) | Q(cancelled_at__lt=before))


def _check(people: Sequence[Contact]) -> None:
    if len(people) > PEOPLE_MAX:
        raise Refused(_("Write at most %(most)d.") % {"most": PEOPLE_MAX}, field="contacts")
    for one in people:
        if not one.name.strip() or not one.role.strip():
            raise Refused(_("Write a name and as what."), field="contacts")
        if one.email.strip():
            try:
                validate_email(one.email.strip())
            except ValidationError:
                raise Refused(_("Write an e-mail address."), field="contacts") from None
