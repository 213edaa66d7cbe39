"""How far an ensemble travels, as the allotment counts it: along one tree of short ways between all places.

The tree is a shortest one that joins the places (Kruskal's and Prim's minimum spanning tree, over the sum of both
directions). A production that plays at some places travels, there and back, every way of the tree that lies between
its home and one of them. A round along the tree is a round that could be driven, so the shortest round over these ways
is never longer; the tour planner finds it later. What several setting-outs cost more is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from .distances import Table
from .problem import Problem


def trees_of(problem: Problem) -> Trees:
    """The tree of the problem's places; of the last problems it is kept."""
    homes = tuple(problem.place_number[production.home] for production in problem.productions)
    return _kept(problem.km, homes)


class Trees:
    """The tree of a table of ways, seen from the homes of productions.

    Attributes:
        parent: by production and place, the place before it on the way from home; -1 for home and where no road leads.
        km: by production and place, kilometres from the place before it and back.
    """

    def __init__(self, km: Table, homes: tuple[int, ...]) -> None:
        joined = _joined(km)
        found = {home: _seen_from(home, joined) for home in homes}
        self.home = list(homes)
        self.parent = [found[home][0] for home in homes]
        self.km = [found[home][1] for home in homes]

    def reaches(self, production: int, place: int) -> bool:
        """Whether a road leads from the production's home to the place."""
        return place == self.home[production] or self.parent[production][place] >= 0

    def way(self, production: int, place: int) -> list[int]:
        """The places on the way from home, `place` first, home left out; only `place` where no road leads."""
        parent, found = self.parent[production], []
        while place != self.home[production] and place >= 0:
            found.append(place)
            place = parent[place]
        return found

    def length(self, production: int, places: Iterable[int]) -> float:
        """Kilometres of the ways between home and these places, there and back."""
        met = {step for place in places for step in self.way(production, place)}
        return sum(self.km[production][step] for step in sorted(met))


_kept = lru_cache(maxsize=4)(Trees)


def _joined(table: Table) -> list[list[tuple[int, float]]]:
    """The neighbours of each place in the tree, with kilometres there and back."""
    km = np.array([[np.inf if one is None else one for one in row] for row in table], dtype=float)
    km = km.reshape(len(table), len(table))
    both = km + km.T
    near: list[list[tuple[int, float]]] = [[] for _ in table]
    outside = np.ones(len(both), dtype=bool)
    while outside.any():
        start = int(np.flatnonzero(outside)[0])
        outside[start] = False
        least, by = both[start].copy(), np.full(len(both), start)
        while True:
            open_ = np.where(outside, least, np.inf)
            place = int(open_.argmin())
            if not np.isfinite(open_[place]):
                break
            outside[place] = False
            near[place].append((int(by[place]), float(least[place])))
            near[int(by[place])].append((place, float(least[place])))
            closer = both[place] < least
            least, by = np.where(closer, both[place], least), np.where(closer, place, by)
    return near


def _seen_from(home: int, near: list[list[tuple[int, float]]]) -> tuple[list[int], list[float]]:
    parent, km = [-1] * len(near), [0.0] * len(near)
    waiting = [home]
    while waiting:
        place = waiting.pop()
        for neighbour, length in near[place]:
            if neighbour != home and parent[neighbour] < 0:
                parent[neighbour], km[neighbour] = place, length
                waiting.append(neighbour)
    return parent, km
