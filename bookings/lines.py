"""The line for a venue on a day: who has the first option, who waits behind, and who moves up when it is let go.

The first option reserves venue and ensemble; further ones wait, in the order in which they came. All of this is called
with the resources locked (`slots.lock_resources` locks also what those who wait need).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from bookings import changes, notices, slots
from bookings.models import Booking
from bookings.models.booking import Bookings, Status
from bookings.slots import Slot
from bookings.steps import turn, write
from tours.windows import evening, midnight
from venues.models import User

#: The fields of a challenge, written together.
CHALLENGE = ("challenger", "challenge_answer_by")


def default_end(booking: Booking, now: datetime) -> datetime:
    """Until when the season lets a hold last that begins now: the evening of a day, but not beyond the get-in."""
    last = timezone.localdate(now) + timedelta(days=booking.tour.season.hold_days)
    return min(evening(last), booking.occupied_from)


def keep_until(booking: Booking, end: datetime, now: datetime) -> None:
    """Set when the hold ends, never beyond its get-in, and when its producer is reminded; the caller saves."""
    booking.hold_expires_at = min(end, booking.occupied_from)
    days = booking.tour.season.hold_reminder_days
    remind_at = booking.hold_expires_at - timedelta(days=days)
    booking.hold_remind_at = remind_at if days and remind_at > now else None


def place_in(booking: Booking, wanted: int | None) -> int:
    """The place that a booking gets which is about to be set down: 1 reserves, others wait.

    Args:
        wanted: 1 insists on the slot, None takes it if it is free and nobody waits for it, a higher number only notes a
            further option.
    """
    if wanted == 1 or (
        wanted is None and slots.rival_of(booking) is None and not _ahead_of(booking).exists()
    ):
        return 1
    others = line_of(slots.slot_of(booking)).exclude(pk=booking.pk)
    return max(2, 1 + (others.aggregate(last=Max("hold_rank"))["last"] or 1))


def line_of(slot: Slot) -> Bookings:
    """What is held, offered or confirmed in the venue on the slot's day, by rank."""
    day = timezone.localdate(slot.start)
    of_day = {"occupied_from__gte": midnight(day), "occupied_from__lt": midnight(day + timedelta(days=1))}
    return (
        Booking.objects.live().filter(venue=slot.venue, **of_day).order_by("hold_rank", "occupied_from", "pk")
    )


def around(booking: Booking) -> Bookings:
    """Everybody who has or waits for the booking's time in its venue or of its ensemble, itself among them, by rank."""
    ensembles = slots.kin({booking.tour.production.ensemble_id})
    wanted = Q(venue=booking.venue_id) | Q(tour__production__ensemble__in=ensembles)
    found = Booking.objects.live().between(booking.occupied_from, booking.occupied_to).filter(wanted)
    return found.with_ground().order_by("hold_rank", "occupied_from", "pk")


def in_vain(booking: Booking) -> set[str]:
    """The steps of a further option that would be refused as the line stands: `promote`, `challenge` or both."""
    rivals = list(slots.in_the_way(booking).with_ground())
    if not rivals:
        return {"challenge"} | (set() if slots.is_free(booking) else {"promote"})
    ours = _producer_of(booking)
    asked = any(
        rival.status != Status.HELD or rival.challenger_id or _producer_of(rival) == ours for rival in rivals
    )
    return {"promote", "challenge"} if asked or not is_next(booking) else {"promote"}


def is_next(booking: Booking) -> bool:
    """Whether nobody waits before it for the same time in the venue."""
    return not _ahead_of(booking).filter(hold_rank__lt=booking.hold_rank).exists()


def move_up(freed: Iterable[Slot], now: datetime) -> None:
    """Give slots on that may be free now: each to the first in line who can have it.

    Where the tour does not let its options move up by themselves, its producer is told and decides.
    """
    told: set[int] = set()
    for slot in freed:
        for pk in list(_waiting_for(slot, now).values_list("pk", flat=True)):
            booking = Booking.objects.with_ground().get(pk=pk)  # who moved up before has closed the line up
            if pk in told or not slots.is_free(booking):
                continue
            if booking.tour.moves_up:
                take_first(booking, None, now)
                notices.about_hold("hold_promoted", booking, now)
            else:
                told.add(pk)
                notices.about_hold("hold_freed", booking, now)


def take_first(booking: Booking, by: User | None, now: datetime) -> Booking:
    """The option becomes the first, with the time that a new one gets; those behind it close up.

    Raises:
        SlotTaken: the venue or the ensemble is not free.
    """
    before, booking.hold_rank = booking.hold_rank, 1
    if booking.status == Status.HELD:
        keep_until(booking, max(booking.hold_expires_at or now, default_end(booking, now)), now)
    turn(booking, "promote", by, now, details={"from": before})
    close_up(slots.slot_of(booking), now)
    _lift_challenges(booking, now)
    return booking


def close_up(slot: Slot, now: datetime) -> None:
    """Number those who wait in the venue on that day from 2 on, without gaps."""
    waiting = [other for other in line_of(slot) if other.hold_rank > 1]
    for place, other in enumerate(waiting, start=2):
        if other.hold_rank != place:
            moved = {"from": other.hold_rank, "to": place}
            other.hold_rank = place
            write(other, "move_up", None, now, fields=["hold_rank"], details=moved)


def end(
    booking: Booking,
    action: str,
    by: User | None,
    now: datetime,
    *,
    reason: str = "",
    details: Any = None,
    gives_on: bool = True,
) -> Booking:
    """End the booking by that action and let its slot go: to the next in line, unless the caller sees to that."""
    left, was_first = changes.slots_of(booking), booking.hold_rank == 1
    _forget_challenge(booking)
    turn(booking, action, by, now, reason=reason, details=details)
    leave(booking, *left, now=now, was_first=was_first, gives_on=gives_on)
    return booking


def leave(booking: Booking, *left: Slot, now: datetime, was_first: bool, gives_on: bool = True) -> None:
    """The booking is not where it was any more: its slot goes to the next in line, or those behind it close up."""
    _lift_challenges(booking, now)
    if not was_first:
        close_up(left[0], now)
    elif gives_on:
        move_up(left, now)


def settle(booking: Booking, now: datetime) -> None:
    """The booking is confirmed: it waits for nothing any more, and those who wait for its time hear of it."""
    _lift_challenges(booking, now)
    close_up(slots.slot_of(booking), now)
    _tell_the_line(booking, now)


def stand(booking: Booking, now: datetime) -> None:
    """What was asked by a challenge has been done: the visit is offered or confirmed. The caller saves."""
    if booking.challenger:
        notices.about_hold("hold_kept", booking.challenger, now, other=booking)
    _forget_challenge(booking)


def step_aside(booking: Booking) -> None:
    """A challenged hold that is set down out of its challenger's way has answered by that; the caller saves."""
    challenger = booking.challenger
    if challenger and not slots.collide(slots.slot_of(booking), slots.slot_of(challenger)):
        _forget_challenge(booking)


def _producer_of(booking: Booking) -> int:
    return booking.tour.production.ensemble.producer_id


def _ahead_of(booking: Booking) -> Bookings:
    """Others who wait for the same time in the same venue."""
    others = Booking.objects.waiting().between(booking.occupied_from, booking.occupied_to)
    return others.filter(venue=booking.venue_id).exclude(pk=booking.pk)


def _waiting_for(slot: Slot, now: datetime) -> Bookings:
    """Who waits for the venue, the ensemble or what it shares in that time and may still have it, by rank."""
    wanted = Q(venue=slot.venue) | Q(tour__production__ensemble__in=slots.kin({slot.ensemble}))
    in_time = Q(status=Status.HELD, hold_expires_at__gt=now) | Q(status=Status.OFFERED, answer_by__gt=now)
    found = (
        Booking.objects.waiting()
        .between(slot.start, slot.end)
        .filter(wanted & in_time, occupied_from__gt=now)
    )
    return found.order_by("hold_rank", "pk")


def _whole(found: Bookings) -> Bookings:
    """With their ground, which is dear to ask for: only where there are any, and mostly there are none."""
    return found.with_ground() if found.exists() else found.none()


def _lift_challenges(booking: Booking, now: datetime) -> None:
    """Who has moved, left the line or got the first option asks no longer for what is not in its way."""
    still = set(slots.in_the_way(booking).values_list("pk", flat=True)) if booking.hold_rank > 1 else set()
    for other in _whole(booking.challenged.all()):
        if other.pk in still and booking.status in (Status.HELD, Status.OFFERED):
            continue
        _forget_challenge(other)
        write(other, "unchallenge", None, now, fields=CHALLENGE, details={"tour": str(booking.tour)})
        notices.about_hold("hold_unchallenged", other, now, other=booking)


def _forget_challenge(booking: Booking) -> None:
    """Nobody asks for the booking any more; the caller saves."""
    booking.challenger, booking.challenge_answer_by = None, None


def _tell_the_line(booking: Booking, now: datetime) -> None:
    """Those who wait for what is confirmed now hear of it; they stay in line, in case it is cancelled."""
    for other in _whole(_waiting_for(slots.slot_of(booking), now)):
        if _producer_of(other) != _producer_of(booking):
            notices.about_hold("hold_passed", other, now, other=booking)
