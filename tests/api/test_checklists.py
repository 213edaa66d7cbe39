"""The checklist of a visit through the API: read, and settled with the version that was seen."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Booking
from tests.agreements import NOW, confirmed
from tests.api.callers import API, caller
from tests.checklists import item, prepared, settle
from tests.world import World


@pytest.fixture(autouse=True)
def _before_the_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def put(world: World, booking: Booking, key: str, body: dict[str, Any], version: str = '"1"') -> Any:
    address = f"{API}/bookings/{booking.pk}/checklist/{key}"
    return caller(world.presenter).put(address, body, headers={"If-Match": version}, format="json")


DONE = {"state": "done"}


class TestReading:
    def test_the_list(self, world: World) -> None:
        booking = prepared(world, needs={"stage_w_m": Decimal(6)})
        found = caller(world.producer).get(f"{API}/bookings/{booking.pk}/checklist").json()
        assert (found["before"], found["is_advanced"], found["source"]) == (
            {"settled": 0, "total": 3}, False, "sju sidor"
        )  # fmt: skip
        assert found["items"][2] == {
            "key": "room-stage_width", "phase": "before", "who": "presenter", "due_on": "2027-01-13",
            "text": "Stage width: needs 6\u00a0m, nobody has said what the room has",
            "rider_line": "stage_width", "verdict": "unknown", "state": "open", "is_settled": False,
            "note": "", "by": None, "at": None, "version": 1,
        }  # fmt: skip

    def test_a_visit_without_one(self, world: World) -> None:
        found = caller(world.producer).get(f"{API}/bookings/{confirmed(world).pk}/checklist").json()
        assert (found["made_at"], found["items"], found["is_advanced"]) == (None, [], False)

    def test_an_item_has_its_version_as_etag(self, world: World) -> None:
        booking = prepared(world)
        answer = caller(world.producer).get(f"{API}/bookings/{booking.pk}/checklist/times")
        assert (answer.status_code, answer["ETag"], answer.json()["text"]) == (200, '"1"', "Times")

    def test_a_visit_that_is_advanced_is_shown_as_such(self, world: World) -> None:
        booking = prepared(world)
        for key in ("times", "heated"):
            settle(booking, key, by=world.presenter)
        assert caller(world.presenter).get(f"{API}/bookings/{booking.pk}").json()["shown_as"] == "advanced"


class TestSettling:
    def test_with_the_version_that_was_seen(self, world: World) -> None:
        answer = put(world, prepared(world), "times", {**DONE, "note": "Ten"})
        assert (answer.status_code, answer["ETag"], answer.json()["by"]) == (200, '"2"', "Presenter")

    def test_over_another_it_is_left(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        answer = put(world, booking, "times", {"state": "not_applicable", "note": "No"})
        assert (answer.status_code, answer.json()["code"], answer["ETag"]) == (412, "stale", '"2"')
        assert item(booking, "times").state == "done"

    def test_by_whoever_does_not_care(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        assert put(world, booking, "times", {"state": "open"}, "*").json()["state"] == "open"

    def test_a_need_of_the_room_that_came_later(self, world: World) -> None:
        booking = prepared(world)
        type(world.production.rider).objects.update(needs_piano=True)
        answer = put(world, booking, "room-piano", {**DONE, "note": "Ours comes along"}, '"0"')
        assert (answer.status_code, answer["ETag"]) == (200, '"1"')

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [({}, "#/state"), ({"state": "eaten"}, "#/state"), ({"state": "not_applicable"}, "#/note")],
    )
    def test_what_is_wrong_is_pointed_at(self, world: World, body: dict[str, str], pointer: str) -> None:
        answer = put(world, prepared(world), "times", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    def test_an_item_that_is_not_there(self, world: World) -> None:
        assert put(world, prepared(world), "guide", DONE).status_code == 404

    def test_of_a_cancelled_visit(self, world: World) -> None:
        booking = lifecycle.cancel(prepared(world), by=world.producer, now=NOW, reason="Ill")
        answer = put(world, booking, "times", DONE)
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
