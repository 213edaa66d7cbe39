"""Reminding whoever may claim of a deadline that comes: once for each house, scheme and deadline.

So many days ahead as the scheme's data say (`remind_days`), or `claim_rules.REMIND_DAYS`. Schemes without deadlines
remind nobody: nothing runs out. A house is looked at once; a visit that is played afterwards has its own pages.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bookings import claim_notices, claims
from bookings.claim_permissions import claimant_of
from bookings.claim_rules import ClaimRules, rules_of
from bookings.claims import Claim
from bookings.clockwork import for_each
from bookings.models import Booking, ClaimReminder, SubsidyClaim
from bookings.models.booking import Bookings, Status
from bookings.models.report import Side
from bookings.models.subsidy_claims import OPEN, STANDING
from tours.windows import midnight
from venues.dates import money_text, short_day_text
from venues.models import Organisation, SubsidyScheme

#: A claim that is in one of these waits for its claimant no longer.
_DONE = [state for state in STANDING if state not in OPEN]
#: A deadline comes back within a year: visits are looked at no further back.
_A_YEAR = timedelta(days=366)


def remind_due(now: datetime) -> int:
    """Remind of the deadlines that are near; how many houses were."""
    return for_each(_of_scheme, SubsidyScheme.objects.select_related("region").order_by("pk"), now)


def _of_scheme(scheme: SubsidyScheme, now: datetime) -> int:
    rules, today = rules_of(scheme.rules), timezone.localdate(now)
    day = rules.deadline_after(today)
    if day is None or (day - today).days > rules.remind_days:
        return 0
    found = _unclaimed(scheme, rules, day, now)
    packs = claims.gather(found, now).packs if found.exists() else []
    # A pack has every version of a scheme's rules; each claim knows its own.
    open_ones = [claim for pack in packs for claim in pack.claims if claim.funding.scheme.row == scheme.pk]
    houses = Organisation.objects.filter(
        pk__in={claimant_of(booking, rules.side).pk for booking in found.with_ground()}
    )
    done = 0
    for house in houses.order_by("pk"):
        mine = [claim for claim in open_ones if claimant_of(claim.booking, rules.side) == house]
        done += _remind(house, scheme, rules, day, mine, now)
    return done


@transaction.atomic
def _remind(
    house: Organisation, scheme: SubsidyScheme, rules: ClaimRules, day: date, mine: list[Claim], now: datetime
) -> int:
    _row, is_new = ClaimReminder.objects.get_or_create(
        organisation=house, scheme=scheme, deadline=day, defaults={"at": now}
    )
    if not is_new or not mine:
        return 0
    claim_notices.due_soon(house, scheme, day, [_line(claim) for claim in mine], rules.side, now)
    return 1


def _unclaimed(scheme: SubsidyScheme, rules: ClaimRules, day: date, now: datetime) -> Bookings:
    """Visits that are over, with that day as next deadline and nothing sent in, of houses that were not reminded."""
    over = Booking.objects.filter(
        status=Status.CONFIRMED,
        venue__place__municipality__region=scheme.region_id,
        occupied_to__lte=now,
        occupied_to__gt=midnight(day - _A_YEAR),
    ).exclude(outcome=Booking.Outcome.NOT_HELD)
    claimed = SubsidyClaim.objects.filter(state__in=_DONE).values("booking")
    reminded = ClaimReminder.objects.filter(scheme=scheme, deadline=day).values("organisation")
    of_house = "presenter" if rules.side == Side.PRESENTER else "tour__production__ensemble__producer"
    left = over.exclude(pk__in=claimed).exclude(**{f"{of_house}__in": reminded})
    near = [
        pk
        for pk, ended in left.values_list("pk", "occupied_to")
        if rules.deadline_after(timezone.localdate(ended)) == day
    ]
    return Booking.objects.filter(pk__in=near)


def _line(claim: Claim) -> str:
    booking, amount = claim.booking, claim.funding.amount
    told = money_text(amount.amount, amount.currency)
    return f"{booking.tour.production.title}, {short_day_text(booking.occupied_from)}: {told}"
