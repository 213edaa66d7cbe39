"""The verbs of grants to owners of schools: note a decision, tag the visits that it pays, and keep proofs.

Only what concerns money and pupils' numbers: nobody's name but who noted it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import history, pricing
from bookings.errors import ItemChanged
from bookings.models import Booking, FundedVisit, ProfessionalProof, SchoolGrant, SchoolGrantChange
from bookings.models.booking import Status
from bookings.models.grants import PROMISED_MAX
from tours.errors import NotNow, Refused
from tours.models import Ensemble
from venues.models import GrantScheme, SchoolOwner, User
from venues.models.school_years import bounds
from venues.school_forms import SchoolForm

#: No grant is larger. Source: the house's choice; a row holds ten digits before the point.
MOST = Decimal(10**9)


@dataclass(frozen=True)
class Decision:
    """What was granted: pupils promised in all and by form, the amount, and the decision behind it."""

    promised_count: int
    amount: Decimal
    promised_by_form: Mapping[str, int] = field(default_factory=dict)
    reference: str = ""
    decided_on: date | None = None


@transaction.atomic
def grant(
    owner: SchoolOwner, scheme: GrantScheme, year: int, decision: Decision, *, by: User, now: datetime
) -> SchoolGrant:
    """Note what an owner was granted for a school year.

    Raises:
        NotNow: it is noted already for that year.
        Refused: a number cannot be, or the parts are not the whole; or the scheme is another region's.
    """
    SchoolOwner.objects.select_for_update(no_key=True).get(pk=owner.pk)
    _check(decision, now)
    if scheme.region_id != owner.organisation.region_id:
        raise Refused(_("The grant is another region's."), field="scheme", owner=owner.pk)
    if SchoolGrant.objects.filter(owner=owner, scheme=scheme, year=year).exists():
        raise NotNow(_("The grant is noted for that school year already: change it there."), owner=owner.pk)
    made = SchoolGrant(
        owner=owner, scheme=scheme, year=year, currency=scheme.rules["currency"], by=by, at=now, version=1
    )
    _write(made, decision)
    _note(made, "granted", by, now, _told(decision))
    return made


@transaction.atomic
def change(
    standing: SchoolGrant, decision: Decision, *, version: int, by: User, now: datetime
) -> SchoolGrant:
    """Change what was noted; its history keeps what it was.

    Raises:
        ItemChanged: somebody has changed it since that version.
        Refused: a number cannot be, or the parts are not the whole.
    """
    locked = SchoolGrant.objects.select_for_update(no_key=True).get(pk=standing.pk)
    if locked.version != version:
        raise ItemChanged(
            _("Somebody has changed this grant since you opened the page. Compare, and save again."),
            grant=locked.pk,
            version=locked.version,
        )
    _check(decision, now)
    locked.version, locked.by, locked.at = version + 1, by, now
    _write(locked, decision)
    _note(locked, "changed", by, now, _told(decision))
    return locked


@transaction.atomic
def tag(
    booking: Booking, paid_by: SchoolGrant, *, by: User, now: datetime, amount: Decimal | None = None
) -> FundedVisit:
    """Say that a visit is paid by a grant; what is so already stays.

    Args:
        amount: what of it, in the visit's currency; None: all that the grant covers.

    Raises:
        NotNow: the visit is not confirmed.
        Refused: no group of the owner's schools comes to it in the grant's school year; the amount cannot be.
    """
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    found = Booking.objects.with_ground().get(pk=booking.pk)
    if found.status != Status.CONFIRMED:
        raise NotNow(_("A visit is paid by a grant once it is confirmed."), booking=booking.pk)
    if not can_be_paid_by(found, paid_by):
        raise Refused(
            _("No group of %(owner)s comes to this visit in the school year %(year)s.")
            % {"owner": paid_by.owner, "year": paid_by.label},
            booking=booking.pk,
        )
    if amount is not None:
        pricing.check_amount(amount, field="amount", booking=booking.pk)
    standing = FundedVisit.objects.filter(booking=found, grant=paid_by).first()
    if standing and standing.amount == amount:
        return standing
    row = standing or FundedVisit(booking=found, grant=paid_by)
    row.amount, row.by, row.at = amount, by, now
    row.save()
    details = {"grant": str(paid_by.scheme), "owner": str(paid_by.owner), "year": paid_by.label}
    history.note(found, "fund", found.status, by, now, details=details)
    _note(paid_by, "tagged", by, now, {"booking": found.pk, "visit": str(found)})
    return row


@transaction.atomic
def untag(booking: Booking, paid_by: SchoolGrant, *, by: User, now: datetime) -> None:
    """Say that a visit is not paid by the grant after all; what is so already stays."""
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    found = Booking.objects.get(pk=booking.pk)
    gone, _rows = FundedVisit.objects.filter(booking=found, grant=paid_by).delete()
    if gone:
        details = {"grant": str(paid_by.scheme), "owner": str(paid_by.owner), "year": paid_by.label}
        history.note(found, "unfund", found.status, by, now, details=details)
        _note(paid_by, "untagged", by, now, {"booking": found.pk, "visit": str(found)})


@transaction.atomic
def tell_proof(
    ensemble: Ensemble,
    *,
    kind: str,
    what: str,
    where_kept: str = "",
    link: str = "",
    valid_to: date | None = None,
    by: User,
    now: datetime,
) -> ProfessionalProof:
    """Tell what shows that an ensemble is professional, and where it is kept.

    Raises:
        Refused: it has no words, no place where it is kept, or a link that is not https.
    """
    what, where_kept, link = what.strip(), where_kept.strip(), link.strip()
    if kind not in ProfessionalProof.Kind.values:
        raise Refused(_("Choose what it is."), field="kind", ensemble=ensemble.pk)
    if not what:
        raise Refused(_("Say in a few words what it is."), field="what", ensemble=ensemble.pk)
    if not where_kept and not link:
        raise Refused(_("Say where it is kept, or give a link."), field="where_kept", ensemble=ensemble.pk)
    if link and not link.startswith("https://"):
        raise Refused(_("The link must begin with https://."), field="link", ensemble=ensemble.pk)
    return ProfessionalProof.objects.create(
        ensemble=ensemble,
        kind=kind,
        what=what,
        where_kept=where_kept,
        link=link,
        valid_to=valid_to,
        told_by=by,
        told_at=now,
    )


@transaction.atomic
def see_proof(proof: ProfessionalProof, *, by: User, now: datetime) -> ProfessionalProof:
    """Note that one has looked at it; who told it cannot. A later look replaces an earlier one.

    Raises:
        Refused: one has told it oneself.
    """
    locked = ProfessionalProof.objects.select_for_update(no_key=True).get(pk=proof.pk)
    if not locked.can_be_seen_by(by):
        raise Refused(_("Somebody else than who told it looks at it."), proof=proof.pk)
    locked.seen_by, locked.seen_on = by, timezone.localdate(now)
    locked.save(update_fields=["seen_by", "seen_on"])
    return locked


@transaction.atomic
def remove_proof(proof: ProfessionalProof) -> None:
    """Take it away, with all that it says of anybody."""
    ProfessionalProof.objects.filter(pk=proof.pk).delete()


def can_be_paid_by(booking: Booking, paid_by: SchoolGrant) -> bool:
    """Whether a group of the owner's schools comes to it on a day of the grant's school year."""
    first, last = bounds(paid_by.year)
    is_in_year = first <= timezone.localdate(booking.occupied_from) <= last
    return is_in_year and booking.groups.filter(group__school__owner=paid_by.owner).exists()


def _check(decision: Decision, now: datetime) -> None:
    if not 1 <= decision.promised_count <= PROMISED_MAX:
        raise Refused(
            _("The pupils promised are a number from 1 to %(most)d.") % {"most": PROMISED_MAX},
            field="promised_count",
        )
    if not decision.amount.is_finite() or not 0 <= decision.amount <= MOST:
        raise Refused(_("An amount is a number from 0 up."), field="amount")
    if decision.decided_on and decision.decided_on > timezone.localdate(now):
        raise Refused(_("A decision has been made: give its day, today at the latest."), field="decided_on")
    parts = decision.promised_by_form
    if unknown := set(parts) - set(SchoolForm.values):
        raise Refused(
            _("There is no school form %(form)s.") % {"form": min(unknown)}, field="promised_by_form"
        )
    if any(count < 0 for count in parts.values()):
        raise Refused(_("Write 0 or more."), field="promised_by_form")
    if any(parts.values()) and sum(parts.values()) != decision.promised_count:
        raise Refused(
            _("By school form there are %(parts)d pupils, but %(whole)d are promised in all.")
            % {"parts": sum(parts.values()), "whole": decision.promised_count},
            field="promised_count",
        )


def _write(row: SchoolGrant, decision: Decision) -> None:
    row.promised_count, row.amount = decision.promised_count, decision.amount
    row.promised_by_form = {form: count for form, count in decision.promised_by_form.items() if count}
    row.reference, row.decided_on = decision.reference.strip(), decision.decided_on
    row.save()


def _told(decision: Decision) -> dict[str, Any]:
    return {
        "promised": decision.promised_count,
        "amount": str(decision.amount),
        "by_form": dict(decision.promised_by_form),
        "reference": decision.reference,
    }


def _note(row: SchoolGrant, action: str, by: User, now: datetime, details: dict[str, Any]) -> None:
    SchoolGrantChange.objects.create(grant=row, at=now, by=by, action=action, details=details)
