"""Requests that are sent again: the first does the work, the others get its answer."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bookings.errors import KeyReused
from bookings.models import KeptAnswer
from venues.models import User

#: So long an answer is kept at the least. Source: the house's choice; programs try again for minutes, not for days.
KEPT = timedelta(hours=24)


def find(user: User, key: str, request_digest: str) -> KeptAnswer | None:
    """What the user was answered to the request with that key, if it has been done.

    Raises:
        KeyReused: the key belongs to another request of the user's.
    """
    row = KeptAnswer.objects.filter(user=user, key=key).first()
    return None if row is None else _checked(row, request_digest)


def claim(user: User, key: str, request_digest: str, now: datetime) -> KeptAnswer:
    """The key's row: a new one without an answer, or the one whose request was done. Call in the work's transaction.

    While another works on the key this waits for its end; if that came to nothing, the work is ours.

    Raises:
        KeyReused: the key belongs to another request of the user's.
    """
    new = {"request_digest": request_digest, "created_at": now}
    row, _is_new = KeptAnswer.objects.get_or_create(user=user, key=key, defaults=new)
    return _checked(row, request_digest)


def keep(row: KeptAnswer, *, status: int, headers: dict[str, Any], body: str) -> None:
    """Write the answer to the claimed row, in the transaction of the work."""
    row.status, row.headers, row.body = status, headers, body
    row.save(update_fields=["status", "headers", "body"])


def forget_old(now: datetime) -> int:
    """Delete the answers that have been kept long enough; how many. Their keys may be used anew."""
    return old(now).delete()[0]


def old(now: datetime) -> "QuerySet[KeptAnswer]":
    """Those that have been kept long enough."""
    return KeptAnswer.objects.filter(created_at__lte=now - KEPT)


def _checked(row: KeptAnswer, request_digest: str) -> KeptAnswer:
    if row.request_digest != request_digest:
        raise KeyReused(
            _("This Idempotency-Key was sent with another request. Take a new key for each request.")
        )
    return row
