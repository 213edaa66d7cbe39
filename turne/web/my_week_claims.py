"""The lists of everybody's home about subsidies: what one may claim and has begun, and what waits for a decision."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import claims
from bookings.claim_permissions import late_claims, own_claims, received_claims
from bookings.models import Booking, SubsidyClaim
from bookings.models.booking import Status
from bookings.models.report import Side
from bookings.models.subsidy_claims import OPEN, STANDING
from turne.web import claim_rows
from turne.web.my_week_sections import SHOWN, Row, Section
from turne.web.settlement_tables import amount
from venues.dates import day_text, short_day_text
from venues.models import User

#: A visit that ended longer ago, and that nobody has claimed for, is not reckoned here. Source: the house's choice; the
#: list of subsidies has it still.
RECENT = timedelta(days=120)


def to_claim(user: User, now: datetime) -> list[Section]:
    """Claims that one has begun or has to complete, and visits that may be claimed for; no section without any."""
    begun = own_claims(user).filter(state__in=OPEN).with_ground().order_by("changed_at")
    rows = [_begun(claim, now) for claim in begun[:SHOWN]]
    rows += _claimable(user, now)[: SHOWN - len(rows)]
    more = (reverse("claims"), _("Subsidies"))
    return [Section(_("Subsidies to claim"), rows, "", more, is_task=False)] if rows else []


def claims_to_handle(user: User, now: datetime) -> list[Section]:
    """What an officer has to decide, and late claims that ask to be let in; no section without any."""
    found = received_claims(user).to_handle()
    waits = [_received(claim, now) for claim in found.with_ground()[:SHOWN]]
    late = [
        {**_received(claim, now), "url": reverse("claims-received"), "text": claim.late_why}
        for claim in late_claims(user).with_ground()[:SHOWN]
    ]
    total = found.count() + late_claims(user).count()
    more = (reverse("claims-received"), _("Received claims"))
    rows = (waits + late)[:SHOWN]
    return [Section(_("Claims to decide on"), rows, "", more, total=total)] if rows else []


def _begun(claim: SubsidyClaim, now: datetime) -> Row:
    row = claim_rows.row(claim, now)
    return {
        "title": row["production"],
        "url": row["url"],
        "text": f"{row['scheme']}, {row['day']}. {row['label']}.",
        "end": row["until"],
    }


def _claimable(user: User, now: datetime) -> list[Row]:
    """The latest visits of the user's houses that are reported and for which nobody has begun a claim."""
    mine = Booking.objects.hosted_by(user).filter(
        status=Status.CONFIRMED,
        outcome=Booking.Outcome.HELD,
        occupied_to__gt=now - RECENT,
        venue__place__municipality__region__subsidy_schemes__isnull=False,
    )
    claimed = SubsidyClaim.objects.filter(state__in=STANDING).values("booking")
    latest = list(
        mine.exclude(pk__in=claimed).order_by("-occupied_to").values_list("pk", flat=True).distinct()[:SHOWN]
    )
    if not latest:
        return []
    packs = claims.gather(Booking.objects.filter(pk__in=latest), now).packs
    found = [claim for pack in packs if pack.claimed_by == Side.PRESENTER for claim in pack.claims]
    return [
        {
            "title": claim.booking.tour.production.title,
            "url": reverse("booking", args=[claim.booking.pk]) + "#subsidy",
            "text": _("%(scheme)s: %(amount)s may be claimed for %(day)s.")
            % {
                "scheme": claim.funding.scheme.label,
                "amount": amount(claim.funding.amount),
                "day": short_day_text(claim.booking.occupied_from),
            },
            "end": _("Until %(day)s") % {"day": day_text(claim.claim_by)} if claim.claim_by else "",
        }
        for claim in found
    ]


def _received(claim: SubsidyClaim, now: datetime) -> Row:
    row = claim_rows.row(claim, now)
    return {
        "title": row["claimant"],
        "url": row["url"],
        "text": f"{row['scheme']}: {row['production']}, {row['day']}. {row['amount']}",
        "end": _("Sent in %(day)s") % {"day": row["sent"]} if claim.sent_at else row["until"],
    }
