"""The verbs of whoever claims: begin, write, send in, ask to send in late, withdraw.

A claim is reckoned anew from the visit until it is sent in; from then on what was sent in stands as it was. Locks: the
visit, then the scheme in all versions of its rules (its pot), then the claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bookings import claim_notices, claims
from bookings.claim_checks import Check, checks, is_late, lacking
from bookings.claim_facts import counts, facts_of
from bookings.claim_figures import Correction, Figures, check_corrections, figures_of
from bookings.claim_permissions import claimant_of, partners_of, receivers_of
from bookings.claim_pots import lock_pot
from bookings.claim_rules import rules_of
from bookings.claims import Claim
from bookings.errors import ItemChanged
from bookings.kept_facts import digest_of
from bookings.models import Booking, ClaimChange, ClaimSubmission, SubsidyClaim
from bookings.models.booking import Status
from bookings.models.subsidy_claims import OPEN, WHY_MAX, ClaimState
from tours.errors import NotNow, Refused
from tours.lengths import check_length
from venues.models import Organisation, SubsidyScheme, User


@dataclass(frozen=True)
class ClaimInput:
    """All that a claimant writes: figures put right by hand, what the scheme asks for, and whom it was presented with.

    `answers`: by the key of what is asked, words or True.
    """

    corrections: Mapping[str, Correction] = field(default_factory=dict)
    answers: Mapping[str, str | bool] = field(default_factory=dict)
    partner: Organisation | None = None


@dataclass(frozen=True)
class Standing:
    """A claim as it stands now: what the visit may claim, its figures, and every rule."""

    found: Claim
    figures: Figures
    checks: list[Check]

    @property
    def lacking(self) -> list[Check]:
        """What keeps it from being sent in."""
        return lacking(self.checks)


@transaction.atomic
def begin(booking: Booking, *, by: User, now: datetime, scheme: SubsidyScheme | None = None) -> SubsidyClaim:
    """Begin a claim for a visit that was played, by its best scheme: a draft that only the claimant sees.

    Args:
        scheme: the one that was shown; None: whichever is best.

    Raises:
        NotNow: the visit is not reported as played, or a claim for it stands already.
        Refused: no scheme is known to pay for it, another is better, or its tour cannot be reckoned.
    """
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    booking = Booking.objects.with_ground().get(pk=booking.pk)
    if booking.status != Status.CONFIRMED or booking.outcome != Booking.Outcome.HELD:
        raise NotNow(_("A subsidy is claimed once the visit is reported as played."), booking=booking.pk)
    found = claims.of_visit(booking, now)
    if found is None:
        raise Refused(_("No scheme is known to pay for the visit."), booking=booking.pk)
    best = found.funding.scheme
    if scheme is not None and scheme.pk != best.row:
        raise Refused(
            _("The visit claims by its best scheme, %(scheme)s, and by no other.") % {"scheme": best.label},
            field="scheme",
            booking=booking.pk,
        )
    if SubsidyClaim.objects.standing().filter(booking=booking).exists():
        raise _taken(booking)
    side = rules_of(best.rules).side
    claim = SubsidyClaim(
        booking=booking,
        scheme_id=best.row,
        side=side,
        claimant=claimant_of(booking, side),
        currency=booking.currency,
        made_by=by,
        made_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError as error:
        raise _taken(booking) from error
    note(claim, "begun", "", by, now)
    return claim


@transaction.atomic
def write(claim: SubsidyClaim, data: ClaimInput, *, by: User, version: int, now: datetime) -> SubsidyClaim:
    """Keep what has been written so far, complete or not.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it is sent in, decided or withdrawn.
        Refused: something cannot be; `field` names it.
    """
    claim = lock(claim, version)
    _check_open(claim)
    found = _found(claim, now)
    claim.corrections = check_corrections(found, data.corrections)
    claim.answers = _checked_answers(claim, data.answers)
    claim.partner = _checked_partner(claim, data.partner)
    return touch(claim, now)


@transaction.atomic
def send_in(claim: SubsidyClaim, *, by: User, version: int, now: datetime) -> ClaimSubmission:
    """Send it in as it stands: its facts are kept, both sides get a mail, the claimant's with their digest.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it is sent in, decided or withdrawn; its last day has passed; or nobody receives it here.
        Refused: something is missing, or a rule does not hold; the sentence says what.
    """
    _lock_visit_and_scheme(claim)
    claim = lock(claim, version)
    _check_open(claim)
    if not receivers_of(claim.scheme.region).exists():
        raise NotNow(
            _(
                "Nobody receives claims to this scheme here. Print it, and send it to whoever pays: %(source)s."
            )
            % {"source": claim.scheme.source},
            claim=claim.pk,
        )
    standing = standing_of(claim, now)
    missing = standing.lacking
    if is_late(claim, now):
        raise NotNow(next(one.text for one in missing if one.key == "time") + ".", claim=claim.pk)
    if missing:
        raise Refused(" ".join(f"{one.text}." for one in missing), field=missing[0].key, claim=claim.pk)
    facts = facts_of(claim, standing.found, standing.figures)
    last, was = counts(claim), claim.state
    made = ClaimSubmission.objects.create(
        claim=claim,
        number=last.number + 1 if last else 1,
        facts=facts,
        digest=digest_of(facts),
        by=by,
        at=now,
    )
    claim.state, claim.amount = ClaimState.SENT, standing.figures.amount.amount
    claim.sent_at, claim.send_by, claim.late_asked_at = claim.sent_at or now, None, None
    touch(claim, now)
    note(claim, "sent", was, by, now, details={"number": made.number, "amount": facts["amount"]})
    claim_notices.sent(claim, made, now)
    return made


@transaction.atomic
def ask_late(claim: SubsidyClaim, *, by: User, version: int, now: datetime, why: str) -> SubsidyClaim:
    """Ask whoever receives it to let it be sent in after its last day.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it is not late.
        Refused: there is no reason, or too long a one.
    """
    claim = lock(claim, version)
    if not is_late(claim, now):
        raise NotNow(_("It is not late: there is nothing to ask for."), claim=claim.pk)
    claim.late_why, claim.late_asked_at = reason_in(why, _("Say why it is late.")), now
    touch(claim, now)
    note(claim, "late_asked", claim.state, by, now, reason=claim.late_why)
    claim_notices.late_asked(claim, now)
    return claim


@transaction.atomic
def withdraw(claim: SubsidyClaim, *, by: User, version: int, now: datetime, why: str = "") -> SubsidyClaim:
    """Take it back as long as nothing is decided; a draft that was never sent in is deleted.

    Raises:
        ItemChanged: somebody has changed the claim since that version.
        NotNow: it is decided or withdrawn already.
    """
    claim = lock(claim, version)
    was = claim.state
    if not is_withdrawable(claim):
        raise NotNow(state_text(claim), claim=claim.pk)
    if claim.sent_at is None:
        claim.delete()
        return claim
    claim.state, claim.send_by, claim.late_asked_at = ClaimState.WITHDRAWN, None, None
    touch(claim, now)
    note(claim, "withdrawn", was, by, now, reason=why.strip()[:WHY_MAX])
    claim_notices.withdrawn(claim, now)
    return claim


def is_withdrawable(claim: SubsidyClaim) -> bool:
    """Whether it may be taken back: nothing is decided."""
    return claim.state in (*OPEN, ClaimState.SENT)


def standing_of(claim: SubsidyClaim, now: datetime) -> Standing:
    """The claim as it stands now, reckoned anew from the visit.

    Raises:
        Refused: its tour cannot be reckoned, or its scheme is no scheme of the visit any more.
    """
    found = _found(claim, now)
    figures = figures_of(found, claim)
    return Standing(found, figures, checks(claim, found, figures, now))


def lock(claim: SubsidyClaim, version: int) -> SubsidyClaim:
    """The claim as it stands, until the transaction ends.

    Raises:
        ItemChanged: it is not the version that was seen.
        NotNow: it is gone: a draft that was thrown away.
    """
    if not SubsidyClaim.objects.select_for_update(no_key=True).filter(pk=claim.pk):
        raise NotNow(_("The draft was thrown away."), claim=claim.pk)
    found = SubsidyClaim.objects.with_ground().get(pk=claim.pk)
    if found.version != version:
        raise ItemChanged(
            _("Somebody has changed this claim since you opened the page. Look at it, and try again."),
            claim=found.pk,
            version=found.version,
        )
    return found


def touch(claim: SubsidyClaim, now: datetime) -> SubsidyClaim:
    """Save it as its next version."""
    claim.version, claim.changed_at = claim.version + 1, now
    claim.save()
    return claim


def note(
    claim: SubsidyClaim,
    action: str,
    was: str,
    by: User,
    now: datetime,
    *,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Write a line of its history."""
    ClaimChange.objects.create(
        claim=claim,
        at=now,
        by=by,
        action=action,
        from_state=was,
        to_state=claim.state,
        reason=reason,
        details=dict(details or {}),
    )


def reason_in(why: str, missing: str) -> str:
    """The reason without spaces around it.

    Raises:
        Refused: there is none, or it is too long.
    """
    why = why.strip()
    if not why:
        raise Refused(missing, field="why")
    check_length(why, WHY_MAX, "why")
    return why


def _lock_visit_and_scheme(claim: SubsidyClaim) -> None:
    """The visit, so that its figures stand still; the scheme, so that nobody else takes of its pot meanwhile."""
    Booking.objects.select_for_update(no_key=True).get(pk=claim.booking_id)
    lock_pot(claim.scheme_id)


def _found(claim: SubsidyClaim, now: datetime) -> Claim:
    found = claims.of_visit(claim.booking, now, claim.scheme_id)
    if found is None:
        raise Refused(
            _("The visit cannot be claimed by %(scheme)s any more.") % {"scheme": claim.scheme.label},
            claim=claim.pk,
        )
    return found


def _check_open(claim: SubsidyClaim) -> None:
    if claim.state not in OPEN:
        raise NotNow(state_text(claim), claim=claim.pk)


def state_text(claim: SubsidyClaim) -> str:
    """Where it stands, as the sentence of a refusal."""
    return _("The claim is %(state)s now.") % {"state": claim.get_state_display()}


def _taken(booking: Booking) -> NotNow:
    return NotNow(_("A claim for this visit stands already: nobody is paid twice."), booking=booking.pk)


def _checked_answers(claim: SubsidyClaim, answers: Mapping[str, str | bool]) -> dict[str, str | bool]:
    asks = {ask.key: ask for ask in rules_of(claim.scheme.rules).asks}
    kept: dict[str, str | bool] = {}
    for key, answer in answers.items():
        ask = asks.get(key)
        if ask is None:
            raise Refused(_("The scheme does not ask for this."), field=f"ask_{key}")
        if ask.is_yes != isinstance(answer, bool):
            raise Refused(_("Answer as it is asked: by words, or by yes."), field=f"ask_{key}")
        if isinstance(answer, str):
            check_length(answer, ask.most, f"ask_{key}")
        told = answer if isinstance(answer, bool) else answer.strip()
        if told:
            kept[key] = told
    return kept


def _checked_partner(claim: SubsidyClaim, partner: Organisation | None) -> Organisation | None:
    if partner is None:
        return None
    if not rules_of(claim.scheme.rules).partner:
        raise Refused(_("The scheme does not ask with whom you presented it."), field="partner")
    if not partners_of(claim).filter(pk=partner.pk).exists():
        raise Refused(_("Choose among the region’s Riksteatern associations."), field="partner")
    return partner
