"""The ways of a day in minutes and km: the road as it is that day, and the breaks that the law asks for on it.

Every way between a night's place and a stop, or between two stops, is looked at by itself. Work that no pause has
broken is carried to it from the stops before and after: what there is of a stop on that side of its own pause; of a
stop without one, half of the limit and half of the stop, so that both of its ways together stay within the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .drives import Drives
from .limits import Rules
from .problem import Candidate

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Load(NamedTuple):
    """Minutes without a pause that a stop adds to a way: of work, and of driving. A night's place adds none."""

    work: Any = 0
    driving: Any = 0


class Roads(NamedTuple):
    """The ways of one day over N places and C candidates.

    Attributes:
        drive, km: (N, N) minutes at the wheel, and kilometres.
        move: (N, N) minutes of a day that only drives, breaks included.
        into: (N, C) minutes from a night's place to the get-in of the day's first stop, breaks included.
        out: (C, N) minutes from the last stop, packed, to the night's place, breaks included.
        between: (C, C) minutes from one stop, packed, to the get-in of the next, breaks included.
    """

    drive: Ints
    km: Floats
    move: Ints
    into: Ints
    out: Ints
    between: Ints


def slowed(minutes: Any, factor_pct: int) -> Any:
    """Minutes on a road that takes so many per cent of its ordinary time, rounded up."""
    return -(-minutes * factor_pct // 100)


def on_site(wish: Candidate) -> int:
    """Minutes from the start of get-in until packed."""
    return wish.get_in_min + wish.show_min + wish.get_out_min


def before_stop(rules: Rules, wish: Candidate) -> Load:
    """What a stop adds to the way that leads to it."""
    return _load(rules, wish, wish.get_in_min - wish.pause_min)


def after_stop(rules: Rules, wish: Candidate) -> Load:
    """What a stop adds to the way that leaves it."""
    return _load(rules, wish, wish.show_min + wish.get_out_min)


def _load(rules: Rules, wish: Candidate, side: int) -> Load:
    work, driving = rules.work_before_break_min or 0, rules.drive_before_break_min or 0
    return Load(
        side if wish.pause_min >= (rules.break_min or 0) else _half(work + on_site(wish)),
        0 if wish.pause_min >= (rules.drive_break_min or 0) else _half(driving),
    )


def _half(minutes: int) -> int:
    return -(-minutes // 2)


def longest_work(rules: Rules, wish: Candidate) -> int:
    """Minutes of work without a break inside a stop."""
    if wish.pause_min >= (rules.break_min or 0):
        return max(wish.get_in_min - wish.pause_min, wish.show_min + wish.get_out_min)
    return on_site(wish)


def breaks(rules: Rules, drive: Any, before: Load, after: Load) -> Any:
    """Minutes of the breaks on a way with so many minutes at the wheel.

    Args:
        drive: minutes, a number or an array; the loads' arrays must fit it.
        before, after: what the ends of the way add.
    """
    works, pause = rules.work_before_break_min, rules.break_min
    drives, rest = rules.drive_before_break_min, rules.drive_break_min
    if works and pause and drives and rest:
        first, work = _breaks(works, drive, before.work, after.work)
        second, driving = _breaks(drives, drive, before.driving, after.driving)
        low, high = np.maximum(first[0], second[0]), np.minimum(first[1], second[1])
        at_once = (work == 1) & (driving == 1) & (low <= high)
        return np.where(at_once, max(pause, rest), work * pause + driving * rest)
    if works and pause:
        return _breaks(works, drive, before.work, after.work)[1] * pause
    if drives and rest:
        return _breaks(drives, drive, before.driving, after.driving)[1] * rest
    return drive * 0


def _breaks(limit: int, drive: Any, before: Any, after: Any) -> tuple[tuple[Any, Any], Any]:
    """Between which minutes of the way one break keeps the limit, and how many breaks it takes."""
    before, after = np.minimum(before, limit), np.minimum(after, limit)
    count = np.maximum(0, -(-(before + drive + after) // limit) - 1)
    return (np.maximum(0, drive + after - limit), np.minimum(drive, limit - before)), count


class Way(NamedTuple):
    """One way of a day: minutes at the wheel, and its breaks as (minutes at the wheel before it, its length)."""

    drive: int
    breaks: tuple[tuple[int, int], ...] = ()

    @property
    def break_min(self) -> int:
        """Minutes of breaks."""
        return sum(length for _, length in self.breaks)


def way(rules: Rules, drive: int, before: Candidate | None, after: Candidate | None) -> Way:
    """A way with its breaks, each as late as may be; None stands for a night's place."""
    left = after_stop(rules, before) if before else Load()
    ahead = before_stop(rules, after) if after else Load()
    total = int(breaks(rules, drive, left, ahead))
    if not total:
        return Way(drive)
    found = []
    for most, rest, carried, coming in (
        (rules.work_before_break_min, rules.break_min, left.work, ahead.work),
        (rules.drive_before_break_min, rules.drive_break_min, left.driving, ahead.driving),
    ):
        if most and rest:
            latest, count = _breaks(most, drive, carried, coming)
            found += [(min(drive, int(latest[1]) + most * k), rest) for k in range(int(count))]
    if total < sum(length for _, length in found):
        found = [(min(found)[0], total)]
    return Way(drive, tuple(sorted(found)))


def roads_of(
    rules: Rules, drives: Drives, factor_pct: int, wishes: Sequence[Candidate], place: Ints
) -> Roads:
    """The ways of every day with these drives, which take `factor_pct` per cent of their ordinary time."""
    drive = slowed(np.array(drives.minutes, dtype=np.int64), factor_pct)
    before = _loads([before_stop(rules, wish) for wish in wishes])
    after = _loads([after_stop(rules, wish) for wish in wishes])
    leaving = Load(after.work[:, None], after.driving[:, None])
    into, out, between = drive[:, place], drive[place], drive[np.ix_(place, place)]
    return Roads(
        drive=drive,
        km=np.array(drives.km, dtype=np.float64),
        move=drive + breaks(rules, drive, Load(), Load()),
        into=into + breaks(rules, into, Load(), before),
        out=out + breaks(rules, out, leaving, Load()),
        between=between + breaks(rules, between, leaving, before),
    )


def _loads(loads: Sequence[Load]) -> Load:
    return Load(
        np.array([load.work for load in loads], dtype=np.int64),
        np.array([load.driving for load in loads], dtype=np.int64),
    )
