"""Offers, other dates and stages through the API."""

from typing import Any

import pytest
from django.utils import timezone

from bookings import lifecycle
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, offered
from tests.api.callers import API, caller, step
from tests.api.documents import faults
from tests.bookings.test_offers import both_offered
from tests.world import World
from tours.models import Tour

pytestmark = pytest.mark.usefixtures("before_the_tour")


def test_free_times(world: World) -> None:
    answer = caller(world.presenter).get(f"{API}/bookings/{offered(world).pk}/free-times")
    assert faults(f"GET {API}/bookings/{{id}}/free-times", 200, answer.json()) == []
    assert (len(answer.json()["starts"]), answer.json()["is_whole"]) == (11, True)


def test_times_in_order_are_proposed_and_one_is_taken(world: World) -> None:
    booking = offered(world)
    times = [(SHOW_AT + n * DAY).isoformat() for n in (2, 1)]
    told = step(world.presenter, booking, "counter", times=times).json()
    assert (told["shown_as"], len(told["counter_offer"]["times"])) == ("proposed", 2)
    taken = step(world.producer, booking, "take", starts_at=times[1])
    assert faults(f"POST {API}/bookings/{{id}}/take", 200, taken.json()) == []
    assert (taken.json()["status"], taken.json()["counter_offer"]["outcome"]) == ("confirmed", "taken")


def test_a_time_that_was_not_asked_for_is_a_422_that_names_it(world: World) -> None:
    answer = step(world.producer, countered(world), "take", starts_at=(SHOW_AT + 3 * DAY).isoformat())
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/starts_at")


def test_an_empty_counter_is_a_422(world: World) -> None:
    answer = step(world.presenter, offered(world), "counter")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/message")


def test_reminding_too_soon_is_a_409(world: World) -> None:
    booking = offered(world)
    found = [step(world.producer, booking, "remind").status_code for _ in range(2)]
    assert found == [200, 409]


def test_more_time_and_a_late_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = offered(world)
    later = (booking.answer_by + 2 * DAY).isoformat()
    assert step(world.producer, booking, "extend-answer", answer_by=later).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: booking.answer_by + 3 * DAY)
    assert step(world.presenter, booking, "confirm").status_code == 409


def test_postponed_and_given_a_new_date(world: World) -> None:
    booking = confirmed(world)
    assert step(world.presenter, booking, "postpone", reason="Illness").json()["shown_as"] == "postponed"
    new = (SHOW_AT + 5 * DAY).isoformat()
    assert step(world.producer, booking, "reschedule", starts_at=new).json()["status"] == "offered"


def test_several_are_answered_each_by_itself(world: World) -> None:
    first, _second = both_offered(world)
    rows = [
        {"booking": first.pk, "version": first.version, "answer": "confirm"},
        {"booking": first.pk, "version": first.version, "answer": "decline", "words": "No."},
    ]
    answer = caller(world.presenter).post(f"{API}/bookings/answer", {"answers": rows})
    assert faults(f"POST {API}/bookings/answer", 200, answer.json()) == []
    assert [(r["status"], bool(r["refusal"])) for r in answer.json()["results"]] == [
        ("confirmed", False),
        ("confirmed", True),
    ]


def test_a_step_with_several_offers(world: World) -> None:
    seen = [{"booking": b.pk, "version": b.version} for b in both_offered(world)]
    body = {"step": "extend_answer", "visits": seen}
    path = f"{API}/tours/{world.tour.slug}/offers"
    assert caller(world.producer).post(path, body).json()["errors"][0]["pointer"] == "#/answer_by"
    answer = caller(world.producer).post(path, {**body, "answer_by": (NOW + 15 * DAY).isoformat()})
    assert [row["refusal"] for row in answer.json()["results"]] == ["", ""]


def test_a_step_with_no_offer_of_the_tour_is_a_422_that_names_the_visits(world: World) -> None:
    body = {"step": "remind", "visits": [{"booking": 10**6, "version": 1}]}
    answer = caller(world.producer).post(f"{API}/tours/{world.tour.slug}/offers", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/visits")


def test_a_number_that_no_database_holds_is_told_so(world: World) -> None:
    rows = [{"booking": 10**30, "version": 1, "answer": "confirm"}]
    answered = caller(world.presenter).post(f"{API}/bookings/answer", {"answers": rows})
    body = {"step": "withdraw", "visits": [{"booking": 10**30, "version": 1}]}
    stepped = caller(world.producer).post(f"{API}/tours/{world.tour.slug}/offers", body)
    assert [answered.status_code, stepped.status_code] == [422, 422]


class TestStage:
    def call(self, world: World, name: str, **body: Any) -> Any:
        return caller(world.producer).post(f"{API}/tours/{world.tour.slug}/{name}", body)

    def test_how_it_stands(self, world: World) -> None:
        confirmed(world)
        told = caller(world.producer).get(f"{API}/tours/{world.tour.slug}/stage").json()
        assert faults(f"GET {API}/tours/{{slug}}/stage", 200, told) == []
        assert (told["stage"], told["agreed"], told["is_missed"]) == ("open", 1, False)
        assert [line["action"] for line in told["history"]] == ["open"]

    def test_going_on_before_the_cut_off_is_a_409(self, world: World) -> None:
        confirmed(world)
        assert self.call(world, "go-on").status_code == 409

    def test_cancelling_ends_the_visits(self, world: World) -> None:
        booking = confirmed(world)
        assert self.call(world, "cancel", reason="Too few").json()["stage"] == "cancelled"
        booking.refresh_from_db()
        assert booking.status == Status.CANCELLED

    def test_a_cancelled_tour_is_not_closed(self, world: World) -> None:
        Tour.objects.update(stage="cancelled")
        assert self.call(world, "close").status_code == 409


def test_a_withdrawn_offer_is_not_answered_by_a_program_either(world: World) -> None:
    booking = lifecycle.withdraw(offered(world), by=world.producer, now=NOW)
    assert step(world.presenter, booking, "confirm").status_code == 409
