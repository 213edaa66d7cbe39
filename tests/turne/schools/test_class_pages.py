"""What the class link opens: the crew's tasks, run sheet and vote; and nothing that is not the crew's business."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings import class_links, contacts, crews
from bookings.models import Booking, CrewTask, CrewVisit
from tests.agreements import NOW, confirmed
from tests.checklists import template as checklist
from tests.crews import TODAY, crew_of, fresh, hosted, meeting_of, menu_of
from tests.turne.pages import NOW as OPEN
from tests.turne.pages import get, post, said, text_of
from tests.world import World
from tours import votes
from tours.models import CrewBallot
from venues.crews import add_member
from venues.models import Crew, User


def address_of(crew: Crew, world: World) -> str:
    token = class_links.make_crew_link(crew, by=world.presenter, now=NOW)
    return f"/crewet/{token}/"


@pytest.fixture
def visit(world: World) -> CrewVisit:
    return hosted(world)


@pytest.fixture
def address(world: World, visit: CrewVisit) -> str:
    return address_of(visit.crew, world)


class TestTheLink:
    @pytest.mark.parametrize("end", ["", "rosta/varen-2027/", "besok/1/", "besok/1/korschema/"])
    def test_one_that_never_was_is_not_found(self, client: Client, world: World, end: str) -> None:
        assert client.get(f"/crewet/abc/{end}").status_code == 404

    def test_one_that_ended_says_so(self, client: Client, address: str, monkeypatch: Any) -> None:
        monkeypatch.setattr(timezone, "now", lambda: class_links.year_ends(NOW))
        response = get(client, address)
        assert (response.status_code, "school year has ended" in text_of(response)) == (410, True)

    def test_is_not_kept_found_or_passed_on(self, client: Client, visit: CrewVisit, address: str) -> None:
        for end in ("", f"besok/{visit.pk}/", f"besok/{visit.pk}/korschema/"):
            answer = client.get(address + end)
            assert (answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"]) == (
                "no-store",
                "no-referrer",
                "noindex, nofollow",
            )

    def test_the_bar_leads_nowhere_that_needs_an_account(self, client: Client, address: str) -> None:
        assert "account_label" not in client.get(address).content.decode()


class TestHome:
    def test_has_visits_votes_meetings_and_training(self, client: Client, world: World, address: str) -> None:
        meeting_of(world)
        shown = text_of(get(client, address))
        for words in ("Trumman och tystnaden", "0 of 5 done", "Crewträff", "No training day is noted yet"):
            assert words in shown

    def test_what_is_not_announced_is_not_shown_before_the_crew_has_it(
        self, client: Client, world: World
    ) -> None:
        crew = crew_of(world.presenting)
        booking, address = confirmed(world), address_of(crew, world)
        assert "Also coming" in text_of(get(client, address))
        Booking.objects.filter(pk=booking.pk).update(published_at=None)
        assert "Also coming" not in text_of(get(client, address))

    def test_another_house_s_visits_are_not(self, client: Client, world: World, visit: CrewVisit) -> None:
        other = address_of(crew_of(world.school), world)
        assert "Trumman" not in text_of(get(client, other))
        assert client.get(f"{other}besok/{visit.pk}/").status_code == 404


class TestTicking:
    def test_needs_no_account_and_no_cookie(self, world: World, visit: CrewVisit, address: str) -> None:
        client = Client(enforce_csrf_checks=True)
        sent = {"task": "doors-0", "state": "done", "version": "0", "nickname": "Kim", "note": "Alla kom."}
        response = post(client, f"{address}besok/{visit.pk}/", sent)
        assert response.status_code == 302
        assert [(row.key, row.is_done, row.nickname) for row in CrewTask.objects.all()] == [
            ("doors", True, "Kim")
        ]

    def test_a_refusal_is_said(self, client: Client, visit: CrewVisit, address: str) -> None:
        sent = {"task": "doors-0", "state": "done", "version": "0", "nickname": "Kim Berg"}
        response = post(client, f"{address}besok/{visit.pk}/", sent, follow=True)
        assert "no surname" in said(response)[0]

    def test_of_a_visit_that_was_left_there_is_nothing(
        self, client: Client, world: World, visit: CrewVisit, address: str
    ) -> None:
        crews.leave(visit, by=world.presenter, now=NOW)
        assert client.get(f"{address}besok/{visit.pk}/").status_code == 404

    @pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
    def test_a_number_that_is_no_visit(self, client: Client, address: str, pk: str) -> None:
        assert client.get(f"{address}besok/{pk}/").status_code == 404


class TestVoting:
    @pytest.fixture(autouse=True)
    def open_season(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timezone, "now", lambda: OPEN)

    def page(self, world: World) -> str:
        crew = Crew.objects.first() or crew_of(world.presenting)
        token = class_links.make_crew_link(crew, by=world.presenter, now=OPEN)
        return f"/crewet/{token}/rosta/{world.season.slug}/"

    def test_the_vote_is_noted(self, client: Client, world: World) -> None:
        a, b = menu_of(world, 2)
        response = post(
            client, self.page(world), {"place_1": b.pk, "place_2": a.pk, "hands_count": "7", "version": "0"}
        )
        ballot = CrewBallot.objects.get()
        assert (response.status_code, ballot.hands_count) == (302, 7)
        assert [vote.production for vote in ballot.votes.all()] == [b, a]

    def test_it_begins_with_the_vote_that_stands(self, client: Client, world: World) -> None:
        (a,) = menu_of(world, 1)
        page = self.page(world)
        votes.vote(Crew.objects.get(), world.season, [a], hands_count=5, version=0, now=OPEN)
        form = get(client, page).context["form"]
        assert (form["place_1"].value(), form["hands_count"].value(), form["version"].value()) == (
            str(a.pk),
            5,
            1,
        )

    def test_one_twice_stands_beside_its_place(self, client: Client, world: World) -> None:
        (a,) = menu_of(world, 1)
        response = post(client, self.page(world), {"place_1": a.pk, "place_2": a.pk, "hands_count": "5"})
        assert list(response.context["form"].errors) == ["place_2"]

    def test_after_the_season_has_closed_there_is_no_vote(
        self, client: Client, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = self.page(world)
        monkeypatch.setattr(timezone, "now", lambda: NOW)
        assert client.get(page).status_code == 404


class TestNothingElse:
    """The bearer of a class link is somebody's pupil: no price, no telephone, nobody's name stands there."""

    def test_no_page_of_the_link_shows_a_name_a_number_or_a_price(
        self, client: Client, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        checklist(world)
        visit = hosted(world)
        hidden = self.secrets_of(world, visit)
        meeting_of(world, held_on=visit.booking.occupied_from.date())
        menu_of(world, 2)
        add_member(visit.crew, "presenter", today=TODAY, nickname="Kim")
        address = address_of(visit.crew, world)
        pages = [address, f"{address}besok/{visit.pk}/", f"{address}besok/{visit.pk}/korschema/"]
        shown = [client.get(page).content.decode() for page in pages]
        monkeypatch.setattr(timezone, "now", lambda: OPEN)
        shown += [client.get(page).content.decode() for page in (address, f"{address}rosta/varen-2027/")]
        assert [(word, index) for index, page in enumerate(shown) for word in hidden if word in page] == []

    def secrets_of(self, world: World, visit: CrewVisit) -> list[str]:
        booking = Booking.objects.with_ground().get(pk=fresh(visit).booking_id)
        told = {"name": "Anna And", "phone": "070-174 06 05", "email": "anna.and@example.org"}
        contacts.name(booking, "artist_host", **told, by=world.presenter, now=NOW)
        people = [word for user in User.objects.all() for word in (user.email, user.name) if word]
        houses = [world.presenting.email, world.producing.email]
        return ["9 800", "9800", "9\N{NO-BREAK SPACE}800", "9,800", "SEK", *told.values(), *people, *houses]
