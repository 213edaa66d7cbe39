"""Who saw what of the applications to a call, and when: noted each time, read by who runs the call, never changed."""

from datetime import datetime
from typing import TYPE_CHECKING

from programmes import conflicts
from programmes.models import Application, Call, Sighting
from venues.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def note(call: Call, application: Application | None, user: User, what: str, now: datetime) -> Sighting:
    """Keep that somebody saw it.

    Args:
        application: None: of the call's applications as a whole.
        what: of `Sighting.What`.
    """
    return Sighting.objects.create(call=call, application=application, user=user, what=what, at=now)


def of_call(call: Call, user: User) -> "QuerySet[Sighting]":
    """The log as the reader may see it, the latest first: without what is hidden from them."""
    found = Sighting.objects.filter(call=call).select_related("user", "application")
    return found.exclude(application__in=conflicts.hidden_from(user).values("pk"))
