"""Entry rows: a stop inside a set of places, on some days, cannot be played more than the set is entered.

Without them half a party may stay in each corner of the region and save the way between, or a sixth of a party may
stay in one place for six days and play the same stop on each of them (generalised subtour elimination, as in the
prize-collecting travelling salesman problem: Fischetti, Salazar, Toth, Operations Research 45, 1997; here over places
at days, so that the way there on one day does not pay for a stop on another).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from .columns import Column
from .tables import Bools, Floats, Ints, Tables

VIOLATED = 1e-3
"""A row is added when the relaxation breaks it by more than this."""

ENTRIES = 60
"""At most so many rows are added at once."""

SOURCE, SINK = -1, -2
"""Home on any day, and the stops of one candidate."""

Network = dict[int, dict[int, float]]
"""By node the nodes before it and how much comes from each."""


class Entry(NamedTuple):
    """A candidate (or, if `area`, a municipality) inside a set of places at days needs the set to be entered.

    Attributes:
        inside: (D, N) the set; it never holds home.
        counted: (D,) the days on which playing the candidate counts; none for a municipality.
        target: number of the candidate or of the municipality.
    """

    inside: Bools
    counted: Bools
    target: int
    area: bool


def entered(cut: Entry, legs: Ints, days: Ints) -> Ints:
    """(n,) how often columns come into the set, overnight or on the road."""
    here, there = cut.inside[days[:, None], legs[:, :, 0]], cut.inside[days[:, None], legs[:, :, 1]]
    overnight = here[:, 0] & ~cut.inside[days - 1, legs[:, 0, 0]]
    return np.asarray((~here & there).sum(axis=1) + overnight)


def broken_entries(
    table: Tables, used: Sequence[tuple[Column, float]], legs: Ints, stops: Ints, reached: Floats
) -> list[Entry]:
    """Entry rows that the relaxation breaks, the most broken first.

    Args:
        used: columns with their positive values in the relaxation.
        legs, stops: their drives and candidates.
        reached: (U,) how much of each municipality's bonus is taken.
    """
    network = _network(table, used, legs)
    found = [*_stops_broken(table, used, stops, network), *_areas_broken(table, network, reached)]
    return [entry for _, entry in sorted(found, key=lambda one: -one[0])[:ENTRIES]]


def _network(table: Tables, used: Sequence[tuple[Column, float]], legs: Ints) -> Network:
    """The relaxation's ways through places at days; node day * N + place."""
    home, count = int(table.beds[0]), table.places
    network: Network = defaultdict(lambda: defaultdict(float))
    for (column, weight), ways in zip(used, legs.tolist(), strict=True):
        base = column.day * count
        origin = ways[0][0]
        if origin != home:
            network[base + origin][base - count + origin] += weight
        for a, b in ways:
            if a != b and b != home:
                network[base + b][SOURCE if a == home else base + a] += weight
    return network


def _stops_broken(
    table: Tables, used: Sequence[tuple[Column, float]], stops: Ints, network: Network
) -> Iterable[tuple[float, Entry]]:
    """For each candidate and each stay away from home that plays it."""
    home, count = int(table.beds[0]), table.places
    stay = _stays(network)
    claims: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (column, weight), played in zip(used, stops.tolist(), strict=True):
        for c in played:
            if c < len(table.place) and table.place[c] != home:
                node = column.day * count + int(table.place[c])
                claims[c, stay[node]][node] += weight
    for (c, _), claim in claims.items():
        flow, reaching = greatest_flow(network, claim)
        if flow < sum(claim.values()) - VIOLATED:
            inside = _inside(table, reaching)
            yield sum(claim.values()) - flow, Entry(inside, inside[:, table.place[c]], c, False)


def _areas_broken(table: Tables, network: Network, reached: Floats) -> Iterable[tuple[float, Entry]]:
    """For each municipality that does not hold home, over the whole window."""
    home, count = int(table.beds[0]), table.places
    for u in np.flatnonzero(reached > VIOLATED):
        places = {int(p) for p in table.place[table.area == u]}
        if home in places:
            continue
        nodes = [day * count + place for day in range(table.days) for place in places]
        flow, reaching = greatest_flow(network, dict.fromkeys(nodes, 2.0 * table.days))
        if flow < reached[u] - VIOLATED:
            inside = _inside(table, reaching)
            yield float(reached[u]) - flow, Entry(inside, np.zeros(table.days, dtype=np.bool_), int(u), True)


def _stays(network: Network) -> dict[int, int]:
    """Each node's part of the network without home."""
    leader: dict[int, int] = {}

    def find(node: int) -> int:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for node, before in network.items():
        for other in before:
            if other != SOURCE:
                leader[find(node)] = find(other)
        find(node)
    return {node: find(node) for node in [*leader]}


def greatest_flow(network: Network, claim: dict[int, float]) -> tuple[float, set[int]]:
    """The greatest flow from home that the claims can take, and the nodes that can still reach a claim."""
    rest: Network = {SINK: dict(claim)}
    flow = 0.0
    while True:
        after = _searched(network, rest)
        if SOURCE not in after:
            return flow, set(after) - {SINK}
        path = [SOURCE]
        while path[-1] != SINK:
            path.append(after[path[-1]])
        steps = list(zip(path, path[1:], strict=False))
        pushed = min(rest[b][a] for a, b in steps)
        for a, b in steps:
            rest[b][a] -= pushed
            if a != SOURCE:
                rest[a][b] = rest[a].get(b, 0.0) + pushed
        flow += pushed


def _searched(network: Network, rest: Network) -> dict[int, int]:
    """From the claims backwards: each node found with the next one on its way; stops at home."""
    after = {SINK: SINK}
    queue = deque([SINK])
    while queue:
        node = queue.popleft()
        if node not in rest:
            rest[node] = dict(network.get(node, {}))
        for before, room in rest[node].items():
            if room > 1e-9 and before not in after:
                after[before] = node
                if before == SOURCE:
                    return after
                queue.append(before)
    return after


def _inside(table: Tables, nodes: set[int]) -> Bools:
    inside = np.zeros((table.days, table.places), dtype=np.bool_)
    inside.flat[[node for node in nodes if node >= 0]] = True
    return inside
