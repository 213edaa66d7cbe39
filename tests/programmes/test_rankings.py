"""Scores as a ranking: means by weight, ties, how far assessors lie apart, who is strict."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.rankings import Marks, Ranked, Terms, rank, strictness, weighted

QUALITY, DOABLE = 1, 2
TERMS = Terms({QUALITY: 60, DOABLE: 40}, most=5, wanted=2)


def marks(assessor: int, quality: int, doable: int) -> Marks:
    return Marks(assessor, {QUALITY: quality, DOABLE: doable})


def test_points_are_weighed_by_the_criteria() -> None:
    assert weighted({QUALITY: 5, DOABLE: 2}, TERMS.weights) == Fraction(38, 10)


def test_the_best_mean_stands_first_with_its_spread() -> None:
    found = rank({7: [marks(1, 3, 3), marks(2, 4, 4)], 8: [marks(1, 5, 5), marks(2, 4, 4)]}, TERMS)
    told = [
        (one.key, one.place, one.mean, one.lowest, one.highest, one.spread, one.deviation) for one in found
    ]
    assert told == [
        (8, 1, Fraction(9, 2), 4, 5, 1, 0.5),
        (7, 2, Fraction(7, 2), 3, 4, 1, 0.5),
    ]


def test_those_with_the_same_mean_share_a_place_and_the_next_comes_after_them() -> None:
    alike = {key: [marks(1, 4, 4), marks(2, 3, 3)] for key in (3, 1)}
    found = rank(alike | {2: [marks(1, 2, 2), marks(2, 2, 2)]}, TERMS)
    assert [(one.key, one.place) for one in found] == [(1, 1), (3, 1), (2, 3)]


def test_what_nobody_has_read_has_no_place_and_stands_last() -> None:
    found = rank({1: [], 2: [marks(1, 1, 1)]}, TERMS)
    assert [(one.key, one.place, one.mean, one.readers, one.missing) for one in found] == [
        (2, 1, 1, 1, 1),
        (1, None, None, 0, 2),
    ]


def test_who_has_left_a_criterion_out_is_missing() -> None:
    found = rank({1: [marks(1, 4, 4), Marks(2, {QUALITY: 1})]}, TERMS)[0]
    assert (found.mean, found.readers, found.missing) == (4, 1, 1)


def test_one_reader_has_no_spread_and_no_dispute() -> None:
    found = rank({1: [marks(1, 5, 5)]}, TERMS)[0]
    assert (found.spread, found.deviation, found.is_disputed) == (None, None, False)


@pytest.mark.parametrize(
    ("most", "low", "disputed"), [(5, 3, True), (5, 4, False), (10, 5, True), (10, 6, False)]
)
def test_half_the_scale_apart_is_a_dispute(most: int, low: int, disputed: bool) -> None:
    """Of 1 to 5 two points, of 1 to 10 four and a half."""
    terms = replace(TERMS, most=most)
    assert rank({1: [marks(1, most, most), marks(2, low, low)]}, terms)[0].is_disputed is disputed


def test_one_who_is_strict_is_told_and_corrected_for() -> None:
    """The second gives everybody a point less; the third application is read by the strict one and a mild one."""
    read = {
        key: [marks(1, points, points), marks(2, points - 1, points - 1)]
        for key, points in enumerate((5, 4, 3))
    }
    found = {one.assessor: (one.read, one.mean, one.milder) for one in strictness(read, TERMS)}
    assert found == {1: (3, 4, 1), 2: (3, 3, -1)}
    told = rank(read, TERMS)[0]
    assert (told.mean, told.corrected) == (Fraction(9, 2), Fraction(9, 2))


def test_what_only_strict_ones_have_read_is_lifted() -> None:
    read = {key: [marks(1, 4, 4), marks(2, 2, 2)] for key in range(3)}
    found = {one.key: one.corrected for one in rank(read | {9: [marks(2, 2, 2)]}, TERMS)}
    assert found == {0: 3, 1: 3, 2: 3, 9: 3}


def test_who_has_read_few_is_not_corrected() -> None:
    read = {key: [marks(1, 5, 5), marks(2, 1, 1)] for key in range(2)}
    assert [one.milder for one in strictness(read, TERMS)] == [None, None]


# -- whatever the scores are ---------------------------------------

POINTS = st.integers(1, 5)
READ = st.dictionaries(
    st.integers(1, 8),
    st.dictionaries(st.integers(1, 4), st.tuples(POINTS, POINTS), max_size=4).map(
        lambda given: [marks(assessor, *points) for assessor, points in given.items()]
    ),
    max_size=8,
)


def whatever(*strategies: Any) -> Callable[[Any], Any]:
    """`given`, on a machine that may be busy with other things."""
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return lambda test: patient(given(*strategies)(test))


@whatever(READ, st.integers())
def test_the_order_in_which_they_were_read_does_not_matter(read: dict[int, list[Marks]], seed: int) -> None:
    chance = Random(seed)
    keys = chance.sample(list(read), len(read))
    shuffled = {key: chance.sample(read[key], len(read[key])) for key in keys}
    assert rank(shuffled, TERMS) == rank(read, TERMS)


@whatever(READ)
def test_who_the_assessors_are_does_not_matter(read: dict[int, list[Marks]]) -> None:
    renamed = {key: [Marks(9 - one.assessor, one.points) for one in given] for key, given in read.items()}
    assert list(map(_without_names, rank(renamed, TERMS))) == list(map(_without_names, rank(read, TERMS)))


@whatever(READ, st.integers(1, 50))
def test_only_the_proportion_of_the_weights_matters(read: dict[int, list[Marks]], times: int) -> None:
    scaled = replace(TERMS, weights={key: weight * times for key, weight in TERMS.weights.items()})
    assert rank(read, scaled) == rank(read, TERMS)


@whatever(READ)
def test_means_lie_between_the_lowest_and_the_highest_and_within_the_scale(
    read: dict[int, list[Marks]],
) -> None:
    for one in rank(read, TERMS):
        if one.mean is None or one.lowest is None or one.highest is None or one.corrected is None:
            assert (one.readers, one.place) == (0, None)
            continue
        assert 1 <= one.lowest <= one.mean <= one.highest <= 5
        assert 1 <= one.corrected <= 5
        assert one.deviation is None or 0 <= one.deviation <= one.highest - one.lowest


@whatever(READ)
def test_places_follow_the_means(read: dict[int, list[Marks]]) -> None:
    placed = [one for one in rank(read, TERMS) if one.mean is not None and one.place is not None]
    for one in placed:
        assert one.place == 1 + sum(other.mean > one.mean for other in placed)  # type: ignore[operator]


@whatever(READ)
def test_a_point_more_never_lowers_a_place(read: dict[int, list[Marks]]) -> None:
    for key, given_marks in read.items():
        if not given_marks or given_marks[0].points[QUALITY] == 5:
            continue
        first = given_marks[0]
        better = Marks(first.assessor, {**first.points, QUALITY: first.points[QUALITY] + 1})
        before, after = (
            _place(rank(read, TERMS), key),
            _place(rank(read | {key: [better, *given_marks[1:]]}, TERMS), key),
        )
        assert after <= before


def _place(found: list[Ranked], key: int) -> int:
    place = next(one.place for one in found if one.key == key)
    assert place is not None
    return place


def _without_names(one: Ranked) -> Ranked:
    return replace(one, by_assessor={})
