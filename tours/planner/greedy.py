"""A careful greedy tour: day by day, the best way so far to each bed, remembering what it has used up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .ground import NO_REST_YET, Rows
from .patterns import DayPatterns
from .settle import Route, route_of
from .tables import Bools, Floats, Ints, Tables

IMPOSSIBLE = -1e15
EARLY = 1e-6
"""Among equals the tour whose duty ends earlier is kept: this much per minute."""


@dataclass(frozen=True)
class Labels(Rows):
    """M partial tours, one row each; times in real minutes from the start of day 0.

    Attributes:
        bed: number of the bed slept in.
        score: worth so far.
        ready: end of the last duty and the night's rest after it, far in the past before the first.
        gap: start of the open duty-free gap for the weekly rest (the window's start before the first duty).
        free: duty-free days of the running week in the open gap.
        rested: the running week has its rest, or needs none.
        due: an earlier week counts on the open gap.
        used, areas: (M, C + 1), (M, U + 1) candidates barred and municipalities reached; the last column pads.
        parent, pattern: the row of the day before and the block played (-1: none).
    """

    bed: Ints
    score: Floats
    ready: Ints
    gap: Ints
    free: Ints
    rested: Bools
    due: Bools
    used: Bools
    areas: Bools
    parent: Ints
    pattern: Ints

    def __len__(self) -> int:
        return len(self.bed)


@dataclass(frozen=True)
class _Moves:
    """What could follow on one day, one row per move; `end` is when its duty ends, `moved` whether it has any."""

    parent: Ints
    pattern: Ints
    bed: Ints
    score: Floats
    end: Ints
    rested: Bools
    moved: bool


def _begun(table: Tables) -> Labels:
    """The one empty tour, at home before day 0."""
    one = np.zeros(1, dtype=np.int64)
    used = np.zeros((1, len(table.value) + 1), dtype=np.bool_)
    areas = np.zeros((1, table.areas + 1), dtype=np.bool_)
    areas[0, -1] = True
    rested = np.array([table.week_of[0] < 0])
    return Labels(
        one, np.zeros(1), one - NO_REST_YET, one, one, rested, np.zeros(1, np.bool_), used, areas, one, one
    )


def greedy(table: Tables, patterns: Sequence[DayPatterns], keep: int = 4) -> Route | None:
    """The best tour of one sweep over the window, None if the sweep finds no way home.

    Args:
        keep: how many of the tours that reach a block are tried further.
    """
    layers = [_begun(table)]
    for day in range(table.days):
        moves = _moves(table, patterns[day], layers[-1], day, keep)
        following = _next(table, patterns[day], layers[-1], moves, day) if moves else None
        if following is None or not len(following):
            return None
        layers.append(following)
    last = layers[-1]
    home = [int(row) for row in np.flatnonzero(last.bed == 0) if _home_and_dry(table, last, int(row))]
    if not home:
        return None
    return route_of(
        table, patterns, layers, range(table.days), max(home, key=lambda row: float(last.score[row]))
    )


def _home_and_dry(table: Tables, labels: Labels, row: int) -> bool:
    """Whether the last open gap gives the rest that is counted on."""
    return not labels.due[row] or table.midnights[-1] - int(labels.gap[row]) >= table.rest_week


def _moves(table: Tables, patterns: DayPatterns, labels: Labels, day: int, keep: int) -> list[_Moves]:
    found = []
    if len(patterns):
        found.append(_plays(table, patterns, labels, day, keep))
    if not table.fixed[day]:
        found.append(_stays(table, labels, day))
        if table.limits[day].moves and len(table.beds) > 1:
            found.append(_drives(table, labels, day))
    return found


def _earliest(table: Tables, labels: Labels, day: int) -> tuple[Ints, Ints]:
    """By label: the first minute duty may start, and the one from which the open gap is a weekly rest."""
    rested_from = labels.gap + table.rest_week - table.midnights[day]
    low = np.maximum(table.limits[day].opens, labels.ready - table.midnights[day])
    return np.where(labels.due, np.maximum(low, rested_from), low), rested_from


def _plays(table: Tables, patterns: DayPatterns, labels: Labels, day: int, keep: int) -> _Moves:
    """For each bed and state of rest the best label and block that lead there."""
    rows, arrive, score, rested = _arrivals(table, patterns, labels, day, keep)
    into = patterns.drive_in[labels.bed[rows], np.arange(len(patterns))]
    end = (arrive + patterns.length)[:, :, None] + patterns.drive_out
    breaks = patterns.breaks_in[labels.bed[rows], np.arange(len(patterns))][:, :, None] + patterns.breaks_out
    road = (into + patterns.drive)[:, :, None] + patterns.drive_out - breaks
    length = (into + patterns.length)[:, :, None] + patterns.drive_out
    limits = table.limits[day]
    legal = (end <= limits.closes) & (road <= limits.drive) & (length <= limits.span) & _goals(table, day)
    total = np.where(legal, score[:, :, None] - patterns.cost_out - EARLY * end, IMPOSSIBLE)
    parts = [_best(np.where(rested[:, :, None] == state, total, IMPOSSIBLE)) for state in (False, True)]
    flat, bed = np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    kept, pattern = np.divmod(flat, len(patterns))
    return _Moves(
        rows[kept, pattern], pattern, bed, total[kept, pattern, bed] + EARLY * end[kept, pattern, bed],
        end[kept, pattern, bed] + table.midnights[day], rested[kept, pattern], True,
    )  # fmt: skip


def _goals(table: Tables, day: int) -> Bools:
    """(B,) where the night after the day may be spent."""
    return table.limits[day].goals(len(table.beds))


def _best(total: Floats) -> tuple[Ints, Ints]:
    """For each bed that can be reached, the flat number of the best (label, block) and the bed."""
    flat = total.reshape(-1, total.shape[-1])
    best = flat.argmax(axis=0)
    beds = np.flatnonzero(flat[best, np.arange(flat.shape[1])] > IMPOSSIBLE / 2)
    return best[beds], beds


def _arrivals(
    table: Tables, patterns: DayPatterns, labels: Labels, day: int, keep: int
) -> tuple[Ints, Ints, Floats, Bools]:
    """(T, P) the `keep` best labels for each block: row, arrival at the first stop, score, rested after it."""
    low, rested_from = _earliest(table, labels, day)
    into = patterns.drive_in[labels.bed]
    arrive = np.maximum(patterns.arrive, low[:, None] + into)
    wishes_rest = (~labels.rested & (labels.free > 0))[:, None]
    stretched = np.maximum(arrive, rested_from[:, None] + into)
    arrive = np.where(wishes_rest & (stretched <= patterns.arrive_latest), stretched, arrive)
    rested = labels.rested[:, None] | (wishes_rest & (arrive - into >= rested_from[:, None]))
    barred = labels.used[:, patterns.stops].any(axis=2)
    new = (~labels.areas[:, patterns.areas]).sum(axis=2)
    score = labels.score[:, None] + patterns.reward + new * float(table.problem.costs.municipality_bonus)
    score = score - patterns.cost_in[labels.bed]
    road = into - patterns.breaks_in[labels.bed] + patterns.drive
    legal = ~barred & (arrive <= patterns.arrive_latest) & (road <= table.limits[day].drive)
    score = np.where(legal, score, IMPOSSIBLE)
    count = min(keep, len(labels))
    rows = np.argpartition(-score, count - 1, axis=0)[:count]
    columns = np.arange(len(patterns))
    return rows, arrive[rows, columns], score[rows, columns], rested[rows, columns]


def _stays(table: Tables, labels: Labels, day: int) -> _Moves:
    rows = np.arange(len(labels))
    rows = rows[_goals(table, day)[labels.bed]]
    night = np.where(labels.bed == 0, 0.0, float(table.problem.costs.per_night_away))
    score = (labels.score - night)[rows]
    return _Moves(
        rows, np.full(len(rows), -1), labels.bed[rows], score, labels.gap[rows], labels.rested[rows], False
    )


def _drives(table: Tables, labels: Labels, day: int) -> _Moves:
    """Every move from a label's bed to another bed on a day without stops."""
    costs, limits = table.problem.costs, table.limits[day]
    between = np.ix_(table.beds[labels.bed], table.beds)
    road, way = table.roads[day].drive[between], table.roads[day].move[between]
    low, rested_from = _earliest(table, labels, day)
    depart = np.repeat(low[:, None], len(table.beds), axis=1)
    wishes_rest = (~labels.rested & (labels.free > 0))[:, None]
    stretched = np.maximum(depart, rested_from[:, None])
    depart = np.where(wishes_rest & (stretched + way <= limits.closes), stretched, depart)
    legal = (
        (depart + way <= limits.closes) & (road <= limits.drive) & (way <= limits.span) & _goals(table, day)
    )
    legal &= labels.bed[:, None] != np.arange(len(table.beds))
    rows, bed = np.nonzero(legal)
    km = table.roads[day].km[table.beds[labels.bed[rows]], table.beds[bed]]
    night = np.where(bed == 0, 0.0, float(costs.per_night_away))
    rested = (labels.rested[:, None] | (wishes_rest & (depart >= rested_from[:, None])))[rows, bed]
    score = labels.score[rows] - km * float(costs.per_km) - night
    return _Moves(
        rows,
        np.full(len(rows), -1),
        bed,
        score,
        (depart + way)[rows, bed] + table.midnights[day],
        rested,
        True,
    )


def _next(table: Tables, patterns: DayPatterns, labels: Labels, moves: list[_Moves], day: int) -> Labels:
    """The best move for every bed and state of rest, as the labels after the day."""
    joined = Labels(
        *(
            np.concatenate(column)
            for column in zip(*(_moved(table, labels, m, day) for m in moves), strict=True)
        )
    )
    if table.week_of[day] >= 0 and (day + 1 == table.days or table.week_of[day + 1] != table.week_of[day]):
        joined = _week_closed(joined)
    if day + 1 < table.days and table.week_of[day + 1] != table.week_of[day]:
        joined = _week_opened(joined, needed=table.week_of[day + 1] >= 0)
    joined = joined.taken(_leaders(joined))
    return _with_stops(table, patterns, joined)


def _moved(table: Tables, labels: Labels, moves: _Moves, day: int) -> tuple[np.ndarray, ...]:
    """The columns of the labels that the moves lead to; stops are not yet marked as used."""
    rows = moves.parent
    gap = moves.end if moves.moved else labels.gap[rows]
    ready = moves.end + table.limits[day].rest if moves.moved else labels.ready[rows]
    free = np.zeros(len(rows), dtype=np.int64) if moves.moved else labels.free[rows] + 1
    due = np.zeros(len(rows), dtype=np.bool_) if moves.moved else labels.due[rows]
    return (
        moves.bed, moves.score, ready, gap, free, moves.rested, due,
        labels.used[rows], labels.areas[rows], rows, moves.pattern,
    )  # fmt: skip


def _week_closed(labels: Labels) -> Labels:
    """A week without its rest counts on the open gap, or the tour ends here."""
    alive = np.flatnonzero(labels.rested | (labels.free > 0))
    kept = labels.taken(alive)
    return Labels(**{**vars(kept), "due": kept.due | ~kept.rested})


def _week_opened(labels: Labels, needed: bool) -> Labels:
    fresh = np.full(len(labels), not needed)
    return Labels(**{**vars(labels), "rested": fresh, "free": np.zeros(len(labels), dtype=np.int64)})


def _leaders(labels: Labels) -> Ints:
    """The best row for each bed and state of rest."""
    state = labels.bed * 3 + np.where(labels.rested & ~labels.due, 2, (labels.free > 0) | labels.due)
    order = np.lexsort((labels.ready, -labels.score, state))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = state[order][1:] != state[order][:-1]
    return order[first]


def _with_stops(table: Tables, patterns: DayPatterns, labels: Labels) -> Labels:
    """The labels with the stops of the day, their groups and their municipalities marked."""
    used, areas = labels.used.copy(), labels.areas.copy()
    for row in np.flatnonzero(labels.pattern >= 0):
        pattern = int(labels.pattern[row])
        stops = patterns.blocks[pattern].stops
        used[row, list(set(stops).union(*(table.conflicts[c] for c in stops)))] = True
        areas[row, patterns.areas[pattern]] = True
    return Labels(**{**vars(labels), "used": used, "areas": areas})
