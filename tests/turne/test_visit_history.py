"""The page of earlier visits: whose, in which order, summed how, and as a file."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests import factories as make
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World

PAGE = "/inkorg/historik/"


@pytest.fixture(autouse=True)
def summer(later: Any) -> None:
    later(datetime(2027, 6, 1, tzinfo=UTC))


@pytest.fixture
def two(world: World) -> None:
    """One visit with its audience told, and one of another house of the same person, not reported."""
    make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
    show = visit(world, outcome="held")
    show.attendance, show.attendance_young = 80, 70
    show.save()
    visit(world, STARTS_AT.replace(day=9), presenter=world.neighbouring, venue=world.neighbour_venue)


def houses(answer: Any) -> list[str]:
    return [row["booking"].presenter.name for row in answer.context["rows"]]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Folkets hus Strömsund", "Backe bygdegård"]),
        ("?ordning=dag", ["Backe bygdegård", "Folkets hus Strömsund"]),
        ("?ordning=-publik", ["Backe bygdegård", "Folkets hus Strömsund"]),
        ("?ordning=x&ar=x&hus=x", ["Folkets hus Strömsund", "Backe bygdegård"]),
        ("?hus=backe-bygdegard", ["Backe bygdegård"]),
        ("?sasong=varen-2027&ar=2027", ["Folkets hus Strömsund", "Backe bygdegård"]),
        ("?ar=2026", []),
        ("?ar=99999999999", ["Folkets hus Strömsund", "Backe bygdegård"]),
        ("?ar=1", ["Folkets hus Strömsund", "Backe bygdegård"]),
        ("?sasong=x", []),
    ],
)
def test_sorts_and_filters_in_the_address(
    world: World, as_user: Any, query: str, expected: list[str]
) -> None:
    assert houses(as_user(world.presenter).get(PAGE + query)) == expected


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(("query", "name"), [("", "Våren 2027"), ("?summera=ar", "2027")])
def test_sums_by_season_or_year(world: World, as_user: Any, query: str, name: str) -> None:
    [row] = as_user(world.presenter).get(PAGE + query).context["sums"]
    assert (row["sums"].name, row["sums"].audience, row["price"]) == (name, 80, "19\u00a0600\u00a0kr")
    assert row["is_short"]


@pytest.mark.usefixtures("two")
def test_a_heading_turns_the_order_and_keeps_the_rest(world: World, as_user: Any) -> None:
    columns = as_user(world.presenter).get(f"{PAGE}?ordning=-publik&ar=2027").context["columns"]
    assert [(column["url"], column["order"]) for column in columns][2:4] == [
        ("?ar=2027&ordning=hus", ""),
        ("?ar=2027&ordning=publik", "descending"),
    ]


@pytest.mark.usefixtures("two")
def test_the_file_has_what_the_page_has(world: World, as_user: Any) -> None:
    answer = as_user(world.presenter).get("/inkorg/historik.csv?hus=backe-bygdegard")
    heading, line, _end = answer.content.decode("utf-8-sig").split("\r\n")
    assert heading.count(";") == line.count(";") == 11
    assert line.startswith(
        "2027-02-04;Trumman och tystnaden;Backe bygdegård;Backe bygdegård, salen;Strömsund;"
    )
    assert ";1;80;70;9800,00;SEK;" in line


def test_without_a_visit_it_says_what_will_come(world: World, as_user: Any) -> None:
    assert as_user(world.presenter).get(PAGE).context["is_empty"]


def test_what_is_not_reported_can_be(world: World, as_user: Any) -> None:
    show = visit(world)
    assert f"/bokning/{show.booking_id}/rapport/" in as_user(world.presenter).get(PAGE).content.decode()


def test_as_many_queries_for_three_as_for_one(
    world: World, as_user: Any, django_assert_max_num_queries: Any
) -> None:
    for day in (3, 4, 5):
        visit(world, STARTS_AT.replace(day=day))
    client = as_user(world.presenter)
    # session, user; houses, visits, performances, items; seasons, years, is there any; the bar
    with django_assert_max_num_queries(10):
        client.get(PAGE)
