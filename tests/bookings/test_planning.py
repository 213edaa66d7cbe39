"""From the database to a plan, and from a plan to held visits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from bookings import arranging, lifecycle, planning, running, standing
from bookings.errors import PlanOutdated, SlotTaken
from bookings.models import Booking, BookingChange
from bookings.models.booking import Status
from tests.factories import TourFactory
from tests.world import World
from tours.errors import Refused
from tours.models import Proposal
from venues.models import Closure

NOW = datetime(2026, 12, 16, 12, tzinfo=UTC)


def proposed(world: World, seconds: int = 2) -> Proposal:
    proposal = planning.propose(world.tour, by=world.producer, seconds=seconds)
    return running.run(proposal)


def adopted(world: World) -> list[Booking]:
    planning.adopt(proposed(world), by=world.producer, now=NOW)
    return list(world.tour.bookings.order_by("pk"))


def test_a_legal_first_plan_is_there_at_once(world: World) -> None:
    proposal = planning.propose(world.tour, by=world.producer)
    assert (proposal.state, proposal.plan["breaches"]) == (Proposal.State.QUEUED, [])
    assert len(proposal.plan["stops"]) == 3


def test_adopting_holds_every_stop(world: World) -> None:
    proposal = proposed(world)
    done = planning.adopt(proposal, by=world.producer, now=NOW)
    assert done == planning.Adoption(held=3, moved=0, released=0, kept=0)
    assert {b.status for b in world.tour.bookings.all()} == {Status.HELD}


def test_a_plan_is_adopted_once(world: World) -> None:
    proposal = proposed(world)
    planning.adopt(proposal, by=world.producer, now=NOW)
    with pytest.raises(PlanOutdated, match="already"):
        planning.adopt(proposal, by=world.producer, now=NOW)


def test_a_plan_whose_wishes_changed_is_refused(world: World) -> None:
    proposal = proposed(world)
    world.wish.spans.update(starts_on="2027-02-09")
    with pytest.raises(PlanOutdated, match="changed"):
        planning.adopt(proposal, by=world.producer, now=NOW)
    assert not world.tour.bookings.exists()


def test_an_unfinished_plan_is_refused(world: World) -> None:
    proposal = planning.propose(world.tour, by=world.producer)
    with pytest.raises(Refused, match="not finished"):
        planning.adopt(proposal, by=world.producer, now=NOW)


def test_a_slot_taken_by_another_tour_leaves_everything_as_it_was(world: World, monkeypatch) -> None:
    proposal = proposed(world)
    start = min(planning._starts(proposal, world.tour).values())

    def rival_comes_first(tour):
        brief = original(tour)
        if not Booking.objects.exclude(tour=tour).exists():
            rival = TourFactory(production=world.production, season=world.season)
            lifecycle.hold(tour=rival, wish=world.neighbour_wish, starts_at=start, by=world.producer, now=NOW)
        return brief

    original = standing.make_brief
    monkeypatch.setattr(standing, "make_brief", rival_comes_first)
    with pytest.raises((SlotTaken, Refused)):
        planning.adopt(proposal, by=world.producer, now=NOW)
    assert not world.tour.bookings.exists()


def test_replanning_around_a_no_leaves_the_others_alone(world: World) -> None:
    bookings = adopted(world)
    for booking in bookings:
        lifecycle.offer(booking, by=world.producer, now=NOW)
    lifecycle.decline(bookings[0], by=None, now=NOW, reason="Salen är upptagen.")
    proposal = proposed(world)
    assert [row["reason"] for row in proposal.excluded] == ["declined"]
    assert planning.adopt(proposal, by=world.producer, now=NOW).kept == 2


@pytest.fixture
def moved_offer(world: World) -> Proposal:
    """All are offered and may move, and a plan puts the wish on another day by hand."""
    for booking in adopted(world):
        lifecycle.offer(booking, by=world.producer, now=NOW)
    world.tour.moves_offered = True
    world.tour.save()
    at = timezone.make_aware(datetime(2027, 2, 10, 12))
    return arranging.set_stop(proposed(world), f"w{world.wish.pk}", at, by=world.producer)


def test_where_offers_may_move_only_what_moves_is_taken_back_and_held_anew(
    world: World, moved_offer: Proposal
) -> None:
    done = planning.adopt(moved_offer, by=world.producer, now=NOW)
    assert done == planning.Adoption(held=1, moved=0, released=0, kept=2, taken_back=1)
    told = [(b.status, timezone.localtime(b.starts_at).day) for b in world.wish.bookings.order_by("pk")]
    assert told[-1] == (Status.HELD, 10)
    assert [status for status, _day in told] == [Status.WITHDRAWN, Status.HELD]


def test_who_is_taken_back_is_told_why_in_their_own_language(world: World, moved_offer: Proposal) -> None:
    planning.adopt(moved_offer, by=world.producer, now=NOW)
    change = BookingChange.objects.get(action="withdraw")
    assert (change.booking.wish, change.reason) == (
        world.wish,
        "Turnén planeras om. Du får ett erbjudande om en annan tid.",
    )


def test_offers_move_only_for_a_change_that_is_worth_it(world: World) -> None:
    for booking in adopted(world):
        lifecycle.offer(booking, by=world.producer, now=NOW)
    before = {(b.wish_id, b.starts_at) for b in world.tour.bookings.all()}
    world.tour.moves_offered = True
    world.tour.save()
    assert set(planning._starts(proposed(world), world.tour).items()) == before


def test_a_counter_offer_gives_the_wish_its_new_days(world: World) -> None:
    booking = next(b for b in adopted(world) if b.wish_id == world.wish.pk)
    lifecycle.offer(booking, by=world.producer, now=NOW)
    nine, noon = datetime(2027, 1, 1, 9).time(), datetime(2027, 1, 1, 12).time()
    day = world.tour.starts_on + timedelta(days=10)
    lifecycle.counter(booking, by=None, now=NOW, starts_on=day, ends_on=day, earliest=nine, latest=noon)
    stop = next(s for s in proposed(world).plan["stops"] if s["candidate"] == f"w{world.wish.pk}")
    assert stop["day"] == 10


def test_a_locked_stop_is_played_then(world: World) -> None:
    start = timezone.make_aware(datetime(2027, 2, 10, 18))
    planning.lock_stop(world.tour, world.wish, start, by=world.producer)
    stop = next(s for s in proposed(world).plan["stops"] if s["candidate"] == f"w{world.wish.pk}")
    assert (stop["day"], stop["start_min"]) == (9, 18 * 60)


def test_a_lock_where_the_plan_has_the_stop_leaves_the_plan_to_be_adopted(world: World) -> None:
    plan = proposed(world)
    start = standing.course_of(plan).starts()[f"w{world.wish.pk}"]
    planning.lock_stop(world.tour, world.wish, start, by=world.producer)
    assert planning.adopt(plan, by=world.producer, now=NOW).held == len(plan.plan["stops"])


def test_a_lock_elsewhere_than_the_plan_has_the_stop_outdates_it(world: World) -> None:
    plan = proposed(world)
    start = standing.course_of(plan).starts()[f"w{world.wish.pk}"]
    planning.lock_stop(world.tour, world.wish, start + timedelta(minutes=30), by=world.producer)
    with pytest.raises(PlanOutdated, match="changed"):
        planning.adopt(plan, by=world.producer, now=NOW)


def test_a_plan_made_with_a_lock_is_outdated_once_the_lock_moves(world: World) -> None:
    start = timezone.make_aware(datetime(2027, 2, 10, 18))
    planning.lock_stop(world.tour, world.wish, start, by=world.producer)
    plan = proposed(world)
    planning.lock_stop(world.tour, world.wish, start + timedelta(days=1), by=world.producer)
    with pytest.raises(PlanOutdated, match="changed"):
        planning.adopt(plan, by=world.producer, now=NOW)


def test_locks_that_contradict_each_other_are_both_kept_and_the_breach_is_told(world: World) -> None:
    start = timezone.make_aware(datetime(2027, 2, 10, 18, 0))
    wishes = list(world.tour.season.wishes.order_by("pk")[:2])
    for wish in wishes:
        planning.lock_stop(world.tour, wish, start, by=world.producer)
    plan = planning.propose(world.tour, by=world.producer).plan
    locked = [stop for stop in plan["stops"] if (stop["day"], stop["start_min"]) == (9, 18 * 60)]
    assert sorted(stop["candidate"] for stop in locked) == sorted(f"w{wish.pk}" for wish in wishes)
    assert "overlap" in {breach["rule"] for breach in plan["breaches"]}


def test_a_dropped_stop_is_left_out_and_its_hold_released(world: World) -> None:
    adopted(world)
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    done = planning.adopt(proposed(world), by=world.producer, now=NOW)
    assert (done.released, done.kept + done.moved) == (1, 2)


def test_an_offered_stop_cannot_be_dropped(world: World) -> None:
    booking = next(b for b in adopted(world) if b.wish_id == world.wish.pk)
    lifecycle.offer(booking, by=world.producer, now=NOW)
    with pytest.raises(Refused, match="Withdraw"):
        planning.drop_stop(world.tour, world.wish, by=world.producer)


def test_a_freed_stop_is_planned_again(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    planning.free_stop(world.tour, world.wish)
    assert len(proposed(world).plan["stops"]) == 3


def test_held_stops_move_to_where_the_new_plan_wants_them(world: World) -> None:
    adopted(world)
    Closure.objects.create(
        venue=world.venue,
        starts_at=timezone.make_aware(datetime(2027, 2, 1)),
        ends_at=timezone.make_aware(datetime(2027, 2, 11)),
    )
    planning.adopt(proposed(world), by=world.producer, now=NOW)
    moved = world.tour.bookings.get(wish=world.wish)
    assert timezone.localdate(moved.occupied_from) >= datetime(2027, 2, 11).date()


def test_nothing_to_plan_is_said_in_words(world: World) -> None:
    world.tour.season.wishes.update(withdrawn_at=NOW)
    with pytest.raises(Refused, match="no wish"):
        planning.propose(world.tour, by=world.producer)
