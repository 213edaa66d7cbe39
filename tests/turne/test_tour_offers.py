"""The producer's list of a tour's offers, and one step for several of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bookings import changing, offers
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held
from tests.bookings.test_offers import both_told
from tests.turne.pages import queries_of, said
from tests.turne.plans import url
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def both(world: World) -> list[Booking]:
    return both_told(world)


def act(world: World, client: Client, step: str, chosen: list[Booking], **more: Any) -> Any:
    keys = [f"{booking.pk}:{booking.version}" for booking in chosen]
    return client.post(url("tour-offers", world), {"steg": step, "besok": keys, **more}, follow=True)


def test_what_waits_what_is_proposed_and_what_is_answered(world: World, producer: Client) -> None:
    countered(world)
    confirmed(world, wish=world.neighbour_wish, starts_at=NOW.replace(year=2027, month=2, day=8, hour=12))
    held(world, wish=world.school_wish, starts_at=NOW.replace(year=2027, month=2, day=9))
    context = producer.get(url("tour-offers", world)).context
    found = {name: len(context[name]) for name in ("waiting", "proposed", "answered")}
    assert (found, context["held_count"]) == ({"waiting": 0, "proposed": 1, "answered": 1}, 1)


@pytest.mark.parametrize(("who", "is_mine"), [("presenter", True), ("producer", False)])
def test_a_change_that_waits_has_its_own_list(
    world: World, producer: Client, who: str, is_mine: bool
) -> None:
    booking = confirmed(world)
    changing.propose_change(
        booking, by=getattr(world, who), now=NOW, reason="Bussen.", starts_at=SHOW_AT + timedelta(minutes=30)
    )
    context = producer.get(url("tour-offers", world)).context
    [row] = context["changes"]
    assert (row["booking"], row["change"]["is_mine"], context["answered"]) == (booking, is_mine, [])


def test_several_are_reminded(world: World, both: list[Booking], producer: Client) -> None:
    response = act(world, producer, "remind", both)
    assert said(response) == ["2 offers are reminded of."]
    (mail,) = Notice.objects.unsent().mails()
    assert (mail.kind, {item.kind for item in mail.items.all()}) == ("offers", {"reminded"})


def test_who_was_reminded_just_now_is_named(world: World, both: list[Booking], producer: Client) -> None:
    both[0] = offers.remind(both[0], by=world.producer, now=NOW)
    response = act(world, producer, "remind", both)
    assert said(response) == [
        "1 offer is reminded of.",
        "Backe bygdegård, Wed 3 Feb 2027 at 11:15: "
        "They were reminded less than two days ago. Give them time, or call.",
    ]


def test_several_get_more_time(world: World, both: list[Booking], producer: Client) -> None:
    act(world, producer, "extend_answer", both, answer_on="2027-01-15")
    assert {b.answer_by.day for b in Booking.objects.all()} == {15}


def test_more_time_needs_a_day(world: World, both: list[Booking], producer: Client) -> None:
    response = act(world, producer, "extend_answer", both)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["answer_on"])


def test_several_are_withdrawn_with_a_reason(world: World, both: list[Booking], producer: Client) -> None:
    act(world, producer, "withdraw", both, reason="Turnén läggs om.")
    assert {b.status for b in Booking.objects.all()} == {Status.WITHDRAWN}
    assert {c.reason for b in both for c in b.changes.filter(action="withdraw")} == {"Turnén läggs om."}


def test_several_are_confirmed(world: World, both: list[Booking], producer: Client) -> None:
    assert said(act(world, producer, "confirm", both)) == ["2 offers are confirmed."]


def test_none_chosen_is_refused(world: World, both: list[Booking], producer: Client) -> None:
    response = act(world, producer, "remind", [])
    assert response.context["form"].errors == {"besok": ["Choose at least one offer."]}


def test_one_that_has_changed_stops_the_form(world: World, both: list[Booking], producer: Client) -> None:
    Booking.objects.filter(pk=both[0].pk).update(version=77)
    response = act(world, producer, "withdraw", both)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["besok"])
    assert {b.status for b in Booking.objects.all()} == {Status.OFFERED}


def test_another_step_is_refused(world: World, both: list[Booking], producer: Client) -> None:
    assert act(world, producer, "cancel", both).status_code == 422


def test_as_many_queries_for_two_as_for_one(world: World, both: list[Booking], producer: Client) -> None:
    two = queries_of(producer, url("tour-offers", world))
    Booking.objects.filter(pk=both[1].pk).update(answer_by=None, status=Status.WITHDRAWN)
    assert queries_of(producer, url("tour-offers", world)) == two


def test_an_offer_shows_when_it_was_reminded_of(world: World, both: list[Booking], producer: Client) -> None:
    offers.remind(both[0], by=world.producer, now=NOW - DAY + DAY)
    rows = producer.get(url("tour-offers", world)).context["waiting"]
    assert [bool(row["reminded"]) for row in rows] == [True, False]
