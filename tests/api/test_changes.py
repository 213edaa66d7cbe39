"""Changes, cancellations and days that move, through the API."""

import pytest

from bookings.models import Booking
from tests.agreements import DAY, SHOW_AT, confirmed
from tests.api.callers import API, caller, step
from tests.api.documents import faults
from tests.world import World

THURSDAY = (SHOW_AT + DAY).isoformat()


pytestmark = pytest.mark.usefixtures("before_the_tour")


def test_asked_for_both_versions_are_told(world: World) -> None:
    booking = confirmed(world)
    answer = step(
        world.producer, booking, "propose-change", reason="Sjukdom.", starts_at=THURSDAY, shows_count=2
    )
    assert faults(f"POST {API}/bookings/{{id}}/propose-change", 200, answer.json()) == []
    told = answer.json()
    assert (told["shown_as"], told["price"], told["change"]["price"]) == (
        "change_waits",
        "9800.00",
        "14700.00",
    )
    assert (told["change"]["side"], "take_back_change" in told["actions"]) == ("producer", True)


def test_it_is_listed_for_the_side_that_answers(world: World) -> None:
    step(world.producer, confirmed(world), "propose-change", reason="Sjukdom.", starts_at=THURSDAY)
    found = [
        caller(world.producer).get(f"{API}/bookings?waits_for={side}").json()["count"]
        for side in ("presenter", "producer")
    ]
    assert found == [1, 0]


def test_accepted_it_stands(world: World) -> None:
    booking = confirmed(world)
    step(world.producer, booking, "propose-change", reason="Sjukdom.", starts_at=THURSDAY)
    told = step(world.presenter, booking, "accept-change").json()
    assert (told["shown_as"], told["change"], len(told["performances"])) == ("confirmed", None, 1)


def test_another_presenters_room_is_a_422_that_names_it(world: World) -> None:
    body = {"reason": "Sjukdom.", "venue": world.neighbour_venue.slug}
    answer = step(world.producer, confirmed(world), "propose-change", **body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/venue")


def test_a_cancellation_says_whose_doing_it_is(world: World) -> None:
    told = step(world.producer, confirmed(world), "cancel", reason="De ringde.", cause="presenter").json()
    assert faults(f"POST {API}/bookings/{{id}}/cancel", 200, told) == []
    assert {name: told["cancellation"][name] for name in ("cause", "is_late")} == {
        "cause": "presenter",
        "is_late": False,
    }


class TestDays:
    def address(self, world: World, what: str) -> str:
        return f"{API}/tours/{world.tour.slug}/days/2027-02-02/{what}"

    def test_what_moving_leads_to(self, world: World) -> None:
        booking = confirmed(world)
        answer = caller(world.producer).get(self.address(world, "move?until=2027-02-04&by_days=5"))
        (row,) = answer.json()["visits"]
        assert (row["booking"], row["refusal"]) == (booking.pk, "")

    def test_moving_asks(self, world: World) -> None:
        booking = confirmed(world)
        visits = [{"booking": booking.pk, "version": booking.version}]
        body = {
            "reason": "Sjukdom.",
            "until": "2027-02-04",
            "by_days": 5,
            "visits": visits,
            "moves": [booking.pk],
        }
        answer = caller(world.producer).post(self.address(world, "move"), body)
        assert answer.json() == {"asked": [booking.pk], "offered": [], "moved": [], "stayed": []}

    def test_several_days_are_cancelled(self, world: World) -> None:
        booking = confirmed(world)
        visits = [{"booking": booking.pk, "version": booking.version}]
        body = {"reason": "Sjukdom.", "until": "2027-02-04", "force_majeure": True, "visits": visits}
        answer = caller(world.producer).post(self.address(world, "cancel"), body)
        assert (answer.status_code, answer.json()["hits"]) == (200, [booking.pk])
        assert Booking.objects.with_ground().get().cancellation.cause == "force_majeure"
