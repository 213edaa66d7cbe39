"""Groups dealt over shows: whole, within what a show takes, and never refused where a way exists."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tours.dealing import deal, fewest

HEADS = st.lists(st.integers(1, 30), min_size=1, max_size=6)


def loads(heads: list[int], dealt: list[int], shows: int) -> list[int]:
    return [sum(h for h, at in zip(heads, dealt, strict=True) if at == show + 1) for show in range(shows)]


def can(heads: list[int], shows: int, most: int, fixed: dict[int, int]) -> bool:
    """Whether any way of dealing keeps to the most: all of them are tried."""
    ways = product(range(1, shows + 1), repeat=len(heads))
    return any(
        max(loads(heads, list(way), shows)) <= most and all(way[i] == at for i, at in fixed.items())
        for way in ways
    )


def test_two_shows_are_evened_out() -> None:
    assert sorted(loads([26, 24, 20, 22], deal([26, 24, 20, 22], 2, 60), 2)) == [46, 46]


def test_what_evening_out_does_not_find_is_searched_for() -> None:
    heads = [3, 3, 2, 2, 2]  # the largest to the emptiest gives 7 and 5
    assert sorted(loads(heads, deal(heads, 2, 6), 2)) == [6, 6]


def test_a_chosen_show_stays() -> None:
    assert deal([20, 20], 2, 60, {0: 2, 1: 2}) == [2, 2]


def test_a_chosen_show_that_is_full() -> None:
    assert deal([20, 20], 2, 30, {0: 2, 1: 2}) is None


def test_the_fewest_shows() -> None:
    assert (fewest([30, 30, 30], 60, 3), fewest([30, 30, 30], 30, 2)) == (2, None)


@settings(max_examples=150, deadline=None)
@given(HEADS, st.integers(1, 3), st.integers(1, 90), st.data())
def test_it_is_dealt_exactly_where_it_can_be(
    heads: list[int], shows: int, most: int, data: st.DataObject
) -> None:
    fixed = data.draw(
        st.dictionaries(st.integers(0, len(heads) - 1), st.integers(1, shows), max_size=2), label="fixed"
    )
    dealt = deal(heads, shows, most, fixed)
    assert (dealt is not None) == can(heads, shows, most, fixed)
    if dealt is not None:
        assert max(loads(heads, dealt, shows)) <= most
        assert all(dealt[i] == at for i, at in fixed.items())


@settings(max_examples=40, deadline=2000)
@given(st.lists(st.integers(8, 34), min_size=20, max_size=24), st.integers(2, 6), st.integers(0, 3))
def test_a_large_school_is_dealt_in_no_time(heads: list[int], shows: int, slack: int) -> None:
    most = max(max(heads), -(-sum(heads) // shows) + slack)
    dealt = deal(heads, shows, most)
    assert dealt is None or max(loads(heads, dealt, shows)) <= most
