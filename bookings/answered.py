"""What presenters have answered and where they are booked, by which the planner leaves a wish alone."""

from django.db.models import Q

from bookings.models import Booking
from bookings.models.booking import LIVE, Status
from tours.models import Tour

#: What the presenter has answered, after which the planner leaves the wish alone.
OFFERED_FURTHER = "offered_further"
ANSWERED_NO = {
    Status.DECLINED: "declined",
    Status.EXPIRED: "not_answered",
    Status.CANCELLED: "cancelled",
    Status.POSTPONED: "postponed",
}


def answered_no(booking: Booking) -> str:
    """The code by which a visit that came to nothing counts as a no; empty where the presenter was never asked."""
    if booking.status == Status.EXPIRED and booking.answer_by is None:
        return ""
    return ANSWERED_NO.get(Status(booking.status), "")


def answers_of(tour: Tour) -> dict[int, str]:
    """For each wish a no of its presenter's, or that an offer of it waits in a line.

    Other days or times that they have proposed are no no, unless the producer has said no to them.
    """
    with_days = Q(counter_offer__starts_on__isnull=False) | Q(counter_offer__slots__isnull=False)
    proposed = tour.bookings.filter(with_days, status=Status.DECLINED, counter_offer__outcome="")
    last = tour.bookings.exclude(wish=None).exclude(pk__in=proposed.values("pk")).order_by("changed_at", "pk")
    found = {b.wish_id: answered_no(b) for b in last.only("tour", "wish", "status", "answer_by")}
    waiting = tour.bookings.waiting().to_answer().values_list("wish", flat=True)
    found |= dict.fromkeys(waiting, OFFERED_FURTHER)
    return {wish: reason for wish, reason in found.items() if wish and reason}


def booked_elsewhere(tour: Tour) -> set[int]:
    """The wishes that another tour of the production has a visit for: each is booked once."""
    others = Booking.objects.filter(status__in=LIVE, wish__production=tour.production).exclude(tour=tour)
    return set(others.values_list("wish", flat=True))
