"""Offers: who gets what is read before it is sent."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bookings import lifecycle, planning
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.turne.pages import said, source_of
from tests.turne.plans import adopted, url
from tests.world import World
from venues.models import Venue

pytestmark = pytest.mark.usefixtures("before_the_tour")


def keys(bookings: list[Booking]) -> list[str]:
    return [f"{booking.pk}:{booking.version}" for booking in bookings]


def test_before_sending_one_sees_who_gets_what(world: World, producer: Client) -> None:
    bookings = adopted(world)
    response = producer.get(url("tour-offer", world))
    letters = response.context["letters"]
    assert [letter["to"] for letter in letters if letter["booking"].wish_id == world.wish.pk] == [
        ["backe-bygdegard@example.org"]
    ]
    assert [letter["is_chosen"] for letter in letters] == [True] * len(bookings)
    assert response.context["form"].initial["answer_on"] == date(2027, 1, 1)
    assert not Notice.objects.exists()


def test_one_visit_can_be_offered_alone(world: World, producer: Client) -> None:
    bookings = adopted(world)
    response = producer.get(url("tour-offer", world), {"besok": bookings[1].pk})
    chosen = [letter["booking"] for letter in response.context["letters"] if letter["is_chosen"]]
    assert chosen == [bookings[1]]


def test_the_mail_to_read_is_text_and_nothing_else(world: World, producer: Client) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(name="<form action=/>Salen")
    adopted(world)
    page = producer.get(url("tour-offer", world)).content.decode()
    assert ("<form action=/>" in page, "&lt;form action=/&gt;Salen" in page) == (False, True)


def test_the_chosen_offers_are_sent(world: World, producer: Client) -> None:
    bookings = adopted(world)
    sent = {"besok": keys(bookings[:2]), "answer_on": "2027-01-08"}
    response = producer.post(url("tour-offer", world), sent, follow=True)
    states = sorted(world.tour.bookings.values_list("status", flat=True))
    assert states == ["held", "offered", "offered"]
    assert said(response) == ["2 offers are on their way. Answers are due by Fri 8 Jan 2027."]


def test_an_answer_date_that_has_passed_is_refused(world: World, producer: Client) -> None:
    sent = {"besok": keys(adopted(world)), "answer_on": "2026-12-01"}
    response = producer.post(url("tour-offer", world), sent)
    assert response.status_code == 422
    assert not world.tour.bookings.filter(status=Status.OFFERED).exists()


def test_without_a_choice_nothing_is_sent(world: World, producer: Client) -> None:
    adopted(world)
    response = producer.post(url("tour-offer", world), {"answer_on": "2027-01-08"})
    assert "Choose at least one visit to offer." in source_of(response)


def test_a_visit_that_has_changed_is_not_offered_unseen(world: World, producer: Client) -> None:
    last_evening = timezone.make_aware(datetime(2027, 2, 12, 19))
    planning.lock_stop(world.tour, world.wish, last_evening, by=world.producer)
    bookings = adopted(world)
    old = keys(bookings)
    last = next(booking for booking in bookings if booking.wish_id == world.wish.pk)
    later = last_evening + timedelta(hours=1)
    lifecycle.move(last, by=world.producer, now=timezone.now(), starts_at=later)
    response = producer.post(url("tour-offer", world), {"besok": old, "answer_on": "2027-01-08"})
    assert (response.status_code, Notice.objects.count()) == (422, 0)


def test_a_presenter_without_an_address_cannot_be_chosen(world: World, producer: Client) -> None:
    bookings = adopted(world)
    world.presenting.memberships.all().delete()
    type(world.presenting).objects.filter(pk=world.presenting.pk).update(email="")
    letters = producer.get(url("tour-offer", world)).context["letters"]
    assert {letter["booking"].presenter_id: letter["is_chosen"] for letter in letters}[
        world.presenting.pk
    ] is False
    response = producer.post(url("tour-offer", world), {"besok": keys(bookings), "answer_on": "2027-01-08"})
    assert "No mail reaches Backe bygdegård" in source_of(response)
    assert Notice.objects.count() == 0


def test_with_nothing_held_the_page_says_what_comes_first(world: World, producer: Client) -> None:
    assert "Nothing is held" in source_of(producer.get(url("tour-offer", world)))
