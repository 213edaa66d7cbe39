"""Wishes that nobody ranked: given to a school by an allotment, with the groups that come, and taken back with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from tours.models import Season, Wish, WishGroup, WishSpan
from tours.wish_rules import WishInput
from venues.models import Group, Organisation, User


@dataclass(frozen=True)
class Coming:
    """A group that comes to a show of a wish; `needs`: {Need: how many}."""

    group: Group
    show_number: int
    needs: dict[str, Any] = field(default_factory=dict)


def give(
    season: Season,
    organisation: Organisation,
    data: WishInput,
    coming: Sequence[Coming],
    *,
    by: User,
    now: datetime,
) -> Wish:
    """A wish for an organisation by the one who allots, inside the caller's transaction.

    It is outside the organisation's own list, so neither its rank nor the season's most wishes concern it. The caller
    has seen that room, shows and weeks can be.
    """
    wish = Wish.objects.create(
        season=season,
        organisation=organisation,
        created_by=by,
        is_allotted=True,
        **data.columns(),
    )
    Wish.objects.filter(pk=wish.pk).update(created_at=now, changed_at=now)
    WishSpan.objects.bulk_create(WishSpan(wish=wish, **vars(span)) for span in sorted(set(data.spans)))
    WishGroup.objects.bulk_create(
        WishGroup(
            wish=wish,
            group=one.group,
            show_number=one.show_number,
            pupils_count=one.group.pupils_count,
            adults_count=one.group.adults_count,
            needs=one.needs,
        )
        for one in coming
    )
    return wish


def lock(wishes: Collection[Wish]) -> None:
    """Nobody begins a visit for one of the wishes, until the transaction ends; see `wishes.lock_looked_at`."""
    keys = [wish.pk for wish in wishes]
    list(Wish.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))


def take_back(wishes: Collection[Wish], *, now: datetime) -> None:
    """Withdraw wishes that were given, inside the caller's transaction; the caller has seen that none is booked."""
    Wish.objects.filter(pk__in=[wish.pk for wish in wishes], withdrawn_at=None).update(
        withdrawn_at=now, changed_at=now, version=F("version") + 1
    )
