"""Who reads what: each thing gets its readers, as evenly as conflicts allow. Values in, values out; no database.

Every thing gets as many readers as it may have, up to what is wanted; the readers' loads are as even as can be: no
other way of dealing has a smaller sum of squares, and so none a smaller highest load. Source: Harvey, Ladner, Lovász,
Tamir, "Semi-matchings for bipartite graphs and load balancing", Journal of Algorithms 59 (2006), §3: one grows the
matching by paths to the reader with the least load that can be reached. Here a thing has several readers, and at least
one expert from outside where one may read it, which takes one of the places from the others.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]
#: A place that is looked at on the way: a thing, one kind of its readers, or a reader.
_Node = tuple[str, int, bool]


@dataclass(frozen=True)
class Ground:
    """What there is to deal.

    Attributes:
        things: in their order.
        readers: in their order, with whether each is from outside.
        may: (thing, reader) for each that may read it.
        wanted: how many read each thing.
        fixed: (thing, reader) that stand; they count into loads, and are not dealt anew.
        filled: thing -> (readers of the house, from outside) that have read it and are not among the readers any more.
    """

    things: Sequence[int]
    readers: Mapping[int, bool]
    may: Collection[Pair]
    wanted: int
    fixed: Collection[Pair] = ()
    filled: Mapping[int, Pair] = field(default_factory=dict)


def deal(ground: Ground) -> list[Pair]:
    """The new (thing, reader), beside those that are fixed; the same ground always gives the same."""
    table = _Table(ground)
    for thing in ground.things:
        for _one in range(table.need[thing]):
            if not table.give(thing):
                break
    return sorted((thing, reader) for thing, readers in table.dealt.items() for reader in readers)


def loads(ground: Ground, dealt: Collection[Pair]) -> dict[int, int]:
    """How many each reader has then, what is fixed included."""
    count = dict.fromkeys(ground.readers, 0)
    for _thing, reader in {*ground.fixed, *dealt}:
        if reader in count:
            count[reader] += 1
    return count


class _Table:
    """What is dealt so far, grown one reader of one thing at a time."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        fixed = set(ground.fixed)
        self.load = loads(ground, ())
        self.dealt: dict[int, set[int]] = {thing: set() for thing in ground.things}
        self.free = _free(ground, fixed)
        self.need: dict[int, int] = {}
        self.house: dict[int, int] = {}
        for thing in ground.things:
            house, outside = ground.filled.get(thing, (0, 0))
            for reader in ground.readers:
                if (thing, reader) in fixed:
                    house, outside = house + (not ground.readers[reader]), outside + ground.readers[reader]
            need = max(0, ground.wanted - house - outside)
            has_choice = any(ground.readers[reader] for reader in self.free[thing])
            self.need[thing] = need
            self.house[thing] = max(0, need - 1) if has_choice and not outside else need

    def give(self, thing: int) -> bool:
        """One more reader for the thing, if need be by moving others; False where there is none."""
        start: _Node = ("thing", thing, False)
        came: dict[_Node, _Node | None] = {start: None}
        queue, best = deque([start]), None
        order = {reader: number for number, reader in enumerate(self.ground.readers)}
        while queue:
            node = queue.popleft()
            if node[0] == "reader":
                rank = (self.load[node[1]], order[node[1]])
                if best is None or rank < (self.load[best[1]], order[best[1]]):
                    best = node
            for after in self._after(node):
                if after not in came:
                    came[after] = node
                    queue.append(after)
        if best is None:
            return False
        self._move(came, best)
        return True

    def _after(self, node: _Node) -> list[_Node]:
        """Where one comes from there: a reader can take it, or can give up another thing that somebody else takes."""
        what, key, outside = node
        if what == "thing":
            of_house = sum(not self.ground.readers[reader] for reader in self.dealt[key])
            kinds = [True] if of_house >= self.house[key] else [False, True]
            return [("kind", key, kind) for kind in kinds]
        if what == "kind":
            mine = self.dealt[key]
            found: list[_Node] = [
                ("reader", reader, False)
                for reader in self.free[key]
                if reader not in mine and self.ground.readers[reader] == outside
            ]
            if any(self.ground.readers[reader] == outside for reader in mine):
                found.append(("thing", key, False))
            return found
        kind = self.ground.readers[key]
        return [("kind", thing, kind) for thing in self.ground.things if key in self.dealt[thing]]

    def _move(self, came: dict[_Node, _Node | None], end: _Node) -> None:
        """Along the way back: each reader takes what it leads to, and gives up what it came from."""
        self.load[end[1]] += 1
        taken: list[Pair] = []
        given: list[Pair] = []
        node: _Node | None = end
        while node is not None:
            before = came[node]
            if before is not None and node[0] == "reader":
                taken.append((before[1], node[1]))
            if before is not None and before[0] == "reader":
                given.append((node[1], before[1]))
            node = before
        for thing, reader in given:
            self.dealt[thing].discard(reader)
        for thing, reader in taken:
            self.dealt[thing].add(reader)


def _free(ground: Ground, fixed: set[Pair]) -> dict[int, list[int]]:
    may = set(ground.may)
    return {
        thing: [
            reader for reader in ground.readers if (thing, reader) in may and (thing, reader) not in fixed
        ]
        for thing in ground.things
    }
