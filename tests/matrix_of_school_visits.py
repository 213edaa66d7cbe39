"""The rows of `tests.matrix` about visits of schools: groups, workshops, and what classes thought."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from bookings.models import Booking, Performance, VisitGroup, Workshop, WorkshopRequest
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


def workshop(stage: Any) -> Workshop:
    """One beside it, the day before."""
    booking, now = visit(stage), timezone.now()
    at = booking.occupied_from - timedelta(days=1)
    made = Workshop.objects.create(
        booking=booking, pedagogue=make.UserFactory(), kind="before", starts_at=at, ends_at=at + timedelta(hours=1),
        place="4B", created_at=now, changed_at=now,
    )  # fmt: skip
    made.groups.set([row.group for row in booking.groups.all()])
    return made


def request(stage: Any) -> WorkshopRequest:
    """The school asks for one."""
    booking = visit(stage)
    made = WorkshopRequest.objects.create(
        booking=booking, school=stage.world.school, kind="before", asked_at=timezone.now(),
        asked_by=stage.world.school_contact,
    )  # fmt: skip
    made.groups.set([row.group for row in booking.groups.all()])
    return made


def _class(booking: Booking) -> list[int]:
    return [booking.pk, booking.groups.get().group_id]


ARGS: dict[str, Callable[[Any], list[Any]]] = {
    **{name: lambda s: [visit(s).pk] for name in ("visit-groups", "workshop-new", "workshop-ask")},
    **{
        name: lambda s: [request(s).pk]
        for name in ("workshop-request", "workshop-request-no", "workshop-request-back")
    },
    "class-link": lambda s: ["nothing"],
    "class-feedback": lambda s: _class(visit(s)),
    **{
        name: lambda s: [workshop(s).pk]
        for name in ("workshop", "workshop-move", "workshop-confirm", "workshop-cancel", "workshop-came")
    },
}

TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
class-link                  get    404   404   404   404   404   404   404   404   404
class-link                  post   404   404   404   404   404   404   404   404   404
class-feedback              get  login   404   404   404   200   404   404   404   404
class-feedback              post login   404   404   404   409   404   404   404   404
visit-groups                get  login   404   404   404   200   200   404   200   200
visit-groups                post login   404   404   404   422   422   404   403   403
workshops                   get  login   404   404   404   404   404   404   404   404
workshop-new                get  login   404   404   404   403   403   404   403   403
workshop-new                post login   404   404   404   403   403   404   403   403
workshop-ask                get  login   404   404   404   200   403   404   403   403
workshop-ask                post login   404   404   404   422   403   404   403   403
workshop-request            get  login   404   404   404   200   404   404   404   404
workshop-request-no         post login   404   404   404   403   404   404   404   404
workshop-request-back       post login   404   404   404   302   404   404   404   404
workshop                    get  login   404   404   404   200   200   404   200   200
workshop-move               get  login   404   404   404   403   403   404   403   403
workshop-move               post login   404   404   404   403   403   404   403   403
workshop-confirm            post login   404   404   404   302   403   404   403   403
workshop-cancel             post login   404   404   404   422   403   404   403   403
workshop-came               post login   404   404   404   403   403   404   403   403
"""
