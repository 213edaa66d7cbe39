"""Another date on the pages: one click on a free time, several in order, and the producer's answer."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bookings import counters, free_slots
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, SHOW_AT, countered, held, mailed_token, offered
from tests.turne.pages import said, source_of, text_of
from tests.world import World
from turne.web import other_dates

pytestmark = pytest.mark.usefixtures("before_the_tour")
NAIVE_SHOW_AT = timezone.make_naive(SHOW_AT, SHOW_AT.tzinfo)
THURSDAY, FRIDAY = "2027-02-04T11:15", "2027-02-05T11:15"


def svar(booking: Booking) -> str:
    return reverse("answer", args=[mailed_token(booking)])


class TestMailedLink:
    def test_the_second_click_sends_a_free_time(self, world: World, client: Client) -> None:
        link = svar(offered(world))
        page = client.get(link + "?answer=counter")
        value = page.context["times"][0]["value"]
        assert f'name="first" value="{value}"' in source_of(page)
        response = client.post(link, {"answer": "counter", "first": value})
        assert (response.status_code, response["Location"]) == (302, link + "klart/")
        (kept,) = counters.times_of(Booking.objects.get())
        assert f"{kept.astimezone(SHOW_AT.tzinfo):%Y-%m-%dT%H:%M}" == value

    def test_the_nearest_are_pressed_and_the_others_chosen_from_a_list(
        self, world: World, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(other_dates, "NEAREST", 2)
        page = client.get(svar(offered(world)) + "?answer=counter", headers={"accept-language": "en"})
        pressed = re.findall(r'name="first" value="([^"]+)"', source_of(page))
        away = [abs(parse_datetime(row["value"]) - NAIVE_SHOW_AT) for row in page.context["times"]]
        assert sorted(abs(parse_datetime(value) - NAIVE_SHOW_AT) for value in pressed) == sorted(away)[:2]
        assert "More free times" in text_of(page)
        assert source_of(page).count("<option value=") == 3 * (1 + len(page.context["times"]))

    def test_several_are_kept_in_order(self, world: World, client: Client) -> None:
        booking = offered(world)
        sent = {
            "answer": "counter",
            "first": FRIDAY,
            "second": "",
            "third": THURSDAY,
            "earliest": "09:00",
            "latest": "19:00",
        }
        assert client.post(svar(booking), sent).status_code == 302
        assert counters.times_of(Booking.objects.get()) == [SHOW_AT + 2 * DAY, SHOW_AT + DAY]

    def test_afterwards_it_says_what_was_asked_and_what_happens_next(
        self, world: World, client: Client
    ) -> None:
        link = svar(offered(world))
        client.post(link, {"answer": "counter", "first": THURSDAY})
        page = text_of(client.get(link + "klart/", headers={"accept-language": "en"}))
        for part in (
            "You asked for Thu 4 Feb 2027 at 11:15",
            "What happens next",
            "Subscribe to your calendar",
        ):
            assert part in page

    def test_no_with_a_reason_is_the_second_click(self, world: World, client: Client) -> None:
        booking = offered(world)
        page = client.get(svar(booking) + "?answer=decline", headers={"accept-language": "en"})
        reason = "The day does not suit us."
        assert f'name="reason" value="{reason}"' in source_of(page)
        client.post(svar(booking), {"answer": "decline", "reason": reason})
        assert Booking.objects.get().changes.last().reason == reason

    def test_looking_at_the_offer_alone_reckons_nothing(
        self, world: World, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(free_slots, "make_brief", None)
        assert client.get(svar(offered(world))).status_code == 200

    def test_too_large_a_tour_takes_words_and_says_so(
        self, world: World, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(free_slots, "VISITS_MAX", 0)
        booking = offered(world)
        page = client.get(svar(booking) + "?answer=counter", headers={"accept-language": "en"})
        assert "too large to look for free times" in text_of(page)
        sent = {"answer": "counter", "message": "Hellre i slutet."}
        assert client.post(svar(booking), sent).status_code == 302

    def test_nothing_at_all_is_refused_beside_the_words(self, world: World, client: Client) -> None:
        response = client.post(svar(offered(world)), {"answer": "counter"})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["message"])

    def test_a_time_in_the_past_is_refused(self, world: World, client: Client) -> None:
        response = client.post(svar(offered(world)), {"answer": "counter", "first": "2026-01-01T10:00"})
        assert response.status_code == 422
        assert Booking.objects.get().status == Status.OFFERED

    def test_a_forwarded_link_shows_what_was_answered(self, world: World, client: Client) -> None:
        booking = offered(world)
        link = svar(booking)
        client.post(link, {"answer": "counter", "first": THURSDAY})
        response = Client().post(link, {"answer": "confirm"})
        assert response.status_code == 410
        assert "answered already" in text_of(Client().get(link, headers={"accept-language": "en"}))
        assert Booking.objects.get().status == Status.DECLINED


class TestProducer:
    def page(self, client: Client, booking: Booking) -> Any:
        return client.get(f"/bokning/{booking.pk}/")

    def test_sees_the_times_in_order_and_takes_one_in_one_step(self, world: World, producer: Client) -> None:
        booking = countered(world, SHOW_AT + 2 * DAY, SHOW_AT + DAY)
        times = self.page(producer, booking).context["proposal"]["times"]
        assert [row["value"] for row in times] == [FRIDAY, THURSDAY]
        sent = {"version": booking.version, "starts_at": THURSDAY}
        response = producer.post(f"/bokning/{booking.pk}/take/", sent, follow=True)
        assert said(response) == ["Taken and confirmed. Backe bygdegård gets a mail."]
        booking.refresh_from_db()
        assert (booking.status, booking.starts_at) == (Status.CONFIRMED, SHOW_AT + DAY)

    def test_a_version_that_is_not_the_newest_is_refused(self, world: World, producer: Client) -> None:
        booking = countered(world)
        sent = {"version": booking.version - 1, "starts_at": THURSDAY}
        response = producer.post(f"/bokning/{booking.pk}/take/", sent, follow=True)
        assert "Somebody has changed this visit" in said(response)[0]
        assert Booking.objects.get().status == Status.DECLINED

    def test_a_time_that_was_not_asked_for_is_refused(self, world: World, producer: Client) -> None:
        booking = countered(world)
        sent = {"version": booking.version, "starts_at": FRIDAY}
        response = producer.post(f"/bokning/{booking.pk}/take/", sent)
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["starts_at"])

    def test_what_has_been_taken_meanwhile_is_no_button(self, world: World, producer: Client) -> None:
        booking = countered(world)
        held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        (row,) = self.page(producer, booking).context["proposal"]["times"]
        assert not row["is_free"]

    def test_the_presenter_sees_what_they_proposed_but_takes_nothing(
        self, world: World, as_user: Any
    ) -> None:
        proposal = self.page(as_user(world.presenter), countered(world)).context["proposal"]
        assert (proposal["times"], bool(proposal["text"])) == ([], True)

    def test_a_new_date_is_begun_with_a_free_time(self, world: World, producer: Client) -> None:
        booking = countered(world)
        page = producer.get(f"/bokning/{booking.pk}/reschedule/?starts_at={FRIDAY}")
        assert f'value="{FRIDAY}"' in source_of(page)
        assert len(page.context["times"]) == 11

    def test_the_free_times_that_were_asked_for_stand_first(self, world: World, producer: Client) -> None:
        page = producer.get(f"/bokning/{countered(world, SHOW_AT + 2 * DAY).pk}/reschedule/")
        shown = re.findall(r'class="chip" href="\?starts_at=([^"]+)">(<b)?', source_of(page))
        assert (shown[0], len(shown)) == ((FRIDAY, "<b"), 11)
        assert [value for value, mark in shown if mark] == [FRIDAY]
        assert "They have asked for these" in text_of(page)

    def test_the_presenters_page_offers_free_times_too(self, world: World, as_user: Any) -> None:
        booking = offered(world)
        page = as_user(world.presenter).get(f"/bokning/{booking.pk}/counter/")
        assert len(page.context["times"]) == 11
