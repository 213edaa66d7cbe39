"""The mail of a call, for those who run it: nothing of a single one before the call closes, or of one in conflict."""

from datetime import datetime

from programmes import conflicts, permissions, received
from programmes.models import Call, CallNotice
from venues.models import User


def of_call(call: Call) -> list[CallNotice]:
    """All of it, the latest first."""
    found = CallNotice.objects.filter(call=call).select_related("notice", "application")
    return list(found.order_by("-notice__created_at", "-pk"))


def readable(call: Call, reader: User, now: datetime) -> list[CallNotice]:
    """What the reader may see: who has applied is told once the call has closed, and by names where they are told."""
    if not received.is_readable(call, now) or permissions.names_are_hidden(reader, call):
        return []
    hidden = set(conflicts.hidden_from(reader).values_list("pk", flat=True))
    return [one for one in of_call(call) if one.application_id not in hidden]
