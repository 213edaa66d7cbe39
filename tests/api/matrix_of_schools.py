"""The rows of `tests.api.matrix` about visits of schools: groups, workshops, evaluation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bookings.models import Booking, Workshop, WorkshopRequest
from tests.agreements import DAY, SHOW_AT
from tests.school import confirmed_visit, group, pedagogue
from tests.world import World
from venues.models import User

#: Route and method -> what each role gets, in the order of `tests.api.matrix.ROLES`.
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-booking-groups", "GET"): (401, 404, 404, 404, 200, 200, 404, 200, 200),
    ("api-booking-groups", "PUT"): (401, 404, 404, 404, 403, 200, 404, 403, 403),
    ("api-booking-groups-counts", "POST"): (401, 404, 404, 404, 200, 403, 404, 403, 403),
    ("api-booking-groups-came", "POST"): (401, 404, 404, 404, 200, 200, 404, 403, 403),
    ("api-booking-evaluation", "GET"): (401, 404, 404, 404, 200, 200, 404, 200, 200),
    ("api-booking-workshops", "POST"): (401, 404, 404, 404, 403, 403, 404, 403, 403),
    ("api-booking-wanted-workshops", "POST"): (401, 404, 404, 404, 201, 403, 404, 403, 403),
    ("api-wanted-workshops", "GET"): (401, *(200,) * 8),
    ("api-wanted-workshop", "GET"): (401, 404, 404, 404, 200, 404, 404, 404, 404),
    ("api-wanted-workshop-decline", "POST"): (401, 404, 404, 404, 403, 404, 404, 404, 404),
    ("api-wanted-workshop-take-back", "POST"): (401, 404, 404, 404, 200, 404, 404, 404, 404),
    ("api-workshops", "GET"): (401, *(200,) * 8),
    ("api-workshop", "GET"): (401, 404, 404, 404, 200, 200, 404, 200, 200),
    ("api-workshop-confirm", "POST"): (401, 404, 404, 404, 200, 403, 404, 403, 403),
    ("api-workshop-move", "POST"): (401, 404, 404, 404, 403, 403, 404, 403, 403),
    ("api-workshop-cancel", "POST"): (401, 404, 404, 404, 200, 403, 404, 403, 403),
    ("api-workshop-took-part", "POST"): (401, 404, 404, 404, 403, 403, 404, 403, 403),
}


def _visit(world: World) -> Booking:
    return confirmed_visit(world, [group(world)])


def _of_group(row: Callable[[int], dict[str, Any]], *, is_over: bool = False) -> Callable[[World], Any]:
    def called(world: World) -> tuple[int, Any]:
        visit = _visit(world)
        if is_over:
            back = timezone.now() - DAY
            Booking.objects.filter(pk=visit.pk).update(occupied_from=back - DAY, occupied_to=back)
        return visit.pk, {"groups": [row(visit.groups.get().group_id)]}

    return called


def _workshop(body: Any = None) -> Callable[[World], tuple[int, Any]]:
    def called(world: World) -> tuple[int, Any]:
        at = SHOW_AT - DAY
        row = Workshop.objects.create(
            booking=_visit(world), pedagogue=pedagogue(world), kind="before", starts_at=at,
            ends_at=at + timedelta(hours=1), place="4B", created_at=at, changed_at=at,
        )  # fmt: skip
        row.groups.set([coming.group for coming in row.booking.groups.all()])
        return row.pk, body

    return called


def _asking(world: World) -> tuple[int, Any]:
    visit = _visit(world)
    return visit.pk, {"kind": "before", "groups": [visit.groups.get().group_id], "wish": "Helst en tisdag"}


def _request(body: Any = None) -> Callable[[World], tuple[int, Any]]:
    def called(world: World) -> tuple[int, Any]:
        row = WorkshopRequest.objects.create(
            booking=_visit(world), school=world.school, kind="before", asked_by=world.school_contact,
            asked_at=SHOW_AT - DAY,
        )  # fmt: skip
        row.groups.set([coming.group for coming in row.booking.groups.all()])
        return row.pk, body

    return called


def _answering(world: World) -> tuple[User, int, Any]:
    key, _body = _request()(world)
    return pedagogue(world), key, {"reason": "Prov"}


#: Route -> the key in its address, and the body.
CALLS: dict[str, Callable[[World], tuple[int, Any]]] = {
    "api-booking-groups": _of_group(lambda key: {"group": key}),
    "api-booking-groups-counts": _of_group(lambda key: {"group": key, "pupils": 20, "adults": 1}),
    "api-booking-groups-came": _of_group(lambda key: {"group": key, "came": 20}, is_over=True),
    "api-booking-evaluation": lambda world: (_visit(world).pk, None),
    "api-booking-workshops": lambda world: (_visit(world).pk, {}),
    "api-booking-wanted-workshops": _asking,
    "api-wanted-workshop": _request(),
    "api-wanted-workshop-decline": _request({"reason": "Prov"}),
    "api-wanted-workshop-take-back": _request(),
    **{f"api-workshop{step}": _workshop({}) for step in ("", "-confirm", "-move", "-took-part")},
    "api-workshop-cancel": _workshop({"reason": "Prov"}),
}


def _when(world: World, booking: Booking) -> dict[str, Any]:
    at = SHOW_AT - DAY
    rows = [row.group_id for row in booking.groups.all()]
    return {
        "starts_at": at.isoformat(),
        "ends_at": (at + DAY / 24).isoformat(),
        "place": "4B",
        "groups": rows,
    }


def _proposing(world: World) -> tuple[User, int, Any]:
    booking = _visit(world)
    return pedagogue(world), booking.pk, {"kind": "before", **_when(world, booking)}


def _leading(*, is_over: bool = False) -> Callable[[World], tuple[User, int, Any]]:
    def called(world: World) -> tuple[User, int, Any]:
        row = Workshop.objects.get(pk=_workshop()(world)[0])
        if is_over:
            back = timezone.now() - DAY
            Workshop.objects.filter(pk=row.pk).update(
                starts_at=back - DAY / 24, ends_at=back, status=Workshop.Status.CONFIRMED
            )
            return row.pedagogue, row.pk, {"took_part": 20}
        return row.pedagogue, row.pk, _when(world, row.booking)

    return called


#: Route that nobody of the matrix may call -> who may, the key in its address, and the body.
BY_PEDAGOGUE: dict[str, Callable[[World], tuple[User, int, Any]]] = {
    "api-booking-workshops": _proposing,
    "api-wanted-workshop-decline": _answering,
    "api-workshop-move": _leading(),
    "api-workshop-took-part": _leading(is_over=True),
}
