"""Dealing applications to readers: against every other way of dealing, on small cases."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.balancing import Ground, Pair, deal, loads


@st.composite
def grounds(draw: st.DrawFn, fixed: bool = False) -> Ground:
    """Up to four things and four readers, some from outside, with whatever conflicts."""
    things = list(range(1, draw(st.integers(1, 4)) + 1))
    readers = {reader: draw(st.booleans()) for reader in range(11, draw(st.integers(11, 14)) + 1)}
    may = [pair for pair in product(things, readers) if draw(st.integers(0, 3))]
    wanted = draw(st.integers(1, 3))
    stands: list[Pair] = []
    if fixed:
        stands = [pair for pair in may if not draw(st.integers(0, 3))]
    return Ground(things, readers, may, wanted, stands)


def ways(ground: Ground) -> Iterator[set[Pair]]:
    """All ways to deal what can be dealt, with somebody from outside where that is possible."""
    choices = []
    for thing in ground.things:
        stands = [reader for at, reader in ground.fixed if at == thing]
        free = [reader for at, reader in ground.may if at == thing and reader not in stands]
        need = min(max(0, ground.wanted - len(stands)), len(free))
        all_sets = [set(some) for some in combinations(free, need)]
        outside = {reader for reader in free if ground.readers[reader]}
        has_one = any(ground.readers[reader] for reader in stands)
        if outside and need and not has_one:
            all_sets = [some for some in all_sets if some & outside]
        choices.append([{(thing, reader) for reader in some} for some in all_sets])
    for chosen in product(*choices):
        yield set().union(*chosen)


def squares(ground: Ground, dealt: set[Pair]) -> int:
    return sum(load * load for load in loads(ground, dealt).values())


@settings(max_examples=150, deadline=None)
@given(grounds())
def test_no_other_way_is_more_even(ground: Ground) -> None:
    dealt = set(deal(ground))
    every = list(ways(ground))
    assert dealt in every
    assert squares(ground, dealt) == min(squares(ground, way) for way in every)
    assert max(loads(ground, dealt).values()) == min(max(loads(ground, way).values()) for way in every)


@settings(max_examples=150, deadline=None)
@given(grounds(fixed=True))
def test_what_stands_is_kept_and_the_rest_as_even_as_it_lets(ground: Ground) -> None:
    dealt = set(deal(ground))
    every = list(ways(ground))
    assert dealt in every
    assert not dealt & set(ground.fixed)
    assert squares(ground, dealt) == min(squares(ground, way) for way in every)


@settings(max_examples=100, deadline=None)
@given(grounds(fixed=True))
def test_the_same_ground_gives_the_same(ground: Ground) -> None:
    assert deal(ground) == deal(ground)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 40), st.integers(1, 8), st.integers(1, 3))
def test_without_conflicts_loads_differ_by_one_at_the_most(things: int, readers: int, wanted: int) -> None:
    names = dict.fromkeys(range(readers), False)
    ground = Ground(range(100, 100 + things), names, list(product(range(100, 100 + things), names)), wanted)
    found = loads(ground, deal(ground)).values()
    assert max(found) - min(found) <= 1
    assert sum(found) == things * min(wanted, readers)


def test_who_has_read_it_and_left_fills_a_place() -> None:
    ground = Ground([1], {11: False, 12: True}, [(1, 11), (1, 12)], 2, filled={1: (1, 0)})
    assert deal(ground) == [(1, 12)]


def test_one_from_outside_reads_each_where_there_are_any() -> None:
    names = {11: False, 12: False, 13: True, 14: True}
    ground = Ground(range(6), names, list(product(range(6), names)), 2)
    dealt = deal(ground)
    assert all(any(names[reader] for at, reader in dealt if at == thing) for thing in range(6))
    assert loads(ground, dealt) == dict.fromkeys(names, 3)


def test_many_are_dealt_at_once() -> None:
    """As many as applied to the residency that is known here (67), by a large panel."""
    names = {reader: reader % 3 == 0 for reader in range(12)}
    things = range(100, 167)
    may = [pair for pair in product(things, names) if (pair[0] * 7 + pair[1]) % 11]
    found = loads(Ground(things, names, may, 3), deal(Ground(things, names, may, 3)))
    assert (sum(found.values()), max(found.values()) - min(found.values())) == (201, 1)
