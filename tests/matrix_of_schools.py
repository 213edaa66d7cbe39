"""The rows of `tests.matrix` about visits of schools: groups, workshops, and what classes thought."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from bookings.models import Booking, Performance, VisitGroup
from tests import factories as make


def visit(stage: Any) -> Booking:
    """A confirmed visit to the school in February, with one group."""
    world, now, at = stage.world, timezone.now(), datetime(2027, 2, 5, 10, tzinfo=UTC)
    hour = timedelta(hours=1)
    booking = Booking.objects.create(
        tour=world.tour, presenter=world.school, venue=world.school_venue, status="confirmed", audience="school",
        price=9800, currency="SEK", occupied_from=at - hour, occupied_to=at + 2 * hour, changed_at=now,
    )  # fmt: skip
    Performance.objects.create(booking=booking, number=1, starts_at=at, ends_at=at + hour, changed_at=now)
    group = make.GroupFactory(school=world.school.school)
    VisitGroup.objects.create(booking=booking, group=group, pupils_count=24, needs={"wheelchair": 1})
    return booking


ARGS: dict[str, Callable[[Any], list[Any]]] = {
    "visit-groups": lambda s: [visit(s).pk],
}

TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
visit-groups                get  login   404   404   404   200   200   404   200   200
visit-groups                post login   404   404   404   422   422   404   403   403
"""
