"""A tour's stage on its page: what can be decided, what it leads to, and what has happened."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import deciding
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, offered
from tests.turne.pages import said, text_of
from tests.turne.plans import url
from tests.world import World
from tours.models import Tour

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def short(world: World) -> Booking:
    """One has said yes of three, one waits, and the cut-off was yesterday."""
    Tour.objects.update(cut_off_on=date(2026, 12, 17))
    booking = confirmed(world)
    offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    deciding.turn_due(NOW)
    return booking


def act(world: World, client: Client, step: str, **sent: Any) -> Any:
    return client.post(reverse("tour-stage-act", args=[world.tour.slug, step]), sent, follow=True)


def stage(world: World) -> str:
    world.tour.refresh_from_db()
    return world.tour.stage


def test_says_how_far_it_has_come(world: World, short: Booking, producer: Client) -> None:
    page = text_of(producer.get(url("tour-stage", world)))
    for part in (
        "The tour is open",
        "1 presenter has said yes, of at least 3. 1 offer is open.",
        "Too few have said yes, and the cut-off date has passed: decide.",
    ):
        assert part in page


def test_lists_what_each_way_leads_to(world: World, short: Booking, producer: Client) -> None:
    response = producer.get(url("tour-stage", world))
    assert list(response.context["forms"]) == ["go_on", "extend_cut_off", "cancel"]
    assert response.context["told"] == ["Backe bygdegård", "Folkets hus Strömsund"]
    assert response.context["lost"].startswith("1 confirmed visit is cancelled, whose agreed price is 9")


def test_km_and_money_with_and_without_those_who_wait(world: World, short: Booking, producer: Client) -> None:
    accounts = producer.get(url("tour-stage", world)).context["accounts"]
    assert [(row["visits"], row["km"] != "0 km") for row in accounts] == [(1, True), (2, True)]


def test_go_on(world: World, short: Booking, producer: Client) -> None:
    response = act(world, producer, "go_on", reason="Vi kör.")
    assert (said(response), stage(world)) == (
        ["The tour is confirmed. Open offers can still be answered."],
        "confirmed",
    )
    assert "Vi kör." in text_of(response)


def test_move_the_cut_off(world: World, short: Booking, producer: Client) -> None:
    act(world, producer, "extend_cut_off", cut_off_on="2027-01-10")
    world.tour.refresh_from_db()
    assert (world.tour.cut_off_on, world.tour.cut_off_told_at) == (date(2027, 1, 10), None)


def test_a_wrong_cut_off_is_said_at_its_field(world: World, short: Booking, producer: Client) -> None:
    response = act(world, producer, "extend_cut_off", cut_off_on="2026-12-01")
    assert response.status_code == 422
    assert list(response.context["forms"]["extend_cut_off"].errors) == ["cut_off_on"]


def test_cancel_the_tour(world: World, short: Booking, producer: Client) -> None:
    seen = [f"{b.pk}:{b.version}" for b in Booking.objects.all()]
    act(world, producer, "cancel", reason="För få.", sett=seen)
    assert (stage(world), {b.status for b in Booking.objects.all()}) == (
        "cancelled",
        {Status.CANCELLED, Status.WITHDRAWN},
    )


def test_cancelling_needs_a_reason(world: World, short: Booking, producer: Client) -> None:
    assert act(world, producer, "cancel").status_code == 422
    assert stage(world) == "open"


def test_a_visit_that_changed_meanwhile_stops_it(world: World, short: Booking, producer: Client) -> None:
    response = act(world, producer, "cancel", reason="För få.", sett=[f"{short.pk}:{short.version}"])
    assert "have changed since" in said(response)[0]
    assert stage(world) == "open"


def test_visits_that_there_cannot_be_stop_it(world: World, short: Booking, producer: Client) -> None:
    response = act(world, producer, "cancel", reason="För få.", sett=[f"{'9' * 5000}:1"])
    assert "have changed since" in said(response)[0]


def test_what_cannot_be_decided_any_more_says_so(world: World, short: Booking, producer: Client) -> None:
    act(world, producer, "go_on")
    assert said(act(world, producer, "go_on")) == ["This cannot be done now: the tour is confirmed."]


def test_another_step_is_not_found(world: World, producer: Client) -> None:
    assert act(world, producer, "publish").status_code == 404


def test_a_draft_helps(world: World, producer: Client) -> None:
    assert "draft until its first offer is sent" in text_of(producer.get(url("tour-stage", world)))


def test_the_board_and_the_list_point_there(world: World, short: Booking, producer: Client) -> None:
    assert "too few have said yes" in text_of(producer.get(url("board", world)))
    rows = producer.get(reverse("tours")).context["groups"][0]["rows"]
    assert rows[0]["deadline"] == "The cut-off has passed: decide"
