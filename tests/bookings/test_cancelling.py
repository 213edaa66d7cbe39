"""A day of a tour is cancelled: what each visit becomes, who is told what, and that nothing is half-done."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from bookings import planning
from bookings.cancelling import Cancellation, DayCancelled, cancel_day
from bookings.models import Booking, BookingChange, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.bookings.rivals import make_rival
from tests.world import World
from tours.errors import BoardChanged, NotNow, Refused
from tours.models import ForbiddenDay, Instruction, Tour
from venues.models import Organisation

WEDNESDAY = date(2027, 2, 3)
LATER = SHOW_AT + DAY
WHY = "An actor is ill."


def at_school(world: World, **changes: Any) -> Booking:
    """The school's wish, held on the same day."""
    return held(world, wish=world.school_wish, starts_at=SHOW_AT.replace(hour=16, minute=0), **changes)


def cancel(
    world: World, *hits: Booking, to: dict[Booking, datetime] | None = None, **order: Any
) -> DayCancelled:
    given = {
        "reason": WHY,
        "seen": {booking.pk: booking.version for booking in hits},
        "dates": {booking.pk: starts_at for booking, starts_at in (to or {}).items()},
    }
    version = order.pop("version", None)
    cancellation = Cancellation(WEDNESDAY, **{**given, **order})
    return cancel_day(world.tour, cancellation, by=world.producer, now=NOW, version=version)


def statuses(world: World) -> list[tuple[str, str]]:
    """Who, and in which state, in the order in which the visits were made."""
    return [
        (str(b.presenter), b.status) for b in world.tour.bookings.select_related("presenter").order_by("pk")
    ]


@pytest.mark.parametrize(
    ("made", "becomes"),
    [(held, Status.RELEASED), (offered, Status.WITHDRAWN), (confirmed, Status.CANCELLED)],
)
def test_each_visit_is_ended_from_its_state(world: World, made: Any, becomes: str) -> None:
    booking = made(world)
    cancel(world, booking)
    booking.refresh_from_db()
    change = BookingChange.objects.latest("pk")
    assert (booking.status, change.reason, change.by) == (becomes, WHY, world.producer)


def test_further_options_of_the_day_end_with_it(world: World) -> None:
    booking, option = confirmed(world), held(world, wish=world.neighbour_wish, rank=None)
    cancel(world, booking)
    option.refresh_from_db()
    assert (option.status, option.hold_rank) == (Status.RELEASED, 2)


def test_who_waits_for_the_venue_gets_it_when_all_is_set_down(world: World) -> None:
    booking, waiting = held(world), make_rival(world, "Lyran").held()
    cancel(world, booking, to={booking: LATER})
    waiting.refresh_from_db()
    assert (waiting.status, waiting.hold_rank) == (Status.HELD, 1)


def test_what_was_offered_is_declined_for_a_presenter_who_cannot(world: World) -> None:
    booking = offered(world)
    cancel(world, booking, only=booking.pk)
    booking.refresh_from_db()
    assert booking.status == Status.DECLINED


@pytest.mark.parametrize("made", [offered, confirmed])
def test_a_chosen_day_is_offered_anew(world: World, made: Any) -> None:
    booking = made(world)
    done = cancel(world, booking, to={booking: LATER})
    (new,) = done.offered
    assert (new.status, new.starts_at, new.wish, new.pk != booking.pk) == (
        Status.OFFERED,
        LATER,
        world.wish,
        True,
    )


def test_a_held_visit_moves_and_nobody_is_told(world: World) -> None:
    booking = held(world)
    cancel(world, booking, to={booking: LATER})
    booking = Booking.objects.get()
    assert (booking.status, booking.starts_at, Notice.objects.count()) == (Status.HELD, LATER, 0)
    assert booking.changes.latest("pk").reason == WHY


def test_the_presenter_hears_of_the_cancellation_and_gets_the_new_offer(world: World) -> None:
    booking = confirmed(world)
    told = set(Notice.objects.values_list("pk", flat=True))
    cancel(world, booking, to={booking: LATER})
    mails = Notice.objects.exclude(pk__in=told).filter(to_email=world.presenting.email)
    cancelled, offer = mails.order_by("kind")
    assert (cancelled.kind, offer.kind) == ("cancelled", "offered")
    assert WHY in cancelled.body_text


def test_the_new_visit_says_why_it_came(world: World) -> None:
    booking = confirmed(world)
    (new,) = cancel(world, booking, to={booking: LATER}).offered
    assert new.changes.earliest("pk").reason == WHY


def test_every_visit_of_the_day_is_cancelled_at_once(world: World) -> None:
    first, second = confirmed(world), at_school(world)
    done = cancel(world, first, second, to={first: LATER})
    assert (done.hits, [b.presenter for b in done.offered], done.moved) == (
        [first, second],
        [world.presenting],
        [],
    )
    assert statuses(world) == [
        (str(world.presenting), Status.CANCELLED),
        (str(world.school), Status.RELEASED),
        (str(world.presenting), Status.OFFERED),
    ]


def test_two_held_visits_may_take_each_others_place_in_time(world: World) -> None:
    first, second = held(world), at_school(world)
    cancel(world, first, second, to={first: LATER.replace(hour=16), second: LATER.replace(hour=10, minute=0)})
    assert {b.status for b in Booking.objects.all()} == {Status.HELD}
    assert {timezone.localdate(b.starts_at) for b in Booking.objects.all()} == {LATER.date()}


def test_a_day_on_which_the_ensemble_cannot_is_kept_free(world: World) -> None:
    cancel(world, held(world))
    assert [(row.day, row.reason) for row in ForbiddenDay.objects.all()] == [(WEDNESDAY, WHY)]


def test_a_day_on_which_a_presenter_cannot_stays_open(world: World) -> None:
    booking, other = confirmed(world), at_school(world)
    cancel(world, booking, only=booking.pk)
    other.refresh_from_db()
    assert (ForbiddenDay.objects.count(), other.status) == (0, Status.HELD)


def test_a_lock_to_the_lost_day_is_gone(world: World) -> None:
    planning.lock_stop(world.tour, world.wish, SHOW_AT, by=world.producer)
    cancel(world, held(world))
    assert not Instruction.objects.exists()


@pytest.mark.parametrize(("to", "kind"), [(LATER, Instruction.Kind.LOCKED), (None, Instruction.Kind.DROPPED)])
def test_no_plan_puts_a_held_visit_back_where_its_presenter_cannot(
    world: World, to: datetime | None, kind: str
) -> None:
    booking = held(world)
    cancel(world, booking, only=booking.pk, to={booking: to} if to else None)
    assert [(row.kind, row.starts_at) for row in Instruction.objects.all()] == [(kind, to)]


def test_days_that_clash_are_refused_by_name_and_nothing_is_changed(world: World) -> None:
    first, second = confirmed(world), at_school(world)
    before = Notice.objects.count()
    with pytest.raises(Refused, match="Krokoms skola cannot be played Thu 4 Feb 2027") as refused:
        cancel(world, first, second, to={first: LATER, second: LATER})
    assert refused.value.ids == {"booking": second.pk}
    assert (statuses(world), Notice.objects.count()) == (
        [(str(world.presenting), Status.CONFIRMED), (str(world.school), Status.HELD)],
        before,
    )


def test_a_day_outside_the_wished_times_is_refused(world: World) -> None:
    booking = confirmed(world)
    with pytest.raises(Refused, match="Choose another day"):
        cancel(world, booking, to={booking: LATER.replace(hour=21)})


def test_without_a_reason_nothing_is_cancelled(world: World) -> None:
    with pytest.raises(Refused) as refused:
        cancel(world, held(world), reason="  ")
    assert (refused.value.field, statuses(world)) == ("reason", [(str(world.presenting), Status.HELD)])


def test_a_visit_that_was_answered_in_the_meantime_is_looked_at_again(world: World) -> None:
    booking = offered(world)
    with pytest.raises(NotNow, match="Somebody has changed this visit"):
        cancel(world, booking, seen={booking.pk: booking.version - 1})


def test_a_visit_that_came_to_the_day_in_the_meantime_is_looked_at_first(world: World) -> None:
    booking = held(world)
    at_school(world)
    with pytest.raises(NotNow, match="visits of these days have changed"):
        cancel(world, booking)


def test_a_board_that_somebody_has_worked_on_is_looked_at_again(world: World) -> None:
    with pytest.raises(BoardChanged):
        cancel(world, held(world), version=Tour.objects.get().version - 1)


def test_a_day_without_visits_has_nothing_to_cancel(world: World) -> None:
    with pytest.raises(Refused, match="no visit on"):
        cancel(world)


def test_where_no_mail_reaches_nothing_is_changed(world: World) -> None:
    booking = confirmed(world)
    Organisation.objects.filter(pk=world.presenting.pk).update(email="")
    world.presenting.memberships.all().delete()
    with pytest.raises(Refused, match="No mail reaches"):
        cancel(world, booking, to={booking: LATER})
    assert statuses(world) == [(str(world.presenting), Status.CONFIRMED)]


def test_the_tour_stays_legal_with_the_chosen_days(world: World) -> None:
    first, second = confirmed(world), at_school(world)
    cancel(world, first, second, to={first: LATER, second: SHOW_AT.replace(day=5, hour=10, minute=0)})
    plan = planning.propose(world.tour, by=world.producer, seconds=1)
    assert plan.plan["breaches"] == []


def test_the_new_offer_keeps_the_terms_that_were_agreed(world: World) -> None:
    booking = confirmed(world)
    Booking.objects.filter(pk=booking.pk).update(price=12345)
    booking.refresh_from_db()
    world.wish.venue = world.neighbour_wish.venue
    world.wish.shows_count = 2
    world.wish.save()
    (new,) = cancel(world, booking, to={booking: LATER}).offered
    assert (new.price, new.venue, new.performances.count()) == (12345, booking.venue, 1)


def test_no_lock_stays_on_a_day_that_we_cannot_play(world: World) -> None:
    booking = confirmed(world)
    planning.lock_stop(
        world.tour, world.neighbour_wish, booking.starts_at + timedelta(hours=5), by=world.producer
    )
    cancel(world, booking)
    assert Instruction.objects.filter(tour=world.tour, kind=Instruction.Kind.LOCKED).count() == 0
