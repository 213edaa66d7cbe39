"""Who saw what of the applications to a call, and when."""

from datetime import datetime

from programmes.models import Application, Call, Sighting
from venues.models import User


def note(call: Call, application: Application | None, user: User, what: str, now: datetime) -> Sighting:
    """Keep that somebody saw it; without an application: of the call's as a whole."""
    return Sighting.objects.create(call=call, application=application, user=user, what=what, at=now)
