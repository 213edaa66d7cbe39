"""Visits through the API: each side takes the steps that the table of states gives it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from bookings import lifecycle, slots, visible
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from bookings.permissions import can_see_booking, steps_for
from bookings.states import ACTIONS, PRESENTER, PRODUCER
from tests.agreements import NOW, confirmed, held, in_state, offered, put_in_state
from tests.api.callers import API, caller, other_producer
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")


BODIES: dict[str, dict[str, Any]] = {
    "decline": {"reason": "Closed for repairs"},
    "cancel": {"reason": "Illness"},
    "ask_to_cancel": {"reason": "The pupils are away"},
    "counter": {
        "starts_on": "2027-02-08",
        "ends_on": "2027-02-10",
        "earliest": "10:00",
        "latest": "14:00",
        "message": "Rather that week",
    },
    "move": {"starts_at": "2027-02-04T11:15:00+01:00"},
    "take": {"starts_at": "2027-02-04T11:15:00+01:00"},
    "reschedule": {"starts_at": "2027-02-04T11:15:00+01:00"},
    "turn_down": {"reason": "The ensemble is away"},
    "postpone": {"reason": "Illness"},
    "extend_answer": {"answer_by": "2027-01-20T12:00:00+01:00"},
    "reopen": {"reason": "A wrong figure"},
    "refuse_change": {"reason": "The hall is let"},
}
#: The steps of the API that are posted; lapses are the clock's, and a price is put (`test_settlement`).
STEPS = sorted(set(ACTIONS) - {"expire", "price", "lapse_change"})


def step(world: World, side: str, booking: Booking, name: str, **body: Any) -> Any:
    return step_by(caller(getattr(world, side)), booking, name, **body)


def step_by(program: APIClient, booking: Booking, name: str, **body: Any) -> Any:
    path = f"{API}/bookings/{booking.pk}/{name.replace('_', '-')}"
    return program.post(path, body or BODIES.get(name, {}))


@pytest.mark.parametrize("side", [PRODUCER, PRESENTER])
@pytest.mark.parametrize("status", Status.values)
def test_a_side_is_told_the_steps_of_the_table(world: World, status: str, side: str) -> None:
    booking, program = in_state(world, status), caller(getattr(world, side))
    told = program.get(f"{API}/bookings/{booking.pk}").json()["actions"]
    assert told == [action.name for action in steps_for(getattr(world, side), booking, timezone.now())]


@pytest.mark.parametrize("side", [PRODUCER, PRESENTER])
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_refused_where_the_table_has_it_not(world: World, name: str, side: str) -> None:
    """In the first of all states in which this side is not told it."""
    user, booking = getattr(world, side), held(world)
    for status in Status.values:
        put_in_state(booking, status)
        if name not in [action.name for action in steps_for(user, booking, timezone.now())]:
            break
    expected = 409 if side in ACTIONS[name].sides else 403
    assert step_by(caller(user), booking, name).status_code == expected


def test_a_visit_is_shown_as_what_it_is_by_now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(world)
    monkeypatch.setattr(timezone, "now", lambda: booking.occupied_to)
    listed = caller(world.producer).get(f"{API}/bookings").json()["results"]
    assert [(visit["status"], visit["shown_as"]) for visit in listed] == [("confirmed", "played")]


def test_an_offer_goes_out_by_mail(world: World) -> None:
    answer = step(world, "producer", held(world), "offer", answer_by="2027-01-04T12:00:00+01:00")
    assert (answer.json()["status"], answer.json()["answer_by"]) == ("offered", "2027-01-04T12:00:00+01:00")
    assert Notice.objects.filter(kind="offered").count() > 0


def test_an_answer_date_that_has_passed_is_refused(world: World) -> None:
    answer = step(world, "producer", held(world), "offer", answer_by="2026-12-01T12:00:00+01:00")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/answer_by")


@pytest.mark.parametrize("moment", ["tomorrow", "2027-02-30T10:00:00+01:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_is_refused(world: World, moment: str) -> None:
    answer = step(world, "producer", held(world), "offer", answer_by=moment)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/answer_by")


def test_a_confirmed_visit_is_published(world: World) -> None:
    answer = step(world, "presenter", offered(world), "confirm", message="Welcome")
    assert (answer.json()["status"], bool(answer.json()["published_at"])) == ("confirmed", True)
    assert answer.json()["actions"] == ["propose_change", "postpone", "cancel"]
    assert caller().get(f"{API}/performances").json()["count"] == 1


def test_a_visit_is_confirmed_once(world: World) -> None:
    booking = offered(world)
    found = [step(world, "presenter", booking, "confirm").status_code for _time in range(2)]
    assert found == [200, 409]


def test_a_presenter_that_was_not_asked_has_no_say(world: World) -> None:
    answer = step(world, "presenter", held(world), "confirm")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_somebody_was_quicker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = offered(world)
    lock = slots.lock_booking

    def lock_after_another(seen: Booking) -> Booking:
        monkeypatch.setattr(slots, "lock_booking", lock)
        lifecycle.withdraw(seen, by=world.producer, now=NOW)
        return lock(seen)

    monkeypatch.setattr(slots, "lock_booking", lock_after_another)
    answer = step(world, "presenter", booking, "confirm")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_no_needs_a_reason(world: World) -> None:
    answer = step(world, "presenter", offered(world), "decline", reason=" ")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/reason")


def test_other_days_are_told_to_the_producer(world: World) -> None:
    booking = offered(world)
    step(world, "presenter", booking, "counter")
    found = caller(world.producer).get(f"{API}/bookings/{booking.pk}").json()
    assert (found["status"], found["counter_offer"]) == (
        "declined",
        {**BODIES["counter"], "earliest": "10:00:00", "latest": "14:00:00", "times": [], "outcome": ""},
    )


def test_days_outside_the_tour_are_refused(world: World) -> None:
    days = {**BODIES["counter"], "starts_on": "2027-05-03", "ends_on": "2027-05-04"}
    answer = step(world, "presenter", offered(world), "counter", **days)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/starts_on")


def test_a_visit_is_moved_with_its_shows(world: World) -> None:
    answer = step(world, "producer", held(world), "move")
    assert answer.json()["performances"][0]["starts_at"] == "2027-02-04T11:15:00+01:00"
    assert answer.json()["occupied_from"] == "2027-02-04T10:00:00+01:00"


def test_a_visit_can_not_move_onto_another(world: World) -> None:
    booking = held(world)
    other = held(world, wish=world.neighbour_wish, starts_at=booking.occupied_to + timedelta(days=1, hours=4))
    starts_at = other.performances.get().starts_at.isoformat()
    answer = step(world, "producer", booking, "move", starts_at=starts_at)
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")


def test_a_cancelled_performance_stays_public_as_cancelled(world: World) -> None:
    step(world, "producer", confirmed(world), "cancel")
    (row,) = caller().get(f"{API}/performances").json()["results"]
    assert (row["status"], row["sequence"]) == ("cancelled", 1)


def test_a_tour_that_waits_is_published_by_hand(world: World) -> None:
    type(world.tour).objects.update(is_announced_later=True)
    world.tour.refresh_from_db()
    booking = confirmed(world)
    assert caller().get(f"{API}/performances").json()["count"] == 0
    step(world, "producer", booking, "publish")
    assert caller().get(f"{API}/performances").json()["count"] == 1


def test_money_is_a_decimal_text_and_a_currency(world: World) -> None:
    found = caller(world.producer).get(f"{API}/bookings/{held(world).pk}").json()
    assert (found["price"], found["currency"]) == ("9800.00", "SEK")


def test_the_list_holds_what_each_may_see(world: World) -> None:
    held(world)
    people = [
        *(world.presenter, world.neighbour, world.school_contact, world.producer, world.officer),
        *(world.administrator, world.stranger, other_producer()),
    ]
    for user in people:
        seen = [booking.pk for booking in Booking.objects.all() if can_see_booking(user, booking)]
        assert [booking.pk for booking in visible.bookings(user)] == seen


class TestReport:
    @pytest.fixture
    def over(self, world: World, monkeypatch: pytest.MonkeyPatch) -> Booking:
        booking = confirmed(world)
        monkeypatch.setattr(timezone, "now", lambda: booking.occupied_to)
        return booking

    @pytest.mark.parametrize("side", [PRODUCER, PRESENTER])
    def test_who_came(self, world: World, over: Booking, side: str) -> None:
        assert step(world, side, over, "report", figures=[[80, 70]]).json()["outcome"] == "held"
        assert over.performances.values_list("attendance", "attendance_young").get() == (80, 70)

    def test_it_was_not_played(self, world: World, over: Booking) -> None:
        answer = step(world, PRESENTER, over, "report", not_played="Power cut")
        assert (answer.json()["outcome"], over.changes.last().reason) == ("not_held", "Power cut")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"figures": [[80, 70]], "not_played": "Power cut"},
            {"figures": [[80]]},
            {"figures": [[80, 81]]},
            {"figures": []},
            {"figures": [[99999, 0]]},
            {"not_played": " "},
        ],
    )
    def test_a_body_that_cannot_be(self, world: World, over: Booking, body: dict[str, Any]) -> None:
        assert step(world, PRESENTER, over, "report", **body).status_code == 422
        over.refresh_from_db()
        assert over.outcome == ""

    def test_not_before_it_is_over(self, world: World) -> None:
        assert step(world, PRESENTER, confirmed(world), "report", figures=[[80, 70]]).status_code == 409
