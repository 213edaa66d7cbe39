"""Classes into shows: the fewest shows that hold them, none divided, exactly."""

from __future__ import annotations

from functools import lru_cache

MOST_STEPS = 3_000
"""So many steps a search takes. One that is cut short may give a show too many, and `fits` then says yes."""


def fewest(capacity: int, sizes: tuple[int, ...]) -> int:
    """The fewest shows of so many seats that hold classes of these sizes, sorted downwards; each at most `capacity`."""
    return len(packed(capacity, sizes))


@lru_cache(maxsize=200_000)
def fits(capacity: int, sizes: tuple[int, ...], shows: int) -> bool:
    """Whether so many shows hold classes of these sizes, sorted downwards; also where that is not decided."""
    if len(sizes) <= shows or simple(capacity, sizes) <= shows:
        return True
    if at_least(capacity, sizes) > shows:
        return False
    search = _Search(capacity, sizes, shows)
    return search.found() is not None or search.is_cut


def simple(capacity: int, sizes: tuple[int, ...]) -> int:
    """So many shows suffice: each class, the greatest first, in the first show with room."""
    return len(_first_fit(capacity, sizes))


def at_least(capacity: int, sizes: tuple[int, ...]) -> int:
    """So many shows are needed at least: by the seats, and by the classes that cannot share one.

    Source: Martello and Toth's bound L2 for bin packing, with every size up to half a show as its threshold.
    """
    most = -(-sum(sizes) // capacity)
    for small in {size for size in sizes if 2 * size <= capacity} | {0}:
        alone = sum(1 for size in sizes if size > capacity - small)
        middle = [size for size in sizes if capacity - small >= size > capacity / 2]
        rest = sum(size for size in sizes if capacity / 2 >= size >= small)
        over = rest - (len(middle) * capacity - sum(middle))
        most = max(most, alone + len(middle) + max(0, -(-over // capacity)))
    return most


@lru_cache(maxsize=200_000)
def packed(capacity: int, sizes: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The shows of a fewest packing, each with the numbers of its classes; `sizes` is sorted downwards."""
    best = _first_fit(capacity, sizes)
    least = at_least(capacity, sizes) if len(best) > 1 else 1
    while len(best) > least:
        fewer = _Search(capacity, sizes, len(best) - 1).found()
        if fewer is None:
            break
        best = fewer
    return tuple(tuple(show) for show in best)


def _first_fit(capacity: int, sizes: tuple[int, ...]) -> list[list[int]]:
    shows: list[list[int]] = []
    left: list[int] = []
    for i, size in enumerate(sizes):
        for j, room in enumerate(left):
            if room >= size:
                shows[j].append(i)
                left[j] -= size
                break
        else:
            shows.append([i])
            left.append(capacity - size)
    return shows


class _Search:
    """Depth first: each class into every show that differs in what is left, or into a new one.

    Room that no class fits into any more is lost; where more is lost than can be, there is no packing.
    """

    def __init__(self, capacity: int, sizes: tuple[int, ...], shows: int) -> None:
        self.capacity, self.sizes, self.most = capacity, sizes, shows
        self.steps, self.spare = 0, shows * capacity - sum(sizes)

    @property
    def is_cut(self) -> bool:
        """Whether the search was cut short."""
        return self.steps > MOST_STEPS

    def found(self) -> list[list[int]] | None:
        """A packing in so many shows, None if none is found."""
        shows: list[list[int]] = []
        return shows if self._place(0, shows, []) else None

    def _place(self, i: int, shows: list[list[int]], left: list[int]) -> bool:
        self.steps += 1
        if i == len(self.sizes):
            return True
        smallest = self.sizes[-1]
        if self.is_cut or sum(room for room in left if room < smallest) > self.spare:
            return False
        size, tried = self.sizes[i], set[int]()
        for j, room in enumerate(left):
            if room >= size and room not in tried:
                tried.add(room)
                shows[j].append(i)
                left[j] -= size
                if self._place(i + 1, shows, left):
                    return True
                left[j] += size
                shows[j].pop()
        if len(shows) < self.most:
            shows.append([i])
            left.append(self.capacity - size)
            if self._place(i + 1, shows, left):
                return True
            shows.pop()
            left.pop()
        return False
