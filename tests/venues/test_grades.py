"""Grades as people write them are read as the grades that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venues.grades import AGES, GRADES, RARE, ages_of, grades_of, in_order, label_of, rank

COMMON = [grade for grade in GRADES if grade not in RARE]
DASHES = st.sampled_from(["-", "–", "—", " – ", " till "])
BEFORE = st.sampled_from(["", "åk ", "Åk. ", "årskurs ", "ÅRSKURS "])


def read(text: str) -> str:
    return " ".join(sorted(grades_of(text), key=GRADES.index))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("F-3", "F 1 2 3"),
        ("4–6", "4 5 6"),
        ("åk 5", "5"),
        ("gy 1", "gy1"),
        ("Gy 1–3", "gy1 gy2 gy3"),
        ("gymnasiet åk 2", "gy2"),
        ("gymnasiet", "gy1 gy2 gy3"),
        ("F–3, 5 och 7–9", "F 1 2 3 5 7 8 9"),
        ("förskola–åk 1", "förskola F 1"),
        ("förskoleklass", "F"),
        ("åk 9–gy 1", "9 gy1"),
        ("mellanstadiet", "4 5 6"),
        ("6-4", "4 5 6"),
        ("från 6 år", ""),
        ("6–9 år, åk 1", "1"),
        ("7–10", "7 8 9 10"),
        ("gy 1–4", "gy1 gy2 gy3 gy4"),
        ("12", ""),
        ("1–12", ""),
        ("0–6", ""),
        ("F–12, 5", "5"),
        ("alla", ""),
        ("", ""),
    ],
)
def test_what_people_write(text: str, meant: str) -> None:
    assert read(text) == meant


@given(st.integers(1, 12), st.integers(1, 12), DASHES, BEFORE)
def test_a_span_is_all_between_its_ends(first: int, last: int, dash: str, before: str) -> None:
    low, high = sorted((first, last))
    ends = (
        (low, high) if COMMON[first].startswith("gy") else (first, last)
    )  # "gy 2–1" can only be upper secondary
    text = f"{before}{COMMON[ends[0]]}{dash}{COMMON[ends[1]]}"
    assert grades_of(text) == set(COMMON[low : high + 1])


@given(st.sets(st.sampled_from(GRADES)), st.sampled_from([", ", " och ", "; ", "/"]))
def test_a_list_is_what_it_names(named: set[str], between: str) -> None:
    assert grades_of(between.join(named)) == named


@given(st.text())
def test_any_text_is_read_without_fault(text: str) -> None:
    assert grades_of(text) <= set(GRADES)


# -- as they are shown ---------------------------------------


@pytest.mark.parametrize(
    ("grades", "shown"),
    [
        (["F", "1", "2", "3"], "F–3"),
        (["3", "1", "2", "5"], "1–3, 5"),
        (["förskola", "F", "1"], "förskola, F–1"),
        (["9", "10", "gy1", "gy2"], "9–10, gy1–gy2"),
        ([], ""),
    ],
)
def test_grades_are_shown_as_spans(grades: list[str], shown: str) -> None:
    assert label_of(grades) == shown


@given(st.sets(st.sampled_from(GRADES)))
def test_what_is_shown_is_read_as_the_same(grades: set[str]) -> None:
    assert grades_of(label_of(grades)) == grades


def test_grades_come_in_their_order_and_once() -> None:
    assert in_order(["gy1", "F", "9", "F", "none"]) == ["F", "9", "gy1"]


def test_what_is_no_grade_is_sorted_last() -> None:
    assert sorted(["gy1", "none", "10", "2", "F", "förskola"], key=rank) == [
        "förskola", "F", "2", "10", "gy1", "none",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grades", "ages"), [(["förskola"], (1, 5)), (["F", "3"], (6, 9)), (["7", "gy4"], (13, 19)), ([], None)]
)
def test_how_old_the_pupils_are(grades: list[str], ages: tuple[int, int] | None) -> None:
    assert ages_of(grades) == ages


def test_every_grade_has_its_ages() -> None:
    assert list(AGES) == list(GRADES)
