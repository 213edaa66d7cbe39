"""A claim of a subsidy as words and rows: in lists, on its own page, on paper, and on the page of its visit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bookings import claims
from bookings.claim_checks import Check, is_late, last_day
from bookings.claim_facts import Difference
from bookings.claim_figures import COUNTS, Figure, Figures
from bookings.claim_permissions import can_write, may_claim, visible_claims
from bookings.claim_rules import rules_of
from bookings.kept_facts import Facts
from bookings.models import Booking, ClaimChange, SubsidyClaim
from bookings.models.advancing import in_words
from bookings.models.report import Side
from bookings.models.subsidy_claims import OPEN, ClaimState
from tours.errors import TurneError
from tours.subsidies import Answer
from turne.web.board_money import FITS
from turne.web.price_list import COVERED
from turne.web.settlement_tables import amount
from venues.dates import day_text, moment_text, money_text, short_day_text
from venues.models import User

Cells = dict[str, Any]
#: State -> the pill that it looks like.
PILLS = {
    ClaimState.DRAFT: "held",
    ClaimState.SENT: "offered",
    ClaimState.RETURNED: "proposed",
    ClaimState.GRANTED: "confirmed",
    ClaimState.PARTLY: "confirmed",
    ClaimState.PAID: "settled",
    ClaimState.REFUSED: "declined",
    ClaimState.WITHDRAWN: "withdrawn",
}
#: What a line of its history says.
HAPPENED = {
    "begun": _lazy("Begun"),
    "sent": _lazy("Sent in"),
    "returned": _lazy("Returned for completing"),
    "decided": _lazy("Decided"),
    "paid": _lazy("Paid out"),
    "withdrawn": _lazy("Withdrawn"),
    "late_asked": _lazy("Asked to be sent in late"),
    "late_opened": _lazy("May be sent in late"),
}


def pill(claim: SubsidyClaim) -> Cells:
    """Its state for `components/status.html`."""
    return {"state": PILLS[ClaimState(claim.state)], "label": claim.get_state_display().capitalize()}


def row(claim: SubsidyClaim, now: datetime) -> Cells:
    """A claim in a list."""
    booking = claim.booking
    return {
        "pk": claim.pk,
        "version": claim.version,
        "url": reverse("claim", args=[claim.pk]),
        "scheme": claim.scheme.label,
        "claimant": str(claim.claimant),
        "production": booking.tour.production.title,
        "day": short_day_text(booking.occupied_from),
        "place": str(booking.venue.place.municipality),
        "amount": _money(claim.amount, claim.currency),
        "granted": _money(claim.granted_amount, claim.currency),
        "sent": short_day_text(claim.sent_at) if claim.sent_at else "–",
        "reference": claim.reference,
        "until": until_text(claim, now),
        "late_why": claim.late_why,
        **pill(claim),
    }


def until_text(claim: SubsidyClaim, now: datetime) -> str:
    """Until when it may be sent in, or that it is too late; empty where nothing is to be sent in or nothing ends."""
    last = last_day(claim) if claim.state in OPEN else None
    if last is None:
        return ""
    text = _("The last day was %(day)s") if is_late(claim, now) else _("To be sent in by %(day)s")
    return text % {"day": day_text(last)}


def figures(found: Figures) -> list[Cells]:
    """The figures as they stand now."""
    return [_figure(one, found.cap.currency) for one in found.rows.values()]


def sent_figures(facts: Facts) -> list[Cells]:
    """The figures as they were sent in."""
    return [
        _figure(
            Figure(name, _decimal(told["reckoned"]), _decimal(told["stated"]), told["why"]), facts["currency"]
        )
        for name, told in facts["figures"].items()
    ]


def checks(found: Iterable[Check]) -> list[Cells]:
    """Each rule, for `components/subsidy_line.html`."""
    return [{"fit": FITS[one.answer], "text": one.text} for one in found]


def sent_checks(facts: Facts) -> list[Cells]:
    """The conditions as they were answered when it was sent in."""
    return [{"fit": FITS[Answer(one["answer"])], "text": in_words(one["text"])} for one in facts["criteria"]]


def answers(claim: SubsidyClaim) -> list[Cells]:
    """What is stated now."""
    return [
        {"label": ask.label, "text": _answer(claim.answers.get(ask.key, ""))}
        for ask in rules_of(claim.scheme.rules).asks
    ]


def sent_answers(facts: Facts) -> list[Cells]:
    """What was stated when it was sent in."""
    return [{"label": in_words(one["label"]), "text": _answer(one["answer"])} for one in facts["answers"]]


def sent(facts: Facts) -> Cells:
    """All of it as it was sent in, for `claims/shown.html`."""
    return {
        "figures": sent_figures(facts),
        "checks": sent_checks(facts),
        "answers": sent_answers(facts),
        "amount": Decimal(facts["amount"]),
        "covers": sent_covers(facts),
        "partner": facts["claimant"]["partner"],
        "facts": facts,
    }


def covers_text(covers: Mapping[str, Decimal], currency: str) -> str:
    """ "travel 400 kr, fee 4 600 kr": which costs the subsidy covers how far."""
    return ", ".join(f"{COVERED[name]} {money_text(part, currency)}" for name, part in covers.items() if part)


def sent_covers(facts: Facts) -> str:
    """The same as it was sent in."""
    return covers_text({name: Decimal(part) for name, part in facts["covers"].items()}, facts["currency"])


def differences(found: Sequence[Difference], currency: str) -> list[Cells]:
    """What Turne reckons otherwise now than when it was sent in."""
    return [
        {
            "label": Figure(one.name, None).label,
            "was": value_text(one.name, one.was, currency),
            "becomes": value_text(one.name, one.becomes, currency),
        }
        for one in found
    ]


def history(changes: Iterable[ClaimChange]) -> list[Cells]:
    """What has happened to it, the latest first."""
    return [
        {
            "when": moment_text(one.at),
            "text": str(HAPPENED.get(one.action, one.action)),
            "who": str(one.by),
            "reason": one.reason,
        }
        for one in reversed(list(changes))
    ]


def marks(bookings: Iterable[int], user: User) -> dict[int, Cells]:
    """By visit the claim that stands for it: with its page for who may read it, else that there is one.

    `waits`: it has yet to be sent in.
    """
    found = SubsidyClaim.objects.standing().filter(booking__in=bookings).select_related("booking", "scheme")
    readable = set(visible_claims(user).filter(pk__in=found).values_list("pk", flat=True))
    return {
        claim.booking_id: {
            **pill(claim),
            "url": reverse("claim", args=[claim.pk]),
            "waits": claim.state in OPEN,
        }
        if claim.pk in readable
        else {"state": "held", "label": _claimed_by(claim), "url": "", "waits": False}
        for claim in found
        if claim.pk in readable or claim.state != ClaimState.DRAFT
    }


def of_visit(booking: Booking, user: User, now: datetime) -> Cells | None:
    """What the page of a visit that was played says to who may claim for it; None where there is nothing to say."""
    if booking.outcome != Booking.Outcome.HELD:
        return None
    standing = SubsidyClaim.objects.standing().filter(booking=booking).select_related("scheme").first()
    if standing:
        mine = can_write(user, standing)
        return {"claim": row(_whole(standing), now)} if mine else None
    if not any(may_claim(user, booking, side) for side in Side.values):
        return None
    try:
        found = claims.of_visit(booking, now)
    except TurneError:
        return None
    if found is None or not may_claim(user, booking, rules_of(found.funding.scheme.rules).side):
        return None
    return {
        "booking": booking,
        "scheme": found.funding.scheme,
        "amount": amount(found.funding.amount),
        "by": day_text(found.claim_by) if found.claim_by else "",
        "missing": found.missing,
    }


def _whole(claim: SubsidyClaim) -> SubsidyClaim:
    return SubsidyClaim.objects.with_ground().get(pk=claim.pk)


def _claimed_by(claim: SubsidyClaim) -> str:
    return _("Claimed by %(side)s") % {"side": claim.get_side_display()}


def _figure(one: Figure, currency: str) -> Cells:
    return {
        "label": one.label,
        "reckoned": value_text(one.name, one.reckoned, currency),
        "stated": "" if one.stated is None else value_text(one.name, one.stated, currency),
        "why": one.why,
    }


def value_text(name: str, value: Decimal | None, currency: str) -> str:
    """A figure: so many, or so much money."""
    if value is None:
        return _("not reported")
    return str(int(value)) if name in COUNTS else money_text(value, currency)


def _money(value: Decimal | None, currency: str) -> str:
    return "–" if value is None else money_text(value, currency)


def _answer(answer: str | bool) -> str:
    return _("Yes") if answer is True else str(answer) if answer else _("not stated")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def day_of(at: datetime | None) -> str:
    """For a spreadsheet; empty where there is none."""
    return timezone.localdate(at).isoformat() if at else ""
