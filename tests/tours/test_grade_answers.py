"""What schools say of their grades before productions are allotted."""

from datetime import timedelta

import pytest

from bookings import allotting
from tests import allotments
from tests.allotments import NOW
from tests.world import World
from tours import grade_answers
from tours.errors import NotNow, Refused, SeasonClosed
from tours.grade_answers import Answer, week_in, week_name
from tours.models import Allotment, GradeAnswer

DAY = timedelta(days=1)


def say(world: World, **answers: Answer) -> list[GradeAnswer]:
    told = {name.removeprefix("g"): answer for name, answer in answers.items()}
    return grade_answers.answer(world.season, world.school.school, told, by=world.school_contact, now=NOW)


def test_what_is_said_is_kept_and_counted_up(world: World) -> None:
    allotments.set_ground(world)
    say(
        world,
        g4=Answer(weeks=[(2027, 9), (2027, 8)], needs={"wheelchair": 1, "relaxed": 0}, can_travel=False),
    )
    say(world, g4=Answer(weeks=[(2027, 9)], message=" Ring först. "))
    found = GradeAnswer.objects.get()
    assert (found.weeks, found.needs, found.can_travel, found.message, found.version) == (
        ["2027-W09"], {}, True, "Ring först.", 2,
    )  # fmt: skip


def test_weeks_are_stored_in_their_order(world: World) -> None:
    allotments.set_ground(world)
    [found] = say(world, g4=Answer(weeks=[(2027, 9), (2027, 8), (2027, 9)]))
    assert found.weeks == ["2027-W08", "2027-W09"]


@pytest.mark.parametrize(
    ("grade", "told", "field"),
    [
        ("9", Answer(), "9"),
        ("4", Answer(weeks=[(2027, 40)]), "4.weeks"),
        ("4", Answer(weeks=[(2027, 54)]), "4.weeks"),
        ("4", Answer(needs={"taxi": 1}), "4.needs"),
        ("4", Answer(needs={"wheelchair": 43}), "4.wheelchair"),
        ("4", Answer(needs={"wheelchair": -1}), "4.wheelchair"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    world: World, grade: str, told: Answer, field: str
) -> None:
    allotments.set_ground(world)
    with pytest.raises(Refused) as refused:
        say(world, g5=Answer(), **{f"g{grade}": told})
    assert (refused.value.field, GradeAnswer.objects.count()) == (field, 0)


def test_after_the_day_it_is_too_late(world: World) -> None:
    allotments.made(world, answers_by=NOW - DAY)
    with pytest.raises(SeasonClosed):
        say(world, g4=Answer())


def test_until_the_day_it_is_not(world: World) -> None:
    allotments.made(world, answers_by=NOW + DAY)
    assert len(say(world, g4=Answer())) == 1


def test_what_is_published_is_decided(world: World) -> None:
    found = allotments.made(world)
    Allotment.objects.filter(pk=found.pk).update(state="published")
    with pytest.raises(NotNow):
        say(world, g4=Answer())


def test_what_is_published_for_one_grade_leaves_the_others_open(world: World) -> None:
    found = allotments.made(world, grades=["5"])
    Allotment.objects.filter(pk=found.pk).update(state="published")
    allotting.make(
        world.season, allotments.terms(world, name="Fyran", grades=["4"]), by=world.officer, now=NOW
    )
    with pytest.raises(NotNow):
        say(world, g5=Answer())
    assert [one.grade for one in say(world, g4=Answer())] == ["4"]
    asked = grade_answers.asked_grades(world.season, [world.school.school])
    assert [(one.grade, one.is_decided) for one in asked] == [("4", False), ("5", True)]


def test_what_is_published_in_another_municipality_closes_nothing(world: World) -> None:
    found = allotments.made(world, municipalities=[world.places["Åre"].municipality])
    Allotment.objects.filter(pk=found.pk).update(state="published")
    assert len(say(world, g4=Answer())) == 1


def test_who_is_asked_of_which_grades(world: World) -> None:
    schools = allotments.set_ground(world)
    found = grade_answers.asked_grades(world.season, list(schools.values()))
    assert [(str(one.school), one.grade, one.pupils, one.groups) for one in found] == [
        ("Krokoms skola", "4", 42, 2),
        ("Krokoms skola", "5", 25, 1),
        ("Östersunds skola", "4", 12, 1),
        ("Åre skola", "4", 9, 1),
    ]


def test_an_allotment_asks_of_its_own_grades_only(world: World) -> None:
    allotments.made(world, grades=["5"])
    found = grade_answers.asked_grades(world.season, [world.school.school])
    assert [one.grade for one in found] == ["5"]


def test_groups_of_another_year_are_not_asked_about(world: World) -> None:
    allotments.group(world.school.school, "4A", 22, school_year="2025/26")
    assert grade_answers.asked_grades(world.season, [world.school.school]) == []


@pytest.mark.parametrize("week", [(2026, 53), (2027, 1), (2027, 52)])
def test_a_week_is_read_as_it_was_written(week: tuple[int, int]) -> None:
    assert week_in(week_name(week)) == week


@pytest.mark.parametrize("name", ["2027-W54", "2027-53", "", "2027-Wxx", "x" * 8])
def test_what_is_no_week_is_none(name: str) -> None:
    assert week_in(name) is None
