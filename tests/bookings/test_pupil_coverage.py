"""Encounters per pupil: the arithmetic on plain values, then what is read and what is left out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import VisitGroup
from bookings.pupil_coverage import Body, add_up, of_plan, of_year
from tests import allotments
from tests.bookings.visits import visit
from tests.world import World

BODIES = st.builds(
    lambda school, grade, pupils, times, reached: Body(
        school,
        grade,
        f"m{school % 2}",
        pupils,
        pupils * times if reached else 0,
        pupils if reached and times else 0,
    ),
    st.integers(1, 4),
    st.sampled_from(["F", "4", "9"]),
    st.integers(1, 30),
    st.integers(0, 3),
    st.booleans(),
)


def test_encounters_per_pupil_and_who_has_none() -> None:
    found = add_up([Body(1, "4", "a", 20, 40, 20), Body(1, "5", "a", 10), Body(2, "4", "b", 10, 10, 10)])
    assert (found.total.per_pupil, found.total.share) == (1.25, 0.75)
    assert {code: line.per_pupil for code, line in found.municipalities.items()} == {
        "a": pytest.approx(4 / 3),
        "b": 1,
    }
    assert [(body.school, body.grade, body.pupils) for body in found.without] == [(1, "5", 10)]


def test_grades_stand_in_their_order() -> None:
    assert list(add_up([Body(1, "9", "a", 1), Body(1, "F", "a", 1)]).grades) == ["F", "9"]


def test_of_no_pupils_there_are_no_encounters() -> None:
    assert (add_up([]).total.per_pupil, add_up([]).total.share) == (0.0, 0.0)


@given(st.lists(BODIES, max_size=20))
def test_each_way_to_divide_the_pupils_adds_up_to_all(bodies: list[Body]) -> None:
    found = add_up(bodies)
    for lines in (found.schools, found.grades, found.municipalities):
        assert sum(line.encounters for line in lines.values()) == found.total.encounters
        assert sum(line.pupils for line in lines.values()) == found.total.pupils
    assert found.total.reached <= found.total.pupils


# -- Readings ---------------------------------------


def coming(world: World, *, came: int | None = None, **booking: object) -> VisitGroup:
    """A visit to which 4A of Krokom comes, 22 pupils."""
    group = world.school.school.groups.filter(name="4A").first()
    group = group or allotments.group(world.school.school, "4A", 22)
    show = visit(world, presenter=world.school, venue=world.school_venue, price=Decimal(0), **booking)
    return VisitGroup.objects.create(
        booking=show.booking, group=group, pupils_count=22, adults_count=1, came_count=came
    )


def figures(world: World) -> tuple[int, int, int]:
    total = add_up(of_year(world.season.region, 2026)).total
    return total.pupils, total.encounters, total.reached


def test_an_agreed_visit_counts_once_for_each_pupil(world: World) -> None:
    coming(world)
    assert figures(world) == (22, 22, 22)


def test_as_many_count_as_came(world: World) -> None:
    coming(world, came=20)
    assert figures(world) == (22, 20, 20)


@pytest.mark.parametrize(
    "off", [{"status": "cancelled"}, {"status": "postponed"}, {"status": "held"}, {"outcome": "not_held"}]
)
def test_what_is_not_agreed_or_was_not_played_never_counts(world: World, off: dict) -> None:
    coming(world, **off)
    assert figures(world) == (22, 0, 0)


def test_another_school_year_does_not_count(world: World) -> None:
    coming(world)
    assert add_up(of_year(world.season.region, 2025)).total.pupils == 0


def test_narrowed_to_a_municipality_and_a_grade(world: World) -> None:
    allotments.set_ground(world)
    code = world.places["Krokom"].municipality.code
    assert sum(b.pupils for b in of_year(world.season.region, 2026, municipality=code, grade="4")) == 42


def test_before_and_with_the_plan(world: World) -> None:
    before, after = (add_up(bodies).total for bodies in of_plan(allotments.computed(world)))
    assert (before.pupils, before.reached, after.reached) == (88, 0, 79)
