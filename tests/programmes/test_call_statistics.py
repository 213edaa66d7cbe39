"""A call in figures: by home, art form, place and whether for the first time; small numbers are not public."""

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from programmes import applications, call_statistics
from programmes.call_statistics import Line, Shown, public_homes, table
from programmes.models import Call
from tests.programmes.deciding import DECIDING, apply, asking, assessed, decide, meet, project, residency
from tests.programmes.open_calls import NOW
from tests.world import World

FEW = "1–2"


def lines(found: list[Line]) -> list[tuple[str, int, int]]:
    return [(one.label, one.applied, one.granted) for one in found]


def some(world: World) -> Call:
    """Four to a project grant; the first is granted half of what it asks for, the last is withdrawn."""
    call = project(world, art_forms=["music", "dance"], chosen_count=2)
    krokom, stromsund = world.school.municipality, world.presenting.municipality
    first = apply(call, "Anna", home=krokom, is_first_time=True, budget=[asking(10_000)])
    second = apply(call, "Bosse", home=krokom, art_form="dance", is_first_time=False, budget=[asking(20_000)])
    third = apply(call, "Cilla", home=stromsund, budget=[asking(30_000)])
    gone = apply(call, "Doris", budget=[asking(40_000)])
    applications.withdraw(gone, by=gone.applicant, version=gone.version, now=DECIDING)
    meet(call, assessed(call, "Ella"))
    decide(first, world.officer, amount=Decimal(5_000))
    decide(second, world.officer, "reserve", reserve_number=1, amount=Decimal(20_000))
    decide(third, world.officer, "refused")
    return call


def test_all_is_counted_of_what_stands(world: World) -> None:
    found = call_statistics.of_call(some(world), DECIDING)
    assert (found.applied, found.withdrawn, found.granted, found.reserve, found.refused, found.undecided) == (
        3, 1, 1, 1, 1, 0,
    )  # fmt: skip
    assert (found.asked, found.given) == (60_000, 5_000)
    assert lines(found.by_home) == [("Krokom", 2, 1), ("Strömsund", 1, 0)]
    assert lines(found.by_art_form) == [("music", 2, 1), ("dance", 1, 0)]
    assert lines(found.by_first_time) == [
        ("For the first time", 1, 1),
        ("Has applied before", 1, 0),
        ("Not said", 1, 0),
    ]


def test_the_first_choice_of_place_counts(world: World) -> None:
    call = residency(world)
    places = list(call.places.all())
    apply(call, "Anna", places=places)
    apply(call, "Bosse", places=places[::-1])
    apply(call, "Cilla", places=places)
    found = call_statistics.of_call(call, DECIDING)
    assert lines(found.by_place) == [(str(places[0]), 2, 0), (str(places[1]), 1, 0)]
    assert lines(found.by_home) == [("Outside the region", 3, 0)]


def test_before_it_closes_there_is_nothing(world: World) -> None:
    call = residency(world)
    apply(call, "Anna")
    assert call_statistics.of_call(call, NOW).applied == 0


def test_in_public_small_numbers_are_no_numbers() -> None:
    found = public_homes([Line("Åre", 2, 1), Line("Berg", 1, 0), Line("Krokom", 5, 3)])
    assert found == [Shown("Krokom", "5", "3"), Shown("Åre", "1–2", "1–2"), Shown("Berg", "1–2", "0")]


def test_a_single_small_one_is_joined_with_the_next_for_the_rest_would_tell_it() -> None:
    found = public_homes([Line("Åre", 4, 2), Line("Berg", 1, 1), Line("Krokom", 9, 3)])
    assert found == [Shown("Krokom", "9", "3"), Shown("Berg and Åre", "5", "3")]


def test_small_ones_whose_sum_would_tell_each_are_joined_with_the_next() -> None:
    """Two of one, or of two, are known by what the total leaves for them."""
    found = public_homes([Line("Åre", 1, 0), Line("Berg", 1, 1), Line("Krokom", 4, 2), Line("Ragunda", 9, 3)])
    assert found == [Shown("Ragunda", "9", "3"), Shown("Berg, Krokom and Åre", "6", "3")]
    twos = public_homes([Line("Åre", 2, 0), Line("Berg", 2, 1), Line("Krokom", 3, 2)])
    assert twos == [Shown("Berg, Krokom and Åre", "7", "3")]


def test_where_all_together_would_tell_it_nobody_reads_which_they_are() -> None:
    found = [
        public_homes([Line("Berg", 1, 1)]),
        public_homes([Line("Berg", 1, 1), Line("Åre", 1, 0)]),
        public_homes([Line("Berg", 1, 0), Line("Åre", 3, 1)]),
    ]
    few = "Municipalities with few applications"
    assert found == [[Shown(few, "1–2", "1–2")], [Shown(few, "1–2", "1–2")], [Shown(few, "4", "1–2")]]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_no_small_number_is_known_by_the_others_and_the_total(counts: list[int]) -> None:
    """Of all numbers that fit what is read, a small one that is named has more than one."""
    lines = [Line(f"Kommun {number}", count, 0) for number, count in enumerate(counts)]
    shown, total = public_homes(lines), sum(counts)
    hidden = [one.label for one in shown if one.applied == FEW and "few" not in one.label]
    left = total - sum(int(one.applied) for one in shown if one.applied != FEW)
    fitting = [one for one in product((1, 2), repeat=len(hidden)) if sum(one) == left]
    assert not hidden or all(len({one[at] for one in fitting}) == 2 for at in range(len(hidden)))


def test_the_table_names_nobody(world: World) -> None:
    rows = table(call_statistics.of_call(some(world), DECIDING))
    assert rows[0] == ["What", "Which", "Applications", "Granted"]
    assert ["In all", "Sum asked for", "60000.00", ""] in rows
    assert ["Home", "Krokom", "2", "1"] in rows
    told = str(rows)
    assert [name for name in ("Anna", "Bosse", "Cilla", "Verk", "@") if name in told] == []
