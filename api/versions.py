"""If-Match: who changes something says which version of it they have seen. ETag: which version it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.views import APIView

from bookings import slots, workshops
from bookings.models import Booking, ChecklistItem, CrewTask, SubEvent, SubsidyClaim, Workshop
from programmes.models import Application
from tours import wishes
from tours.models import Allotment, CrewBallot, Proposal, Tour, Wish


class VersionMissing(APIException):
    """A change came without If-Match (RFC 6585, section 3)."""

    status_code = 428
    default_detail = gettext_lazy("Say in the header If-Match which ETag you have seen, or * for any.")
    default_code = "if_match_missing"


class VersionStale(APIException):
    """What is to be changed is not what was seen (RFC 9110, section 15.5.13).

    Args:
        version: the one that stands.
    """

    status_code = 412
    default_detail = gettext_lazy("This has changed since you read it. Read it again, then change it.")
    default_code = "stale"

    def __init__(self, version: int | None = None) -> None:
        super().__init__()
        self.version = version


@dataclass(frozen=True)
class Versioned:
    """Something that has a version.

    Attributes:
        field: where the version stands in what is answered.
        lock: gives the version that stands now, until the transaction ends where the house's order of locks (see
            `bookings.slots`) lets it come first; else the verb is told the version and looks again.
    """

    field: str
    lock: Callable[[Any], int]


VERSIONED: dict[type[Model], Versioned] = {
    Booking: Versioned("version", lambda booking: slots.lock_row(booking).version),
    Wish: Versioned("version", lambda wish: wishes.lock_wish(wish).version),
    Tour: Versioned("version", lambda tour: int(tour.version)),
    ChecklistItem: Versioned("version", lambda item: int(item.version)),
    CrewTask: Versioned("version", lambda task: int(task.version)),
    CrewBallot: Versioned("version", lambda ballot: int(ballot.version)),
    Application: Versioned("version", lambda application: int(application.version)),
    Allotment: Versioned("version", lambda allotment: int(allotment.version)),
    Workshop: Versioned("version", lambda workshop: workshops.lock(workshop).version),
    SubsidyClaim: Versioned("version", lambda claim: int(claim.version)),
    SubEvent: Versioned("version", lambda event: int(event.version)),
    Proposal: Versioned("tour_version", lambda proposal: int(proposal.tour.version)),
}


def etag(version: int) -> str:
    """The version as a strong entity tag."""
    return f'"{version}"'


def needed(view: APIView, kwargs: Any) -> bool:
    """Whether a change by the view asks for If-Match: what its address names has a version."""
    return bool(kwargs) and about(view) is not None and not getattr(view, "adds", False)


def about(view: APIView) -> Versioned | None:
    """How that kind of thing has a version which the view is about."""
    kind = getattr(view, "about", None)
    return VERSIONED[kind] if kind else None


def require(request: Request, thing: Model) -> None:
    """Refuse a change of something that is not as the caller has seen it; call in the transaction of the change.

    A weak tag never matches: comparison is strong (RFC 9110, section 13.1.1). Of several tags one is enough.

    Raises:
        VersionMissing: there is no If-Match.
        VersionStale: none of its tags is that of the version that stands.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise VersionMissing
    version = VERSIONED[type(thing)].lock(thing)
    tags = parse_etags(header)
    if tags == ["*"]:
        return
    if etag(version) not in tags:
        raise VersionStale(version)
    request.seen_version = version  # type: ignore[attr-defined]


def seen(request: Request) -> int | None:
    """The version that the caller has seen, which stood when `require` looked; None for whoever does not care."""
    return getattr(request, "seen_version", None)
