"""The verbs of wishes: submit, change, order, withdraw while the season is open; then ask the producer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bookings import wish_rules
from bookings.errors import NotNow, Refused, SeasonClosed
from bookings.models import Season, Wish, WishChangeRequest, WishSpan
from bookings.models.booking import LIVE
from bookings.wish_rules import Span, WishInput
from venues.models import Organisation, User

__all__ = [
    "Span",
    "WishInput",
    "answer_change",
    "ask_change",
    "can_change",
    "edit",
    "granted_change",
    "move",
    "reorder",
    "submit",
    "withdraw_wish",
]

#: Lifts ranks clear of each other while they are dealt out anew: far above any rank a list can have.
OUT_OF_THE_WAY = 1000


@transaction.atomic
def submit(season: Season, organisation: Organisation, data: WishInput, by: User, now: datetime) -> Wish:
    """A new wish of the organisation.

    Raises:
        SeasonClosed: the season does not take wishes now.
        Refused: something is wrong with it; `field` says what. Nothing is written.
    """
    _lock(organisation)
    wish_rules.check_open(season, now)
    wish_rules.check_wish(season, organisation, data)
    wish_rules.check_list(data, _list_of(organisation, season), season)
    return _write(Wish(season=season, organisation=organisation, created_by=by), data, now)


@transaction.atomic
def edit(wish: Wish, data: WishInput, by: User, now: datetime) -> Wish:
    """Another content for a wish: while the season is open, or once after the producer has allowed it.

    Raises:
        SeasonClosed, NotNow: it can not be changed now; the sentence says what to do instead.
        Refused: as for `submit`.
    """
    wish = _begin(wish, now)
    wish_rules.check_wish(wish.season, wish.organisation, data)
    others = [other for other in _list_of(wish.organisation, wish.season) if other.pk != wish.pk]
    wish_rules.check_list(data, others, wish.season)
    return _write(wish, data, now)


@transaction.atomic
def withdraw_wish(wish: Wish, by: User, now: datetime) -> Wish:
    """Take a wish back; those below it move up. Raises as `edit` does."""
    wish = _begin(wish, now)
    Wish.objects.filter(pk=wish.pk).update(withdrawn_at=now, changed_at=now)
    wish.withdrawn_at = now
    _deal_ranks(_list_of(wish.organisation, wish.season))
    return wish


@transaction.atomic
def reorder(
    organisation: Organisation, season: Season, wish_ids: Sequence[int], by: User, now: datetime
) -> None:
    """Rank the organisation's wishes in the order of `wish_ids`; reserves are counted for themselves.

    Raises:
        SeasonClosed: the season does not take wishes now.
        Refused: `wish_ids` are not exactly the standing wishes, each once.
    """
    _lock(organisation)
    wish_rules.check_open(season, now)
    standing = {wish.pk: wish for wish in _list_of(organisation, season)}
    if sorted(wish_ids) != sorted(standing):
        raise Refused(_("Your list has changed in the meantime. Look at it again, then move the wish."))
    _deal_ranks([standing[pk] for pk in wish_ids])


@transaction.atomic
def move(wish: Wish, step: int, by: User, now: datetime) -> None:
    """Move a wish up (step -1) or down (1) among its likes; at the end of the list nothing happens."""
    _lock(wish.organisation)
    standing = _list_of(wish.organisation, wish.season)
    alike = [other.pk for other in standing if other.is_reserve == wish.is_reserve]
    if wish.pk not in alike:
        raise NotNow(_("This wish has been withdrawn."), wish=wish.pk)
    place = alike.index(wish.pk)
    target = min(max(place + step, 0), len(alike) - 1)
    alike.insert(target, alike.pop(place))
    rest = [other.pk for other in standing if other.pk not in alike]
    reorder(wish.organisation, wish.season, alike + rest, by, now)


@transaction.atomic
def ask_change(wish: Wish, message: str, by: User, now: datetime) -> WishChangeRequest:
    """Ask the producer for a change of a wish that its organisation can not change itself any more.

    Raises:
        NotNow: it can still be changed, has been withdrawn, or a question waits for its answer.
        Refused: the message is empty (field "message").
    """
    _lock(wish.organisation)
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


@transaction.atomic
def answer_change(
    request: WishChangeRequest, granted: bool, answer: str, by: User, now: datetime
) -> WishChangeRequest:
    """The producer's answer. When granted, the wish can be changed or withdrawn once.

    Raises:
        NotNow: it has been answered already.
        Refused: a refusal without a reason (field "answer").
    """
    request = WishChangeRequest.objects.select_for_update().get(pk=request.pk)
    if request.status != WishChangeRequest.Status.ASKED:
        raise NotNow(_("This question has been answered already."), request=request.pk)
    if not granted and not answer.strip():
        raise Refused(_("Say why not, so that they know what is possible."), field="answer")
    request.status = WishChangeRequest.Status.GRANTED if granted else WishChangeRequest.Status.REFUSED
    request.answer, request.answered_by, request.answered_at = answer.strip(), by, now
    request.save()
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


def granted_change(wish: Wish) -> WishChangeRequest | None:
    """The producer's leave to change the wish, as long as it has not been used."""
    granted = WishChangeRequest.Status.GRANTED
    answered = [request for request in wish.change_requests.all() if request.status == granted]
    return next((r for r in answered if r.answered_at and r.answered_at > wish.changed_at), None)


def _check_changeable(wish: Wish, now: datetime) -> None:
    if wish.withdrawn_at:
        raise NotNow(_("This wish has been withdrawn."), wish=wish.pk)
    if granted_change(wish):
        return
    wish_rules.check_open(wish.season, now)
    if any(booking.status in LIVE for booking in wish.bookings.all()):
        raise NotNow(_("The producer has begun to book this wish. Ask for a change instead."), wish=wish.pk)


def _begin(wish: Wish, now: datetime) -> Wish:
    """The wish as it stands now, with its organisation's list locked, if it may be changed."""
    _lock(wish.organisation)
    wish = Wish.objects.with_ground().get(pk=wish.pk)
    _check_changeable(wish, now)
    return wish


def _lock(organisation: Organisation) -> None:
    """One change at a time in an organisation's list: its ranks depend on each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _list_of(organisation: Organisation, season: Season) -> list[Wish]:
    """The standing wishes in order: ranked ones first, then reserves."""
    wishes = Wish.objects.standing().filter(organisation=organisation, season=season)
    return list(wishes.select_related("production").order_by("is_reserve", "rank"))


def _write(wish: Wish, data: WishInput, now: datetime) -> Wish:
    for name in ("production", "venue", "rank", "is_reserve", "shows_count", "audience", "audience_expected"):
        setattr(wish, name, getattr(data, name))
    wish.message = data.message.strip()
    wish.save()
    Wish.objects.filter(pk=wish.pk).update(changed_at=now)
    wish.changed_at = now
    wish.spans.all().delete()
    WishSpan.objects.bulk_create(WishSpan(wish=wish, **vars(span)) for span in sorted(set(data.spans)))
    return wish


def _deal_ranks(wishes: Sequence[Wish]) -> None:
    """Number the wishes 1, 2, 3 ... in the given order, reserves for themselves; two may swap."""
    Wish.objects.filter(pk__in=[wish.pk for wish in wishes]).update(rank=F("rank") + OUT_OF_THE_WAY)
    for is_reserve in (False, True):
        alike = [wish for wish in wishes if wish.is_reserve == is_reserve]
        for rank, wish in enumerate(alike, start=1):
            Wish.objects.filter(pk=wish.pk).update(rank=rank)
