"""Classes into shows and days where not all can in the same weeks: those of a day have one in common, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .packing import fewest

Class = tuple[int, int]
"""The seats of a class, and a bit for each week in which it can; `ANY` for one that can in all."""

Dealt = tuple[tuple[tuple[int, ...], ...], ...]
"""By day, by show, the numbers of the classes."""

ANY = -1

MOST_STEPS = 150
"""So many steps a search takes. One that is cut short may give a show or a day too many."""


class Held(NamedTuple):
    """So many shows, on so many days."""

    shows: int
    days: int


NONE = Held(0, 0)


@lru_cache(maxsize=100_000)
def ways(capacity: int, per_day: int, classes: tuple[Class, ...]) -> tuple[Held, ...]:
    """The fewest shows for each number of days with which fewer are enough than with one day less; fewest days first.

    Args:
        classes: sorted downwards, none greater than `capacity`.
    """
    simple = _held(_first_fit(capacity, per_day, classes))
    least = fewest(capacity, tuple(size for size, _ in classes))
    found: list[Held] = []
    days = max(-(-least // per_day), apart(weeks for _, weeks in classes))
    if simple == (least, days):
        return (simple,)
    while days <= (found[-1].shows - 1 if found else simple.days):
        most = found[-1].shows - 1 if found else days * per_day
        for shows in range(max(least, days if found else 1), most + 1):
            if _Search(capacity, per_day, classes, Held(shows, days)).found() is not None:
                found.append(Held(shows, days))
                break
        if found and found[-1].shows == least:
            break
        days += 1
    return tuple(found) or (simple,)


@lru_cache(maxsize=10_000)
def dealt(capacity: int, per_day: int, classes: tuple[Class, ...], held: Held) -> Dealt:
    """The classes in so many shows on so many days, as `ways` gives them."""
    found = _Search(capacity, per_day, classes, held).found() or _first_fit(capacity, per_day, classes)
    return tuple(tuple(tuple(show) for show in day.shows) for day in found)


class _Day:
    """A day that fills: the weeks in which all its classes can, its shows, and what is left in each."""

    def __init__(self, weeks: int) -> None:
        self.weeks = weeks
        self.shows: list[list[int]] = []
        self.left: list[int] = []


def _held(days: list[_Day]) -> Held:
    return Held(sum(len(day.shows) for day in days), len(days))


def apart(masks: Iterable[int]) -> int:
    """So many days are needed at least by classes of these weeks: by some of which no two have a week in common."""
    taken = count = 0
    for weeks in sorted(set(masks) - {ANY}, key=int.bit_count):
        if not weeks & taken:
            taken |= weeks
            count += 1
    return max(1, count)


def _first_fit(capacity: int, per_day: int, classes: tuple[Class, ...]) -> list[_Day]:
    """Each class, the greatest first, where there is room: in a show, in a new one of a day, on a new day."""
    days: list[_Day] = []
    for i, (size, weeks) in enumerate(classes):
        open_ = [day for day in days if day.weeks & weeks]
        into = next(((day, s) for day in open_ for s, room in enumerate(day.left) if room >= size), None)
        day = into[0] if into else next((day for day in open_ if len(day.shows) < per_day), None)
        if day is None:
            day = _Day(weeks)
            days.append(day)
        number = into[1] if into else len(day.shows)
        _put(day, number, i, size, capacity)
        day.weeks &= weeks
    return days


def _put(day: _Day, number: int, i: int, size: int, capacity: int) -> None:
    if number == len(day.shows):
        day.shows.append([])
        day.left.append(capacity)
    day.shows[number].append(i)
    day.left[number] -= size


class _Search:
    """Depth first, as that of `packing`: each class into every show of every day that differs, or into a new one."""

    def __init__(self, capacity: int, per_day: int, classes: tuple[Class, ...], held: Held) -> None:
        self.capacity, self.per_day, self.classes, self.most = capacity, per_day, classes, held
        self.steps, self.shows, self.days = 0, 0, list[_Day]()
        self.after = [0] * (len(classes) + 1)
        for i in range(len(classes) - 1, -1, -1):
            self.after[i] = self.after[i + 1] + classes[i][0]

    @property
    def is_cut(self) -> bool:
        """Whether the search was cut short."""
        return self.steps > MOST_STEPS

    def found(self) -> list[_Day] | None:
        """The days, None if none are found."""
        return self.days if self._place(0) else None

    def _place(self, i: int) -> bool:
        self.steps += 1
        if i == len(self.classes):
            return True
        room = sum(sum(day.left) for day in self.days) + (self.most.shows - self.shows) * self.capacity
        if self.is_cut or room < self.after[i]:
            return False
        size, weeks = self.classes[i]
        tried: set[tuple[int, int, tuple[int, ...]]] = set()
        for day in self.days:
            if day.weeks & weeks:
                for number, room in enumerate([*day.left, self.capacity]):
                    key = room if number < len(day.left) else -1, day.weeks, tuple(sorted(day.left))
                    if room >= size and key not in tried and self._is_open(day, number):
                        tried.add(key)
                        if self._tried(i, day, number):
                            return True
        return len(self.days) < self.most.days and self.shows < self.most.shows and self._on_a_new_day(i)

    def _is_open(self, day: _Day, number: int) -> bool:
        """Whether the day has that show, or may have it as a new one."""
        return number < len(day.shows) or (len(day.shows) < self.per_day and self.shows < self.most.shows)

    def _on_a_new_day(self, i: int) -> bool:
        self.days.append(_Day(self.classes[i][1]))
        if self._tried(i, self.days[-1], 0):
            return True
        self.days.pop()
        return False

    def _tried(self, i: int, day: _Day, number: int) -> bool:
        size, weeks = self.classes[i]
        before, is_new = day.weeks, number == len(day.shows)
        _put(day, number, i, size, self.capacity)
        day.weeks &= weeks
        self.shows += is_new
        if self._place(i + 1):
            return True
        self.shows -= is_new
        day.weeks = before
        day.shows[number].pop()
        day.left[number] += size
        if is_new:
            day.shows.pop()
            day.left.pop()
        return False
