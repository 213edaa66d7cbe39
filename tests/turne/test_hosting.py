"""The presenter's side: the inbox, and the page of a visit."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import lifecycle, reporting
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, in_state, offered
from tests.turne.pages import COUNTER
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")


class TestInbox:
    def rows(self, response: Any) -> list[int]:
        return [row["booking"].pk for row in response.context["rows"]]

    def test_each_visit_stands_in_one_folder(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        booking = held(world)
        where = {}
        for status in Status.values:
            Booking.objects.update(status=status, answer_by=NOW + DAY if status == "offered" else None)
            found = [
                name
                for name in ("svara", "kommer", "spelade", "tidigare")
                if self.rows(client.get("/inkorg/", {"visa": name})) == [booking.pk]
            ]
            where[status] = found
        assert where == {
            "held": ["kommer"],
            "offered": ["svara"],
            "confirmed": ["kommer"],
            "declined": ["tidigare"],
            "withdrawn": ["tidigare"],
            "released": [],
            "expired": ["tidigare"],
            "cancelled": ["kommer"],
        }

    def test_what_is_over_has_been_played(self, world: World, as_user: Any, later: Any) -> None:
        booking = confirmed(world)
        later(SHOW_AT + DAY)
        client = as_user(world.presenter)
        found = [self.rows(client.get(f"/inkorg/?visa={name}")) for name in ("kommer", "spelade", "tidigare")]
        assert found == [[], [booking.pk], []]

    def test_opens_at_what_waits(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        assert client.get("/inkorg/").context["folder"] == "kommer"
        offered(world)
        response = client.get("/inkorg/")
        assert (response.context["folder"], response.context["counts"]["svara"]) == ("svara", 1)

    def test_the_soonest_deadline_first(self, world: World, as_user: Any) -> None:
        make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
        late = offered(world)
        early = held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        lifecycle.offer(early, by=world.producer, now=NOW, answer_by=NOW + DAY)
        response = as_user(world.presenter).get("/inkorg/")
        assert self.rows(response) == [early.pk, late.pk]
        assert response.context["rows"][0]["text"].startswith("Folkets hus Strömsund:")

    def test_only_ones_own(self, world: World, as_user: Any) -> None:
        offered(world)
        assert self.rows(as_user(world.neighbour).get("/inkorg/?visa=svara")) == []

    def test_asks_to_log_in(self, db: None, client: Client) -> None:
        assert client.get("/inkorg/")["Location"] == reverse("account_login") + "?next=/inkorg/"

    @pytest.mark.parametrize("query", ["?visa=x", "?page=99", "?page=x"])
    def test_odd_addresses_are_forgiven(self, world: World, as_user: Any, query: str) -> None:
        assert as_user(world.presenter).get(f"/inkorg/{query}").status_code == 200

    def test_as_many_queries_for_three_as_for_one(
        self, world: World, as_user: Any, django_assert_num_queries: Any
    ) -> None:
        client = as_user(world.presenter)
        offered(world)
        with django_assert_num_queries(COUNT_INBOX):
            client.get("/inkorg/")
        for number in (1, 2):
            production = make.RiderFactory().production
            tour = make.TourFactory(production=production, season=world.season)
            wish = make.WishFactory(
                production=production, season=world.season, organisation=world.presenting, rank=1 + number
            )
            offered(world, tour=tour, wish=wish)
        with django_assert_num_queries(COUNT_INBOX):
            assert len(client.get("/inkorg/").context["rows"]) == 3


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
        wanted = {"offered": ["decline", "counter"], "confirmed": ["cancel"]}.get(status, [])
        assert [action.name for action in page.context["actions"]] == wanted
        assert page.context["can_confirm"] is (status == "offered")

    def test_an_officer_looks_only(self, world: World, as_user: Any) -> None:
        page = as_user(world.officer).get(f"/bokning/{offered(world).pk}/")
        assert (page.context["actions"], page.context["can_confirm"]) == ([], False)

    def test_the_history_newest_first(self, world: World, as_user: Any) -> None:
        booking = lifecycle.confirm(offered(world), by=None, now=NOW + timedelta(hours=1), message="Kom!")
        page = as_user(world.producer).get(f"/bokning/{booking.pk}/")
        lines = [(line["by"], line["reason"]) for line in page.context["history"]]
        assert lines[0][1] == "Kom!"
        assert [by for by, _reason in lines[1:]] == ["Producer", "Producer"]

    def test_the_history_says_that_it_was_played(self, world: World, as_user: Any) -> None:
        booking = confirmed(world)
        reporting.report_played(booking, by=world.producer, now=booking.occupied_to + DAY, figures=[(80, 70)])
        page = as_user(world.producer).get(f"/bokning/{booking.pk}/")
        assert page.context["history"][0]["text"] == "Spelades"

    def test_asks_to_log_in(self, world: World, client: Client) -> None:
        assert client.get(f"/bokning/{held(world).pk}/").status_code == 302

    def test_the_visit_as_a_file(self, world: World, as_user: Any) -> None:
        response = as_user(world.presenter).get(f"/bokning/{confirmed(world).pk}/besok.ics")
        assert b"BEGIN:VEVENT" in response.content


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
            ("producer", "confirmed", "cancel", {"reason": "Sjukdom."}, "cancelled"),
            ("presenter", "offered", "confirm", {"message": "Hej."}, "confirmed"),
            ("presenter", "offered", "decline", {"reason": "Fel dag."}, "declined"),
            ("presenter", "offered", "counter", COUNTER, "declined"),
            ("presenter", "confirmed", "cancel", {"reason": "Vattenskada."}, "cancelled"),
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


#: Session, user, counts, page of visits with performances, houses, the bar's memberships.
COUNT_INBOX = 8
