"""A claim as it was sent in: its facts as data, which nobody changes afterwards, their digest, and what differs since.

No person is frozen: organisations are named, accounts, contacts and addresses are not. The account that sent it in
stands beside the facts (`ClaimSubmission.by`). The words that the claimant writes are theirs.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from bookings.claim_figures import Figures
from bookings.claim_rules import rules_of
from bookings.claims import Claim
from bookings.kept_facts import Facts, digest_of, in_every_language, kept_moment
from bookings.models import ClaimSubmission, SubsidyClaim
from tours.subsidy_words import criterion_text

#: Raised when the shape of the facts changes; older ones stay readable.
SCHEMA = 1


@dataclass(frozen=True)
class Difference:
    """A figure that Turne reckons otherwise now than when the claim was sent in; None: nobody has told."""

    name: str
    was: Decimal | None
    becomes: Decimal | None


def facts_of(claim: SubsidyClaim, found: Claim, figures: Figures) -> Facts:
    """All that is claimed and by what. Amounts and counts are decimal texts; null: nobody has told."""
    booking = found.booking
    report = getattr(booking, "report", None)
    return {
        "schema": SCHEMA,
        "scheme": _scheme(claim),
        "claimant": {"side": claim.side, "name": claim.claimant.name, "partner": _name(claim.partner)},
        "visit": _visit(found),
        "agreement": _agreement(found),
        "agreed_at": _moment(found.agreed_at),
        "reported": {"side": report.side, "at": _moment(report.at)} if report else None,
        "settled_at": _moment(booking.settled_at),
        "invoice": str(found.sheet.invoice.amount),
        "figures": {
            name: {"reckoned": _text(one.reckoned), "stated": _text(one.stated), "why": one.why}
            for name, one in figures.rows.items()
        },
        "cap": str(figures.cap.amount),
        "eligible": str(figures.eligible.amount),
        "covers": {name: str(part.amount) for name, part in figures.covers.items()},
        "amount": str(figures.amount.amount),
        "currency": figures.amount.currency,
        "criteria": [
            {
                "kind": one.kind,
                "answer": str(one.answer),
                "text": in_every_language(partial(criterion_text, one)),
            }
            for one in found.funding.criteria
        ],
        "answers": [
            {
                "key": ask.key,
                "label": in_every_language(partial(getattr, ask, "label")),
                "answer": claim.answers.get(ask.key, ""),
            }
            for ask in rules_of(claim.scheme.rules).asks
        ],
    }


def counts(claim: SubsidyClaim) -> ClaimSubmission | None:
    """The submission that counts, the last; None where it was never sent in."""
    sent = list(claim.submissions.all())
    return sent[-1] if sent else None


def differences(facts: Facts, figures: Figures) -> list[Difference]:
    """What Turne reckons otherwise now: a report or a settlement was changed, or the tour. Nothing of the claim is."""
    found = []
    for name, one in figures.rows.items():
        told = facts["figures"].get(name, {}).get("reckoned")
        was = None if told is None else Decimal(told)
        if was != one.reckoned:
            found.append(Difference(name, was, one.reckoned))
    return found


def _scheme(claim: SubsidyClaim) -> Facts:
    scheme = claim.scheme
    return {
        "region": scheme.region.slug,
        "key": scheme.key,
        "label": scheme.label,
        "valid_from": scheme.valid_from.isoformat(),
        "source": scheme.source,
        "rules_digest": digest_of(scheme.rules),
    }


def _visit(found: Claim) -> Facts:
    booking = found.booking
    return {
        "id": booking.pk,
        "production": booking.tour.production.title,
        "ensemble": booking.tour.production.ensemble.name,
        "producer": booking.tour.production.ensemble.producer.name,
        "presenter": booking.presenter.name,
        "venue": booking.venue.name,
        "place": booking.venue.place.name,
        "municipality": booking.venue.place.municipality.name,
        "shows": [kept_moment(at) for at in found.dates],
    }


def _agreement(found: Claim) -> Facts | None:
    kept = found.booking.agreements.order_by("-number").first()
    return {"number": kept.number, "digest": kept.digest} if kept else None


def _name(organisation: Any) -> str:
    return organisation.name if organisation else ""


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _moment(at: datetime | None) -> str | None:
    return kept_moment(at) if at else None
