"""Groups of a school: what they must be, a whole year at once, and the next year from the last."""

from dataclasses import replace

import pytest

from tests import factories as make
from tests.world import World
from tours.models import WishGroup
from venues import groups
from venues.errors import NotPossible
from venues.groups import Copied, GroupInput, GroupsWrong, Row
from venues.models import Group, School

YEAR = 2026
FOUR_A = GroupInput("4A", "4", 24, 2)


@pytest.fixture
def school(db: None) -> School:
    """A school with the grades F to 6."""
    return make.SchoolFactory()


def standing(school: School, year: int = YEAR) -> list[tuple[str, str, int, bool]]:
    rows = Group.objects.filter(school=school, school_year=f"{year}/{(year + 1) % 100}")
    return list(rows.order_by("name").values_list("name", "grade", "pupils_count", "is_proposal"))


def refused(school: School, told: GroupInput) -> tuple[str, str]:
    with pytest.raises(NotPossible) as caught:
        groups.add(school, YEAR, told)
    return caught.value.field, str(caught.value)


def test_a_group_is_added_as_it_is_told(school: School) -> None:
    group = groups.add(school, YEAR, GroupInput("  4  A ", "4", 24, 2, languages=("sma", "sma", "")))
    assert (group.name, group.school_year, group.languages) == ("4 A", "2026/27", ["sma"])


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"pupils_count": 0}, "pupils_count", "A group has 1 to 400 pupils, not 0."),
        ({"pupils_count": 10_000}, "pupils_count", "A group has 1 to 400 pupils, not 10000."),
        ({"adults_count": -1}, "adults_count", "With a group come 0 to 400 adults, not -1."),
        ({"grade": "9"}, "grade", "Skolan has no grade 9. It has F–6."),
        ({"grade": ""}, "grade", "Skolan has no grade –. It has F–6."),
        ({"form": "upper"}, "form", "Skolan has no grade 4 in the form upper secondary school."),
        ({"name": " "}, "name", "Give the group a name of at most 40 letters."),
        ({"languages": ("samiska!",)}, "languages", "Write languages as tags, such as sma, se, smj or en."),
    ],
)
def test_what_a_group_can_not_be(school: School, change: dict, field: str, sentence: str) -> None:
    school.organisation.name = "Skolan"
    assert refused(school, replace(FOUR_A, **change)) == (field, sentence)


def test_a_name_is_there_once_a_year(school: School) -> None:
    groups.add(school, YEAR, FOUR_A)
    assert refused(school, replace(FOUR_A, name="4a")) == (
        "name",
        "There is a group 4a already this school year.",
    )
    assert groups.add(school, YEAR + 1, FOUR_A).school_year == "2027/28"


def test_a_school_of_which_nobody_has_said_the_grades_may_have_any(school: School) -> None:
    school.forms.all().delete()
    assert groups.add(school, YEAR, replace(FOUR_A, grade="gy1")).grade == "gy1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026", "Write the school year as 2026/27, not “2026”."),
        ("2026-27", "Write the school year as 2026/27, not “2026-27”."),
        ("2026/25", "The school year 2026/25 ends before it begins. Do you mean 2026/27?"),
        ("2026/26", "The school year 2026/26 ends before it begins. Do you mean 2026/27?"),
        ("2026/29", "A school year ends in the year after: 2026/27, not 2026/29."),
    ],
)
def test_a_year_that_is_none(text: str, sentence: str) -> None:
    with pytest.raises(NotPossible, match="^" + sentence.replace("?", r"\?").replace(".", r"\.") + "$"):
        groups.year_of(text)


def test_a_year_at_the_turn_of_the_century() -> None:
    assert (groups.year_of("2099/00"), groups.year_of("2026/27")) == (2099, 2026)


def test_a_group_that_a_wish_has_stays(world: World) -> None:
    group = groups.add(world.school.school, YEAR, FOUR_A)
    WishGroup.objects.create(wish=world.school_wish, group=group, pupils_count=24)
    with pytest.raises(NotPossible) as caught:
        groups.remove(group)
    assert str(caught.value) == (
        "4A can not be taken away: a wish or a visit has it (Krokoms skola: Trumman och tystnaden). "
        "Leave it out there first."
    )
    assert Group.objects.count() == 1


# -- A whole year at once ---------------------------------------


def test_a_year_is_written_at_once(school: School) -> None:
    a, b = groups.add(school, YEAR, FOUR_A), groups.add(school, YEAR, replace(FOUR_A, name="4B"))
    rows = [
        Row(replace(FOUR_A, name="4B"), a.pk),
        Row(replace(FOUR_A, name="4A", pupils_count=20), b.pk),
        Row(replace(FOUR_A, name="4C")),
    ]
    assert groups.write_year(school, YEAR, rows) == {"new": 1, "changed": 2, "gone": 0}
    assert standing(school) == [("4A", "4", 20, False), ("4B", "4", 24, False), ("4C", "4", 24, False)]


def test_a_year_with_a_fault_is_not_written_at_all(school: School) -> None:
    rows = [Row(FOUR_A), Row(replace(FOUR_A, pupils_count=0, name="4B")), Row(replace(FOUR_A, name="4a"))]
    with pytest.raises(GroupsWrong) as caught:
        groups.write_year(school, YEAR, rows)
    assert {line: fault.field for line, fault in caught.value.faults.items()} == {
        1: "pupils_count",
        2: "name",
    }
    assert standing(school) == []


def test_a_line_without_input_takes_its_group_away(school: School) -> None:
    group = groups.add(school, YEAR, FOUR_A)
    assert groups.write_year(school, YEAR, [Row(None, group.pk)])["gone"] == 1
    assert standing(school) == []


def test_another_schools_group_is_no_line(school: School) -> None:
    other = groups.add(make.SchoolFactory(), YEAR, FOUR_A)
    with pytest.raises(GroupsWrong):
        groups.write_year(school, YEAR, [Row(None, other.pk)])
    assert Group.objects.count() == 1


# -- The next year from the last ---------------------------------------


def test_the_next_year_is_a_grade_up(school: School) -> None:
    for told in (GroupInput("FA", "F", 18), FOUR_A, GroupInput("Klass 6", "6", 22)):
        groups.add(school, YEAR, told)
    copied = groups.copy_last_year(school, YEAR + 1)
    assert standing(school, YEAR + 1) == [("1A", "1", 18, True), ("5A", "5", 24, True)]
    assert (copied.left, copied.anew) == (("Klass 6",), ("F", "2", "3", "4", "6"))


def test_what_the_year_has_already_stays(school: School) -> None:
    groups.add(school, YEAR, FOUR_A)
    groups.add(school, YEAR + 1, GroupInput("5a", "5", 7))
    assert groups.copy_last_year(school, YEAR + 1).made == ()
    assert standing(school, YEAR + 1) == [("5a", "5", 7, False)]


def test_there_is_nothing_to_copy(school: School) -> None:
    with pytest.raises(NotPossible, match="No groups are noted for 2026/27"):
        groups.copy_last_year(school, YEAR + 1)


def test_a_copy_is_undone_but_for_what_was_confirmed(school: School) -> None:
    for name in ("4A", "4B"):
        groups.add(school, YEAR, replace(FOUR_A, name=name))
    copied: Copied = groups.copy_last_year(school, YEAR + 1)
    groups.change(copied.made[0], replace(FOUR_A, name="5A", grade="5"))
    assert groups.undo_copy(school, YEAR + 1) == 1
    assert standing(school, YEAR + 1) == [("5A", "5", 24, False)]


def test_proposals_are_confirmed_at_once(school: School) -> None:
    groups.add(school, YEAR, FOUR_A)
    groups.copy_last_year(school, YEAR + 1)
    assert groups.confirm_proposals(school, YEAR + 1) == 1
    assert standing(school, YEAR + 1) == [("5A", "5", 24, False)]


@pytest.mark.parametrize(
    ("name", "grade", "after", "risen"),
    [
        ("4A", "4", "5", "5A"),
        ("Klass 4", "4", "5", "Klass 5"),
        ("14:e", "4", "5", "14:e"),
        ("FA", "F", "1", "1A"),
        ("F", "F", "1", "1"),
        ("F-klass", "F", "1", "1-klass"),
        ("Förskoleklass B", "F", "1", "1B"),
        ("Fjällräven", "F", "1", "Fjällräven"),
        ("TE1A", "gy1", "gy2", "TE2A"),
        ("Blåsippan", "2", "3", "Blåsippan"),
    ],
)
def test_names_rise_with_their_grade(name: str, grade: str, after: str, risen: str) -> None:
    assert groups.name_risen(name, grade, after) == risen
