"""Groups dealt over the shows of one day, each of them whole: values in, values out.

First the largest group to the emptiest show, which evens the shows out; where that does not come out, all ways are
tried, so "it cannot be done" is never said where it could. Groups are few and shows at most six.
"""

from collections.abc import Mapping, Sequence

#: The most groups that are dealt. Source: the house's choice; a school with more wishes twice.
GROUPS_MAX = 24


def deal(
    heads: Sequence[int], shows_count: int, most: int, fixed: Mapping[int, int] | None = None
) -> list[int] | None:
    """By group the number of its show, from 1; None where no way keeps every show within `most` persons.

    Args:
        heads: by group how many they are, pupils and adults.
        fixed: index of a group -> the show that somebody has chosen for it.
    """
    chosen = dict(fixed or {})
    loads = [0] * shows_count
    for index, show in chosen.items():
        loads[show - 1] += heads[index]
    left = sorted((i for i in range(len(heads)) if i not in chosen), key=lambda i: (-heads[i], i))
    if max(loads, default=0) > most or sum(loads) + sum(heads[i] for i in left) > shows_count * most:
        return None
    found = _evenly(heads, left, loads, most) or _by_search(heads, left, loads, most)
    return None if found is None else [(chosen | found)[i] for i in range(len(heads))]


def fewest(heads: Sequence[int], most: int, up_to: int) -> int | None:
    """How many shows the groups need at least; None where `up_to` are not enough."""
    enough = (count for count in range(1, up_to + 1) if deal(heads, count, most) is not None)
    return next(enough, None)


def _evenly(
    heads: Sequence[int], left: Sequence[int], loads: Sequence[int], most: int
) -> dict[int, int] | None:
    """The largest group to the emptiest show, and so on."""
    loads, found = list(loads), {}
    for index in left:
        show = min(range(len(loads)), key=lambda s: (loads[s], s))
        loads[show] += heads[index]
        found[index] = show + 1
    return found if max(loads) <= most else None


def _by_search(
    heads: Sequence[int], left: Sequence[int], loads: Sequence[int], most: int
) -> dict[int, int] | None:
    """Every way, the largest group first. Shows that are equally full are tried once, and no situation twice."""
    tail = [0] * (len(left) + 1)
    for place in range(len(left) - 1, -1, -1):
        tail[place] = tail[place + 1] + heads[left[place]]
    dead: set[tuple[int, tuple[int, ...]]] = set()

    def put(place: int, full: list[int]) -> dict[int, int] | None:
        if place == len(left):
            return {}
        situation = place, tuple(sorted(full))
        smallest = heads[left[-1]]
        room = sum(most - load for load in full if most - load >= smallest)
        if situation in dead or room < tail[place]:
            return None
        index, tried = left[place], set()
        for show, load in enumerate(full):
            if load in tried or load + heads[index] > most:
                continue
            tried.add(load)
            rest = put(place + 1, [*full[:show], load + heads[index], *full[show + 1 :]])
            if rest is not None:
                return {index: show + 1, **rest}
        dead.add(situation)
        return None

    return put(0, list(loads))
