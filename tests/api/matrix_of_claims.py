"""The part of the API's matrix that is about claims of subsidies; see `tests.api.matrix`. The presenter claims."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from bookings.models import SubsidyClaim
from tests.bookings import claimed
from tests.world import World

#: anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-subsidy-claims", "GET"): (401, *(200,) * 8),
    ("api-subsidy-claims", "POST"): (401, 404, 201, 404, 404, 403, 404, 403, 403),
    ("api-subsidy-claim-detail", "GET"): (401, 404, 200, 404, 404, 404, 404, 200, 200),
    ("api-subsidy-claim-detail", "PUT"): (401, 404, 200, 404, 404, 404, 404, 404, 404),
    ("api-subsidy-claim-send", "POST"): (401, 404, 200, 404, 404, 404, 404, 404, 404),
    ("api-subsidy-claim-withdraw", "POST"): (401, 404, 200, 404, 404, 404, 404, 403, 403),
    ("api-subsidy-claim-decide", "POST"): (401, 404, 403, 404, 404, 404, 404, 200, 200),
    ("api-subsidy-claim-return", "POST"): (401, 404, 403, 404, 404, 404, 404, 200, 200),
    ("api-subsidy-claim-paid", "POST"): (401, 404, 403, 404, 404, 404, 404, 200, 200),
}


def _with_scheme(
    made: Callable[[World], SubsidyClaim], body: Any = None
) -> Callable[[World], dict[str, Any]]:
    def call(world: World) -> dict[str, Any]:
        claimed.scheme(world)
        return {"args": (made(world).pk,), "body": body}

    return call


def _visit(world: World) -> dict[str, Any]:
    claimed.scheme(world)
    return {"body": {"booking": claimed.settled(world).pk}}


def _granted(world: World) -> dict[str, Any]:
    """Decided today, so that it can be paid today."""
    claimed.scheme(world)
    claim, now = claimed.decided(world), timezone.now()
    SubsidyClaim.objects.filter(pk=claim.pk).update(decided_at=now)
    return {"args": (claim.pk,), "body": {"paid_on": timezone.localdate(now).isoformat()}}


#: Route (and method, where it matters) -> the parts of a `tests.api.matrix.Call`.
CALLS: dict[str, Callable[[World], dict[str, Any]]] = {
    "api-subsidy-claims POST": _visit,
    "api-subsidy-claim-detail GET": _with_scheme(claimed.sent),
    "api-subsidy-claim-detail PUT": _with_scheme(claimed.draft, {"answers": claimed.ANSWERS}),
    "api-subsidy-claim-send": _with_scheme(claimed.written),
    "api-subsidy-claim-withdraw": _with_scheme(claimed.sent),
    "api-subsidy-claim-decide": _with_scheme(claimed.sent, {"granted": "1000"}),
    "api-subsidy-claim-return": _with_scheme(claimed.sent, {"why": "Kvittot saknas."}),
    "api-subsidy-claim-paid": _granted,
}
