"""What a mail says: subject, text and HTML of each kind, in the active language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from bookings import change_words, counter_words, hold_words
from bookings.mail_kinds import ASKING, KINDS
from bookings.models import Booking, ChangeProposal, Notice, Performance, Residency
from bookings.models.outgoing import BATCH, DIGEST
from tours.models import Tour
from venues.dates import clock, moment_text, money_text
from venues.models import Organisation, School

SUBJECT_MAX = 250
SUMMARY_MAX = 500


@dataclass(frozen=True)
class Letter:
    """A mail as it is read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Matter:
    """What a mail is about, for the templates.

    Attributes:
        shows: the visit's performances in their order.
        other_side: to whom an answer goes.
        link: where the main button leads.
        more: what the kind says besides; a callable is called in the receiver's language.
    """

    booking: Booking
    shows: Sequence[Performance]
    other_side: Organisation
    link: str
    unsubscribe_url: str = ""
    more: Mapping[str, Any] | None = None


def hold_facts(kind: str, booking: Booking, other: Booking | None) -> dict[str, Any]:
    """Title and lead of a mail about a hold, as the templates call them."""
    return {
        "title": partial(hold_words.title, kind, booking, other),
        "lead": partial(hold_words.lead, kind, booking, other),
    }


def change_facts(booking: Booking, change: ChangeProposal) -> dict[str, Any]:
    """A change, and its new version in a line, as the templates of its mails call them."""
    return {"change": change, "changed": partial(change_words.new_version, booking, change)}


def write(kind: str, matter: Matter) -> Letter:
    """The mail of that kind."""
    context = {
        "booking": matter.booking,
        "production": matter.booking.tour.production,
        "performances": matter.shows,
        "other_side": matter.other_side,
        "link": matter.link,
        "unsubscribe_url": matter.unsubscribe_url,
        "proposal": partial(counter_words.proposal, matter.booking),
        "news": kind,
        **(matter.more or {}),
    }
    return _written(kind, context)


def write_about_tour(kind: str, tour: Tour, link: str, more: Mapping[str, Any]) -> Letter:
    """A mail that is about a tour and no single visit of it."""
    return _written(kind, {"tour": tour, "production": tour.production, "link": link, "news": kind, **more})


def write_about_school(kind: str, school: School, link: str, more: Mapping[str, Any]) -> Letter:
    """A mail that is about a school and no visit to it."""
    return _written(kind, {"school": school, "link": link, **more})


def write_about_residency(kind: str, residency: Residency, link: str, more: Mapping[str, Any]) -> Letter:
    """A mail that is about a residency or a part of it."""
    return _written(kind, {"residency": residency, "link": link, "news": kind, **more})


def write_batch(news: str, offers: Sequence[Matter]) -> Letter:
    """Several offers of one producer, with one link to answer them by.

    Args:
        news: the kind that each of them would be alone, one of `mail_kinds.ASKING`.
        offers: with the same link all.
    """
    first = offers[0]
    deadlines = [offer.booking.answer_by for offer in offers if offer.booking.answer_by]
    context = {
        "news": news,
        "offers": [{"visit": offer.booking, "starts_at": offer.shows[0].starts_at} for offer in offers],
        "production": first.booking.tour.production,
        "other_side": first.other_side,
        "first_deadline": min(deadlines),
        "link": first.link,
        "unsubscribe_url": first.unsubscribe_url,
    }
    return _written(BATCH, context)


def write_digest(
    items: Sequence[Notice], sender: str, other_side: Organisation | None, unsubscribe_url: str
) -> Letter:
    """Several mails as one, in their order.

    Args:
        sender: the producer for whom it is sent.
    """
    offers = [item for item in items if item.kind in ASKING]
    deadlines = [item.booking.answer_by for item in offers if item.booking and item.booking.answer_by]
    context = {
        "items": [{"notice": item, "button": KINDS[item.kind].button} for item in items],
        "all_ask": len(offers) == len(items),
        "answer_by": min(deadlines, default=None),
        "sender": sender,
        "other_side": other_side,
        "unsubscribe_url": unsubscribe_url,
    }
    return _written(DIGEST, context)


def summary(booking: Booking, shows: Sequence[Performance]) -> str:
    """When, where and for how much, in a line."""
    when = f"{moment_text(shows[0].starts_at)}–{clock(shows[-1].ends_at)}" if shows else ""
    price = money_text(booking.price, booking.currency)
    line = " · ".join([when, f"{booking.venue}, {booking.venue.place}", price])
    return Truncator(line).chars(SUMMARY_MAX)


def visit_url(booking: Booking) -> str:
    """The visit's page, for who logs in."""
    return settings.BASE_URL + reverse("booking", args=[booking.pk])


def _in_a_line(text: str) -> str:
    """In one line and without what is not seen: some of it turns around what follows (Unicode UAX 9, U+202E)."""
    line = " ".join(text.split())
    return "".join(char for char in line if char.isprintable())


def _written(kind: str, context: dict[str, Any]) -> Letter:
    template = f"bookings/mail/{KINDS[kind].template}"
    subject = _in_a_line(render_to_string(f"{template}.subject.txt", context))
    facts = {
        **context,
        "subject": Truncator(subject).chars(SUBJECT_MAX),
        "button": KINDS[kind].button,
        "is_essential": KINDS[kind].is_essential,
        "base_url": settings.BASE_URL,
    }
    # Added to, the text loses the mark of safe HTML that every template gives.
    text = render_to_string(f"{template}.txt", facts) + ""
    return Letter(facts["subject"], text, render_to_string(f"{template}.html", facts))
