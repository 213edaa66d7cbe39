"""A crew: how many they are, nicknames and no names, what they have learnt and what they have."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from tests.crews import TODAY, WORDS, crew_of
from tests.world import World
from venues import crews
from venues.crews import CrewWords, nickname_of
from venues.errors import NotPossible
from venues.models import Crew, CrewMember


def refused(call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(NotPossible) as refusal:
        call(*args, **more)
    return refusal.value.field


class TestACrew:
    def test_is_made_with_counts(self, world: World) -> None:
        crew = crew_of(world.school)
        assert (crew.name, crew.pupils_count, crew.mentors_count, crew.skills) == (
            "Lyktan",
            7,
            2,
            ["presenter"],
        )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": " "}, "name"),
            ({"pupils_count": 1}, "pupils_count"),
            ({"pupils_count": 33}, "pupils_count"),
            ({"mentors_count": 0}, "mentors_count"),
            ({"age_from": 9}, "age_from"),
            ({"age_from": 16, "age_to": 15}, "age_from"),
            ({"age_to": 19}, "age_from"),
            ({"skills": ("magic",)}, "skills"),
            ({"languages": ("tlh",)}, "languages"),
        ],
    )
    def test_what_can_not_be_is_refused(self, world: World, changes: dict[str, Any], field: str) -> None:
        assert refused(crew_of, world.school, **changes) == field

    def test_two_of_a_house_are_not_called_alike(self, world: World) -> None:
        crew_of(world.school, name="Åskan")
        assert refused(crew_of, world.school, name="åskan") == "name"
        assert crew_of(world.presenting, name="Åskan").pk

    @pytest.mark.parametrize(
        ("pupils", "mentors", "count"), [(5, 1, 0), (10, 2, 0), (4, 1, 1), (11, 2, 1), (3, 3, 2)]
    )
    def test_an_unusual_size_is_told(self, world: World, pupils: int, mentors: int, count: int) -> None:
        crew = crew_of(world.school, pupils_count=pupils, mentors_count=mentors)
        assert len(crews.size_warnings(crew)) == count

    def test_who_comes_second_changes_nothing(self, world: World) -> None:
        crew = crew_of(world.school)
        crews.change_crew(crew, CrewWords("Nya", 8, 1, 12, 15), version=crew.version)
        assert refused(crews.change_crew, crew, WORDS, version=crew.version, known_languages=("sv",)) == ""
        assert Crew.objects.get().name == "Nya"

    def test_the_database_refuses_a_size_that_can_not_be(self, world: World) -> None:
        crew = crew_of(world.school)
        with pytest.raises(IntegrityError):
            Crew.objects.filter(pk=crew.pk).update(pupils_count=200)


class TestNicknames:
    @pytest.mark.parametrize("name", ["Kim", "Åsa-Li", "D'Or", "", "Ж"])
    def test_one_word_is_one(self, name: str) -> None:
        assert nickname_of(f" {name} ") == name

    @pytest.mark.parametrize(
        "name",
        ["Kim Berg", "Kim2", "kim@skolan.se", "0701740605", "K.", "_x", "Kim-Li-Bo", "x" * 21, "Kim\tB"],
    )
    def test_what_could_be_a_full_name_number_or_address_is_none(self, name: str) -> None:
        assert refused(nickname_of, name) == "nickname"

    @given(st.text(max_size=30))
    def test_whatever_is_written_no_space_digit_or_at_is_kept(self, text: str) -> None:
        try:
            kept = nickname_of(text)
        except NotPossible:
            return
        assert len(kept) <= 20
        assert not any(sign.isspace() or sign.isdigit() or sign == "@" for sign in kept)


class TestMembers:
    def test_a_role_is_enough(self, world: World) -> None:
        crew = crew_of(world.school)
        member = crews.add_member(crew, "presenter", today=TODAY)
        assert (member.nickname, member.school_year) == ("", 2026)

    def test_no_more_than_the_crew_has(self, world: World) -> None:
        crew = crew_of(world.school, pupils_count=2)
        for _number in range(2):
            crews.add_member(crew, "presenter", today=TODAY)
        assert refused(crews.add_member, crew, "presenter", today=TODAY) == "is_mentor"
        assert crews.add_member(crew, "presenter", today=TODAY, is_mentor=True).is_mentor

    def test_one_is_taken_away_from_its_own_crew_only(self, world: World) -> None:
        crew = crew_of(world.school)
        member = crews.add_member(crew, "presenter", today=TODAY)
        crews.remove_member(crew_of(world.presenting), member.pk)
        assert list(crew.members.all()) == [member]
        crews.remove_member(crew, member.pk)
        assert list(crew.members.all()) == []

    def test_the_next_year_begins_without(self, world: World) -> None:
        crew = crew_of(world.school)
        crews.add_member(crew, "presenter", today=TODAY, nickname="Kim")
        assert list(crews.members(crew, date(2027, 8, 20))) == []
        assert CrewMember.objects.over(date(2027, 6, 30)).count() == 0
        assert CrewMember.objects.over(date(2027, 7, 1)).count() == 1


class TestTraining:
    def told(self, **changes: Any) -> dict[str, Any]:
        values = {
            "held_on": TODAY,
            "hours": Decimal(6),
            "topics": ["technique", "hosting"],
            "attended_count": 7,
        }
        return {**values, "today": TODAY, **changes}

    def test_one_that_was_noted_by_mistake_goes(self, world: World) -> None:
        crew = crew_of(world.school)
        training = crews.add_training(crew, **self.told())
        crews.remove_training(crew, training.pk)
        assert list(crew.trainings.all()) == []

    def test_is_kept_in_the_order_of_the_topics(self, world: World) -> None:
        training = crews.add_training(crew_of(world.school), **self.told())
        assert training.topics == ["hosting", "technique"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"held_on": TODAY + timedelta(days=1)},
            {"held_on": date(2016, 1, 1)},
            {"hours": Decimal(25)},
            {"topics": []},
            {"topics": ["magic"]},
            {"attended_count": 0},
            {"attended_count": 8},
        ],
    )
    def test_what_can_not_be_is_refused(self, world: World, changes: dict[str, Any]) -> None:
        (field,) = changes
        assert refused(crews.add_training, crew_of(world.school), **self.told(**changes)) == field


class TestItems:
    def test_said_anew_the_last_word_stands(self, world: World) -> None:
        crew = crew_of(world.school)
        crews.set_item(crew, "shirt", "m", total_count=5, lent_count=0)
        crews.set_item(crew, "shirt", "m", total_count=6, lent_count=2)
        assert [(item.total_count, item.lent_count) for item in crew.items.all()] == [(6, 2)]

    def test_with_none_the_line_goes(self, world: World) -> None:
        crew = crew_of(world.school)
        crews.set_item(crew, "folder", "", total_count=5, lent_count=0)
        crews.set_item(crew, "folder", "", total_count=0, lent_count=0)
        assert not crew.items.exists()

    @pytest.mark.parametrize(
        ("kind", "size", "total", "lent", "field"),
        [
            ("shirt", "", 1, 0, "what"),
            ("folder", "m", 1, 0, "what"),
            ("hat", "", 1, 0, "what"),
            ("folder", "", 1, 2, "lent_count"),
            ("folder", "", 201, 0, "total_count"),
        ],
    )
    def test_what_can_not_be_is_refused(
        self, world: World, kind: str, size: str, total: int, lent: int, field: str
    ) -> None:
        crew = crew_of(world.school)
        assert refused(crews.set_item, crew, kind, size, total_count=total, lent_count=lent) == field
