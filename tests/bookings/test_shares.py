"""A person or a vehicle that several ensembles need is never taken twice for overlapping times."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from bookings import holds, lifecycle, shares, slots
from bookings.briefing import make_brief
from bookings.errors import SlotTaken
from bookings.models import Allocation, Booking
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, held
from tests.bookings.rivals import Rival, make_rival
from tests.guarantees import operations
from tests.races import at_once, without_the_constraint
from tests.world import World
from tours.errors import Refused
from tours.models import Shared

KINDS = pytest.mark.parametrize("kind", [Shared.Kind.PERSON, Shared.Kind.VEHICLE])


def sibling(world: World, name: str) -> Rival:
    """Another ensemble of the world's producer, whose tour wants a venue of its own."""
    rival = make_rival(world, name)
    ensemble = rival.tour.production.ensemble
    ensemble.producer = world.producing
    ensemble.save()
    rival.wish.venue = make.VenueFactory(organisation=world.presenting, place=world.places["Backe"])
    rival.wish.save()
    return rival


def shared_by(
    world: World, *rivals: Rival, kind: Shared.Kind = Shared.Kind.PERSON, name: str = "the one"
) -> None:
    """The world's ensemble and the rivals' write the same name."""
    for ensemble in (world.ensemble, *(rival.tour.production.ensemble for rival in rivals)):
        shares.share(ensemble, kind, [name], NOW)


@pytest.fixture
def second(world: World) -> Rival:
    return sibling(world, "Lyran")


class TestSharing:
    def test_without_it_both_play(self, world: World, second: Rival) -> None:
        """The control: two ensembles in two venues at one time."""
        assert [held(world).hold_rank, second.held(rank=1).hold_rank] == [1, 1]

    @KINDS
    def test_only_one_of_them_plays(self, world: World, second: Rival, kind: Shared.Kind) -> None:
        shared_by(world, second, kind=kind)
        held(world)
        with pytest.raises(SlotTaken, match="the one is already taken"):
            second.held(rank=1)

    def test_the_other_waits_and_moves_up(self, world: World, second: Rival) -> None:
        shared_by(world, second)
        first, waiting = held(world), second.held()
        assert waiting.hold_rank == 2
        lifecycle.release(first, by=world.producer, now=NOW)
        waiting.refresh_from_db()
        assert (waiting.hold_rank, operations.wrong()) == (1, [])

    def test_after_its_get_out_it_is_free(self, world: World, second: Rival) -> None:
        shared_by(world, second)
        first = held(world)
        later = first.occupied_to + timedelta(minutes=second.tour.production.rider.get_in_min)
        assert second.held(starts_at=later, rank=1).hold_rank == 1

    def test_a_confirmation_is_guarded_too(self, world: World, second: Rival) -> None:
        shared_by(world, second)
        waiting = lifecycle.offer(second.held(rank=2), by=second.producer, now=NOW)
        lifecycle.confirm(held(world), by=world.producer, now=NOW)
        with pytest.raises(SlotTaken):
            lifecycle.confirm(waiting, by=second.producer, now=NOW)

    def test_and_moving_onto_it(self, world: World, second: Rival) -> None:
        shared_by(world, second)
        held(world)
        booking = second.held(starts_at=SHOW_AT + DAY)
        with pytest.raises(SlotTaken):
            lifecycle.move(booking, by=second.producer, now=NOW, starts_at=SHOW_AT)

    def test_the_planner_keeps_those_days_free(self, world: World, second: Rival) -> None:
        before = make_brief(world.tour).problem["days"]
        shared_by(world, second)
        second.held(rank=1)
        after = make_brief(world.tour).problem["days"]
        assert [a["date"] for a, b in zip(after, before, strict=True) if a != b] == ["2027-02-03"]


class TestNaming:
    def test_the_same_name_is_the_same(self, world: World, second: Rival) -> None:
        shares.share(world.ensemble, Shared.Kind.PERSON, ["The  violinist ", "", "the Violinist"], NOW)
        shares.share(second.tour.production.ensemble, Shared.Kind.PERSON, ["THE VIOLINIST"], NOW)
        row = Shared.objects.get()
        assert (row.name, row.ensembles.count()) == ("the Violinist", 2)

    def test_of_another_producer_it_is_another(self, world: World) -> None:
        shared_by(world, make_rival(world, "Lyran"))
        assert Shared.objects.count() == 2

    def test_a_van_is_no_person(self, world: World) -> None:
        for kind in Shared.Kind:
            shares.share(world.ensemble, kind, ["one"], NOW)
        assert world.ensemble.shared.count() == 2

    def test_what_stands_reserves_it_at_once(self, world: World) -> None:
        held(world)
        shares.share(world.ensemble, Shared.Kind.PERSON, ["one"], NOW)
        assert Allocation.objects.get(shared__isnull=False).is_blocking

    def test_two_visits_that_stand_are_not_given_one_person(self, world: World, second: Rival) -> None:
        held(world)
        second.held(rank=1)
        shares.share(world.ensemble, Shared.Kind.PERSON, ["one"], NOW)
        with pytest.raises(Refused) as refusal:
            shares.share(second.tour.production.ensemble, Shared.Kind.PERSON, ["one"], NOW)
        assert refusal.value.field == "shared_people"
        assert not second.tour.production.ensemble.shared.exists()

    def test_what_is_shared_no_longer_is_let_go(self, world: World, second: Rival) -> None:
        shared_by(world, second)
        held(world)
        shares.share(world.ensemble, Shared.Kind.PERSON, [], NOW)
        assert second.held(rank=1).hold_rank == 1

    @pytest.mark.parametrize("names", [["x" * 81], [str(number) for number in range(21)]])
    def test_not_too_much(self, world: World, names: list[str]) -> None:
        with pytest.raises(Refused):
            shares.share(world.ensemble, Shared.Kind.VEHICLE, names, NOW)


# -- Races --------------------------------------------------------------------------------------------------------


@pytest.fixture
def siblings(world: World) -> list[Rival]:
    return [sibling(world, f"Hus{number}") for number in range(10)]


@KINDS
@pytest.mark.django_db(transaction=True)
def test_many_who_share_one_are_held_and_one_stands(
    world: World, siblings: list[Rival], kind: Shared.Kind
) -> None:
    shared_by(world, *siblings, kind=kind)
    outcome = at_once(lambda rival: rival.held(rank=1).status, siblings)
    assert outcome == {"held": 1, "SlotTaken": len(siblings) - 1}
    assert (Booking.objects.count(), operations.wrong()) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_many_who_share_one_confirm_and_one_stands(world: World, siblings: list[Rival]) -> None:
    shared_by(world, *siblings)
    offers = [lifecycle.offer(r.held(rank=2), by=r.producer, now=NOW) for r in siblings]
    outcome = at_once(lambda booking: lifecycle.confirm(booking, by=None, now=NOW).status, offers)
    assert outcome == {"confirmed": 1, "SlotTaken": len(siblings) - 1}
    assert Allocation.objects.filter(is_blocking=True, shared__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_they_promote_and_move_while_the_first_lets_go(world: World, siblings: list[Rival]) -> None:
    shared_by(world, *siblings)
    first = held(world)
    calls = [lambda: lifecycle.release(first, by=world.producer, now=NOW)]
    for number, rival in enumerate(siblings, start=1):
        if number % 2:
            calls.append(_promoting(rival))
        else:
            calls.append(_moving(rival, number))
    outcome = at_once(lambda call: call().status, calls)
    assert set(outcome) <= {"held", "released", "SlotTaken", "NotNow"}
    at = Booking.objects.reserving().between(SHOW_AT, SHOW_AT + timedelta(minutes=1))
    assert (at.count(), operations.wrong()) == (1, [])


def _promoting(rival: Rival) -> Callable[[], Booking]:
    booking = rival.held()
    return lambda: holds.promote(booking, by=rival.producer, now=NOW)


def _moving(rival: Rival, days: int) -> Callable[[], Booking]:
    booking = rival.held(starts_at=SHOW_AT + days // 2 * DAY, rank=2)
    return lambda: lifecycle.move(booking, by=rival.producer, now=NOW, starts_at=SHOW_AT)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time, locks or not")
@pytest.mark.django_db(transaction=True)
def test_without_the_locks_on_kin_the_race_is_lost(
    world: World, siblings: list[Rival], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: each ensemble locked for itself, and no constraint."""
    shared_by(world, *siblings)
    offers = [lifecycle.offer(r.held(rank=2), by=r.producer, now=NOW) for r in siblings]
    all_have_looked, look = Barrier(len(siblings)), slots.rival_of

    def look_and_wait(booking: Booking) -> Allocation | None:
        found = look(booking)
        all_have_looked.wait(30)
        return found

    monkeypatch.setattr(slots, "kin", lambda ensembles: ensembles)
    monkeypatch.setattr(slots, "rival_of", look_and_wait)
    monkeypatch.setattr(slots, "lock_resources", lambda *_: None)
    with without_the_constraint():
        at_once(lambda booking: lifecycle.confirm(booking, by=None, now=NOW).status, offers)
        assert Booking.objects.filter(status=Status.CONFIRMED).count() > 1
