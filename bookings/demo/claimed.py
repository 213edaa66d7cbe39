"""What the demo's presenters have claimed: one claim is granted, one waits for the region's office, one is a draft."""

from datetime import datetime, timedelta
from decimal import Decimal

from bookings import claim_handling, claiming, claims, settling
from bookings.claim_handling import ClaimDecision
from bookings.claim_rules import rules_of
from bookings.claiming import ClaimInput
from bookings.demo.hosts import Hosts
from bookings.models import Booking, SubsidyClaim
from bookings.models.booking import Status
from bookings.models.report import Side
from bookings.settlement import sheet_of
from tours.subsidies import Answer
from venues.models import Membership, Region, User

#: So long after a visit it is claimed for, and so long after that it is decided.
CLAIMED, DECIDED = timedelta(days=9), timedelta(days=2)
#: What the presenters state, whatever is asked.
STATED = "Vi bjöd in skolan och hemtjänsten, och ringde runt i byn. Konsulenten visste om turnén i förväg."


def claim(region: Region, hosts: Hosts, producer: User, now: datetime) -> list[str]:
    """Claim for the first three visits that qualify; what was done."""
    officer = User.objects.filter(
        memberships__role=Membership.Role.OFFICER, memberships__organisation__region=region
    ).first()
    if officer is None:
        return []
    qualified = _qualified(region, now)[:3]
    made = [_begun(booking, hosts, producer, now) for booking in qualified]
    for one in made[:2]:
        _send(one, hosts)
    if made and made[0].state == "sent":
        _grant(made[0], officer, now)
    return (
        [f"{len(made)} claims of subsidies: one granted, one sent in, one begun."] if len(made) == 3 else []
    )


def _qualified(region: Region, now: datetime) -> list[Booking]:
    """The region's visits that were played long enough ago and of which every condition is known and holds."""
    over = Booking.objects.filter(
        presenter__region=region,
        presenter__is_demo=True,
        status=Status.CONFIRMED,
        outcome=Booking.Outcome.HELD,
        occupied_to__lt=now - CLAIMED - DECIDED,
    )
    found = [
        claim
        for pack in claims.gather(over, now).packs
        if pack.claimed_by == Side.PRESENTER
        for claim in pack.claims
    ]
    sure = [claim.booking for claim in found if claim.funding.answer == Answer.MET]
    return sorted(sure, key=lambda booking: (booking.occupied_from, booking.pk))


def _begun(booking: Booking, hosts: Hosts, producer: User, now: datetime) -> SubsidyClaim:
    """Settled, where it was not, and begun by the presenter."""
    if not booking.settled_at and not sheet_of(booking, now).missing:
        settling.settle(booking, by=producer, now=booking.occupied_to + CLAIMED)
    return claiming.begin(booking, by=hosts.speakers[booking.presenter_id], now=booking.occupied_to + CLAIMED)


def _send(made: SubsidyClaim, hosts: Hosts) -> None:
    booking = made.booking
    by, at = hosts.speakers[booking.presenter_id], booking.occupied_to + CLAIMED
    answers = {
        ask.key: True if ask.is_yes else STATED[: ask.most] for ask in rules_of(made.scheme.rules).asks
    }
    written = claiming.write(made, ClaimInput(answers=answers), by=by, version=made.version, now=at)
    if not claiming.standing_of(written, at).lacking:
        claiming.send_in(written, by=by, version=written.version, now=at)
    made.refresh_from_db()


def _grant(made: SubsidyClaim, officer: User, now: datetime) -> None:
    at = made.booking.occupied_to + CLAIMED + DECIDED
    decision = ClaimDecision(made.amount or Decimal(0), reference="KUL 2026/118")
    claim_handling.decide(made, decision, by=officer, version=made.version, now=min(at, now))
