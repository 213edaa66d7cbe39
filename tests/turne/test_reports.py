"""The page on which a visit is reported, and the ways to it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Booking
from tests.agreements import DAY, SHOW_AT, confirmed
from tests.world import World

AFTER = SHOW_AT + DAY
FIGURES = {"audience_1": "80", "young_1": "70"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at(AFTER, monkeypatch)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def page(booking: Booking) -> str:
    return f"/bokning/{booking.pk}/rapport/"


def send(client: Client, booking: Booking, **values: Any) -> Any:
    return client.post(page(booking), {"version": booking.version, **values})


def reported(booking: Booking) -> tuple[str, int | None, int | None]:
    show = booking.performances.get()
    return Booking.objects.get(pk=booking.pk).outcome, show.attendance, show.attendance_young


def test_asks_for_every_show(world: World, as_user: Any) -> None:
    response = as_user(world.presenter).get(page(confirmed(world)))
    assert response.status_code == 200
    assert list(response.context["form"].fields) == ["audience_1", "young_1", "not_played", "reason"]


@pytest.mark.parametrize("who", ["presenter", "producer"])
def test_both_sides_report_who_came(world: World, as_user: Any, who: str) -> None:
    booking = confirmed(world)
    response = send(as_user(getattr(world, who)), booking, **FIGURES)
    assert (response.status_code, response.url) == (302, f"/bokning/{booking.pk}/")
    assert (reported(booking), booking.changes.last().by) == (("held", 80, 70), getattr(world, who))


def test_it_was_not_played(world: World, as_user: Any) -> None:
    booking = confirmed(world)
    send(as_user(world.presenter), booking, not_played="on", reason="Strömmen gick.")
    assert reported(booking) == ("not_held", None, None)
    assert booking.changes.last().reason == "Strömmen gick."


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, ["audience_1", "young_1"]),
        ({"audience_1": "80"}, ["young_1"]),
        ({"audience_1": "många", "young_1": "0"}, ["audience_1"]),
        ({"audience_1": "-1", "young_1": "0"}, ["audience_1"]),
        ({"audience_1": "99999", "young_1": "0"}, ["audience_1"]),
        ({"audience_1": "80", "young_1": "81"}, ["young_1"]),
        ({"not_played": "on"}, ["reason"]),
        ({"not_played": "on", "reason": " "}, ["reason"]),
    ],
)
def test_bad_input_is_said_at_its_field(
    world: World, as_user: Any, values: dict[str, str], fields: list[str]
) -> None:
    booking = confirmed(world)
    response = send(as_user(world.presenter), booking, **values)
    assert (response.status_code, list(response.context["form"].errors)) == (422, fields)
    assert reported(booking) == ("", None, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_says_that_it_is_too_early(
    world: World, as_user: Any, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(SHOW_AT, monkeypatch)
    booking = confirmed(world)
    response = getattr(as_user(world.presenter), method)(page(booking), {"version": 3, **FIGURES})
    assert (response.status_code, "<form class" in response.content.decode()) == (409, False)
    assert reported(booking) == ("", None, None)


@pytest.mark.parametrize("version", ["", "1", "x", "99"])
def test_what_somebody_has_changed_meanwhile(world: World, as_user: Any, version: str) -> None:
    booking = confirmed(world)
    response = send(as_user(world.presenter), booking, **FIGURES, version=version)
    assert (response.status_code, reported(booking)) == (409, ("", None, None))


@pytest.mark.parametrize(("who", "status"), [("neighbour", 404), ("stranger", 404), ("officer", 403)])
def test_not_for_them(world: World, as_user: Any, who: str, status: int) -> None:
    booking = confirmed(world)
    assert send(as_user(getattr(world, who)), booking, **FIGURES).status_code == status
    assert reported(booking) == ("", None, None)


def test_a_report_can_be_corrected(world: World, as_user: Any) -> None:
    booking, client = confirmed(world), as_user(world.presenter)
    send(client, booking, **FIGURES)
    booking.refresh_from_db()
    form = client.get(page(booking)).context["form"]
    assert (form["audience_1"].value(), form["young_1"].value()) == (80, 70)
    send(client, booking, not_played="on", reason="Det var en annan dag.")
    assert reported(booking) == ("not_held", None, None)


@pytest.mark.parametrize(("who", "shown"), [("presenter", True), ("producer", True), ("officer", False)])
def test_the_page_of_the_visit_leads_here(world: World, as_user: Any, who: str, shown: bool) -> None:
    booking = confirmed(world)
    response = as_user(getattr(world, who)).get(f"/bokning/{booking.pk}/")
    assert (page(booking) in response.content.decode()) is shown


def test_the_page_of_a_coming_visit_does_not(
    world: World, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(SHOW_AT, monkeypatch)
    booking = confirmed(world)
    assert page(booking) not in as_user(world.presenter).get(f"/bokning/{booking.pk}/").content.decode()


def test_the_inbox_says_what_is_not_reported(world: World, as_user: Any) -> None:
    booking, client = confirmed(world), as_user(world.presenter)
    [row] = client.get("/inkorg/?visa=spelade").context["rows"]
    assert (row["state"], row["left"] != "") == ("played", True)
    send(client, booking, not_played="on", reason="Strömmen gick.")
    [row] = client.get("/inkorg/?visa=spelade").context["rows"]
    assert (row["state"], row["left"]) == ("not_played", "")
