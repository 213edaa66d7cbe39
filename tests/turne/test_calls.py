"""The page of calls: whom, at which number, why, and what the call gave."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings import calls
from bookings.models import Booking, Notice
from tests.agreements import DAY, NOW, SHOW_AT, offered, told
from tests.world import World
from venues.models import Organisation


@pytest.fixture(autouse=True)
def _now(later: Any) -> None:
    later(NOW)


@pytest.fixture
def lost(world: World) -> Booking:
    """An offer whose mail has come back."""
    booking = told(world)
    Notice.objects.update(state="bounced", last_error="550 No such user")
    return booking


def page_of(world: World, client: Client) -> str:
    return client.get(f"/turneer/{world.tour.slug}/ring-upp/").content.decode()


def test_nobody_to_call(world: World, producer: Client) -> None:
    assert "Nobody to call" in page_of(world, producer)


def test_more_offers_need_no_more_queries(world: World, producer: Client) -> None:
    def queries(*bookings: Booking) -> tuple[int, int]:
        for booking in bookings:
            calls.note_call(booking, by=world.producer, now=NOW, note="Ingen svarade.")
        Notice.objects.update(state="failed")
        with CaptureQueriesContext(connection) as captured:
            page = page_of(world, producer)
        return page.count('<section class="card'), len(captured)

    shown, few = queries(offered(world))
    more = [
        offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY),
        offered(world, wish=world.school_wish, starts_at=SHOW_AT + 5 * DAY),
    ]
    assert (shown, *queries(*more)) == (1, 3, few)


def test_number_reason_and_what_the_call_may_give(world: World, producer: Client, lost: Booking) -> None:
    Organisation.objects.filter(pk=world.presenting.pk).update(phone="010-123 45")
    page = page_of(world, producer)
    for part in [
        "tel:010-12345",
        "550 No such user",
        f"/bokning/{lost.pk}/confirm/",
        f"/bokning/{lost.pk}/decline/",
    ]:
        assert part in page
    assert f"/bokning/{lost.pk}/extend_answer/?by_phone=1" in page


def test_without_a_number_it_says_who_can_add_one(world: World, producer: Client, lost: Booking) -> None:
    assert "No telephone number is known" in page_of(world, producer)


def test_what_was_said_is_kept_for_both_sides(world: World, producer: Client, lost: Booking) -> None:
    producer.post(f"/turneer/{world.tour.slug}/ring-upp/{lost.pk}/", {"note": "Säger ja på måndag."})
    assert "Säger ja på måndag." in page_of(world, producer)
    assert "Telephoned" in producer.get(f"/bokning/{lost.pk}/").content.decode()


def test_an_empty_note_is_told(world: World, producer: Client, lost: Booking) -> None:
    response = producer.post(f"/turneer/{world.tour.slug}/ring-upp/{lost.pk}/", {"note": " "}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not lost.changes.filter(action="phoned").exists()


def test_a_visit_of_another_tour_is_not_found(world: World, producer: Client) -> None:
    assert producer.post(f"/turneer/{world.tour.slug}/ring-upp/999/", {"note": "x"}).status_code == 404


@pytest.mark.parametrize(("step", "status"), [("confirm", "confirmed"), ("decline", "declined")])
def test_what_the_call_gave(world: World, producer: Client, lost: Booking, step: str, status: str) -> None:
    data = {"version": lost.version, "reason": "Nej", "message": "Per telefon"}
    producer.post(f"/bokning/{lost.pk}/{step}/", data)
    lost.refresh_from_db()
    assert lost.status == status


def test_more_time(world: World, producer: Client, lost: Booking) -> None:
    page = producer.get(f"/bokning/{lost.pk}/extend_answer/?by_phone=1").content.decode()
    assert re.search(r'<input[^>]*name="by_phone"[^>]*checked', page)
    data = {"version": lost.version, "answer_by": "2027-01-20T12:00", "by_phone": "on"}
    producer.post(f"/bokning/{lost.pk}/extend_answer/", data)
    lost.refresh_from_db()
    assert lost.answer_by
    assert (lost.status, lost.answer_by.day, lost.notices.count()) == ("offered", 20, 1)
