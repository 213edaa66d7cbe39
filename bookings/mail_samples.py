"""A mail of every kind about an invented visit, for who looks at the templates. Nothing is read or written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bookings import claim_mail, letters, school_mail
from bookings.hold_words import WORDS
from bookings.mail_kinds import ASKING, KINDS, Text
from bookings.models import (
    Booking,
    ChangeProposal,
    ClaimSubmission,
    CounterOffer,
    Notice,
    Performance,
    Residency,
    SubEvent,
    SubsidyClaim,
    Workshop,
)
from bookings.models.booking import Status
from bookings.models.outgoing import BATCH, DIGEST
from bookings.models.report import Side
from bookings.models.subsidy_claims import ClaimState
from bookings.residencies import news_words, stay_mail_words
from tours.models import Allotment, Ensemble, Production, Rider, Season, Tour
from venues.dates import moment_text
from venues.models import Municipality, Organisation, Place, Region, School, SubsidyScheme, Venue

#: A Wednesday in winter.
SHOW_AT = datetime(2027, 2, 3, 9, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALLOTTING = ("allotted", "unallotted", "to_plan")


def sample_kinds() -> list[str]:
    """What there is a sample of: every kind, and an answer of every sort."""
    names = [name for name, kind in KINDS.items() if kind.template and name != "answered"]
    return [*names, *(f"answered-{sort}" for sort in _ANSWERS)]


def sample_label(name: str) -> str:
    """What the sample of that name is a mail of, in the active language; no two are called the same."""
    kind, _dash, sort = name.partition("-")
    return str(_ANSWERS[sort][0] if sort else KINDS[kind].label)


def sample(name: str) -> letters.Letter:
    """The sample of that name, in the active language."""
    if name in ALLOTTING:
        return _allotting(name)
    if name in news_words.EVENT_WORDS or name in news_words.STAY_WORDS:
        return _stay_news(name)
    if name in stay_mail_words.WORDS:
        return _of_stay(name)
    if name in claim_mail.WORDS:
        return _claim(name)
    made = {
        DIGEST: _digest,
        BATCH: _batch,
        "cut_off": _cut_off,
        "school_unconfirmed": _school_unconfirmed,
        claim_mail.DUE_SOON: _claims_due,
    }.get(name)
    if made:
        return made()
    kind, _dash, sort = name.partition("-")
    _label, status, change = _ANSWERS[sort] if sort else ("", _STATUS.get(kind, Status.HELD), None)
    booking = _booking(status)
    if change:
        change(booking)
    return letters.write(kind, _matter(kind, booking))


def _matter(kind: str, booking: Booking) -> letters.Matter:
    producer = booking.tour.production.ensemble.producer
    matter = letters.Matter(
        booking=booking,
        shows=[Performance(booking=booking, number=1, starts_at=SHOW_AT, ends_at=SHOW_AT + HOUR)],
        other_side=booking.presenter if kind == "answered" else producer,
        link=f"{settings.BASE_URL}/svar/…/" if kind in ASKING else f"{settings.BASE_URL}/bokning/1/",
        unsubscribe_url="" if KINDS[kind].is_essential else f"{settings.BASE_URL}/mejl/avsluta/…/",
        more={
            "message": _("Ring the bell at the back."),
            "feed_url": f"{settings.BASE_URL}/arrangor/exempel.ics",
            "prepare_url": f"{settings.BASE_URL}/bokning/1/forberedelser/",
            "left": [_("Who opens the house, and when"), _("Parking for the bus")],
            "price_words": "",
            "invoice": booking.price,
            "proposal": moment_text(SHOW_AT + timedelta(days=7)),
            **letters.change_facts(booking, _change(booking)),
        },
    )
    if kind in school_mail.WORDS:
        workshop = Workshop(kind="before", starts_at=SHOW_AT - HOUR, ends_at=SHOW_AT)
        return replace(matter, more=school_mail.facts(kind, booking, _school_lines, workshop))
    if kind in WORDS:
        facts = letters.hold_facts(kind, booking, _booking(Status.HELD, _("Another tour")))
        return replace(matter, more={**(matter.more or {}), **facts})
    return matter


def _school_lines() -> list[dict[str, str]]:
    return [{"text": "4A"}, {"text": "4B"}]


def _change(booking: Booking) -> ChangeProposal:
    """The visit a week later."""
    week = timedelta(days=7)
    return ChangeProposal(
        booking=booking,
        side=Side.PRODUCER,
        venue=booking.venue,
        starts_at=SHOW_AT + week,
        shows_count=1,
        price=booking.price,
        answer_by=SHOW_AT - week,
    )


def _digest() -> letters.Letter:
    items = []
    for number in range(3):
        booking = _booking(Status.OFFERED)
        matter = _matter("offered", booking)
        letter, summary = letters.write("offered", matter), letters.summary(booking, matter.shows)
        link = f"{settings.BASE_URL}/svar/…{number}/"
        items.append(
            Notice(kind="offered", booking=booking, subject=letter.subject, summary=summary, link=link)
        )
    producer = items[0].booking.tour.production.ensemble.producer  # type: ignore[union-attr]
    return letters.write_digest(items, str(producer), producer, "")


def _batch() -> letters.Letter:
    link = f"{settings.BASE_URL}/svar/flera/…/"
    matters = [replace(_matter("offered", _booking(Status.OFFERED)), link=link) for _number in range(3)]
    return letters.write_batch("offered", matters)


def _allotting(kind: str) -> letters.Letter:
    more = {
        "allotment": Allotment(name=_("Performances for grade 4")),
        "lines": [_("Grade 4: 4A, 4B in Hall, at the school")],
        "schools": 3,
        "visits": 4,
    }
    link = f"{settings.BASE_URL}/onskemal/"
    return letters.write_about_tour(kind, _booking(Status.HELD).tour, link, more)


def _stay_news(kind: str) -> letters.Letter:
    host = _booking(Status.HELD).presenter
    place = Place(name=_("Example village"))
    residency = Residency(
        host=host, place=place, title=_("Songs of the wind"), artist_name=_("The Example Trio")
    )
    event = SubEvent(
        residency=residency,
        kind=SubEvent.Kind.WORKSHOP,
        title=_("Write a song"),
        starts_at=SHOW_AT,
        ends_at=SHOW_AT + HOUR,
        cancelled_why=_("The artist is ill."),
    )
    told = {
        "title": partial(news_words.event_title, kind, event, _("Example school")),
        "lead": partial(news_words.event_lead, kind, event, _("Example school")),
        "lines": partial(news_words.event_lines, kind, event, ["4A", "4B"], ""),
    }
    if kind in news_words.STAY_WORDS:
        told = {
            "title": partial(news_words.stay_title, kind, residency),
            "lead": partial(news_words.stay_lead, kind),
            "lines": partial(news_words.stay_lines, residency, date(2027, 5, 16)),
        }
    ends = "" if KINDS[kind].is_essential else f"{settings.BASE_URL}/mejl/avsluta/…/"
    more = {**told, "other_side": host, "sender": host.name, "unsubscribe_url": ends}
    return letters.write_about_residency(kind, residency, f"{settings.BASE_URL}/residenser/1/", more)


def _of_stay(kind: str) -> letters.Letter:
    host = _booking(Status.HELD).presenter
    stay = Residency(host=host, title=_("Songs of the wind"), artist_name=_("The Example Trio"))
    said = {"when": moment_text(SHOW_AT), "who": host.name, "why": _("The artist is ill.")}
    more = {
        **stay_mail_words.heading(kind, stay, **said),
        "lines": [{"text": _("Read it, and say yes or no.")}],
        "other_side": host,
        "sender": host.name,
        "unsubscribe_url": "" if KINDS[kind].is_essential else f"{settings.BASE_URL}/mejl/avsluta/…/",
    }
    return letters.write_about_residency(kind, stay, f"{settings.BASE_URL}/residenser/1/avtal/", more)


def _cut_off() -> letters.Letter:
    tour = _booking(Status.HELD).tour
    tour.cut_off_on, tour.presenters_min = date(2027, 1, 15), 5
    return letters.write_about_tour(
        "cut_off", tour, f"{settings.BASE_URL}/turneer/exempel/skede/", {"agreed": 3}
    )


def _school_unconfirmed() -> letters.Letter:
    school = School(organisation=Organisation(name="Exempelby skola", slug="exempelby-skola"))
    more = {"year": "2027/28", "unsubscribe_url": f"{settings.BASE_URL}/mejl/avsluta/…/"}
    link = f"{settings.BASE_URL}/skola/exempelby-skola/bekrafta/"
    return letters.write_about_school("school_unconfirmed", school, link, more)


def _claim(kind: str) -> letters.Letter:
    """A claim of which everything is told, so that each mail has its lines."""
    scheme = SubsidyScheme(label=_("Support for presenters"), region=Region(name="Exempelregionen"))
    booking = _booking(Status.CONFIRMED)
    claim = SubsidyClaim(
        booking=booking, scheme=scheme, claimant=booking.presenter, state=ClaimState.PARTLY, currency="SEK",
        amount=Decimal(5000), granted_amount=Decimal(4000), reference="KUL 2027/12", late_why=_("We were ill."),
        decided_why=_("The lodging was paid by another."), send_by=date(2027, 3, 1), paid_on=date(2027, 3, 15),
    )  # fmt: skip
    receipt = partial(claim_mail.sent_lines, claim, ClaimSubmission(number=1, digest="0123456789abcdef" * 4))
    lines: dict[str, claim_mail.Lines] = {
        "claim_sent": receipt,
        "claim_received": receipt,
        "claim_returned": partial(
            claim_mail.returned_lines, claim, _("The receipt for the room is missing.")
        ),
        "claim_decided": partial(claim_mail.decided_lines, claim),
        "claim_paid": partial(claim_mail.paid_lines, claim),
        "claim_withdrawn": list,
        "claim_late": partial(claim_mail.late_lines, claim),
        "claim_opened": partial(claim_mail.opened_lines, claim),
    }
    link = f"{settings.BASE_URL}/bidrag/1/"
    return letters.write_about_claim(kind, link, claim_mail.facts(kind, claim, lines[kind]))


def _claims_due() -> letters.Letter:
    visits = [_("The tale of an example, Wed 3 Feb 2027: 5 000 kr")]
    more = claim_mail.due_facts(_("Support for presenters"), date(2027, 6, 12), visits)
    more["unsubscribe_url"] = f"{settings.BASE_URL}/mejl/avsluta/…/"
    return letters.write_about_claim(claim_mail.DUE_SOON, f"{settings.BASE_URL}/bidrag/", more)


def _booking(status: str, tour_name: str = "") -> Booking:
    region = Region(name="Exempelregionen", time_zone="Europe/Stockholm")
    place = Place(name="Exempelby", municipality=Municipality(name="Exempelkommunen", region=region))
    producer = Organisation(
        name="Exempelscenen", email="turne@example.org", phone="010-000 00 00", region=region
    )
    presenter = Organisation(name="Exempelby bygdegård", email="bygdegard@example.org", region=region)
    ensemble = Ensemble(name="Trio Exempel", producer=producer, home=place)
    production = Production(title="Sagan om ett exempel", ensemble=ensemble)
    Rider(production=production, helpers_in=2, helpers_out=2, needs_lunch=True, get_in_min=75, get_out_min=45)
    season = Season(name="Våren 2027", region=region)
    return Booking(
        tour=Tour(name=tour_name or "Sagan våren 2027", production=production, season=season),
        presenter=presenter,
        venue=Venue(name="Stora salen", place=place, organisation=presenter),
        status=status,
        occupied_from=SHOW_AT - HOUR,
        occupied_to=SHOW_AT + 2 * HOUR,
        answer_by=SHOW_AT - timedelta(days=20),
        hold_expires_at=SHOW_AT - timedelta(days=10),
        price=Decimal(9800),
        currency="SEK",
    )


def _published(booking: Booking) -> None:
    booking.published_at = SHOW_AT


def _countered(booking: Booking) -> None:
    days = {"starts_on": date(2027, 2, 9), "ends_on": date(2027, 2, 11)}
    CounterOffer(booking=booking, earliest=time(9), latest=time(13), **days)


_STATUS = {
    **dict.fromkeys(ASKING, Status.OFFERED),
    "confirmed": Status.CONFIRMED,
    "withdrawn": Status.WITHDRAWN,
    "expired": Status.EXPIRED,
    "cancelled": Status.CANCELLED,
    "postponed": Status.POSTPONED,
    "change_proposed": Status.CONFIRMED,
    "change_answered": Status.CONFIRMED,
    "to_settle": Status.CONFIRMED,
    "report_wanted": Status.CONFIRMED,
    "settled": Status.CONFIRMED,
    **dict.fromkeys(school_mail.WORDS, Status.CONFIRMED),
    "turned_down": Status.DECLINED,
}
#: Sort of answer -> its label, the visit's state, and what else is so.
_ANSWERS: dict[str, tuple[Text, str, Callable[[Booking], Any] | None]] = {
    "confirmed": (_lazy("Answer: yes"), Status.CONFIRMED, None),
    "published": (_lazy("Answer: yes, and published"), Status.CONFIRMED, _published),
    "countered": (_lazy("Answer: another date"), Status.DECLINED, _countered),
    "declined": (_lazy("Answer: no"), Status.DECLINED, None),
    "expired": (_lazy("No answer in time"), Status.EXPIRED, None),
    "cancelled": (_lazy("The presenter has cancelled"), Status.CANCELLED, None),
}
