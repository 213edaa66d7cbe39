"""If-Match: a change is made over what its caller has seen, or not at all."""

from typing import Any

import pytest
from django.utils import timezone

from bookings import holds, lifecycle, planning, running
from bookings.models import Booking
from tests.agreements import NOW, confirmed, held, offered
from tests.api.callers import API, caller, wish_document
from tests.bookings.rivals import make_rival
from tests.races import at_once
from tests.tours.wishing import another, submit
from tests.world import World
from tours import frames
from tours.models import Proposal, Wish


@pytest.fixture
def _before_the_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def release(world: World, booking: Booking, if_match: str) -> Any:
    address = f"{API}/bookings/{booking.pk}/release"
    return caller(world.producer).post(address, {}, headers={"If-Match": if_match})


@pytest.mark.usefixtures("_before_the_tour")
class TestBookings:
    @pytest.mark.parametrize("header", ['"1"', "*", ' "1" ', '"7", "1"', 'W/"1", "1"', '"a,b", "1"'])
    def test_what_was_seen_is_changed(self, world: World, header: str) -> None:
        answer = release(world, held(world), header)
        assert (answer.status_code, answer["ETag"]) == (200, '"2"')

    @pytest.mark.parametrize("header", ['"2"', 'W/"1"', "1", '"7", "8"', "", '"*"', "nonsense", '"1'])
    def test_what_was_not_is_left(self, world: World, header: str) -> None:
        """A weak tag says that something may have changed that does not matter: here all of it does."""
        booking = held(world)
        answer = release(world, booking, header)
        assert (answer.status_code, answer.json()["code"], answer["ETag"]) == (412, "stale", '"1"')
        assert Booking.objects.get().status == "held"

    def test_reading_tells_the_version(self, world: World) -> None:
        booking, client = held(world), caller(world.producer)
        assert client.get(f"{API}/bookings/{booking.pk}")["ETag"] == '"1"'
        holds.extend(booking, by=world.producer, now=NOW, expires_at=booking.occupied_from)
        assert client.get(f"{API}/bookings/{booking.pk}")["ETag"] == '"2"'

    def test_what_is_made_tells_its_version(self, world: World) -> None:
        body = {"tour": world.tour.slug, "wish": world.wish.pk, "starts_at": "2027-02-03T11:15:00+01:00"}
        answer = caller(world.producer).post(f"{API}/bookings", body)
        assert (answer.status_code, answer["ETag"]) == (201, '"1"')

    def test_lists_bear_no_version(self, world: World) -> None:
        held(world)
        assert "ETag" not in caller(world.producer).get(f"{API}/bookings")

    def test_who_moves_up_in_the_line_has_changed(self, world: World) -> None:
        first, waiting = held(world), make_rival(world, "Lyran").held()
        lifecycle.release(first, by=world.producer, now=NOW)
        rival = waiting.tour.production.ensemble.producer.memberships.get().user
        address = f"{API}/bookings/{waiting.pk}/release"
        answer = caller(rival).post(address, {}, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer["ETag"]) == (412, '"2"')

    def test_what_one_may_not_see_is_not_there(self, world: World) -> None:
        answer = caller(world.neighbour).post(f"{API}/bookings/{held(world).pk}/release", {})
        assert answer.status_code == 404

    @pytest.mark.django_db(transaction=True)
    def test_of_many_who_saw_the_same_one_changes_it(self, world: World) -> None:
        booking = offered(world)
        calls = [(world.presenter, "confirm", {}), (world.presenter, "decline", {"reason": "Closed"})] * 5
        calls += [(world.producer, "withdraw", {})] * 5

        def send(call: Any) -> int:
            user, step, body = call
            address, seen = f"{API}/bookings/{booking.pk}/{step}", {"If-Match": '"2"'}
            return int(caller(user).post(address, body, headers=seen).status_code)

        assert at_once(send, calls) == {200: 1, 412: 14}
        assert booking.changes.count() == 3


@pytest.mark.usefixtures("season_is_open")
class TestWishes:
    def put(self, world: World, if_match: str) -> Any:
        address, document = f"{API}/wishes/{world.wish.pk}", wish_document(world)
        return caller(world.presenter).put(address, document, headers={"If-Match": if_match})

    def test_each_change_is_a_version(self, world: World) -> None:
        found = [self.put(world, f'"{version}"') for version in (1, 2, 2)]
        assert [(answer.status_code, answer["ETag"]) for answer in found] == [
            (200, '"2"'),
            (200, '"3"'),
            (412, '"3"'),
        ]

    def test_a_wish_that_moves_up_has_changed(self, world: World) -> None:
        second = submit(world, production=another(world, "En till"), rank=2)
        address = f"{API}/wishes/{world.wish.pk}/withdraw"
        assert caller(world.presenter).post(address, {}, headers={"If-Match": '"1"'})["ETag"] == '"2"'
        second.refresh_from_db()
        assert (second.rank, second.version) == (1, 2)

    def test_a_wish_that_stays_has_not(self, world: World) -> None:
        assert Wish.objects.get(pk=world.neighbour_wish.pk).version == 1


@pytest.mark.usefixtures("season_is_open")
class TestPlans:
    @pytest.fixture
    def plan(self, world: World) -> Proposal:
        return running.run(planning.propose(world.tour, by=world.producer, seconds=1))

    def adopt(self, world: World, plan: Proposal, if_match: str) -> Any:
        address = f"{API}/proposals/{plan.pk}/adopt"
        return caller(world.producer).post(address, {}, headers={"If-Match": if_match})

    def test_a_plan_is_adopted_over_the_tour_that_was_seen(self, world: World, plan: Proposal) -> None:
        seen = caller(world.producer).get(f"{API}/proposals/{plan.pk}")["ETag"]
        assert self.adopt(world, plan, seen).status_code == 200

    def test_and_not_over_a_board_that_was_worked_on(self, world: World, plan: Proposal) -> None:
        seen = caller(world.producer).get(f"{API}/proposals/{plan.pk}")["ETag"]
        planning.drop_stop(world.tour, world.wish, by=world.producer)
        answer = self.adopt(world, plan, seen)
        assert (answer.status_code, answer.json()["code"], Booking.objects.count()) == (412, "stale", 0)

    def test_nor_where_somebody_is_quicker(
        self, world: World, plan: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The tour is not locked before what is in it: whoever comes between look and lock is found by the verb."""
        take = planning.take_turn

        def take_after_another(tour: Any, version: int | None) -> None:
            frames.take_turn(tour, None)
            take(tour, version)

        monkeypatch.setattr(planning, "take_turn", take_after_another)
        answer = self.adopt(world, plan, '"1"')
        assert (answer.status_code, answer["ETag"], Booking.objects.count()) == (412, '"2"', 0)

    def test_a_days_outlook_tells_the_tours_version(self, world: World) -> None:
        confirmed(world)
        address = f"{API}/tours/{world.tour.slug}"
        client = caller(world.producer)
        seen = [client.get(found)["ETag"] for found in (address, f"{address}/days/2027-02-03/make-up")]
        assert seen == ['"1"', '"1"']
