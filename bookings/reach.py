"""To which addresses an organisation is written: language, addresses that do not work, and who wants no reminders."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.errors import LinkProblem
from bookings.models import Unreachable, Unsubscribed, UnsubscribeLink
from bookings.tokens import digest_of, new_token
from venues.models import Organisation, User

#: (address, language) of a receiver.
Address = tuple[str, str]


def addresses(receiver: Organisation, roles: Sequence[str]) -> list[Address]:
    """The role address where there is one that works, else the members who act; each with its language."""
    role_address = [(receiver.email, receiver.language)] if receiver.email else []
    if found := _working(role_address):
        return found
    members = User.objects.filter(
        memberships__organisation=receiver, memberships__role__in=roles, is_active=True
    ).distinct()
    return _working([(member.email, member.language) for member in members])


def dead_addresses(receiver: Organisation) -> list[Address]:
    """The role address, where it is one that does not work."""
    return [(receiver.email, receiver.language)] if unreachable(receiver.email) else []


def unreachable(email: str) -> Unreachable | None:
    """Why the address is not written to; None where it is."""
    return Unreachable.objects.filter(email=email.lower()).first() if email else None


def without_unsubscribed(found: Sequence[Address]) -> list[Address]:
    """Those of the addresses that want reminders."""
    gone = set(
        Unsubscribed.objects.filter(email__in=[e.lower() for e, _l in found]).values_list("email", flat=True)
    )
    return [(email, language) for email, language in found if email.lower() not in gone]


def unsubscribe_url(email: str, now: datetime) -> str:
    """A fresh address at which the receiver of one mail ends reminders."""
    token, digest = new_token()
    UnsubscribeLink.objects.create(email=email.lower(), token_digest=digest, made_at=now)
    return settings.BASE_URL + reverse("unsubscribe", args=[token])


def find_unsubscribe(token: str) -> UnsubscribeLink:
    """The link of a token.

    Raises:
        LinkProblem: code "unknown".
    """
    link = UnsubscribeLink.objects.filter(token_digest=digest_of(token)).first()
    if link is None:
        raise LinkProblem(
            _("This link does not work. See that the whole address came along, or answer the mail."),
            code="unknown",
        )
    return link


def wants_reminders(email: str) -> bool:
    """Whether the address gets what does not belong to an agreement."""
    return not Unsubscribed.objects.filter(email=email.lower()).exists()


@transaction.atomic
def unsubscribe(email: str, now: datetime) -> None:
    """No more reminders to the address. Once more changes nothing."""
    Unsubscribed.objects.get_or_create(email=email.lower(), defaults={"at": now})


def subscribe(email: str) -> None:
    """Reminders to the address again."""
    Unsubscribed.objects.filter(email=email.lower()).delete()


def _working(found: Sequence[Address]) -> list[Address]:
    if not found:
        return []
    dead = set(
        Unreachable.objects.filter(email__in=[e.lower() for e, _l in found]).values_list("email", flat=True)
    )
    return [(email, language) for email, language in found if email.lower() not in dead]
