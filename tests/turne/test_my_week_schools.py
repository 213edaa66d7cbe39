"""The home of those who work with schools: coordinators, officers and pedagogues."""

from datetime import timedelta
from typing import Any

import pytest

from tests import allotments
from tests.agreements import DAY, NOW, SHOW_AT
from tests.school import confirmed_visit, group, pedagogue, workshop
from tests.turne.pages import get, text_of
from tests.world import World
from tours.models import GradeAnswer
from turne.web.my_week_schools import pedagogue_sections, school_sections
from venues.models import School, SchoolOwner, User


def rows(sections: list[Any]) -> dict[str, list[tuple[str, str]]]:
    return {section.title: [(row["title"], row["text"]) for row in section.rows] for section in sections}


def test_a_coordinator_without_schools_is_told_where_they_stand(
    world: World, coordinator: User, en: Any
) -> None:
    School.objects.update(owner=SchoolOwner.objects.create(organisation=world.presenting, kind="independent"))
    page = get(en(coordinator), "/min-vecka/")
    assert "You belong to no organisation" not in text_of(page)
    assert rows(school_sections(coordinator, NOW))["Schools"] == [
        ("The schools of Krokom", "What each has told, and which of its pupils are reached.")
    ]
    assert "No school has your organisation as its owner" in text_of(get(en(coordinator), "/skola/"))


def test_a_coordinator_reads_the_days_of_the_municipality_without_keeping_a_school(
    world: World, coordinator: User, as_user: Any
) -> None:
    School.objects.update(owner=SchoolOwner.objects.create(organisation=world.presenting, kind="independent"))
    client = as_user(coordinator)
    assert [line.owner.name for line in get(client, "/lasar/").context["groups"][0][1]] == ["Krokom"]
    krokom, other = (world.places[name].municipality.slug for name in ("Krokom", "Östersund"))
    assert get(client, f"/lasar/kommun/{krokom}/2026/").status_code == 200
    assert client.get(f"/lasar/kommun/{other}/2026/").status_code == 404


def test_schools_that_have_not_answered_for_their_grades_are_counted(world: World, coordinator: User) -> None:
    at = allotments.NOW
    allotments.made(world, answers_by=at + DAY)
    found = {section.title: section for section in school_sections(coordinator, at)}["Answers for grades"]
    assert [row["text"] for row in found.rows] == ["1 school has not answered what its grades can."]
    for grade in ("4", "5"):
        GradeAnswer.objects.create(
            season=world.season, school=world.school.school, grade=grade, by=world.school_contact, at=at
        )
    assert "Answers for grades" not in rows(school_sections(coordinator, at))


class TestPedagogue:
    @pytest.fixture
    def who(self, world: World) -> User:
        return pedagogue(world)

    def test_sees_a_visit_without_a_workshop_then_the_workshop(self, world: World, who: User) -> None:
        visit = confirmed_visit(world, [group(world)])
        title = f"{visit.tour.production}, {world.school}"
        found = rows(pedagogue_sections(who, NOW))
        assert found["School visits without a workshop"] == [(title, "Propose a workshop")]
        workshop(visit, who, SHOW_AT - DAY)
        found = rows(pedagogue_sections(who, NOW))
        assert (found["School visits without a workshop"], len(found["Workshops"])) == ([], 1)

    def test_is_asked_how_many_took_part_once_it_is_over(self, world: World, who: User) -> None:
        visit = confirmed_visit(world, [group(world)])
        held = workshop(visit, who, SHOW_AT - DAY)
        after = held.ends_at + timedelta(minutes=1)
        tasks = {section.title: section.tasks for section in pedagogue_sections(who, after)}
        assert tasks == {"Workshops": 0, "How many took part?": 1, "School visits without a workshop": 0}

    def test_is_not_told_to_have_no_organisation(self, world: World, who: User, en: Any) -> None:
        assert "You belong to no organisation" not in text_of(get(en(who), "/min-vecka/"))
