"""The groups of a school's wish: its own, of the school year, whole, and no more than a show takes."""

import pytest

from tests import factories as make
from tests.tours.wishing import LATER, NOW, another, data
from tests.world import World
from tours import group_rules, wishes
from tours.errors import Refused
from tours.models import Wish
from tours.wishes import GroupChoice
from venues.models import Group

pytestmark = pytest.mark.usefixtures("without_wishes")


@pytest.fixture
def groups(world: World) -> list[Group]:
    """4A and 4B with 24 pupils, 5A with 20, two adults with each."""
    rows = {"4A": ("4", 24), "4B": ("4", 24), "5A": ("5", 20)}
    return [
        make.GroupFactory(school=world.school.school, name=name, grade=grade, pupils_count=count)
        for name, (grade, count) in rows.items()
    ]


def chosen(*groups: Group, **shows: int) -> tuple[GroupChoice, ...]:
    return tuple(GroupChoice(group, shows.get(f"_{group.name}")) for group in groups)


def submit(world: World, choices: tuple[GroupChoice, ...] | None, **other: object) -> Wish:
    usual = {"venue": world.school_venue, "audience": "school", "groups": choices, **other}
    return wishes.submit(world.season, world.school, data(world, **usual), world.school_contact, NOW)


def refusal(world: World, choices: tuple[GroupChoice, ...], **other: object) -> str:
    with pytest.raises(Refused) as caught:
        submit(world, choices, **other)
    assert (caught.value.field, Wish.objects.count()) == ("groups", 0)
    return str(caught.value)


def dealt(wish: Wish) -> list[tuple[str, int, int, int]]:
    return [(g.group.name, g.show_number, g.pupils_count, g.adults_count) for g in wish.groups.all()]


def test_one_show_takes_them_all_and_the_audience_follows(world: World, groups: list[Group]) -> None:
    wish = submit(world, chosen(*groups), audience_expected=0)
    assert dealt(wish) == [("4A", 1, 24, 2), ("4B", 1, 24, 2), ("5A", 1, 20, 2)]
    assert wish.audience_expected == 74


def test_two_shows_have_whole_groups(world: World, groups: list[Group]) -> None:
    wish = submit(world, chosen(*groups), shows_count=2)
    assert [(name, show) for name, show, *_counts in dealt(wish)] == [("4A", 1), ("5A", 1), ("4B", 2)]
    assert wish.audience_expected == 48


def test_a_person_says_which_show(world: World, groups: list[Group]) -> None:
    wish = submit(world, chosen(*groups, _4A=2, _4B=2), shows_count=2)
    assert [(name, show) for name, show, *_counts in dealt(wish)] == [("5A", 1), ("4A", 2), ("4B", 2)]


def test_a_small_room_needs_more_shows(world: World, groups: list[Group]) -> None:
    world.school_venue.max_persons = 50
    world.school_venue.save()
    text = "The groups are 74 persons, and a show takes at most 50. Whole groups need 2 shows."
    assert refusal(world, chosen(*groups)) == text


def test_more_than_a_day_has_room_for(world: World, groups: list[Group]) -> None:
    small = another(world, audience_max=26)
    text = refusal(world, chosen(*groups), production=small)
    assert text == "The groups are 74 persons, more than a day has room for. Choose fewer groups."


def test_a_group_that_no_show_takes(world: World, groups: list[Group]) -> None:
    small = another(world, audience_max=25)
    text = refusal(world, chosen(groups[0]), production=small)
    assert text == "4A is 26 with the adults, and a show takes at most 25 there."


def test_shows_that_somebody_chose_too_full(world: World, groups: list[Group]) -> None:
    small = another(world, audience_max=50)
    text = refusal(world, chosen(*groups, _4A=1, _4B=1), production=small, shows_count=2)
    assert text.startswith("With the shows you have chosen one of them has more than 50 persons.")
    text = refusal(world, chosen(*groups, _4A=1, _4B=1, _5A=2), production=small, shows_count=2)
    assert text == "Show 1 would have 52 persons, and takes at most 50."


def test_a_group_of_another_school(world: World) -> None:
    theirs = make.GroupFactory(name="1C")
    assert refusal(world, chosen(theirs)).startswith("1C is a group of ")


def test_a_group_twice(world: World, groups: list[Group]) -> None:
    assert refusal(world, chosen(groups[0], groups[0])) == "4A is named twice. Each group comes once."


def test_a_group_of_last_year(world: World) -> None:
    old = make.GroupFactory(school=world.school.school, name="3A", school_year="2025/26")
    assert refusal(world, chosen(old)).startswith("3A is a group of 2025/26.")


def test_groups_of_a_wish_for_the_public(world: World, groups: list[Group]) -> None:
    assert refusal(world, chosen(*groups), audience="public").startswith("Groups are for a wish of a school.")


def test_more_in_need_than_there_are(world: World, groups: list[Group]) -> None:
    with pytest.raises(Refused, match="24 pupils") as caught:
        submit(world, (GroupChoice(groups[0], None, {"wheelchair": 25}),))
    assert caught.value.field == "needs"


def test_without_groups_a_number_as_before(world: World, groups: list[Group]) -> None:
    wish = submit(world, None)
    assert (dealt(wish), wish.audience_expected) == ([], 60)


def edited(world: World, wish: Wish, **other: object) -> Wish:
    usual = {"venue": world.school_venue, "audience": "school", **other}
    return wishes.rewrite(wishes.lock_wish(wish), data(world, **usual), LATER)


def test_whoever_says_nothing_of_groups_leaves_them(world: World, groups: list[Group]) -> None:
    wish = edited(world, submit(world, chosen(*groups)), shows_count=2)
    assert (len(dealt(wish)), wish.audience_expected) == (3, 48)


def test_needs_stay_with_their_group(world: World, groups: list[Group]) -> None:
    wish = submit(world, (GroupChoice(groups[0], None, {"wheelchair": 1, "hearing_loop": 0}),))
    assert edited(world, wish).groups.get().needs == {"wheelchair": 1}


def test_no_groups_any_more(world: World, groups: list[Group]) -> None:
    wish = edited(world, submit(world, chosen(*groups)), groups=(), audience_expected=30)
    assert (dealt(wish), wish.audience_expected) == ([], 30)


def test_a_chosen_show_is_chosen_still(world: World, groups: list[Group]) -> None:
    wish = edited(world, submit(world, chosen(*groups, _4A=2, _4B=2), shows_count=2), shows_count=2)
    assert [(name, show) for name, show, *_counts in dealt(wish)] == [("5A", 1), ("4A", 2), ("4B", 2)]


def test_another_grade_is_warned_of(world: World, groups: list[Group]) -> None:
    world.production.grades = "F–4"
    assert group_rules.warnings(world.production, groups) == [
        f"{world.production} is made for grades F–4. 5A is of another grade."
    ]
    assert group_rules.warnings(world.production, groups[:2]) == []
