"""Offers that wait for an answer: reminding, more time, and several at once, each with its own result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import answering, digests, lifecycle, notices, offering, placing, slots
from bookings.clockwork import for_each
from bookings.conditions import NOT_JUST_REMINDED
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from bookings.steps import begin, turn
from tours.errors import NotNow, Refused, TurneError
from tours.models import Tour
from venues.models import User


@dataclass(frozen=True)
class Result:
    """What came of one of several visits: done, or why not."""

    booking: Booking
    refusal: str = ""


@transaction.atomic
def remind(booking: Booking, *, by: User | None, now: datetime, mails: bool = True) -> Booking:
    """Remind the presenter of an offer, with a link of its own; what was mailed before goes on working.

    Args:
        mails: whether the mail is sent here; False for callers who send one for several offers.

    Raises:
        NotNow: it is not offered (any more), or they were reminded less than `states.REMINDER_PAUSE` ago.
        Refused: no mail reaches them, or they want no reminders.
    """
    booking = begin(booking, "remind", now)
    _check_reached("reminded", booking)
    booking.reminded_at, booking.answer_remind_at = now, None
    turn(booking, "remind", by, now, reserves=False)
    if mails:
        mail_together("reminded", [booking], now)
    return booking


@transaction.atomic
def extend_answer(
    booking: Booking,
    *,
    by: User,
    now: datetime,
    answer_by: datetime,
    by_phone: bool = False,
    mails: bool = True,
) -> Booking:
    """Give the presenter more time, but not beyond the evening before the visit; they are told.

    Args:
        by_phone: they have been told by telephone: no mail goes out, and none needs to reach them. One that still
            waits with the offer says the new date all the same.
        mails: whether the mail is sent here; False for callers who send one for several offers.

    Raises:
        NotNow: it is not offered (any more).
        Refused: the moment is not later than the one that they have been told, or no mail reaches them.
    """
    booking = begin(booking, "extend_answer", now)
    if not by_phone:
        _check_reached("extended", booking)
    before = booking.answer_by
    placing.answer_until(booking, answer_by, now)
    assert booking.answer_by is not None
    if booking.answer_by <= now or (before and booking.answer_by <= before):
        raise Refused(
            _("They have been told a date already. Choose a later one, before the visit."),
            field="answer_by",
            booking=booking.pk,
        )
    details = {"answer_by": booking.answer_by.isoformat()}
    turn(booking, "extend_answer", by, now, details=details, reserves=False)
    answering.prolong_links(booking)
    if offering.is_waiting(booking) if by_phone else mails:
        mail_together("extended", [booking], now)
    return booking


def remind_due(now: datetime) -> int:
    """Remind presenters of offers whose answer date comes near, each offer once; how many were reminded of."""
    due = Booking.objects.filter(status=Status.OFFERED, answer_remind_at__lte=now)
    groups: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    for booking in due.select_related("presenter", "tour__production__ensemble").order_by("pk"):
        producer = booking.tour.production.ensemble.producer_id
        groups.setdefault((producer, _emails("reminded", booking)), []).append(booking.pk)
    return for_each(_remind_group, groups.values(), now)


#: Step -> its verb, where a producer may take it for several offers at once.
SEVERAL: Mapping[str, Callable[..., Booking]] = {
    "confirm": lifecycle.confirm,
    "withdraw": lifecycle.withdraw,
    "remind": remind,
    "extend_answer": extend_answer,
}
#: Those of which whoever answers for several gets one mail.
TOLD_TOGETHER = {"remind": "reminded", "extend_answer": "extended"}


@transaction.atomic
def act_on_several(
    tour: Tour, step: str, versions: Mapping[int, int], *, by: User, now: datetime, **values: Any
) -> list[Result]:
    """Take one step with several of a tour's offers. Each succeeds or is refused by itself.

    Args:
        versions: booking id -> the version that was looked at.

    Raises:
        Refused: none was chosen.
    """
    chosen = list(tour.bookings.filter(pk__in=versions).order_by("occupied_from", "pk"))
    if not chosen:
        raise Refused(_("Choose at least one offer."), field="visits")
    slots.lock_resources([tour.production.ensemble_id], [booking.venue_id for booking in chosen])
    more = {"mails": False} if step in TOLD_TOGETHER else {}
    results = [
        _tried(booking, SEVERAL[step], versions[booking.pk], by=by, now=now, **values, **more)
        for booking in chosen
    ]
    if kind := TOLD_TOGETHER.get(step):
        mail_together(kind, [one.booking for one in results if not one.refusal], now)
    return results


#: What a presenter may answer -> its verb, and as what that takes a word to the producer.
ANSWERS: Mapping[str, tuple[Callable[..., Booking], str]] = {
    "confirm": (lifecycle.confirm, "message"),
    "decline": (lifecycle.decline, "reason"),
    "counter": (lifecycle.counter, "message"),
}


@transaction.atomic
def answer_several(
    answers: Sequence[tuple[Booking, int, str, str]], *, by: User | None, now: datetime
) -> list[Result]:
    """A presenter's answers to several offers, each by itself: what is refused leaves the others as they are.

    Args:
        answers: the visit, the version that was looked at, one of ANSWERS, and a word to the producer.
    """
    asked = [booking for booking, _version, _answer, _words in answers]
    ensembles = {booking.tour.production.ensemble_id for booking in asked}
    slots.lock_resources(ensembles, [booking.venue_id for booking in asked])
    return [
        _tried(booking, verb, version, by=by, now=now, **{name: words})
        for booking, version, answer, words in answers
        for verb, name in [ANSWERS[answer]]
    ]


def mail_together(kind: str, bookings: Sequence[Booking], now: datetime) -> None:
    """Tell of several offers: whoever gets more than one, for one house or for several, in one mail with one link.

    An offer whose mail still waits is not told of twice: that mail is written anew, and says what is so now.

    Raises:
        Refused: no mail reaches one of them.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Booking]] = {}
    for booking in bookings:
        is_news = kind != "offered" and not offering.is_waiting(booking)
        told = kind if is_news else "offered"
        groups.setdefault((told, _emails(told, booking)), []).append(booking)
    for (told, _to), offers in groups.items():
        _mail(told, offers, now)


def _mail(kind: str, offers: Sequence[Booking], now: datetime) -> None:
    first = offers[0]
    if kind == "offered":
        digests.keep_home(Notice.objects.filter(booking__in=offers, kind=kind))
    if len(offers) > 1:
        reached = notices.several_offers(kind, offers, answering.make_batch(offers), now)
    else:
        assert first.answer_by is not None
        token = answering.make_link(first, expires_at=first.answer_by, beside=kind != "offered")
        reached = notices.about_offer(kind, first, token, now)
    if not reached:
        raise lifecycle.unreached(first)


def _emails(kind: str, booking: Booking) -> tuple[str, ...]:
    """The addresses that a mail of that kind goes to, by which offers are put together."""
    return tuple(sorted(email for email, _language in notices.receivers(kind, booking.presenter)))


def _tried(booking: Booking, verb: Callable[..., Booking], version: int, **values: Any) -> Result:
    try:
        with transaction.atomic():
            lifecycle.unchanged(booking, version)
            return Result(verb(booking, **values))
    except TurneError as error:
        return Result(Booking.objects.with_ground().get(pk=booking.pk), str(error.sentence))


@transaction.atomic
def _remind_group(pks: Sequence[int], now: datetime) -> int:
    """The offers of one producer that the same people answer: they get one mail."""
    found = list(Booking.objects.filter(pk__in=pks).select_related("tour__production").order_by("pk"))
    slots.lock_resources({b.tour.production.ensemble_id for b in found}, {b.venue_id for b in found})
    reminded = [done for booking in found if (done := _reminded(booking, now))]
    mail_together("reminded", reminded, now)
    return len(reminded)


def _reminded(booking: Booking, now: datetime) -> Booking | None:
    """The offer, noted as reminded of; None where that has been done, or cannot be."""
    booking = slots.lock_booking(booking)
    if booking.status != Status.OFFERED or booking.answer_remind_at is None or booking.answer_remind_at > now:
        return None  # reminded, answered or prolonged in the meantime
    if not NOT_JUST_REMINDED.holds(booking, now) or not _emails("reminded", booking):
        booking.answer_remind_at = None
        booking.save(update_fields=["answer_remind_at"])
        return None
    try:
        return remind(booking, by=None, now=now, mails=False)
    except NotNow:
        return None  # its time is up: it lapses


def _check_reached(kind: str, booking: Booking) -> None:
    if _emails(kind, booking):
        return
    if _emails("offered", booking):
        raise Refused(
            _("%(presenter)s wants no reminders by mail. Call them instead.")
            % {"presenter": booking.presenter},
            booking=booking.pk,
        )
    raise lifecycle.unreached(booking)
