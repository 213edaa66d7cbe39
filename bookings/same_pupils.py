"""Wishes and visits to which the same groups would come: a tour plays one of them, for nobody sees a show twice.

A school can wish for a production that it is also given by an allotment, or be the guest of another school.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from bookings.candidates import booking_name, wish_name
from bookings.models import Booking, VisitGroup
from tours.models import Wish, WishGroup

Row = dict[str, Any]


def played_once(
    candidates: Iterable[Row], fixed: Sequence[Row], wishes: Iterable[Wish], bookings: Iterable[Booking]
) -> list[Row]:
    """The planner's candidates, with one name for all that have a group in common, of which one is played.

    Of those that are agreed already only the first bears the name: a plan leaves them all where they are, and plays
    none beside them. Whoever shares a group with one that shares another with a third is in one lot with both.
    """
    lots = _lots(_comers(wishes, bookings))
    agreed: dict[str, str] = {}
    for stop in fixed:
        if name := lots.get(stop["candidate"]):
            agreed.setdefault(name, stop["candidate"])
    standing = {stop["candidate"] for stop in fixed} - set(agreed.values())
    return [row | {"group": None if row["id"] in standing else lots.get(row["id"])} for row in candidates]


def _comers(wishes: Iterable[Wish], bookings: Iterable[Booking]) -> dict[str, set[int]]:
    """The groups of each visit as it stands, and of each wish without one, by the planner's name."""
    comers: dict[str, set[int]] = defaultdict(set)
    booked = {booking.pk: booking.wish_id for booking in bookings}
    free = {wish.pk for wish in wishes} - set(booked.values())
    for wish, group in WishGroup.objects.filter(wish__in=free).values_list("wish", "group"):
        comers[wish_name(wish)].add(group)
    for booking, group in VisitGroup.objects.filter(booking__in=booked).values_list("booking", "group"):
        wished = booked[booking]
        comers[wish_name(wished) if wished else booking_name(booking)].add(group)
    return comers


def _lots(comers: dict[str, set[int]]) -> dict[str, str]:
    """The lot's name of each that shares a group with another; the others are in none."""
    lots: list[tuple[set[str], set[int]]] = []
    for name, groups in sorted(comers.items()):
        joined = [lot for lot in lots if lot[1] & groups]
        lots = [lot for lot in lots if not lot[1] & groups]
        lots.append(({name}.union(*(lot[0] for lot in joined)), groups.union(*(lot[1] for lot in joined))))
    return {name: _named(lot[1]) for lot in lots if len(lot[0]) > 1 for name in lot[0]}


def _named(groups: Collection[int]) -> str:
    return f"g{min(groups)}"
