"""The planner's names of what a tour may play: a wish, a visit that nobody has wished for, a presenter to be asked."""

from collections.abc import Iterable

from bookings.models import Booking
from tours.models import Wish


def wish_name(pk: int) -> str:
    """The planner's name of a wish: "w17"."""
    return f"w{pk}"


def booking_name(pk: int) -> str:
    """The planner's name of a visit without a wish: "b4"."""
    return f"b{pk}"


def presenter_name(pk: int) -> str:
    """The planner's name of a presenter who has not wished: "o9"."""
    return f"o{pk}"


def candidate_id(*, wish: Wish | None = None, booking: Booking | None = None) -> str:
    """The planner's name of a wish, or of a visit: that of its wish if it has one."""
    if wish is not None:
        return wish_name(wish.pk)
    assert booking is not None
    return wish_name(booking.wish_id) if booking.wish_id else booking_name(booking.pk)


def wish_of(candidate: str) -> int | None:
    """The wish behind a name; None for a visit without one."""
    return int(candidate[1:]) if candidate.startswith("w") else None


def booking_of(candidate: str) -> int | None:
    """The visit behind a name; None for a wish."""
    return int(candidate[1:]) if candidate.startswith("b") else None


def hosts_of(candidates: Iterable[str]) -> dict[str, str]:
    """Who would be visited, by name; what has gone meanwhile is left out. Two queries at the most."""
    asked = list(candidates)
    wishes = {wish for candidate in asked if (wish := wish_of(candidate))}
    bookings = {booking for candidate in asked if (booking := booking_of(candidate))}
    wished = Wish.objects.filter(pk__in=wishes).values_list("pk", "organisation__name")
    booked = Booking.objects.filter(pk__in=bookings).values_list("pk", "presenter__name")
    return {wish_name(pk): host for pk, host in wished} | {booking_name(pk): host for pk, host in booked}
