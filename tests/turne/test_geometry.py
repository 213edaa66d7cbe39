"""Shapes on the plane: simple figures whose answers one can draw."""

import pytest

from turne.web.geometry import bounds, clip, cut_line, distance_inside, gaps, is_inside, pole

SQUARE = ((0, 0), (10, 0), (10, 10), (0, 10), (0, 0))
HOLE = ((4, 4), (6, 4), (6, 6), (4, 6), (4, 4))
#: An L: its middle by bounding box lies outside.
CORNER = ((0, 0), (10, 0), (10, 2), (2, 2), (2, 10), (0, 10), (0, 0))


def test_the_pole_of_a_square_is_its_middle():
    assert pole([SQUARE]) == (5, 5)


def test_the_pole_of_a_bent_area_lies_inside_it():
    assert is_inside(pole([CORNER]), [CORNER])


def test_the_pole_keeps_clear_of_a_hole():
    assert distance_inside(pole([SQUARE, HOLE]), [SQUARE, HOLE]) == pytest.approx(2.4, abs=0.6)


def test_a_hole_is_outside():
    assert [is_inside(point, [SQUARE, HOLE]) for point in ((2, 2), (5, 5), (11, 5))] == [True, False, False]


def test_distance_is_negative_outside():
    assert (distance_inside((5, 5), [SQUARE]), distance_inside((13, 5), [SQUARE])) == (5, -3)


def test_bounds_are_left_top_right_bottom():
    assert bounds([(3, 1), (-2, 8), (0, 0)]) == (-2, 0, 3, 8)


def test_a_ring_inside_the_frame_is_not_cut():
    assert clip(HOLE, 10, 10) == HOLE


def test_a_ring_that_reaches_out_is_cut_at_the_edge():
    assert bounds(clip(((5, 5), (20, 5), (20, 8), (5, 8), (5, 5)), 10, 10)) == (5, 5, 10, 8)


def test_a_ring_beyond_the_frame_leaves_nothing():
    assert clip(((20, 20), (30, 20), (30, 30), (20, 20)), 10, 10) == ()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (((2, 2), (8, 8)), ((2, 2), (8, 8))),
        (((-5, 5), (15, 5)), ((0, 5), (10, 5))),
        (((-5, -5), (-1, 20)), None),
        (((3, -5), (3, 4)), ((3, 0), (3, 4))),
        (((12, 1), (12, 9)), None),
    ],
)
def test_a_line_is_cut_to_the_box(line, left):
    assert cut_line(*line, (0, 0, 10, 10)) == left


def test_areas_that_share_all_inner_edges_enclose_nothing():
    left = ((0, 0), (5, 0), (5, 10), (0, 10), (0, 0))
    right = ((5, 0), (10, 0), (10, 10), (5, 10), (5, 0))
    assert gaps([left, right]) == []


def test_a_lake_between_two_areas_is_found():
    left = ((0, 0), (5, 0), (5, 4), (4, 5), (5, 6), (5, 10), (0, 10), (0, 0))
    right = ((5, 0), (10, 0), (10, 10), (5, 10), (5, 6), (6, 5), (5, 4), (5, 0))
    [lake] = gaps([left, right])
    assert (set(lake), lake[0] == lake[-1]) == ({(4, 5), (5, 4), (6, 5), (5, 6)}, True)
