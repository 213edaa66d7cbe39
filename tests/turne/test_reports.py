"""The page on which a visit is reported, and the ways to it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings import report_links
from bookings.models import Booking, VisitReport
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
    form = response.context["form"]
    assert [field.name for row in form.main_rows for field in row] == ["audience_1", "young_1"]
    assert [field.name for row in form.more_rows for field in row] == ["adults_1", "free_1"]


@pytest.mark.parametrize("who", ["presenter", "producer"])
def test_both_sides_report_who_came(world: World, as_user: Any, who: str) -> None:
    booking = confirmed(world)
    response = send(as_user(getattr(world, who)), booking, **FIGURES)
    assert (response.status_code, response.url) == (302, f"/bokning/{booking.pk}/")
    assert (reported(booking), booking.changes.last().by) == (("held", 80, 70), getattr(world, who))


def test_it_was_not_played(world: World, as_user: Any) -> None:
    booking = confirmed(world)
    send(as_user(world.presenter), booking, not_played="on", cause="technical", reason="Strömmen gick.")
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
        ({"audience_1": "80", "young_1": "70", "adults_1": "11"}, ["adults_1"]),
        ({"audience_1": "80", "young_1": "70", "free_1": "81"}, ["free_1"]),
        ({"audience_1": "80", "young_1": "70", "cost_room": "-1"}, ["cost_room"]),
        ({"audience_1": "121", "young_1": "70"}, ["audience_1"]),
        ({"not_played": "on"}, ["cause"]),
        ({"not_played": "on", "cause": "technical"}, ["reason"]),
        ({"not_played": "on", "cause": "technical", "reason": " "}, ["reason"]),
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
    send(client, booking, not_played="on", cause="technical", reason="Det var en annan dag.")
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
    [row] = client.get("/inkorg/?visa=rapportera").context["rows"]
    assert (row["state"], row["left"] != "") == ("played", True)
    send(client, booking, not_played="on", cause="technical", reason="Strömmen gick.")
    [row] = client.get("/inkorg/?visa=tidigare").context["rows"]
    assert (row["state"], row["left"]) == ("not_played", "")


def test_what_else_is_known(world: World, as_user: Any) -> None:
    booking = confirmed(world)
    send(as_user(world.presenter), booking, **FIGURES, adults_1="10", free_1="5", cost_room="400.50")
    show = booking.performances.get()
    assert (show.attendance_adults, show.attendance_free) == (10, 5)
    assert list(booking.cost_lines.values_list("side", "kind", "amount")) == [
        ("presenter", "room", Decimal("400.50"))
    ]


def test_more_than_the_room_takes_is_asked_for_once_more(world: World, as_user: Any) -> None:
    booking, client = confirmed(world), as_user(world.presenter)
    values = {"audience_1": "130", "young_1": "70"}
    refused = send(client, booking, **values)
    assert (refused.status_code, refused.context["form"].asks_capacity) == (422, True)
    assert send(client, booking, **values, over_capacity="on").status_code == 302
    assert reported(booking) == ("held", 130, 70)


def test_a_correction_of_the_figures_says_why(world: World, as_user: Any) -> None:
    booking, client = confirmed(world), as_user(world.presenter)
    send(client, booking, **FIGURES)
    booking.refresh_from_db()
    values = {"audience_1": "90", "young_1": "70"}
    assert list(send(client, booking, **values).context["form"].errors) == ["why"]
    assert send(client, booking, **values, why="Räknade fel").status_code == 302
    assert (reported(booking), booking.changes.last().reason) == (("held", 90, 70), "Räknade fel")


class TestTheMailedLink:
    def page(self, booking: Booking) -> str:
        return f"/rapportera/{report_links.make_link(booking, now=AFTER)}/"

    def test_asks_and_changes_nothing(self, world: World, client: Client) -> None:
        booking = confirmed(world)
        response = client.get(self.page(booking))
        assert (response.status_code, response["Cache-Control"], response["Referrer-Policy"]) == (
            200,
            "no-store",
            "no-referrer",
        )
        assert reported(booking) == ("", None, None)

    def test_reports_without_an_account(self, world: World, client: Client) -> None:
        booking = confirmed(world)
        page = self.page(booking)
        response = client.post(page, {"version": booking.version, **FIGURES}, follow=True)
        assert (response.status_code, [show.attendance for show in response.context["shows"]]) == (200, [80])
        assert (reported(booking), booking.changes.last().by) == (("held", 80, 70), None)
        assert VisitReport.objects.get().side == "presenter"

    def test_is_good_for_one_report(self, world: World, client: Client) -> None:
        booking = confirmed(world)
        page = self.page(booking)
        client.post(page, {"version": booking.version, **FIGURES})
        booking.refresh_from_db()
        client.post(page, {"version": booking.version, "audience_1": "1", "young_1": "1"})
        assert reported(booking) == ("held", 80, 70)

    def test_says_what_is_wrong(self, world: World, client: Client) -> None:
        booking = confirmed(world)
        response = client.post(
            self.page(booking), {"version": booking.version, "audience_1": "5", "young_1": "6"}
        )
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["young_1"])

    def test_an_older_link_says_that_a_newer_has_come(self, world: World, client: Client) -> None:
        booking = confirmed(world)
        older = self.page(booking)
        self.page(booking)
        assert client.get(older).status_code == 410

    def test_an_unknown_one_is_not_found(self, world: World, client: Client) -> None:
        assert client.get("/rapportera/abc/").status_code == 404
