"""Plans by hand: tried without a trace, set as plans of their own, adopted only when they are legal."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from bookings import arranging, lifecycle, planning, running
from bookings.errors import PlanOutdated
from bookings.standing import course_of
from tests.world import World
from tours.errors import BoardChanged, Refused
from tours.models import Proposal, Tour, Wish

NOW = datetime(2026, 12, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def plan(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2027, 2, day, hour, minute))


def name(wish: Wish) -> str:
    return f"w{wish.pk}"


def set_to(plan: Proposal, world: World, when: datetime, **more: int) -> Proposal:
    return arranging.set_stop(plan, name(world.wish), when, by=world.producer, **more)


def test_a_trial_tells_what_would_break_and_writes_nothing(plan: Proposal, world: World) -> None:
    trial = arranging.try_stop(plan, name(world.wish), at(3, 21))
    assert [breach.rule for breach in trial.appeared] == ["window"]
    assert (trial.vanished, Proposal.objects.count()) == ([], 1)


def test_a_trial_back_tells_what_would_be_mended(plan: Proposal, world: World) -> None:
    broken = set_to(plan, world, at(3, 21))
    trial = arranging.try_stop(broken, name(world.wish), at(3, 12))
    assert [breach.rule for breach in trial.vanished] == ["window"]


def test_a_stop_set_elsewhere_is_a_plan_of_its_own(plan: Proposal, world: World) -> None:
    made = set_to(plan, world, at(4, 12, 5))
    assert (made.kind, made.parent, made.state) == ("by_hand", plan, "done")
    assert course_of(made).starts()[name(world.wish)] == at(4, 12, 5)
    assert course_of(Proposal.objects.get(pk=plan.pk)).starts() == course_of(plan).starts()


def test_a_wish_that_was_left_out_is_set_in_a_day(world: World) -> None:
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=10_000)
    tour = Tour.objects.get(pk=world.tour.pk)
    plan = running.run(planning.propose(tour, by=world.producer, seconds=1))
    made = set_to(plan, world, at(4, 12))
    assert (name(world.wish) in course_of(plan).starts(), name(world.wish) in course_of(made).starts()) == (
        False,
        True,
    )


def test_a_legal_plan_by_hand_is_adopted(plan: Proposal, world: World) -> None:
    planning.adopt(set_to(plan, world, at(4, 12)), by=world.producer, now=NOW)
    assert world.tour.bookings.get(wish=world.wish).starts_at == at(4, 12)


def test_a_plan_that_breaks_a_rule_by_hand_is_not_adopted(plan: Proposal, world: World) -> None:
    made = set_to(plan, world, at(3, 21))
    with pytest.raises(Refused, match="breaks rules where you have moved stops"):
        planning.adopt(made, by=world.producer, now=NOW)
    assert world.tour.bookings.count() == 0


def test_what_agreed_visits_force_does_not_bar_a_plan_by_hand(world: World) -> None:
    Tour.objects.filter(pk=world.tour.pk).update(drive_max_min=60)
    planning.lock_stop(world.tour, world.wish, at(3, 12), by=world.producer)
    tour = Tour.objects.get(pk=world.tour.pk)
    plan = running.run(planning.propose(tour, by=world.producer, seconds=1))
    made = arranging.set_stop(plan, name(world.school_wish), at(9, 10), by=world.producer)
    assert (made.plan["breaches"][0]["rule"], arranging.barring(made)) == ("drive_max", [])


def test_an_agreed_visit_stays_where_it_is(plan: Proposal, world: World) -> None:
    planning.adopt(plan, by=world.producer, now=NOW)
    booking = world.tour.bookings.get(wish=world.wish)
    lifecycle.offer(booking, by=world.producer, now=NOW)
    again = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    with pytest.raises(Refused, match="offered or confirmed"):
        set_to(again, world, at(4, 12))


def test_a_locked_stop_stays_where_it_is(world: World) -> None:
    planning.lock_stop(world.tour, world.wish, at(3, 12), by=world.producer)
    plan = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    with pytest.raises(Refused, match="locked to its time"):
        set_to(plan, world, at(4, 12))


def test_a_stop_locked_after_the_plan_was_made_stays_where_it_is(plan: Proposal, world: World) -> None:
    start = course_of(plan).starts()[name(world.wish)]
    planning.lock_stop(world.tour, world.wish, start, by=world.producer)
    with pytest.raises(Refused, match="locked to its time"):
        set_to(plan, world, at(4, 12))


def test_a_plan_whose_ground_has_changed_is_not_moved_in(plan: Proposal, world: World) -> None:
    planning.drop_stop(world.tour, world.school_wish, by=world.producer)
    with pytest.raises(PlanOutdated):
        set_to(plan, world, at(4, 12))


def test_a_plan_that_is_still_worked_on_is_not_moved_in(world: World) -> None:
    plan = planning.propose(world.tour, by=world.producer, seconds=1)
    with pytest.raises(Refused, match="not finished"):
        set_to(plan, world, at(4, 12))


@pytest.mark.parametrize(("candidate", "day"), [("w999999", 3), ("", 3), (None, 13)])
def test_what_the_plan_does_not_have_is_refused(
    plan: Proposal, world: World, candidate: str | None, day: int
) -> None:
    asked = name(world.wish) if candidate is None else candidate
    with pytest.raises(Refused):
        arranging.try_stop(plan, asked, at(day, 12))


def test_of_two_on_one_board_the_second_is_told(plan: Proposal, world: World) -> None:
    seen = Tour.objects.get(pk=world.tour.pk).version
    set_to(plan, world, at(4, 12), version=seen)
    with pytest.raises(BoardChanged):
        set_to(plan, world, at(5, 12), version=seen)
    assert Proposal.objects.filter(kind="by_hand").count() == 1


def test_the_nearest_remedy_is_the_smallest_move_that_mends(plan: Proposal, world: World) -> None:
    course = course_of(set_to(plan, world, at(3, 19, 30)))
    found = arranging.remedy(course, course.breaches[0])
    assert found is not None
    assert (found.candidate, found.day, found.start_min) == (name(world.wish), 2, 19 * 60)


def test_where_no_small_move_helps_there_is_no_remedy(plan: Proposal, world: World) -> None:
    course = course_of(set_to(plan, world, at(7, 12)))
    assert [arranging.remedy(course, breach) for breach in course.breaches if breach.rule == "day_kind"] == [
        None
    ]
