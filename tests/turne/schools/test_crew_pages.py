"""A house's own crews: made, told anew, who is in them, what they have, and their class link."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bookings import class_links
from tests.agreements import NOW, confirmed
from tests.crews import TODAY, crew_of, hosted, meeting_of
from tests.turne.pages import ENGLISH, errors_of, get, post, said, text_of
from tests.world import World
from venues.crews import add_member, add_training
from venues.models import Crew, CrewLink, CrewMember

TOLD = {
    "name": "Lyktan", "pupils_count": "7", "mentors_count": "2", "age_from": "12", "age_to": "15",
    "skills": ["presenter", "technique"], "languages": ["sv"], "is_active": "on",
}  # fmt: skip
Login = Callable[..., Client]


@pytest.fixture
def crew(world: World) -> Crew:
    return crew_of(world.presenting)


def page(crew: Crew, step: str = "") -> str:
    return f"/crew/{crew.pk}/{step}"


class TestMaking:
    def test_without_any_the_page_says_what_a_crew_is(self, world: World, en: Login) -> None:
        assert "No crew yet" in text_of(get(en(world.presenter), "/crew/"))

    def test_one_is_made(self, world: World, en: Login) -> None:
        response = post(en(world.school_contact), "/crew/ny/", TOLD)
        crew = Crew.objects.get()
        assert (response.url, crew.organisation, crew.skills) == (
            page(crew), world.school, ["presenter", "technique"],
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("field", "value"),
        [("pupils_count", "1"), ("age_from", "7"), ("name", ""), ("pupils_count", "många")],
    )
    def test_what_can_not_be_stands_beside_its_field(
        self, world: World, en: Login, field: str, value: str
    ) -> None:
        response = post(en(world.school_contact), "/crew/ny/", {**TOLD, field: value})
        assert list(errors_of(response)) == [field]
        assert not Crew.objects.exists()

    def test_an_unusual_size_is_told_and_kept(self, world: World, en: Login) -> None:
        client = en(world.school_contact)
        response = post(client, "/crew/ny/", {**TOLD, "pupils_count": "12"})
        assert "usually has 5 to 10 pupils; this one has 12" in text_of(get(client, response.url))

    def test_told_anew_by_two_the_second_is_refused(self, world: World, crew: Crew, en: Login) -> None:
        client = en(world.presenter)
        for name in ("Ett", "Två"):
            response = post(client, page(crew, "andra/"), {**TOLD, "name": name, "version": "1"})
        assert (response.status_code, Crew.objects.get().name) == (422, "Ett")


class TestMembers:
    def test_a_role_and_a_nickname(self, world: World, crew: Crew, en: Login) -> None:
        client = en(world.presenter)
        response = post(client, page(crew, "plats/"), {"role": "presenter", "nickname": "Kim"})
        assert (response.status_code, crew.members.get().nickname) == (302, "Kim")
        assert "Presenter on stage Kim" in text_of(get(client, page(crew)))

    def test_a_full_name_is_refused_beside_its_field(self, world: World, crew: Crew, en: Login) -> None:
        response = post(
            en(world.presenter), page(crew, "plats/"), {"role": "presenter", "nickname": "Kim Berg"}
        )
        assert (response.status_code, list(response.context["member_form"].errors)) == (422, ["nickname"])
        assert not CrewMember.objects.exists()

    def test_taken_away(self, world: World, crew: Crew, en: Login) -> None:
        member = add_member(crew, "presenter", today=TODAY)
        post(en(world.presenter), page(crew, f"plats/{member.pk}/ta-bort/"))
        assert not crew.members.exists()

    def test_another_crews_is_not_touched(self, world: World, crew: Crew, en: Login) -> None:
        member = add_member(crew_of(world.school), "presenter", today=TODAY)
        assert post(en(world.presenter), page(crew, f"plats/{member.pk}/ta-bort/")).status_code == 404


def test_a_training_day(world: World, crew: Crew, en: Login) -> None:
    sent = {"held_on": "2026-12-01", "hours": "6", "topics": ["room"], "attended_count": "7"}
    client = en(world.presenter)
    post(client, page(crew, "utbildning/"), sent)
    assert "Preparing the room · 6.0 h, 7 pupils" in text_of(get(client, page(crew)))


def test_a_training_day_is_taken_away(world: World, crew: Crew, en: Login) -> None:
    training = add_training(crew, held_on=TODAY, hours=6, topics=["room"], attended_count=1, today=TODAY)
    post(en(world.presenter), page(crew, f"utbildning/{training.pk}/ta-bort/"))
    assert not crew.trainings.exists()


def test_shirts_by_size_and_folders(world: World, crew: Crew, en: Login) -> None:
    client = en(world.presenter)
    for what in ("shirt-m", "folder-"):
        post(client, page(crew, "saker/"), {"what": what, "total_count": "5", "lent_count": "2"})
    assert [(item.kind, item.size, item.lent_count) for item in crew.items.all()] == [
        ("folder", "", 2),
        ("shirt", "m", 2),
    ]


def test_more_lent_than_there_are_is_refused(world: World, crew: Crew, en: Login) -> None:
    sent = {"what": "folder-", "total_count": "1", "lent_count": "2"}
    response = post(en(world.presenter), page(crew, "saker/"), sent)
    assert list(response.context["item_form"].errors) == ["lent_count"]


class TestMeetings:
    def test_the_crew_signs_up(self, world: World, crew: Crew, en: Login) -> None:
        meeting, client = meeting_of(world), en(world.presenter)
        sent = {f"{meeting.pk}-pupils_count": "6", f"{meeting.pk}-mentors_count": "1"}
        post(client, page(crew, f"traff/{meeting.pk}/"), sent)
        assert "From the crew: 6 pupils and 1 mentor" in text_of(get(client, page(crew)))

    def test_more_than_there_are_is_refused_beside_its_field(
        self, world: World, crew: Crew, en: Login
    ) -> None:
        meeting = meeting_of(world)
        sent = {f"{meeting.pk}-pupils_count": "8", f"{meeting.pk}-mentors_count": "1"}
        response = post(en(world.presenter), page(crew, f"traff/{meeting.pk}/"), sent)
        assert list(response.context["meetings"][0]["form"].errors) == ["pupils_count"]


class TestTheClassLink:
    def made(self, client: Client, crew: Crew) -> str:
        shown = post(client, page(crew, "lank/")).content.decode()
        return re.findall(r"/crewet/[\w-]+/", shown)[0]

    def test_is_shown_once(self, world: World, crew: Crew, en: Login) -> None:
        client = en(world.presenter)
        address = self.made(client, crew)
        assert client.get(address).status_code == 200
        assert address not in get(client, page(crew)).content.decode()

    def test_the_answer_that_shows_it_is_stored_nowhere(self, world: World, crew: Crew, en: Login) -> None:
        assert "no-store" in post(en(world.presenter), page(crew, "lank/"))["Cache-Control"]

    def test_taken_back(self, world: World, crew: Crew, en: Login) -> None:
        client = en(world.presenter)
        address = self.made(client, crew)
        assert said(post(client, page(crew, "lank/aterkalla/"), follow=True)) == [
            "The class link no longer works."
        ]
        assert client.get(address).status_code == 410

    def test_says_until_when(self, world: World, crew: Crew, en: Login) -> None:
        class_links.make_crew_link(crew, by=world.presenter, now=NOW)
        assert "when the school year ends" in text_of(get(en(world.presenter), page(crew)))
        assert CrewLink.objects.get().last_used_at is None


class TestVisits:
    def test_those_that_it_hosts_and_those_that_nobody_does(self, world: World, en: Login) -> None:
        visit = hosted(world)
        other = crew_of(world.presenting, name="Andra")
        client = en(world.presenter)
        shown = [get(client, page(crew)).context["visits"] for crew in (visit.crew, other)]
        assert [(len(one["hosted"]), len(one["open"])) for one in shown] == [(1, 0), (0, 0)]

    def test_one_that_no_crew_hosts_may_be_taken(self, world: World, crew: Crew, en: Login) -> None:
        booking = confirmed(world)
        response = en(world.presenter).get(page(crew), headers=ENGLISH)
        assert f"/crew/besok/{booking.pk}/ta/" in response.content.decode()


def test_an_officer_reads_and_changes_nothing(world: World, crew: Crew, en: Login) -> None:
    shown: Any = get(en(world.officer), page(crew))
    assert (shown.status_code, "/crew/" in shown.content.decode().split("<main")[1]) == (200, False)
