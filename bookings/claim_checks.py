"""Whether a claim may be sent in: each rule of its scheme with what can be said of it, in three values and in words.

Unknown is not yes: what nobody has told keeps a claim back just as what does not hold; the sentence says what to do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import kept_facts
from bookings.claim_figures import Figures
from bookings.claim_pots import PotState, pot_of
from bookings.claim_rules import Ask, ClaimRules, rules_of
from bookings.claims import Claim
from bookings.models import Booking, FundedVisit, SubsidyClaim
from bookings.models.subsidy_claims import OPEN
from tours.subsidies import Answer
from tours.subsidy_words import criterion_text
from venues.dates import day_text, money_text


@dataclass(frozen=True)
class Check:
    """One rule, what can be said of it, and that as a sentence without its full stop."""

    key: str
    answer: Answer
    text: str

    @property
    def is_met(self) -> bool:
        return self.answer == Answer.MET


def checks(claim: SubsidyClaim, found: Claim, figures: Figures, now: datetime) -> list[Check]:
    """Every rule of the claim's scheme, in the order in which a claimant can do something about them."""
    rules = rules_of(claim.scheme.rules)
    return [
        *_criteria(claim, found, rules),
        *_evidence(found, figures, rules),
        *_asks(claim, rules.asks),
        *_paid_once(found.booking),
        *_amount(figures),
        *_time(claim, rules, now),
        *_pot(pot_of(claim, now)),
    ]


def lacking(found: Iterable[Check]) -> list[Check]:
    """Those that do not hold or that nobody can tell."""
    return [one for one in found if not one.is_met]


def last_day(claim: SubsidyClaim, rules: ClaimRules | None = None) -> date | None:
    """The last day on which it may be sent in: given by its receiver, or the scheme's next deadline; None: no end."""
    if claim.send_by:
        return claim.send_by
    rules = rules or rules_of(claim.scheme.rules)
    return rules.deadline_after(timezone.localdate(claim.booking.occupied_to))


def is_late(claim: SubsidyClaim, now: datetime) -> bool:
    """Whether it is still to be sent in and its last day has passed."""
    last = last_day(claim)
    return claim.state in OPEN and last is not None and timezone.localdate(now) > last


def _criteria(claim: SubsidyClaim, found: Claim, rules: ClaimRules) -> list[Check]:
    lines = []
    for one in found.funding.criteria:
        answer, text = one.answer, criterion_text(one)
        if (
            one.kind == rules.partner
            and claim.partner
            and claim.partner.is_riksteatern
            and answer != Answer.MET
        ):
            answer = Answer.MET
            text = _("It was presented together with %(association)s, a Riksteatern association") % {
                "association": claim.partner
            }
        lines.append(Check(one.kind, answer, text))
    day = timezone.localdate(found.booking.occupied_from)
    if not (claim.scheme.valid_from <= day <= (claim.scheme.valid_to or date.max)):
        lines.append(Check("valid", Answer.NOT_MET, _("These rules did not hold on the day of the visit")))
    return lines


def _evidence(found: Claim, figures: Figures, rules: ClaimRules) -> list[Check]:
    made = {"audience": _audience, "costs": _costs, "agreement": _agreement}
    return [made[word](found.booking, figures) for word in rules.evidence]


def _audience(booking: Booking, figures: Figures) -> Check:
    is_known = bool(booking.outcome) and figures.rows["audience"].value is not None
    text = _("The audience is reported") if is_known else _("The visit has not been reported")
    return Check("audience", Answer.MET if is_known else Answer.UNKNOWN, text)


def _costs(booking: Booking, figures: Figures) -> Check:
    if booking.settled_at:
        return Check("costs", Answer.MET, _("The costs are settled, line by line"))
    return Check("costs", Answer.UNKNOWN, _("The visit is not settled: nobody knows yet what it cost"))


def _agreement(booking: Booking, figures: Figures) -> Check:
    kept = booking.agreements.order_by("-number").first()
    if kept is None:
        text = _("No agreement is kept: keep it on the visit’s page")
        return Check("agreement", Answer.UNKNOWN, text)
    if not kept_facts.is_whole(kept):
        text = _("The kept agreement is not as it was: its fingerprint does not fit")
        return Check("agreement", Answer.NOT_MET, text)
    text = _("The agreement is kept, version %(number)d") % {"number": kept.number}
    return Check("agreement", Answer.MET, text)


def _asks(claim: SubsidyClaim, asks: Sequence[Ask]) -> list[Check]:
    return [
        Check(f"ask_{ask.key}", Answer.MET, _("Stated: %(what)s") % {"what": ask.label})
        if claim.answers.get(ask.key)
        else Check(f"ask_{ask.key}", Answer.UNKNOWN, _("To be stated: %(what)s") % {"what": ask.label})
        for ask in asks
    ]


def _paid_once(booking: Booking) -> list[Check]:
    return [
        Check(
            "paid_once",
            Answer.NOT_MET,
            _("%(grant)s pays the visit: the same cost is not claimed twice") % {"grant": one.grant.scheme},
        )
        for one in FundedVisit.objects.filter(booking=booking).select_related("grant__scheme")
    ]


def _amount(figures: Figures) -> list[Check]:
    if figures.amount.amount > 0:
        return []
    return [Check("amount", Answer.NOT_MET, _("There is no cost that the scheme covers"))]


def _time(claim: SubsidyClaim, rules: ClaimRules, now: datetime) -> list[Check]:
    last = last_day(claim, rules)
    if last is None or claim.state not in OPEN:
        return []
    if timezone.localdate(now) > last:
        text = _("The last day was %(day)s: ask whoever receives it to open it") % {"day": day_text(last)}
        return [Check("time", Answer.NOT_MET, text)]
    return [Check("time", Answer.MET, _("It may be sent in until %(day)s") % {"day": day_text(last)})]


def _pot(pot: PotState | None) -> list[Check]:
    if pot is None:
        return []
    told = {"left": money_text(pot.left, pot.currency), "all": money_text(pot.pot.amount, pot.currency)}
    if pot.left <= 0:
        return [Check("pot", Answer.NOT_MET, _("Nothing is left of the %(all)s for this time") % told)]
    return [Check("pot", Answer.MET, _("%(left)s is left of the %(all)s for this time") % told)]
