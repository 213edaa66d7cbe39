"""Words on a map: none over another, none over a dot, none over the edge."""

from hypothesis import given
from hypothesis import strategies as st

from turne.web.map_labels import Wanted, crossings, place, positions, touches

NEAR = [Wanted(100, 100, "Hammarstrand", gap=11), Wanted(104, 103, "Östersund", gap=11)]
WANTED = st.lists(
    st.builds(
        Wanted,
        st.floats(0, 300),
        st.floats(0, 400),
        st.sampled_from(["Ås", "Åre", "Strömsund", "Hammarstrand"]),
        gap=st.sampled_from([0, 11]),
    ),
    max_size=12,
    unique_by=lambda want: (want.x, want.y),
)


def test_a_lone_word_stands_right_of_its_dot():
    [label] = place([Wanted(100, 100, "Åre", gap=11)], width=300, height=300)
    assert (label.anchor, label.x, label.text) == ("start", 111, "Åre")


def test_at_the_right_edge_the_word_goes_to_the_left():
    [label] = place([Wanted(290, 100, "Åre", gap=11)], width=300, height=300)
    assert label.anchor == "end"


def test_without_a_dot_the_word_stands_on_its_point():
    [label] = place([Wanted(100, 100, "Berg")], width=300, height=300)
    assert (label.anchor, label.x) == ("middle", 100)


def test_the_important_word_is_kept_where_two_can_not_be():
    crowded = [Wanted(30, 20, "Hammarstrand", gap=11), Wanted(31, 21, "Stugun", gap=11)]
    assert [label.text for label in place(crowded, width=130, height=40)] in (["Hammarstrand"], [])


def test_a_word_avoids_what_is_taken():
    [label] = place([Wanted(100, 100, "Åre", gap=11)], width=300, height=300, taken=[(105, 80, 200, 120)])
    assert label.anchor == "end"


def test_a_word_rather_crosses_no_line():
    [label] = place(
        [Wanted(100, 100, "Åre", gap=11)], width=300, height=300, lines=[((100, 100), (300, 100))]
    )
    assert label.anchor == "end"


def test_there_are_eight_positions_round_a_dot():
    assert len(list(positions(NEAR[0]))) == 8


def test_crossings_counts_the_lines_in_a_box():
    assert crossings((0, 0, 10, 10), [((-5, 5), (15, 5)), ((20, 0), (20, 10)), ((1, 1), (2, 2))]) == 2


@given(WANTED)
def test_no_word_touches_another_or_a_dot_or_the_edge(wanted):
    labels = place(wanted, width=300, height=400)
    boxes = [label.box for label in labels]
    assert not any(touches(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert all(box[0] >= 2 and box[1] >= 2 and box[2] <= 298 and box[3] <= 398 for box in boxes)
