"""A school chooses groups on the form of its wish, and sees how they are dealt."""

import pytest

from tests import factories as make
from tests.turne.pages import address_of, errors_of, get, post, said, text_of
from tests.turne.test_wishing import NEW, fields
from tests.world import World
from tours.models import Production, Wish
from venues.models import Group

pytestmark = pytest.mark.usefixtures("in_the_open_season")


@pytest.fixture
def groups(world: World) -> list[Group]:
    """4A and 4B, 26 with the adults each."""
    return [make.GroupFactory(school=world.school.school, name=name) for name in ("4A", "4B")]


def sent(world: World, **other: object) -> dict:
    usual = {"venue": world.school_venue.pk, "audience": "school", "latest": "13:00", "audience_expected": ""}
    return fields(world, **(usual | other))


def shows_of(wish: Wish) -> list[tuple[str, int]]:
    return list(wish.groups.values_list("group__name", "show_number"))


def test_the_form_shows_the_schools_groups(world: World, production: Production, groups, as_user) -> None:
    make.GroupFactory(name="9X")
    make.GroupFactory(school=world.school.school, name="Förra", school_year="2025/26")
    form = get(as_user(world.school_contact), NEW).context["form"]
    assert [row["group"].name for row in form.group_rows] == ["4A", "4B"]


def test_a_presenter_sees_none(world: World, production: Production, groups, as_user) -> None:
    assert get(as_user(world.presenter), NEW).context["form"].group_rows == []


def test_groups_are_dealt(world: World, production: Production, groups, as_user) -> None:
    keys = [group.pk for group in groups]
    post(as_user(world.school_contact), NEW, sent(world, groups=keys, shows_count="2"))
    wish = Wish.objects.get(production=production, organisation=world.school)
    assert (shows_of(wish), wish.audience_expected) == ([("4A", 1), ("4B", 2)], 26)


def test_a_person_moves_a_group(world: World, production: Production, groups, as_user) -> None:
    client, keys = as_user(world.school_contact), [group.pk for group in groups]
    post(client, NEW, sent(world, groups=keys, shows_count="2"))
    wish = Wish.objects.get(production=production, organisation=world.school)
    moved = {f"show_{groups[1].pk}": "1"}
    post(client, address_of(wish), sent(world, groups=keys, shows_count="2", **moved))
    assert shows_of(wish) == [("4B", 1), ("4A", 2)]
    assert get(client, address_of(wish)).context["form"][f"show_{groups[1].pk}"].value() == 1


def test_what_some_need_is_told_with_the_wish(world: World, production: Production, groups, as_user) -> None:
    client, first = as_user(world.school_contact), groups[0].pk
    needs = {f"need_{first}_wheelchair": "1", f"need_{first}_hearing_loop": "0"}
    stray = {f"need_{groups[1].pk}_relaxed": "1"}
    post(client, NEW, sent(world, groups=[first], **needs, **stray))
    wish = Wish.objects.get(production=production, organisation=world.school)
    assert list(wish.groups.values_list("group__name", "needs")) == [("4A", {"wheelchair": 1})]
    form = get(client, address_of(wish)).context["form"]
    assert (form[f"need_{first}_wheelchair"].value(), form.has_needs) == (1, True)
    post(client, address_of(wish), sent(world, groups=[first]))
    assert wish.groups.get().needs == {}


@pytest.mark.parametrize("count", ["25", "-1", "ett"])
def test_no_more_need_it_than_there_are(
    world: World, production: Production, groups, as_user, count: str
) -> None:
    name = f"need_{groups[0].pk}_wheelchair"
    answer = post(as_user(world.school_contact), NEW, sent(world, groups=[groups[0].pk], **{name: count}))
    assert (answer.status_code, list(errors_of(answer))) == (422, [name])


def test_a_refusal_stands_with_the_groups(world: World, production: Production, groups, as_user) -> None:
    world.school_venue.max_persons = 30
    world.school_venue.save()
    answer = post(as_user(world.school_contact), NEW, sent(world, groups=[group.pk for group in groups]))
    assert (answer.status_code, list(errors_of(answer))) == (422, ["groups"])
    assert "Whole groups need 2 shows." in text_of(answer)


def test_neither_groups_nor_a_number(world: World, production: Production, groups, as_user) -> None:
    answer = post(as_user(world.school_contact), NEW, sent(world))
    assert list(errors_of(answer)) == ["audience_expected"]


def test_another_grade_is_said_and_the_wish_stands(
    world: World, production: Production, groups, as_user
) -> None:
    Production.objects.filter(pk=production.pk).update(grades="F–3")
    client = as_user(world.school_contact)
    answer = post(client, NEW, sent(world, groups=[groups[0].pk]), follow=True)
    assert "Fjällfolk is made for grades F–3. 4A is of another grade." in said(answer)


def test_the_list_says_who_comes_when(world: World, production: Production, groups, as_user) -> None:
    client = as_user(world.school_contact)
    answer = post(client, NEW, sent(world, groups=[group.pk for group in groups]), follow=True)
    assert "Show 1: 4A, 4B (52)" in text_of(answer)
