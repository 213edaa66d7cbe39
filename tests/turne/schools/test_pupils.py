"""Encounters per pupil as a page and a file."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import VisitGroup
from tests import allotments
from tests.bookings.visits import visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("while_schools_answer")


def seen(world: World) -> None:
    """Grade 4 of Krokom has a visit; nobody else has."""
    allotments.set_ground(world)
    show = visit(world, presenter=world.school, venue=world.school_venue, price=Decimal(0))
    for group in world.school.school.groups.filter(grade="4"):
        VisitGroup.objects.create(booking=show.booking, group=group, pupils_count=group.pupils_count)


def test_the_figures_by_school_and_who_has_none(world: World, officer: Client) -> None:
    seen(world)
    found = officer.get(reverse("pupil-coverage")).context
    assert [(row["name"], row["line"].encounters) for row in found["schools"]] == [
        ("Åre skola", 0), ("Östersunds skola", 0), ("Krokoms skola", 42),
    ]  # fmt: skip
    assert {(str(row["school"]), row["grade"]) for row in found["without"]} == {
        ("Krokoms skola", "5"), ("Åre skola", "4"), ("Östersunds skola", "4"),
    }  # fmt: skip


@pytest.mark.parametrize(("name", "status"), [("arskurs", 200), ("kommun", 200), ("region", 404)])
def test_what_no_name_can_have_is_asked_of_no_table(
    world: World, officer: Client, name: str, status: int
) -> None:
    """PostgreSQL takes no NUL."""
    for page in ("pupil-coverage", "pupil-coverage-csv"):
        assert officer.get(reverse(page), {name: "4\0"}).status_code == status


def test_narrowed_and_sorted_by_the_address(world: World, officer: Client) -> None:
    seen(world)
    found = officer.get(reverse("pupil-coverage"), {"arskurs": "4", "ordning": "-elever"}).context
    assert [row["line"].pupils for row in found["schools"]] == [42, 12, 9]


def test_the_file_has_a_row_for_each_grade_of_a_school(world: World, officer: Client) -> None:
    seen(world)
    rows = officer.get(reverse("pupil-coverage-csv")).content.decode().splitlines()
    assert [row.split(";")[1:] for row in rows[1:]] == [
        ["Krokoms skola", "4", "42", "42", "42", "1,00"],
        ["Krokoms skola", "5", "25", "0", "0", "0,00"],
        ["Åre skola", "4", "9", "0", "0", "0,00"],
        ["Östersunds skola", "4", "12", "0", "0", "0,00"],
    ]


def test_a_year_without_groups_says_so(world: World, officer: Client) -> None:
    response = officer.get(reverse("pupil-coverage"), {"ar": "2025"})
    assert (response.status_code, response.context["is_empty"]) == (200, True)


def test_the_follow_up_leads_there(world: World, officer: Client) -> None:
    assert reverse("pupil-coverage") in officer.get(reverse("coverage")).content.decode()
