"""Who is told what, in which language and when: verbs write rows in their own transaction, `relay` sends them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from email.utils import parseaddr
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import checklists, digests, letters, price_words, quiet, reach
from bookings.entries import entry_of
from bookings.invitations import Method, Party, invitation
from bookings.mail_kinds import ASKING, KINDS
from bookings.models import Booking, ChangeProposal, Notice
from bookings.models.booking import Status
from bookings.models.outgoing import LOGIN_CODE
from bookings.states import PRODUCER
from tours.models import Tour
from venues.models import HOSTS, Membership, Organisation, School, User


@dataclass(frozen=True)
class Letter:
    """A mail as it would be sent: to whom (nobody when empty), when, and what it says."""

    to: list[str]
    subject: str
    body: str
    leaves_at: datetime


def offered(booking: Booking, token: str, now: datetime) -> int:
    """The presenter gets the offer with its answer link; to how many addresses it goes."""
    return about_offer("offered", booking, token, now)


def about_offer(kind: str, booking: Booking, token: str, now: datetime) -> int:
    """The same, and later mails about it: `kind` is one of `mail_kinds.ASKING`."""
    link = settings.BASE_URL + reverse("answer", args=[token])
    return _tell_presenter(kind, booking, now, link=link)


def several_offers(kind: str, offers: Sequence[Booking], token: str, now: datetime) -> int:
    """One mail with several offers to the same addresses and one link to answer them by; see `about_offer`.

    Each offer has its notice, so that it can be taken back or left out by itself; the mail is that of them all.
    """
    link = settings.BASE_URL + reverse("answer-batch", args=[token])
    leaves_at = min(_leaves_at(kind, booking, booking.presenter, now) for booking in offers)
    alike = {"link": link, "leaves_at": leaves_at, "more": {"in_batch": True}}
    found = receivers(kind, offers[0].presenter)
    for email, language in found:
        items = [_write(_to_presenter(kind, booking, now, **alike), email, language) for booking in offers]
        digests.bind(items, link)
    return len(found)


def receivers(kind: str, receiver: Organisation) -> list[reach.Address]:
    """Where a mail of that kind reaches the presenter; nowhere, where no address works or none wants it."""
    found = reach.addresses(receiver, HOSTS)
    return found if KINDS[kind].is_essential else reach.without_unsubscribed(found)


def offer_letter(booking: Booking, answer_by: datetime, now: datetime) -> Letter:
    """The offer as its receivers would get it; nothing is written. The answer link is left out."""
    booking.answer_by = answer_by
    producer = booking.tour.production.ensemble.producer
    link, more = f"{settings.BASE_URL}/svar/…/", _price_words(booking)
    matter = letters.Matter(booking, _shows(booking), producer, link, more=more)
    addresses = reach.addresses(booking.presenter, HOSTS)
    with translation.override(addresses[0][1] if addresses else booking.presenter.language):
        letter = letters.write("offered", matter)
    leaves_at = _leaves_at("offered", booking, booking.presenter, now)
    return Letter([email for email, _language in addresses], letter.subject, letter.text, leaves_at)


def confirmed(booking: Booking, now: datetime, message: str) -> None:
    """Both sides get the confirmed date, the presenter for the calendar too, and the producer what was written."""
    taken(booking, now)
    _tell_producer("answered", booking, now, message)


def taken(booking: Booking, now: datetime) -> None:
    """The presenter hears that a time that they asked for is agreed, for the calendar too."""
    more = {"feed_url": calendar_url(booking.presenter), "prepare_url": prepare_url(booking)}
    _tell_presenter("confirmed", booking, now, method="REQUEST", more=more)


def turned_down(booking: Booking, now: datetime, reason: str) -> None:
    """The presenter hears that their other date cannot be had, and why."""
    _tell_presenter("turned_down", booking, now, more={"message": reason})


def postponed(booking: Booking, now: datetime, reason: str) -> None:
    """Both sides hear at once that the visit is to be played later; the presenter's calendar strikes the day out."""
    _tell_presenter("postponed", booking, now, method="CANCEL", more={"message": reason})
    _tell_producer("postponed", booking, now, reason)


def answered(booking: Booking, now: datetime, message: str) -> None:
    """The producer gets the presenter's no or other date."""
    _tell_producer("answered", booking, now, message)


def change_proposed(booking: Booking, token: str, now: datetime) -> None:
    """The other side hears what is to be changed and why, and gets what it takes to answer."""
    change = booking.open_change
    assert change is not None
    words = {**letters.change_facts(booking, change), "message": change.reason}
    if change.side == PRODUCER:
        link = settings.BASE_URL + reverse("change-answer-link", args=[token])
        _tell(_to_presenter("change_proposed", booking, now, link=link, more=words))
    else:
        _tell(_to_producer("change_proposed", booking, now, more=words))


def change_answered(booking: Booking, change: ChangeProposal, now: datetime, words: str) -> None:
    """Both sides hear what has become of a change; where it is agreed, the presenter's calendar follows."""
    told = {**letters.change_facts(booking, change), "message": words}
    method: Method | None = "REQUEST" if change.outcome == ChangeProposal.Outcome.ACCEPTED else None
    _tell(_to_presenter("change_answered", booking, now, method=method, more=told))
    _tell(_to_producer("change_answered", booking, now, more=told))


def withdrawn(booking: Booking, now: datetime, reason: str) -> None:
    """The presenter hears that the offer is taken back, unless its mail never left."""
    mails = booking.notices.filter(kind="offered").of_last_run()
    if mails.exclude(state=Notice.State.STOPPED).exists():
        _tell_presenter("withdrawn", booking, now, more={"message": reason})


def expired(booking: Booking, now: datetime) -> None:
    """Both sides hear that the answer date has passed."""
    _tell_presenter("expired", booking, now)
    _tell_producer("answered", booking, now)


def cancelled(booking: Booking, now: datetime, reason: str) -> None:
    """Both sides hear of a cancellation at once: a feed alone is read hours later."""
    _tell_presenter("cancelled", booking, now, method="CANCEL", more={"message": reason})
    _tell_producer("answered", booking, now, reason)


def report_wanted(booking: Booking, token: str, now: datetime) -> None:
    """The presenter is asked how the visit went, with a link; the producer where no mail reaches the presenter."""
    link = settings.BASE_URL + reverse("report-link", args=[token])
    if not _tell_presenter("report_wanted", booking, now, link=link):
        page = settings.BASE_URL + reverse("booking-report", args=[booking.pk])
        _tell(_to_producer("report_wanted", booking, now, link=page))


def settled(booking: Booking, now: datetime, invoice: Decimal) -> None:
    """The presenter hears what the visit comes to, and where the sheet stands."""
    sheet = settings.BASE_URL + reverse("booking-settlement", args=[booking.pk])
    _tell_presenter("settled", booking, now, link=sheet, more={"invoice": invoice})


def about_hold(kind: str, booking: Booking, now: datetime, other: Booking | None = None) -> None:
    """The producer of a hold hears what has become of it; `kind` is one of `hold_words.WORDS`.

    Args:
        other: the visit on the other side of the matter, whose producer an answer goes to.
    """
    ours = booking.tour.production.ensemble.producer
    theirs = other.tour.production.ensemble.producer if other else booking.presenter
    more = letters.hold_facts(kind, booking, other)
    _tell(_Telling(kind, booking, ours, [Membership.Role.PRODUCER], theirs, now, more=more))


def to_settle(booking: Booking, side: str, now: datetime) -> None:
    """A side hears what it has left to settle before the visit."""
    link = prepare_url(booking)
    # Templates call it, in the receiver's language.
    more = {"left": lambda: [entry.text for entry in checklists.due_for(booking, side, now)]}
    tell = _to_producer if side == PRODUCER else _to_presenter
    _tell(tell("to_settle", booking, now, link=link, more=more))


def about_school(
    kind: str,
    booking: Booking,
    receiver: Organisation,
    now: datetime,
    link: str,
    more: Mapping[str, Any],
    other_side: Organisation | None = None,
) -> None:
    """A school, or the producer, hears of a school's visit; `kind` is one of `school_mail.WORDS`."""
    producer = booking.tour.production.ensemble.producer
    to_producer = receiver == producer
    roles = [Membership.Role.PRODUCER] if to_producer else HOSTS
    other_side = other_side or (booking.presenter if to_producer else producer)
    _tell(_Telling(kind, booking, receiver, roles, other_side, now, link=link, more=more))


def about_person(
    kind: str, booking: Booking, person: User, now: datetime, link: str, more: Mapping[str, Any]
) -> None:
    """The same for a pedagogue, who answers the school."""
    telling = _to_producer(kind, booking, now, link=link, more=more)
    digests.join(_write(replace(telling, other_side=booking.presenter), person.email, person.language))


def cut_off_missed(tour: Tour, agreed: int, now: datetime) -> None:
    """The tour's producer hears that the cut-off date has passed without enough presenters."""
    producer = tour.production.ensemble.producer
    link = settings.BASE_URL + reverse("tour-stage", args=[tour.slug])

    def write(email: str, language: str) -> Notice:
        with translation.override(language):
            letter = letters.write_about_tour("cut_off", tour, link, {"agreed": agreed})
        return Notice.objects.create(
            **said("cut_off", letter, email, language, now),
            link=link,
            tour=tour,
            producer=producer,
            send_after=after_quiet(now, producer),
        )

    tell_each("cut_off", producer, [Membership.Role.PRODUCER], write)


def prepare_url(booking: Booking) -> str:
    """The visit's checklist and practical facts, for who logs in."""
    return settings.BASE_URL + reverse("booking-prepare", args=[booking.pk])


def calendar_url(organisation: Organisation) -> str:
    """The public calendar of a presenter, or of a school, to subscribe to."""
    is_school = School.objects.filter(organisation=organisation).exists()
    return settings.BASE_URL + reverse(
        "feed-school" if is_school else "feed-presenter", args=[organisation.slug]
    )


def post_login_code(*, to: str, language: str, subject: str, body: str, now: datetime) -> Notice:
    """A mail with a login code, at whatever hour. The relay wipes the text once it is sent."""
    return Notice.objects.create(
        kind=LOGIN_CODE, to_email=to, language=language, subject=subject, body_text=body, send_after=now
    )


@dataclass(frozen=True)
class _Telling:
    """One thing that one organisation is told.

    Attributes:
        link: where the main button leads; empty for the visit's page.
        method: iTIP's, where the receiver's calendar is told too.
        more: what the kind's template shows besides.
        leaves_at: when the mail leaves, where it is not for the kind and the visit alone to say.
    """

    kind: str
    booking: Booking
    receiver: Organisation
    roles: Sequence[str]
    other_side: Organisation
    now: datetime
    link: str = ""
    method: Method | None = None
    more: Mapping[str, Any] | None = None
    leaves_at: datetime | None = None


def _to_presenter(kind: str, booking: Booking, now: datetime, **more: Any) -> _Telling:
    producer = booking.tour.production.ensemble.producer
    return _Telling(kind, booking, booking.presenter, HOSTS, producer, now, **more)


def _to_producer(kind: str, booking: Booking, now: datetime, **more: Any) -> _Telling:
    producer = booking.tour.production.ensemble.producer
    return _Telling(kind, booking, producer, [Membership.Role.PRODUCER], booking.presenter, now, **more)


def _tell_presenter(kind: str, booking: Booking, now: datetime, **more: Any) -> int:
    return _tell(_to_presenter(kind, booking, now, **more))


def _tell_producer(kind: str, booking: Booking, now: datetime, message: str = "") -> None:
    _tell(_to_producer(kind, booking, now, more={"message": message}))


def _tell(telling: _Telling) -> int:
    return tell_each(telling.kind, telling.receiver, telling.roles, partial(_write, telling))


def tell_each(
    kind: str, receiver: Organisation, roles: Sequence[str], write: Callable[[str, str], Notice]
) -> int:
    """One row for each address: the role address where there is one, else the members who act; how many they are.

    Where mail is known not to arrive, the row says so at once, and the producer calls.
    """
    addresses = reach.addresses(receiver, roles)
    dead = [] if addresses or kind in ASKING else reach.dead_addresses(receiver)
    if not KINDS[kind].is_essential:
        addresses = reach.without_unsubscribed(addresses)
    for email, language in addresses:
        digests.join(write(email, language))
    for email, language in dead:
        notice = write(email, language)
        notice.state = Notice.State.FAILED
        notice.last_error = _("The address is noted as not working.")
        notice.save(update_fields=["state", "last_error"])
    return len(addresses)


def _write(telling: _Telling, email: str, language: str) -> Notice:
    booking, is_essential = telling.booking, KINDS[telling.kind].is_essential
    unsubscribe_url = "" if is_essential else reach.unsubscribe_url(email, telling.now)
    shows, link = _shows(booking), telling.link or letters.visit_url(booking)
    more = {**_price_words(booking), **(telling.more or {})}
    matter = letters.Matter(booking, shows, telling.other_side, link, unsubscribe_url, more)
    with translation.override(language):
        letter, summary = letters.write(telling.kind, matter), letters.summary(booking, shows)
    return Notice.objects.create(
        **said(telling.kind, letter, email, language, telling.now),
        reply_to=telling.other_side.email,
        link=link,
        summary=summary,
        unsubscribe_url=unsubscribe_url,
        invitation=_invitation(telling, email),
        booking=booking,
        producer=booking.tour.production.ensemble.producer,
        send_after=telling.leaves_at or _leaves_at(telling.kind, booking, telling.receiver, telling.now),
    )


def said(kind: str, letter: letters.Letter, email: str, language: str, now: datetime) -> dict[str, Any]:
    """What a row says, to whom, and of which run it is."""
    return {
        "kind": kind,
        "to_email": email,
        "language": language,
        "subject": letter.subject,
        "body_text": letter.text,
        "body_html": letter.html,
        "run_at": now,
    }


def _price_words(booking: Booking) -> dict[str, Any]:
    """What the price is made of; templates call it, in the receiver's language."""
    return {"price_words": partial(price_words.lines_text, booking)}


def _shows(booking: Booking) -> list[Any]:
    return list(booking.performances.all())


def _leaves_at(kind: str, booking: Booking, receiver: Organisation, now: datetime) -> datetime:
    """When the mail leaves: offers at the tour's hour, nothing in quiet hours, and at once what is near.

    Near is a visit, or a date to answer by, that is today or tomorrow.
    """
    zone = ZoneInfo(receiver.region.time_zone)
    answer_by = booking.answer_by if booking.status == Status.OFFERED else None
    if quiet.is_near([booking.occupied_from, answer_by, booking.challenge_answer_by], now, zone):
        return now
    leaves_at, at = now, booking.tour.offers_at
    if kind == "offered" and at:
        leaves_at = quiet.next_at(at, now, ZoneInfo(booking.tour.season.region.time_zone))
    leaves_at = after_quiet(leaves_at, receiver)
    return now if answer_by and leaves_at >= answer_by else leaves_at


def after_quiet(moment: datetime, receiver: Organisation) -> datetime:
    """The moment, or the end of the quiet hours of the receiver's region that it lies in."""
    zone = ZoneInfo(receiver.region.time_zone)
    return quiet.QuietHours(*settings.MAIL_QUIET_HOURS).over_at(moment, zone)


def _invitation(telling: _Telling, email: str) -> dict[str, Any]:
    if telling.method is None:
        return {}
    organizer = Party(
        telling.other_side.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1], telling.other_side.name
    )
    attendee = Party(email, telling.receiver.name)
    shows = telling.booking.performances.with_ground()
    made = partial(
        invitation,
        method=telling.method,
        organizer=organizer,
        attendee=attendee,
        base_url=settings.BASE_URL,
    )
    return {
        "method": telling.method,
        "calendars": [made(entry_of(show)).decode() for show in shows.order_by("number")],
    }
