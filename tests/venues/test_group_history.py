"""Each writing of a school's groups leaves a line: who, what it was and what it is; nothing where nothing changed."""

from dataclasses import replace

import pytest

from tests import factories as make
from tests.world import World
from venues import group_history, groups
from venues.errors import NotPossible
from venues.groups import GroupInput, Row
from venues.models import Group, GroupChange, School

FOUR_A = GroupInput("4A", "4", 24, 2)
YEAR = 2026


@pytest.fixture
def school(world: World) -> School:
    return world.school.school


def lines(school: School) -> list[tuple[str, str, str]]:
    """The last first."""
    found = group_history.of_year(school, "2026/27")
    return [(one.name, str(one.get_what_display()), group_history.words(one)) for one in found]


def test_a_group_s_life(world: World, school: School) -> None:
    by = world.school_contact
    group = groups.add(school, YEAR, FOUR_A, by)
    groups.change(group, replace(FOUR_A, name="4 Röd", pupils_count=26, languages=("sma",)), by)
    groups.remove(Group.objects.get(), by)
    assert lines(school) == [
        ("4 Röd", "taken away", "26 pupils"),
        ("4A", "changed", "Name: 4A → 4 Röd; Pupils: 24 → 26; Languages: nothing → sma"),
        ("4A", "added", "24 pupils"),
    ]
    assert {one.by for one in GroupChange.objects.all()} == {by}


def test_the_same_once_more_is_no_change(school: School) -> None:
    group = groups.add(school, YEAR, FOUR_A)
    groups.change(group, FOUR_A)
    assert len(lines(school)) == 1


def test_a_year_written_at_once(world: World, school: School) -> None:
    first, second = (groups.add(school, YEAR, replace(FOUR_A, name=name)) for name in ("4A", "4B"))
    rows = [Row(replace(FOUR_A, name="4B"), first.pk), Row(None, second.pk), Row(replace(FOUR_A, name="4C"))]
    groups.write_year(school, YEAR, rows, world.school_contact)
    assert lines(school)[:3] == [
        ("4C", "added", "24 pupils"),
        ("4A", "changed", "Name: 4A → 4B"),
        ("4B", "taken away", "24 pupils"),
    ]


def test_proposals_that_are_undone(school: School) -> None:
    groups.add(school, YEAR - 1, replace(FOUR_A, name="3A", grade="3"))
    groups.copy_last_year(school, YEAR)
    groups.undo_copy(school, YEAR)
    assert [line[1] for line in lines(school)] == ["taken away", "made from last year's"]


def test_what_is_refused_leaves_no_line(school: School) -> None:
    group = groups.add(school, YEAR, FOUR_A)
    make.WishFactory(organisation=school.organisation).groups.create(group=group, pupils_count=24)
    with pytest.raises(NotPossible):
        groups.remove(group)
    assert [line[1] for line in lines(school)] == ["added"]
