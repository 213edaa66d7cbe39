"""What is left of a scheme's money for a span of days: first come, first served, where its data name a pot."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from bookings.claim_rules import Pot, rules_of
from bookings.models import SubsidyClaim
from bookings.models.subsidy_claims import ASKED, GIVEN
from tours.windows import midnight
from venues.models import SubsidyScheme


@dataclass(frozen=True)
class PotState:
    """A pot as it stands. `granted` is decided, `asked` waits for a decision."""

    pot: Pot
    currency: str
    granted: Decimal
    asked: Decimal

    @property
    def left(self) -> Decimal:
        """What nobody has got or asked for; never below nothing."""
        return max(self.pot.amount - self.granted - self.asked, Decimal(0))

    @property
    def to_grant(self) -> Decimal:
        """What nobody has got: what may be decided, whoever else has asked; never below nothing."""
        return max(self.pot.amount - self.granted, Decimal(0))


def lock_pot(scheme: int) -> None:
    """Keep everybody else from what is left of the scheme's money until the transaction ends.

    All versions of its rules are locked, for claims by each of them take from the same pot.
    """
    found = SubsidyScheme.objects.get(pk=scheme)
    versions = SubsidyScheme.objects.filter(region=found.region_id, key=found.key).order_by("pk")
    list(versions.select_for_update(no_key=True).values("pk"))


def pot_state(scheme: SubsidyScheme, day: date, without: SubsidyClaim | None = None) -> PotState | None:
    """The pot that a claim first sent in on the day takes from; None where the scheme's data name none.

    All claims by the scheme count, whichever version of its rules they were made by.

    Args:
        without: a claim that is left out of the sums.
    """
    pot = rules_of(scheme.rules).pot_on(day)
    if pot is None:
        return None
    claims = SubsidyClaim.objects.filter(
        scheme__region=scheme.region_id,
        scheme__key=scheme.key,
        sent_at__gte=midnight(pot.first),
        sent_at__lt=midnight(date.fromordinal(pot.last.toordinal() + 1)),
    )
    if without is not None:
        claims = claims.exclude(pk=without.pk)
    granted = claims.filter(state__in=GIVEN).aggregate(sum=Sum("granted_amount"))["sum"]
    asked = claims.filter(state__in=ASKED).aggregate(sum=Sum("amount"))["sum"]
    return PotState(pot, str(scheme.rules["currency"]), granted or Decimal(0), asked or Decimal(0))


def pot_of(claim: SubsidyClaim, now: datetime) -> PotState | None:
    """The pot of the claim, by the day on which it was or would be first sent in; the claim itself is left out."""
    return pot_state(claim.scheme, timezone.localdate(claim.sent_at or now), claim)
