"""The verbs of a wish that has been sent: changed or withdrawn until a visit is begun for it, then asked about."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models.booking import LIVE
from tours import wish_rules, wishes
from tours.errors import NotNow, Refused, SeasonClosed
from tours.models import Wish, WishChangeRequest
from tours.wishes import WishInput
from venues.models import User


@transaction.atomic
def edit(wish: Wish, data: WishInput, by: User, now: datetime) -> Wish:
    """Another content for a wish: while the season is open, or once after the producer has allowed it.

    Raises:
        SeasonClosed, NotNow: it can not be changed now; the sentence says what to do instead.
        Refused: as for `wishes.submit`.
    """
    return wishes.rewrite(_begin(wish, now), data, now)


@transaction.atomic
def withdraw_wish(wish: Wish, by: User, now: datetime) -> Wish:
    """Take a wish back; those below it move up. Raises as `edit` does."""
    return wishes.take_out(_begin(wish, now), now)


@transaction.atomic
def ask_change(wish: Wish, message: str, by: User, now: datetime) -> WishChangeRequest:
    """Ask the producer for a change of a wish that its organisation can not change itself any more.

    Raises:
        NotNow: it can still be changed, has been withdrawn, or a question waits for its answer.
        Refused: the message is empty (field "message").
    """
    wishes.lock_list(wish.organisation)
    wish.refresh_from_db()
    if wish.withdrawn_at:
        raise NotNow(_("This wish has been withdrawn."), wish=wish.pk)
    if can_change(wish, now):
        raise NotNow(_("You can still change this wish yourself."), wish=wish.pk)
    if wish.change_requests.filter(status=WishChangeRequest.Status.ASKED).exists():
        raise NotNow(_("You have asked already. The producer has not answered yet."), wish=wish.pk)
    if not message.strip():
        raise Refused(_("Say what should change."), field="message")
    request = WishChangeRequest.objects.create(wish=wish, message=message.strip(), asked_by=by)
    WishChangeRequest.objects.filter(pk=request.pk).update(asked_at=now)
    request.asked_at = now
    return request


def can_change(wish: Wish, now: datetime) -> bool:
    """Whether the organisation may change or withdraw the wish itself at that moment.

    Reads the wish's bookings and change requests; no query where these are prefetched.
    """
    try:
        _check_changeable(wish, now)
    except (SeasonClosed, NotNow):
        return False
    return True


def _check_changeable(wish: Wish, now: datetime) -> None:
    if wish.withdrawn_at:
        raise NotNow(_("This wish has been withdrawn."), wish=wish.pk)
    if wishes.granted_change(wish):
        return
    if wish.is_allotted:
        raise NotNow(
            _("This was given to a whole grade, so the planner decides about it. Ask for a change instead."),
            wish=wish.pk,
        )
    wish_rules.check_open(wish.season, now)
    if any(booking.status in LIVE for booking in wish.bookings.all()):
        raise NotNow(_("The producer has begun to book this wish. Ask for a change instead."), wish=wish.pk)


def _begin(wish: Wish, now: datetime) -> Wish:
    """The wish as it stands now, with its organisation's list locked, if it may be changed."""
    wish = wishes.lock_wish(wish)
    _check_changeable(wish, now)
    return wish
