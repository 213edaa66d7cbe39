"""The verbs of wishes: submit and order while the season is open, and a producer's answer to a later question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tours import group_rules, ways, wish_rules
from tours.errors import NotNow, Refused
from tours.group_rules import GroupChoice
from tours.models import Season, Wish, WishChangeRequest, WishSpan
from tours.wish_rules import Span, WishInput
from venues.models import Organisation, User

__all__ = [
    "GroupChoice",
    "Span",
    "WishInput",
    "answer_change",
    "granted_change",
    "lock_list",
    "lock_looked_at",
    "lock_wish",
    "move",
    "reorder",
    "rewrite",
    "submit",
    "take_out",
]

#: Lifts ranks clear of each other while they are dealt out anew: far above any rank a list can have.
OUT_OF_THE_WAY = 1000


@transaction.atomic
def submit(season: Season, organisation: Organisation, data: WishInput, by: User, now: datetime) -> Wish:
    """A new wish of the organisation.

    Raises:
        SeasonClosed: the season does not take wishes now.
        Refused: its schools are allotted performances instead, or something is wrong with the wish; `field` says
            what. Nothing is written.
    """
    lock_list(organisation)
    wish_rules.check_open(season, now)
    ways.check_menu(season, organisation)
    data = wish_rules.with_groups(data, organisation)
    wish_rules.check_wish(season, organisation, data)
    wish_rules.check_list(data, _list_of(organisation, season), season)
    return _write(Wish(season=season, organisation=organisation, created_by=by), data, now)


@transaction.atomic
def reorder(
    organisation: Organisation, season: Season, wish_ids: Sequence[int], by: User, now: datetime
) -> None:
    """Rank the organisation's wishes in the order of `wish_ids`; reserves are counted for themselves.

    Raises:
        SeasonClosed: the season does not take wishes now.
        Refused: `wish_ids` are not exactly the standing wishes, each once.
    """
    lock_list(organisation)
    wish_rules.check_open(season, now)
    standing = {wish.pk: wish for wish in _list_of(organisation, season)}
    if sorted(wish_ids) != sorted(standing):
        raise Refused(_("Your list has changed in the meantime. Look at it again, then move the wish."))
    _deal_ranks([standing[pk] for pk in wish_ids])


@transaction.atomic
def move(wish: Wish, step: int, by: User, now: datetime) -> None:
    """Move a wish up (step -1) or down (1) among its likes; at the end of the list nothing happens."""
    lock_list(wish.organisation)
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


def granted_change(wish: Wish) -> WishChangeRequest | None:
    """The producer's leave to change the wish, as long as it has not been used."""
    granted = WishChangeRequest.Status.GRANTED
    answered = [request for request in wish.change_requests.all() if request.status == granted]
    return next((r for r in answered if r.answered_at and r.answered_at > wish.changed_at), None)


def lock_list(organisation: Organisation) -> None:
    """One change at a time in an organisation's list, until the transaction ends: its ranks depend on each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def lock_wish(wish: Wish) -> Wish:
    """The wish as it stands now, with its organisation's list and its own row locked until the transaction ends."""
    lock_list(wish.organisation)
    return Wish.objects.with_ground().select_for_update(of=("self",), no_key=True).get(pk=wish.pk)


def lock_looked_at(wish: Wish) -> None:
    """Lock the wish's own row for a visit that is begun for it: whoever changes it or takes it back looks after that.

    Call it with the visit's resources locked; nobody who has a wish locked asks for these.

    Raises:
        NotNow: it is not as it was read any more.
    """
    standing = Wish.objects.select_for_update(no_key=True).get(pk=wish.pk)
    if standing.withdrawn_at or standing.version != wish.version:
        raise NotNow(
            _("The wish has been changed or taken back since you opened the page. Look again."), wish=wish.pk
        )


def rewrite(wish: Wish, data: WishInput, now: datetime) -> Wish:
    """Another content for a wish as `lock_wish` gave it. Raises Refused as `submit` does."""
    if data.groups is None:
        data = replace(data, groups=_groups_that_stay(wish, data))
    data = wish_rules.with_groups(data, wish.organisation)
    wish_rules.check_wish(wish.season, wish.organisation, data)
    if not wish.is_allotted:
        others = [other for other in _list_of(wish.organisation, wish.season) if other.pk != wish.pk]
        wish_rules.check_list(data, others, wish.season)
    return _write(wish, data, now)


def take_out(wish: Wish, now: datetime) -> Wish:
    """Take a wish, as `lock_wish` gave it, out of its list; those below it move up."""
    Wish.objects.filter(pk=wish.pk).update(withdrawn_at=now, changed_at=now, version=F("version") + 1)
    wish.withdrawn_at = now
    _deal_ranks(_list_of(wish.organisation, wish.season))
    return wish


def _list_of(organisation: Organisation, season: Season) -> list[Wish]:
    """The standing wishes in order: ranked ones first, then reserves."""
    wishes = Wish.objects.standing().ranked().filter(organisation=organisation, season=season)
    return list(wishes.select_related("production").order_by("is_reserve", "rank"))


def _write(wish: Wish, data: WishInput, now: datetime) -> Wish:
    for name, value in data.columns().items():
        setattr(wish, name, value)
    if wish.pk:
        wish.version += 1
    wish.save()
    Wish.objects.filter(pk=wish.pk).update(changed_at=now)
    wish.changed_at = now
    wish.spans.all().delete()
    WishSpan.objects.bulk_create(WishSpan(wish=wish, **vars(span)) for span in sorted(set(data.spans)))
    group_rules.write(wish, data.groups or ())
    return wish


def _groups_that_stay(wish: Wish, data: WishInput) -> tuple[GroupChoice, ...]:
    """The wish's groups where nothing is said of them; a wish that is for the public now has none."""
    if data.audience != Wish.Audience.SCHOOL:
        return ()
    return tuple(
        replace(choice, show=None) if choice.show and choice.show > data.shows_count else choice
        for choice in group_rules.choices_of(wish)
    )


def _deal_ranks(wishes: Sequence[Wish]) -> None:
    """Number the wishes 1, 2, 3 ... in the given order, reserves for themselves; two may swap."""
    Wish.objects.filter(pk__in=[wish.pk for wish in wishes]).update(rank=F("rank") + OUT_OF_THE_WAY)
    for is_reserve in (False, True):
        alike = [wish for wish in wishes if wish.is_reserve == is_reserve]
        for rank, wish in enumerate(alike, start=1):
            moved = {"version": F("version") + 1} if rank != wish.rank else {}
            Wish.objects.filter(pk=wish.pk).update(rank=rank, **moved)
