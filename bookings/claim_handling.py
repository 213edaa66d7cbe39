"""The verbs of whoever receives claims: return one for completing, decide, note that it is paid, let a late one in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import claim_notices, pricing
from bookings.claim_checks import is_late
from bookings.claim_permissions import is_theirs
from bookings.claim_pots import lock_pot, pot_of
from bookings.claim_rules import rules_of
from bookings.claiming import lock, note, reason_in, state_text, touch
from bookings.models import SubsidyClaim
from bookings.models.subsidy_claims import GIVEN, ClaimState
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.dates import money_text
from venues.models import User

#: In these a decision may be made, also another one, until the money has left.
DECIDABLE = (ClaimState.SENT, ClaimState.GRANTED, ClaimState.PARTLY, ClaimState.REFUSED)
#: A last day that is given lies at most so far ahead. Source: the house's choice; half a year.
AHEAD = timedelta(days=183)


@dataclass(frozen=True)
class ClaimDecision:
    """What is decided: so much is granted (0: refused), why, and the receiver's own reference."""

    granted: Decimal
    why: str = ""
    reference: str = ""


@transaction.atomic
def return_for_completing(
    claim: SubsidyClaim, *, by: User, version: int, now: datetime, why: str, until: date | None = None
) -> SubsidyClaim:
    """Give it back to be completed by a day; the claimant hears what is missing.

    Args:
        until: the last day; None: as many days from now as the scheme's data say.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it does not wait for an answer.
        Refused: there is no reason, the day cannot be, or it is the handler's own claim.
    """
    claim = _lock(claim, version, by)
    if claim.state != ClaimState.SENT:
        raise NotNow(state_text(claim), claim=claim.pk)
    why = reason_in(why, _("Say what is missing: the claimant gets these words."))
    days = timedelta(days=rules_of(claim.scheme.rules).complete_days)
    claim.send_by = _checked_day(until or timezone.localdate(now) + days, now)
    claim.state = ClaimState.RETURNED
    touch(claim, now)
    note(
        claim, "returned", ClaimState.SENT, by, now, reason=why, details={"until": claim.send_by.isoformat()}
    )
    claim_notices.returned(claim, why, now)
    return claim


@transaction.atomic
def decide(
    claim: SubsidyClaim, decision: ClaimDecision, *, by: User, version: int, now: datetime
) -> SubsidyClaim:
    """Grant it, grant a part of it, or refuse it; until it is paid another decision may take its place.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it waits for no decision; or another claim for the visit stands meanwhile.
        Refused: the amount cannot be, is more than was claimed or is left in the pot, or less without a reason; or it
            is the handler's own claim.
    """
    lock_pot(claim.scheme_id)
    claim = _lock(claim, version, by)
    if not is_decidable(claim, now):
        raise NotNow(state_text(claim), claim=claim.pk)
    _check_decision(claim, decision, now)
    was = claim.state
    claim.state = _state_of(claim, decision.granted)
    claim.granted_amount, claim.decided_why = decision.granted, decision.why.strip()
    claim.reference, claim.decided_at = decision.reference.strip(), now
    try:
        with transaction.atomic():
            touch(claim, now)
    except IntegrityError as error:
        raise NotNow(
            _("Another claim for this visit stands already: nobody is paid twice."), claim=claim.pk
        ) from error
    details = {"granted": str(decision.granted), "reference": claim.reference}
    note(claim, "decided", was, by, now, reason=claim.decided_why, details=details)
    claim_notices.decided(claim, now)
    return claim


@transaction.atomic
def note_paid(claim: SubsidyClaim, *, by: User, version: int, now: datetime, paid_on: date) -> SubsidyClaim:
    """Note on which day the money left.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: nothing is granted, or it is paid already.
        Refused: the day lies ahead or before the decision; or it is the handler's own claim.
    """
    claim = _lock(claim, version, by)
    if not is_payable(claim):
        raise NotNow(state_text(claim), claim=claim.pk)
    assert claim.decided_at is not None
    if not timezone.localdate(claim.decided_at) <= paid_on <= timezone.localdate(now):
        raise Refused(_("The day lies between the decision and today."), field="paid_on", claim=claim.pk)
    was = claim.state
    claim.state, claim.paid_on = ClaimState.PAID, paid_on
    touch(claim, now)
    note(claim, "paid", was, by, now, details={"paid_on": paid_on.isoformat()})
    claim_notices.paid(claim, now)
    return claim


@transaction.atomic
def open_late(claim: SubsidyClaim, *, by: User, version: int, now: datetime, until: date) -> SubsidyClaim:
    """Let a late claim be sent in until a day; its claimant has asked for it and hears of it.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it is not late, or nobody has asked.
        Refused: the day cannot be; or it is the handler's own claim.
    """
    claim = _lock(claim, version, by)
    if not is_late(claim, now) or claim.late_asked_at is None:
        raise NotNow(_("Nobody asks to send this claim in late."), claim=claim.pk)
    claim.send_by, claim.late_asked_at = _checked_day(until, now), None
    touch(claim, now)
    note(claim, "late_opened", claim.state, by, now, details={"until": until.isoformat()})
    claim_notices.late_opened(claim, now)
    return claim


def is_decidable(claim: SubsidyClaim, now: datetime) -> bool:
    """Whether a decision may be made now: also of what was returned and not completed in time."""
    return claim.state in DECIDABLE or (claim.state == ClaimState.RETURNED and is_late(claim, now))


def is_payable(claim: SubsidyClaim) -> bool:
    """Whether money is granted that has not left."""
    return claim.state in GIVEN and claim.state != ClaimState.PAID


def _lock(claim: SubsidyClaim, version: int, by: User) -> SubsidyClaim:
    found = lock(claim, version)
    if is_theirs(by, found):
        raise Refused(_("You belong to whoever claims: somebody else handles it."), claim=found.pk)
    return found


def _state_of(claim: SubsidyClaim, granted: Decimal) -> ClaimState:
    if not granted:
        return ClaimState.REFUSED
    return ClaimState.GRANTED if granted == claim.amount else ClaimState.PARTLY


def _check_decision(claim: SubsidyClaim, decision: ClaimDecision, now: datetime) -> None:
    pricing.check_amount(decision.granted, field="granted", claim=claim.pk)
    assert claim.amount is not None
    if decision.granted > claim.amount:
        raise Refused(
            _("No more is granted than was claimed: %(amount)s.")
            % {"amount": money_text(claim.amount, claim.currency)},
            field="granted",
        )
    if decision.granted < claim.amount and not decision.why.strip():
        raise Refused(_("Say why not all of it is granted: the claimant gets these words."), field="why")
    check_column(SubsidyClaim, "decided_why", decision.why.strip(), field="why")
    check_column(SubsidyClaim, "reference", decision.reference.strip())
    pot = pot_of(claim, now)
    if pot is not None and decision.granted > pot.to_grant:
        raise Refused(
            _("Only %(left)s is left of the money for this time.")
            % {"left": money_text(pot.to_grant, pot.currency)},
            field="granted",
        )


def _checked_day(until: date, now: datetime) -> date:
    today = timezone.localdate(now)
    if not today <= until <= today + AHEAD:
        raise Refused(_("Choose a day from today on, within half a year."), field="until")
    return until
