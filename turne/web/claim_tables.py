"""A claim pack as words and rows: on the page, and for a spreadsheet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.claim_permissions import may_claim
from bookings.claims import Claim, Pack, missing_text
from bookings.models import Booking
from bookings.models.report import Side
from tours.subsidies import Funding
from tours.subsidy_words import criterion_text, stated_texts, verdict_word
from turne.web import claim_rows
from turne.web.board_money import FITS
from turne.web.price_list import COVERED
from turne.web.settlement_tables import amount, plain
from venues.dates import day_text, moment_text, short_day_text, whole_text
from venues.models import User

Cells = dict[str, Any]


def marks(packs: Iterable[Pack], user: User) -> dict[int, Cells]:
    """By visit what has become of claiming it: the claim that stands, or that the reader may begin one."""
    found = [(claim, one) for one in packs for claim in one.claims]
    standing = claim_rows.marks([claim.booking.pk for claim, _pack in found], user)
    may = {
        claim.booking.pk: {"begins": claim.funding.scheme.row}
        for claim, one in found
        if claim.booking.pk not in standing
        and claim.booking.outcome == Booking.Outcome.HELD
        and may_claim(user, claim.booking, one.claimed_by)
    }
    return standing | may


def pack(one: Pack, marked: Mapping[int, Cells] | None = None) -> Cells:
    """A scheme with its visits, for `hosting/claims.html`; `marked` as `marks` gives it."""
    deadlines = sorted({claim.claim_by for claim in one.claims if claim.claim_by})
    claimed = {key for key, mark in (marked or {}).items() if "state" in mark and not mark["waits"]}
    return {
        "key": f"{one.scheme.region}-{one.scheme.key}",
        "label": one.scheme.label,
        "source": one.scheme.source,
        "claimed_by": Side(one.claimed_by).label,
        "amount": amount(one.amount),
        "ready": amount(one.ready_beside(claimed)),
        "missing": missing_text(one),
        "deadlines": ", ".join(day_text(day) for day in deadlines),
        "stated": stated_texts(one.claims[0].funding),
        "claims": [_claim(claim) | {"mark": (marked or {}).get(claim.booking.pk)} for claim in one.claims],
    }


def rows(packs: Iterable[Pack]) -> list[list[str]]:
    """A table for a spreadsheet: amounts as plain numbers with their currency beside them."""
    heading = [
        _("Scheme"),
        _("Presenter"),
        _("Municipality"),
        _("Place"),
        _("Production"),
        _("Day"),
        _("Shows"),
        _("Audience"),
        _("Children and young"),
        _("Road km"),
        *(str(word).capitalize() for word in COVERED.values()),
        _("May be claimed"),
        _("Currency"),
        _("Answer"),
        _("Agreed on"),
        _("Reported on"),
        _("Settled on"),
        _("Invoiced"),
        _("To be claimed by"),
        _("Missing"),
    ]
    return [heading, *(_cells(one, claim) for one in packs for claim in one.claims)]


def _claim(claim: Claim) -> Cells:
    booking = claim.booking
    return {
        "pk": booking.pk,
        "url": reverse("booking-settlement", args=[booking.pk]),
        "day": short_day_text(booking.occupied_from),
        "presenter": str(booking.presenter),
        "place": booking.venue.place.municipality.name,
        "production": str(booking.tour.production),
        "audience": _number(claim.audience),
        "young": _number(claim.young),
        "km": whole_text(claim.km, "km"),
        "amount": amount(claim.funding.amount),
        "word": verdict_word(claim.funding.answer),
        "is_ready": claim.is_ready,
        "missing": claim.missing,
        "covers": covers_text(claim.funding),
        "criteria": [
            {"fit": FITS[one.answer], "text": criterion_text(one)} for one in claim.funding.criteria
        ],
        "evidence": _evidence(claim),
    }


def covers_text(funding: Funding) -> str:
    """ "travel 400 kr, fee 4 600 kr": which costs the subsidy covers how far."""
    return ", ".join(
        f"{COVERED[name]} {amount(part)}" for name, part in funding.covers.items() if part.amount
    )


def _evidence(claim: Claim) -> list[Cells]:
    """What a claim has to show for the visit, for `components/facts.html`."""
    booking, report = claim.booking, getattr(claim.booking, "report", None)
    shows = list(booking.performances.all())
    count = ngettext("%(count)d show", "%(count)d shows", len(shows)) % {"count": len(shows)}
    times = ", ".join(moment_text(show.starts_at) for show in shows)
    side = {"side": report.get_side_display(), "when": moment_text(report.at)} if report else {}
    told = _("%(side)s, %(when)s") % side if side else _("missing")
    came = _("%(audience)s, of which %(young)s children and young people") % {
        "audience": _number(claim.audience),
        "young": _number(claim.young),
    }
    return [
        {"term": _("Agreement"), "value": _moment(claim.agreed_at) or _("not in the history")},
        {"term": _("Played"), "value": times, "sub": count},
        {"term": _("Report"), "value": told},
        {"term": _("Audience"), "value": came if booking.outcome else _("missing")},
        {
            "term": _("Road km"),
            "value": whole_text(claim.km, "km"),
            "sub": _("the visit's part of the tour"),
        },
        {
            "term": _("Invoiced"),
            "value": amount(claim.sheet.invoice),
            "sub": _moment(booking.settled_at) or _("not settled: as agreed"),
        },
        {"term": _("Presenter’s costs"), "value": amount(claim.sheet.costs_of(Side.PRESENTER))},
    ]


def _cells(one: Pack, claim: Claim) -> list[str]:
    booking, report = claim.booking, getattr(claim.booking, "report", None)
    place = booking.venue.place
    return [
        one.scheme.label,
        str(booking.presenter),
        str(place.municipality),
        str(place),
        str(booking.tour.production),
        timezone.localdate(booking.occupied_from).isoformat(),
        str(len(booking.performances.all())),
        "" if claim.audience is None else str(claim.audience),
        "" if claim.young is None else str(claim.young),
        str(claim.km),
        *(plain(claim.funding.covers.get(name)) for name in COVERED),
        plain(claim.funding.amount),
        booking.currency,
        verdict_word(claim.funding.answer),
        _day(claim.agreed_at),
        _day(report.at if report else None),
        _day(booking.settled_at),
        plain(claim.sheet.invoice),
        claim.claim_by.isoformat() if claim.claim_by else "",
        " ".join(claim.missing),
    ]


def _number(count: int | None) -> str:
    return _("not reported") if count is None else str(count)


def _moment(at: Any) -> str:
    return moment_text(at) if at else ""


def _day(at: Any) -> str:
    return timezone.localdate(at).isoformat() if at else ""
