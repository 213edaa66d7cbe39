"""A tour plays one of the wishes to which the same groups would come."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.agreements import SHOW_AT, offered
from tests.bookings.briefs import brief, candidates
from tests.school import group, held_visit, wish_with
from tests.world import World
from tours import planner
from tours.models import Wish, WishGroup
from venues.models import Group


@pytest.fixture
def groups(world: World) -> list[Group]:
    return [group(world, "4A"), group(world, "4B")]


def again(world: World, *groups: Group) -> Wish:
    """The same production for these groups once more, as an allotment gives it."""
    wish = make.WishFactory(
        season=world.season,
        production=world.production,
        organisation=make.OrganisationFactory(name="Värdskolan"),
        venue=world.school_venue,
        audience="school",
        created_by=world.officer,
    )
    for span in world.school_wish.spans.all():
        make.WishSpanFactory(
            wish=wish,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            earliest=span.earliest,
            latest=span.latest,
        )
    WishGroup.objects.bulk_create(
        WishGroup(wish=wish, group=one, pupils_count=one.pupils_count) for one in groups
    )
    return wish


def lots(world: World) -> dict[str, str | None]:
    return {name: row["group"] for name, row in candidates(world).items() if row["group"]}


def test_wishes_with_a_group_in_common_are_one_lot(world: World, groups: list[Group]) -> None:
    wish_with(world, groups)
    other = again(world, groups[1])
    name = f"g{groups[0].pk}"
    assert lots(world) == {f"w{world.school_wish.pk}": name, f"w{other.pk}": name}


def test_other_groups_of_the_school_are_played_beside_them(world: World, groups: list[Group]) -> None:
    wish_with(world, groups[:1])
    again(world, groups[1])
    assert lots(world) == {}


def test_who_joins_two_is_in_one_lot_with_both(world: World, groups: list[Group]) -> None:
    wish_with(world, groups[:1])
    again(world, groups[1])
    again(world, *groups)
    assert set(lots(world).values()) == {f"g{groups[0].pk}"}
    assert len(lots(world)) == 3


def test_the_planner_plays_one_of_them(world: World, groups: list[Group]) -> None:
    wish_with(world, groups)
    pair = {f"w{world.school_wish.pk}", f"w{again(world, *groups).pk}"}
    plan = planner.solve(planner.Problem.from_json(brief(world).problem), seconds=0, seed=1)
    assert len(pair & {stop.candidate for stop in plan.stops}) == 1
    assert pair & {left.candidate for left in plan.unplaced if left.reason == "group_taken"}


def test_what_is_held_counts_with_the_groups_that_it_has_now(world: World, groups: list[Group]) -> None:
    visit = held_visit(world, groups)
    other = again(world, groups[1])
    assert len(lots(world)) == 2
    visit.groups.filter(group=groups[1]).delete()
    assert (lots(world), other.groups.count()) == ({}, 1)


def test_two_that_are_agreed_stand_and_nothing_is_played_beside_them(
    world: World, groups: list[Group]
) -> None:
    wish_with(world, groups)
    twice, third = again(world, *groups), again(world, *groups)
    offered(world, wish=world.school_wish)
    offered(world, wish=twice, starts_at=SHOW_AT + timedelta(days=7))
    problem = brief(world).problem
    assert len(problem["fixed"]) == 2
    assert len(lots(world)) == 2
    assert f"w{third.pk}" in lots(world)
    plan = planner.solve(planner.Problem.from_json(problem), seconds=0, seed=1)
    assert {stop.candidate for stop in plan.stops} >= {f"w{world.school_wish.pk}", f"w{twice.pk}"}
    assert f"w{third.pk}" not in {stop.candidate for stop in plan.stops}
