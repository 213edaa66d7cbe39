"""The mailed link: one question, its answer, and what it says when it is too late."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import lifecycle
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, held, mailed_token, offered
from tests.turne.pages import COUNTER, source_of
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")


def token_of(booking: Booking) -> str:
    """The link's secret as it was mailed; kept here, because the outbox forgets it when the offer has ended."""
    if not hasattr(booking, "mailed"):
        booking.mailed = mailed_token(booking)  # type: ignore[attr-defined]
    return str(booking.mailed)


def svar(booking: Booking) -> str:
    return reverse("answer", args=[token_of(booking)])


class TestAnswerPage:
    def test_shows_the_offer_as_a_question(self, world: World, client: Client) -> None:
        page = source_of(client.get(svar(offered(world))))
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
        assert 'id="id_reason_error"' in source_of(response)

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
        assert 'role="alert"' in source_of(response)
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
        assert '<html lang="en">' in source_of(client.get(link))

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
        address = svar(booking)
        lifecycle.withdraw(booking, by=world.producer, now=NOW)
        page = source_of(client.get(address))
        assert "Scenlaget" in page
        assert 'href="tel:070-0000000"' in page

    def test_withdrawn(self, world: World, client: Client) -> None:
        booking = offered(world)
        address = svar(booking)
        lifecycle.withdraw(booking, by=world.producer, now=NOW)
        response = client.post(address, {"answer": "confirm"})
        assert (response.status_code, response.context["problem"].code) == (410, "revoked")

    def test_expired(self, world: World, client: Client, later: Any) -> None:
        booking = offered(world)
        later(NOW + 15 * DAY)
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
        assert 'href="webcal://127.0.0.1:8000/ical/arrangor/backe-bygdegard.ics"' in source_of(response)
        assert response["Referrer-Policy"] == "no-referrer"

    def test_a_school_gets_the_schools_calendar(self, world: World, client: Client) -> None:
        booking = offered(world, wish=world.school_wish)
        page = client.post(svar(booking), {"answer": "confirm"}, follow=True)
        assert page.context["feed"].endswith("/ical/skola/krokoms-skola.ics")
        assert client.get("/ical/skola/krokoms-skola.ics").status_code == 200

    def test_other_days_are_repeated(self, world: World, client: Client) -> None:
        page = client.post(svar(offered(world)), {"answer": "counter", **COUNTER}, follow=True)
        assert "8–9 feb 2027" in source_of(page)

    def test_the_visit_as_a_file(self, world: World, client: Client) -> None:
        booking = offered(world)
        client.post(svar(booking), {"answer": "confirm"})
        response = client.get(reverse("answer-calendar", args=[token_of(booking)]))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.content.count(b"BEGIN:VEVENT") == 1

    @pytest.mark.parametrize("name", ["answer-done", "answer-calendar"])
    def test_before_the_answer_there_is_only_the_offer(self, world: World, client: Client, name: str) -> None:
        booking = offered(world)
        response = client.get(reverse(name, args=[token_of(booking)]))
        assert (response.status_code, response["Location"]) == (302, svar(booking))

    def test_after_a_no_there_is_no_file(self, world: World, client: Client) -> None:
        booking = offered(world)
        client.post(svar(booking), {"answer": "decline", "reason": "Fel dag."})
        assert client.get(reverse("answer-calendar", args=[token_of(booking)])).status_code == 302
