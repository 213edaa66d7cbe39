"""The mail of a call, for those who run it: nothing of a single one before the call closes, or of one in conflict."""

from datetime import datetime

from programmes import conflicts, permissions
from programmes.models import Call, CallNotice, Meeting
from venues.models import User


def of_call(call: Call) -> list[CallNotice]:
    """All of it, the latest first."""
    found = CallNotice.objects.filter(call=call).select_related("notice", "application")
    return list(found.order_by("-notice__created_at", "-pk"))


def readable(call: Call, reader: User, now: datetime) -> list[CallNotice]:
    """What the reader may see: who has applied is told once the call has closed, and by names where they are told.

    Of an application that was withdrawn before the answers left nobody reads who it was.
    """
    if not permissions.is_readable(call, now) or permissions.names_are_hidden(reader, call):
        return []
    hidden = set(conflicts.hidden_from(reader).values_list("pk", flat=True))
    answers_at = Meeting.objects.filter(call=call).values_list("answers_at", flat=True).first()
    found = [one for one in of_call(call) if one.application_id not in hidden]
    return [one for one in found if not _is_gone(one, answers_at)]


def _is_gone(one: CallNotice, answers_at: datetime | None) -> bool:
    withdrawn_at = one.application.withdrawn_at
    return withdrawn_at is not None and (answers_at is None or withdrawn_at < answers_at)
