"""The presenter's side: answering by the mailed link, the inbox, and the page of a visit."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle, reporting
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, in_state, mailed_token, offered
from tests.world import World

COUNTER = {
    "starts_on": "2027-02-08",
    "ends_on": "2027-02-09",
    "earliest": "10:00",
    "latest": "14:00",
    "message": "Då går det.",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages are read at the same moment."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def at(moment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def svar(booking: Booking) -> str:
    return reverse("answer", args=[mailed_token(booking)])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


class TestAnswerPage:
    def test_shows_the_offer_as_a_question(self, world: World, client: Client) -> None:
        page = text_of(client.get(svar(offered(world))))
        assert "<h1>Trumman och tystnaden" in page
        for part in ["11.15", "10.00", "Backe bygdegård, salen", "9 800 kr", "1 jan 2027"]:
            assert part in page

    def test_looking_changes_nothing(self, world: World, client: Client) -> None:
        booking = offered(world)
        before = Booking.objects.values().get()
        for method in (client.get, client.head):
            method(svar(booking))
            method(svar(booking) + "?answer=decline")
        assert Booking.objects.values().get() == before

    def test_yes(self, world: World, client: Client) -> None:
        booking = offered(world)
        response = client.post(svar(booking), {"answer": "confirm"})
        assert (response.status_code, response["Location"]) == (302, svar(booking) + "klart/")
        booking.refresh_from_db()
        assert booking.status == Status.CONFIRMED
        assert booking.changes.last().by is None

    def test_yes_with_words(self, world: World, client: Client) -> None:
        booking = offered(world)
        client.post(svar(booking), {"answer": "confirm", "message": "Kaffe finns."})
        assert "Kaffe finns." in booking.notices.get(kind="answered").body_text

    def test_no_with_a_reason(self, world: World, client: Client) -> None:
        booking = offered(world)
        response = client.post(svar(booking), {"answer": "decline", "reason": "Fel dag."})
        booking.refresh_from_db()
        assert (response.status_code, booking.status) == (302, Status.DECLINED)

    def test_no_without_a_reason_is_asked_again(self, world: World, client: Client) -> None:
        booking = offered(world)
        response = client.post(svar(booking), {"answer": "decline", "reason": " "})
        booking.refresh_from_db()
        assert (response.status_code, booking.status) == (422, Status.OFFERED)
        assert 'id="id_reason_error"' in text_of(response)

    def test_another_date(self, world: World, client: Client) -> None:
        booking = offered(world)
        assert client.post(svar(booking), {"answer": "counter", **COUNTER}).status_code == 302
        booking.refresh_from_db()
        assert booking.counter_offer.message == "Då går det."

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"starts_on": "2027-04-31"}, "starts_on"),
            ({"starts_on": ""}, "starts_on"),
            ({"ends_on": "2027-02-01"}, "ends_on"),
            ({"latest": "08:00"}, "latest"),
            ({"starts_on": "2027-06-01", "ends_on": "2027-06-02"}, "starts_on"),
        ],
    )
    def test_impossible_days_are_said_at_their_field(
        self, world: World, client: Client, change: dict[str, str], name: str
    ) -> None:
        booking = offered(world)
        response = client.post(svar(booking), {"answer": "counter", **COUNTER, **change})
        assert (response.status_code, list(response.context["form"].errors)) == (422, [name])
        booking.refresh_from_db()
        assert booking.status == Status.OFFERED

    @pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "cancel"}, {"answer": "withdraw"}])
    def test_other_words_do_nothing(self, world: World, client: Client, sent: dict[str, str]) -> None:
        booking = offered(world)
        assert client.post(svar(booking), sent).status_code == 422
        booking.refresh_from_db()
        assert booking.status == Status.OFFERED

    def test_a_time_that_has_gone_to_another(self, world: World, client: Client) -> None:
        second = offered(world, rank=2)
        held(world, wish=world.neighbour_wish)
        response = client.post(svar(second), {"answer": "confirm"})
        assert response.status_code == 409
        assert 'role="alert"' in text_of(response)
        assert client.get(svar(second)).status_code == 200  # another date can still be proposed

    def test_works_without_cookies_and_across_sites(self, world: World) -> None:
        client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
        assert client.post(svar(offered(world)), {"answer": "confirm"}).status_code == 302
        assert not client.cookies

    def test_is_kept_from_caches_searches_and_referrers(self, world: World, client: Client) -> None:
        booking = offered(world)
        for response in (client.get(svar(booking)), client.get("/svar/okand/")):
            assert response["Cache-Control"] == "no-store"
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex, nofollow"

    def test_the_language_changes_and_the_link_stays(self, world: World) -> None:
        client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
        link = svar(offered(world))
        response = client.post(reverse("set_language"), {"language": "en", "next": link})
        assert response["Location"] == link
        assert '<html lang="en">' in text_of(client.get(link))

    def test_a_further_option_says_so(self, world: World, client: Client) -> None:
        assert client.get(svar(offered(world, rank=2))).context["booking"].hold_rank == 2

    def test_shows_the_room_check(self, world: World, client: Client) -> None:
        world.production.rider.stage_w_m = 6
        world.production.rider.save()
        lines = client.get(svar(offered(world))).context["lines"]
        assert [(line["key"], line["fit"]) for line in lines] == [
            ("capacity", "fits"),
            ("stage_width", "unknown"),
        ]

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods(self, world: World, client: Client, method: str) -> None:
        assert getattr(client, method)(svar(offered(world))).status_code == 405


class TestDeadLink:
    def test_unknown(self, db: None, client: Client) -> None:
        assert client.get("/svar/okand/").status_code == 404
        assert client.post("/svar/okand/", {"answer": "confirm"}).status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_used(self, world: World, client: Client, method: str) -> None:
        booking = offered(world)
        client.post(svar(booking), {"answer": "confirm"})
        response = getattr(client, method)(svar(booking), {"answer": "decline", "reason": "Ångrar mig."})
        assert response.status_code == 410
        booking.refresh_from_db()
        assert booking.status == Status.CONFIRMED

    def test_says_whom_to_call(self, world: World, client: Client) -> None:
        type(world.producing).objects.filter(pk=world.producing.pk).update(phone="070-000 00 00")
        booking = offered(world)
        lifecycle.withdraw(booking, by=world.producer, now=NOW)
        page = text_of(client.get(svar(booking)))
        assert "Scenlaget" in page
        assert 'href="tel:070-0000000"' in page

    def test_withdrawn(self, world: World, client: Client) -> None:
        booking = offered(world)
        lifecycle.withdraw(booking, by=world.producer, now=NOW)
        response = client.post(svar(booking), {"answer": "confirm"})
        assert (response.status_code, response.context["problem"].code) == (410, "revoked")

    def test_expired(self, world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        booking = offered(world)
        at(NOW + 15 * DAY, monkeypatch)
        response = client.get(svar(booking))
        assert (response.status_code, response.context["problem"].code) == (410, "expired")

    def test_one_offers_link_is_no_use_for_another(self, world: World, client: Client) -> None:
        first = offered(world)
        second = offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        client.post(svar(first), {"answer": "confirm", "booking": second.pk})
        second.refresh_from_db()
        assert second.status == Status.OFFERED


class TestAnswered:
    def test_says_what_comes_next_and_offers_the_calendar(self, world: World, client: Client) -> None:
        booking = offered(world)
        response = client.post(svar(booking), {"answer": "confirm"}, follow=True)
        assert 'href="webcal://127.0.0.1:8000/ical/arrangor/backe-bygdegard.ics"' in text_of(response)
        assert response["Referrer-Policy"] == "no-referrer"

    def test_a_school_gets_the_schools_calendar(self, world: World, client: Client) -> None:
        booking = offered(world, wish=world.school_wish)
        page = client.post(svar(booking), {"answer": "confirm"}, follow=True)
        assert page.context["feed"].endswith("/ical/skola/krokoms-skola.ics")
        assert client.get("/ical/skola/krokoms-skola.ics").status_code == 200

    def test_other_days_are_repeated(self, world: World, client: Client) -> None:
        page = client.post(svar(offered(world)), {"answer": "counter", **COUNTER}, follow=True)
        assert "8–9 feb 2027" in text_of(page)

    def test_the_visit_as_a_file(self, world: World, client: Client) -> None:
        booking = offered(world)
        client.post(svar(booking), {"answer": "confirm"})
        response = client.get(reverse("answer-calendar", args=[mailed_token(booking)]))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.content.count(b"BEGIN:VEVENT") == 1

    @pytest.mark.parametrize("name", ["answer-done", "answer-calendar"])
    def test_before_the_answer_there_is_only_the_offer(self, world: World, client: Client, name: str) -> None:
        booking = offered(world)
        response = client.get(reverse(name, args=[mailed_token(booking)]))
        assert (response.status_code, response["Location"]) == (302, svar(booking))

    def test_after_a_no_there_is_no_file(self, world: World, client: Client) -> None:
        booking = offered(world)
        client.post(svar(booking), {"answer": "decline", "reason": "Fel dag."})
        assert client.get(reverse("answer-calendar", args=[mailed_token(booking)])).status_code == 302


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

    def test_what_is_over_has_been_played(
        self, world: World, as_user: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booking = confirmed(world)
        at(SHOW_AT + DAY, monkeypatch)
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
