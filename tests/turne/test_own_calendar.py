"""One's own visits in a calendar: which, of which house, and where to subscribe."""

from typing import Any

import pytest

from tests import factories as make
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_january")
FEBRUARY = "/inkorg/kalender/?manad=2027-02"


def shown(answer: Any) -> list[str]:
    days = [day for week in answer.context["weeks"] for day in week.days]
    return [f"{day.on.day} {show.state}" for day in days for show in day.entries]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("held", ["4 held"]),
        ("offered", ["4 offered"]),
        ("confirmed", ["4 confirmed"]),
        ("cancelled", ["4 cancelled"]),
        ("declined", []),
        ("released", []),
    ],
)
def test_what_is_kept_agreed_or_called_off(
    world: World, as_user: Any, status: str, expected: list[str]
) -> None:
    visit(world, status=status)
    assert shown(as_user(world.presenter).get(FEBRUARY)) == expected


def test_an_option_further_back_is_anothers_time(world: World, as_user: Any) -> None:
    visit(world, status="held", hold_rank=2)
    assert shown(as_user(world.presenter).get(FEBRUARY)) == []


def test_only_ones_own(world: World, as_user: Any) -> None:
    visit(world)
    assert shown(as_user(world.neighbour).get(FEBRUARY)) == []


def test_an_empty_month_leads_to_the_next_visit(world: World, as_user: Any) -> None:
    visit(world)
    client = as_user(world.presenter)
    found = [
        client.get(f"/inkorg/kalender/?manad={month}").context["next"] for month in ("2027-01", "2027-02")
    ]
    assert [one and one["url"] for one in found] == ["?manad=2027-02", None]


def test_as_a_list_too(world: World, as_user: Any) -> None:
    visit(world)
    page = as_user(world.presenter).get(f"{FEBRUARY}&vy=lista").content.decode()
    assert ('class="agenda"' in page, 'class="month' in page) == (True, False)


def test_one_of_several_houses(world: World, as_user: Any) -> None:
    make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
    visit(world)
    visit(world, STARTS_AT.replace(day=5), presenter=world.neighbouring, venue=world.neighbour_venue)
    client = as_user(world.presenter)
    assert len(shown(client.get(FEBRUARY))) == 2
    assert shown(client.get(f"{FEBRUARY}&hus=backe-bygdegard")) == ["4 confirmed"]


def test_a_feed_to_subscribe_to_for_each_house(world: World, as_user: Any) -> None:
    [(house, links)] = as_user(world.presenter).get(FEBRUARY).context["links"]
    assert (house, links.webcal.endswith("/backe-bygdegard.ics")) == (world.presenting, True)


@pytest.mark.parametrize("query", ["", "?manad=x", "?manad=1200-01", "?hus=x&vy=x"])
def test_odd_addresses_are_forgiven(world: World, as_user: Any, query: str) -> None:
    answer = as_user(world.presenter).get(f"/inkorg/kalender/{query}")
    assert (answer.status_code, str(answer.context["asked"].first)) == (200, "2027-01-01")


def test_as_many_queries_for_three_as_for_one(
    world: World, as_user: Any, django_assert_num_queries: Any
) -> None:
    client = as_user(world.presenter)
    for day in (4, 5, 6):
        visit(world, STARTS_AT.replace(day=day))
    # session, user; houses, shows, grounds, breaks, is it a school; the bar
    with django_assert_num_queries(8):
        client.get(FEBRUARY)
