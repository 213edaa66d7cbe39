"""The page of a visit, and what may be done there."""

from typing import Any

import pytest
from django.test import Client

from bookings import advancing, changing
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, in_state, offered
from tests.checklists import prepared, settle
from tests.factories import ClosureFactory, VenueFactory
from tests.turne.pages import COUNTER, get, source_of
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")


def text(client: Client, address: str) -> str:
    return source_of(get(client, address))


class TestBookingPage:
    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("presenter", 200),
            ("producer", 200),
            ("officer", 200),
            ("administrator", 200),
            ("neighbour", 404),
            ("school_contact", 404),
            ("stranger", 404),
        ],
    )
    def test_who_sees_it(self, world: World, as_user: Any, who: str, status: int) -> None:
        booking = offered(world)
        assert as_user(getattr(world, who)).get(f"/bokning/{booking.pk}/").status_code == status

    @pytest.mark.parametrize("status", Status.values)
    def test_offers_what_the_table_allows(self, world: World, as_user: Any, status: str) -> None:
        booking = in_state(world, status)
        page = as_user(world.presenter).get(f"/bokning/{booking.pk}/")
        wanted = {
            "offered": ["decline", "counter"],
            "confirmed": ["propose_change", "postpone", "cancel"],
            "postponed": ["cancel"],
        }.get(status, [])
        assert [action.name for action in page.context["actions"]] == wanted
        assert page.context["can_confirm"] is (status == "offered")

    def test_an_officer_looks_only(self, world: World, as_user: Any) -> None:
        page = as_user(world.officer).get(f"/bokning/{offered(world).pk}/")
        assert (page.context["actions"], page.context["can_confirm"]) == ([], False)

    def test_the_presenter_finds_back_to_the_inbox(self, world: World, as_user: Any) -> None:
        address = f"/bokning/{offered(world).pk}/"
        found = [
            '<a href="/inkorg/">Inbox</a>' in text(as_user(who), address)
            for who in (world.presenter, world.producer)
        ]
        assert found == [True, False]

    def test_nobody_reports_what_has_not_been_played(self, world: World, as_user: Any) -> None:
        address = f"/bokning/{confirmed(world).pk}/"
        assert "not reported" not in text(as_user(world.producer), address)

    def test_asks_to_log_in(self, world: World, client: Client) -> None:
        assert client.get(f"/bokning/{held(world).pk}/").status_code == 302

    def test_the_visit_as_a_file(self, world: World, as_user: Any) -> None:
        response = as_user(world.presenter).get(f"/bokning/{confirmed(world).pk}/besok.ics")
        assert b"BEGIN:VEVENT" in response.content


class TestEnded:
    """A visit that came to nothing: its history is read, and nothing is offered that cannot be done."""

    @pytest.mark.parametrize(
        ("who", "status", "link"),
        [
            ("producer", "cancelled", "/turneer/trumman-varen-2027/erbjudanden/"),
            ("producer", "declined", "/turneer/trumman-varen-2027/erbjudanden/"),
            ("producer", "withdrawn", "/turneer/trumman-varen-2027/erbjudanden/"),
            ("producer", "released", "/turneer/trumman-varen-2027/erbjudanden/"),
            ("presenter", "expired", "/inkorg/?visa=tidigare"),
        ],
    )
    def test_leads_back_to_the_list_it_stands_in(
        self, world: World, as_user: Any, who: str, status: str, link: str
    ) -> None:
        page = as_user(getattr(world, who)).get(f"/bokning/{in_state(world, status).pk}/")
        assert f'class="btn" href="{link}"' in page.content.decode()
        assert page.context["timeline"]

    @pytest.mark.parametrize(("status", "shown"), [("confirmed", True), ("cancelled", False)])
    def test_a_day_sheet_is_offered_of_what_is_played(
        self, world: World, as_user: Any, status: str, shown: bool
    ) -> None:
        booking = prepared(world)
        Booking.objects.update(status=status)
        html = as_user(world.presenter).get(f"/bokning/{booking.pk}/").content.decode()
        assert (f"/bokning/{booking.pk}/dagordning/" in html) is shown
        assert f"/bokning/{booking.pk}/forberedelser/" in html

    def test_nothing_is_asked_of_its_room(self, world: World, as_user: Any) -> None:
        booking = prepared(world, needs={"stage_w_m": 6})
        Booking.objects.update(status="cancelled")
        lines = as_user(world.presenter).get(f"/bokning/{booking.pk}/").context["lines"]
        assert {line["tell_url"] for line in lines} == {""}


def test_a_need_that_both_have_solved_is_not_called_unknown(world: World, as_user: Any) -> None:
    booking = prepared(world, needs={"stage_w_m": 6})
    settle(booking, "room-stage_width", note="Vi bygger ut.", by=world.presenter)
    lines = as_user(world.presenter).get(f"/bokning/{booking.pk}/").context["lines"]
    found = {line["key"]: (line["fit"], line["solved"], line["tell_url"]) for line in lines}
    assert found["stage_width"] == ("solved", "Vi bygger ut.", "")


class TestNotices:
    def titles(self, client: Client, booking: Booking) -> list[str]:
        return [row["title"] for row in client.get(f"/bokning/{booking.pk}/").context["notices"]]

    def test_a_room_that_was_closed_since_is_said(self, world: World, en: Any) -> None:
        booking = confirmed(world)
        assert self.titles(en(world.producer), booking) == []
        ClosureFactory(
            venue=world.venue, starts_at=SHOW_AT - DAY, ends_at=SHOW_AT + DAY, reason="golvet slipas"
        )
        assert self.titles(en(world.producer), booking) == [
            f"{world.venue} has been closed for this time since: golvet slipas."
        ]

    def test_facts_of_another_room_are_said_until_they_are_told_anew(self, world: World, en: Any) -> None:
        booking = prepared(world)
        advancing.tell(booking, {"parking": "Bakom scenen"}, version=0, by=world.presenter, now=NOW)
        other = VenueFactory(
            name="lilla salen", organisation=world.presenting, place=world.venue.place, max_persons=200
        )
        changing.propose_change(
            booking, by=world.presenter, now=NOW + DAY, reason="Läcka.", venue=other, tries=False
        )
        changing.accept_change(booking, by=world.producer, now=NOW + DAY)
        client = en(world.presenter)
        assert self.titles(client, booking) == [f"The practical facts were written for {world.venue}."]
        advancing.tell(booking, {"parking": "På gården"}, version=1, by=world.presenter, now=NOW + 2 * DAY)
        assert self.titles(client, booking) == []


class TestActing:
    def act(self, client: Client, booking: Booking, action: str, **values: Any) -> Any:
        return client.post(
            f"/bokning/{booking.pk}/{action}/", {"version": booking.version, **values}, follow=True
        )

    @pytest.mark.parametrize(
        ("who", "start", "action", "values", "end"),
        [
            ("producer", "held", "offer", {}, "offered"),
            ("producer", "held", "offer", {"answer_by": "2027-01-08T12:00"}, "offered"),
            ("producer", "held", "confirm", {}, "confirmed"),
            ("producer", "held", "release", {}, "released"),
            ("producer", "held", "move", {"starts_at": "2027-02-04T12:00"}, "held"),
            ("producer", "offered", "withdraw", {"reason": "Ny plan."}, "withdrawn"),
            ("producer", "offered", "decline", {"reason": "Per telefon."}, "declined"),
            ("producer", "confirmed", "publish", {}, "confirmed"),
            ("producer", "confirmed", "cancel", {"reason": "Sjukdom.", "cause": "producer"}, "cancelled"),
            ("presenter", "offered", "confirm", {"message": "Hej."}, "confirmed"),
            ("presenter", "offered", "decline", {"reason": "Fel dag."}, "declined"),
            ("presenter", "offered", "counter", COUNTER, "declined"),
            (
                "presenter",
                "confirmed",
                "cancel",
                {"reason": "Vattenskada.", "cause": "presenter"},
                "cancelled",
            ),
        ],
    )
    def test_each_step(
        self, world: World, as_user: Any, who: str, start: str, action: str, values: dict[str, str], end: str
    ) -> None:
        booking = in_state(world, start)
        response = self.act(as_user(getattr(world, who)), booking, action, **values)
        booking.refresh_from_db()
        assert booking.status == end
        assert [message.level_tag for message in response.context["messages"]] == ["success"]
        assert booking.changes.last().by == getattr(world, who)

    @pytest.mark.parametrize(
        ("who", "start", "action", "code"),
        [
            ("presenter", "held", "offer", 403),
            ("presenter", "offered", "withdraw", 403),
            ("presenter", "confirmed", "publish", 403),
            ("producer", "offered", "counter", 403),
            ("officer", "confirmed", "cancel", 403),
            ("neighbour", "offered", "confirm", 404),
            ("stranger", "offered", "confirm", 404),
            ("producer", "offered", "expire", 404),
            ("producer", "offered", "explode", 404),
        ],
    )
    def test_not_for_them(
        self, world: World, as_user: Any, who: str, start: str, action: str, code: int
    ) -> None:
        booking = in_state(world, start)
        assert self.act(as_user(getattr(world, who)), booking, action).status_code == code
        booking.refresh_from_db()
        assert (booking.status, Notice.objects.count()) == (start, 0)

    @pytest.mark.parametrize("start", ["held", "confirmed", "declined", "expired"])
    def test_not_from_this_state(self, world: World, as_user: Any, start: str) -> None:
        booking = in_state(world, start)
        response = self.act(as_user(world.presenter), booking, "decline", reason="Nej.")
        booking.refresh_from_db()
        assert booking.status == start
        assert [message.level_tag for message in response.context["messages"]] == ["error"]

    def test_a_deadline_that_has_passed_is_named(self, world: World, as_user: Any, later: Any) -> None:
        booking = confirmed(world)
        later(SHOW_AT + DAY)
        client = as_user(world.producer)
        assert client.get(f"/bokning/{booking.pk}/").context["actions"] == []
        response = self.act(client, booking, "cancel", reason="Sjukdom.")
        assert [str(message) for message in response.context["messages"]] == [
            "Besöket är över. Rapportera i stället att det inte spelades."
        ]

    @pytest.mark.parametrize("version", ["", "1", "x", "-1", "99"])
    def test_what_somebody_has_changed_meanwhile(self, world: World, as_user: Any, version: str) -> None:
        booking = offered(world)
        client = as_user(world.presenter)
        response = client.post(f"/bokning/{booking.pk}/confirm/", {"version": version}, follow=True)
        booking.refresh_from_db()
        assert booking.status == Status.OFFERED
        assert [message.level_tag for message in response.context["messages"]] == ["error"]

    def test_a_form_sent_twice_acts_once(self, world: World, as_user: Any) -> None:
        booking = held(world)
        client = as_user(world.producer)
        for moved_to in ("2027-02-04T12:00", "2027-02-05T12:00"):
            client.post(f"/bokning/{booking.pk}/move/", {"version": 1, "starts_at": moved_to})
        assert booking.changes.filter(action="move").count() == 1

    def test_bad_input_is_said_at_its_field(self, world: World, as_user: Any) -> None:
        response = self.act(as_user(world.producer), held(world), "offer", answer_by="2026-01-01T12:00")
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["answer_by"])

    def test_a_taken_slot_is_said_above_the_form(self, world: World, as_user: Any) -> None:
        held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        response = self.act(as_user(world.producer), held(world), "move", starts_at="2027-02-04T11:00")
        assert (response.status_code, list(response.context["form"].errors)) == (409, ["__all__"])

    @pytest.mark.parametrize("action", ["offer", "release", "move", "confirm"])
    def test_asks_before_it_acts(self, world: World, as_user: Any, action: str) -> None:
        booking = held(world)
        response = as_user(world.producer).get(f"/bokning/{booking.pk}/{action}/")
        booking.refresh_from_db()
        assert (response.status_code, response.context["version"], booking.status) == (200, 1, "held")

    def test_needs_a_csrf_token(self, world: World) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.presenter, backend="allauth.account.auth_backends.AuthenticationBackend")
        booking = offered(world)
        assert self.act(client, booking, "confirm").status_code == 403
