"""Classes into shows: the fewest shows that hold them, none divided, exactly."""

from __future__ import annotations

from functools import lru_cache

MOST_STEPS = 3_000
"""So many steps the exact search takes before it gives the best packing found; none of the bench's came near."""


@lru_cache(maxsize=200_000)
def fewest(capacity: int, sizes: tuple[int, ...]) -> int:
    """The fewest shows of so many seats that hold classes of these sizes, sorted downwards; each at most `capacity`."""
    return len(packed(capacity, sizes))


@lru_cache(maxsize=200_000)
def fits(capacity: int, sizes: tuple[int, ...], shows: int) -> bool:
    """Whether so many shows hold classes of these sizes, sorted downwards; the exact search only where it must be."""
    if sum(sizes) > capacity * shows:
        return False
    return simple(capacity, sizes) <= shows or fewest(capacity, sizes) <= shows


def simple(capacity: int, sizes: tuple[int, ...]) -> int:
    """So many shows suffice: each class, the greatest first, in the first show with room."""
    return len(_first_fit(capacity, sizes))


def at_least(capacity: int, sizes: tuple[int, ...]) -> int:
    """So many shows are needed at least: by the seats, and by the classes that cannot share one."""
    most = max(-(-sum(sizes) // capacity), 1 if sizes else 0)
    for small in {size for size in sizes if 2 * size <= capacity} | {0}:
        # Martello and Toth's bound: classes above capacity - small stand alone, those above half never share a show.
        alone = sum(1 for size in sizes if size > capacity - small)
        middle = [size for size in sizes if capacity - small >= size > capacity / 2]
        rest = sum(size for size in sizes if capacity / 2 >= size >= small)
        over = rest - (len(middle) * capacity - sum(middle))
        most = max(most, alone + len(middle) + max(0, -(-over // capacity)))
    return most


@lru_cache(maxsize=50_000)
def packed(capacity: int, sizes: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The shows of a fewest packing, each with the numbers of its classes; `sizes` is sorted downwards."""
    best = _first_fit(capacity, sizes)
    least = at_least(capacity, sizes)
    if len(best) > least:
        best = _Search(capacity, sizes, best).found(least)
    return tuple(tuple(show) for show in best)


def _first_fit(capacity: int, sizes: tuple[int, ...]) -> list[list[int]]:
    shows: list[list[int]] = []
    left: list[int] = []
    for i, size in enumerate(sizes):
        at = next((j for j, room in enumerate(left) if room >= size), len(shows))
        if at == len(shows):
            shows.append([])
            left.append(capacity)
        shows[at].append(i)
        left[at] -= size
    return shows


class _Search:
    """Depth first: each class into every show that differs in what is left, or into a new one."""

    def __init__(self, capacity: int, sizes: tuple[int, ...], best: list[list[int]]) -> None:
        self.capacity, self.sizes, self.best = capacity, sizes, best
        self.steps, self.rest = 0, [sum(sizes[i:]) for i in range(len(sizes) + 1)]

    def found(self, least: int) -> list[list[int]]:
        """The best packing; the search ends early at one of `least` shows."""
        self.least = least
        self._place(0, [], [])
        return self.best

    def _place(self, i: int, shows: list[list[int]], left: list[int]) -> None:
        self.steps += 1
        if i == len(self.sizes):
            self.best = [list(show) for show in shows]
            return
        over = self.rest[i] - sum(left)
        if len(shows) + max(0, -(-over // self.capacity)) >= len(self.best):
            return
        size, tried = self.sizes[i], set()
        for j in range(len(shows)):
            if left[j] >= size and left[j] not in tried:
                tried.add(left[j])
                shows[j].append(i)
                left[j] -= size
                self._place(i + 1, shows, left)
                left[j] += size
                shows[j].pop()
                if len(self.best) <= self.least or self.steps > MOST_STEPS:
                    return
        if len(shows) + 1 < len(self.best):
            self._place(i + 1, [*shows, [i]], [*left, self.capacity - size])
