"""What a producer may do with a mail: stop it before it leaves, send it now or later, try it once more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import digests, offering, slots
from bookings.mail_kinds import ASKING, kind_of
from bookings.models import Booking, Notice
from bookings.models.outgoing import BUNDLES, LOGIN_CODE, Notices
from tours.errors import NotNow, Refused
from venues.models import User


def can_retry(notice: Notice) -> bool:
    """Whether it was given up, and is worth another try: a login code is dead by then."""
    return notice.state == Notice.State.FAILED and notice.kind != LOGIN_CODE


def can_stop(notice: Notice) -> bool:
    """Whether it has not left, and is of a kind that may be kept from leaving."""
    return notice.is_unsent and kind_of(notice.kind).may_stop


def retry(notice: Notice, now: datetime) -> None:
    """Try a mail that was not sent once more, from the beginning.

    Raises:
        NotNow: it was not given up, or is a login code.
    """
    failed = _whole(notice).filter(state=Notice.State.FAILED)
    again = {"state": Notice.State.WAITING, "attempts": 0, "send_after": now, "last_error": ""}
    if not can_retry(notice) or not failed.update(**again):
        raise NotNow(_("Only a mail that was given up can be tried again."))


@transaction.atomic
def stop(notice: Notice, *, by: User, now: datetime) -> list[Booking]:
    """Keep a mail from leaving; the row stays, as stopped. Of a digest, all that is in it.

    An offer that nobody is told of is no offer: the visit is held again. Everything else that has happened stands,
    and the producer tells the other side in some other way.

    Returns:
        The visits whose offers were taken back.

    Raises:
        NotNow: it has left, or is being sent.
        Refused: a mail of its kind is never stopped.
    """
    chosen = list(_parts(notice))
    if not all(kind_of(part.kind).may_stop for part in chosen):
        raise Refused(_("A cancellation and a login code are never stopped: the receiver must hear of it."))
    offers = [part.booking for part in chosen if part.kind == "offered" and part.booking]
    bookings = [booking for booking in dict.fromkeys(offers) if booking.status == Booking.Status.OFFERED]
    slots.lock_resources(
        [booking.tour.production.ensemble_id for booking in bookings],
        [booking.venue_id for booking in bookings],
    )
    taken_back = [offering.recall(booking, by=by, now=now) for booking in bookings]
    stopped = digests.keep_home(Notice.objects.filter(pk__in=[part.pk for part in chosen]))
    if not stopped and not taken_back:
        raise NotNow(_("The mail has left already, or is being sent this moment."))
    return taken_back


def send_now(notice: Notice, now: datetime) -> None:
    """Let a waiting mail leave at once, whatever the hour.

    Raises:
        NotNow: it does not wait any more.
    """
    _set_time(notice, now)


def send_at(notice: Notice, at: datetime, now: datetime) -> None:
    """Let a waiting mail leave at another time.

    Raises:
        NotNow: it does not wait any more.
        Refused: that moment has passed, or an offer in it is to be answered by then.
    """
    if at <= now:
        raise Refused(_("That moment has passed. Choose a later one, or send it now."), field="send_after")
    dates = [part.booking.answer_by for part in _parts(notice) if part.kind in ASKING and part.booking]
    if any(answer_by and answer_by <= at for answer_by in dates):
        raise Refused(
            _("An offer in it is to be answered by then. Choose an earlier moment."), field="send_after"
        )
    _set_time(notice, at)


@transaction.atomic
def _set_time(notice: Notice, at: datetime) -> None:
    mail = notice.digest or notice
    found = Notice.objects.unsent().filter(pk=mail.pk).select_for_update(no_key=True).first()
    if found is None:
        raise NotNow(_("The mail has left already, or is being sent this moment."))
    _whole(found).unsent().update(send_after=at)


def _whole(notice: Notice) -> Notices:
    """The mail that the notice is or stands in, with everything that is in it."""
    mail = notice.digest_id or notice.pk
    return Notice.objects.filter(pk=mail) | Notice.objects.filter(digest=mail)


def _parts(notice: Notice) -> Notices:
    """What a mail tells: the items of a digest that still wait, or the notice itself."""
    mine = Notice.objects.filter(digest=notice.pk).unsent() if notice.kind in BUNDLES else _alone(notice)
    return mine.select_related("booking__tour__production__ensemble", "booking__venue")


def _alone(notice: Notice) -> Notices:
    return Notice.objects.filter(pk=notice.pk)
