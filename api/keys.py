"""Idempotency-Key: a request that is sent again with its key does nothing twice, and gets the same answer."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.actors import actor
from bookings import repeats
from bookings.models import KeptAnswer

#: What a key may be: something that a program has made up, such as a UUID.
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
#: Says of an answer that the work had been done before.
REPLAYED = "Idempotency-Replayed"


class WrongKey(APIException):
    """The key is not one."""

    status_code = 400
    default_detail = gettext_lazy("An Idempotency-Key is 1 to 200 letters, digits or signs, without spaces.")
    default_code = "invalid_key"


class ShownOnce(APIException):
    """The request has been done, and its answer held a secret, which is not kept."""

    status_code = 409
    default_detail = gettext_lazy(
        "This has been done, and its answer held a secret that is shown once. Make another one with another key."
    )
    default_code = "shown_once"


def key_of(request: Request) -> str | None:
    """The request's key, if it has one. Raises WrongKey."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise WrongKey
    return key


def once(request: Request, key: str, work: Callable[[], Response], *, is_secret: bool) -> Response:
    """Do the work, or give the answer that it was given before. Call in a transaction; what raises is not kept.

    Args:
        is_secret: the answer is not kept, only that there was one.
    """
    row = repeats.claim(actor(request), key, digest_of(request), timezone.now())
    if row.status is not None:
        return _replayed(row)
    response = work()
    body = "" if is_secret or response.data is None else JSONRenderer().render(response.data).decode()
    headers = {"secret": True} if is_secret else dict(response.headers)
    repeats.keep(row, status=response.status_code, headers=headers, body=body)
    return response


def once_worked_out(request: Request, key: str, work: Callable[[], Response]) -> Response:
    """The same for work that changes nothing and may take long: done first, outside every transaction."""
    row = repeats.find(actor(request), key, digest_of(request))
    if row is not None:
        return _replayed(row)
    response = work()
    with transaction.atomic():
        return once(request, key, lambda: response, is_secret=False)


def digest_of(request: Request) -> str:
    """What tells the request from others: method, address and body, whose spaces and order do not count."""
    parts = [request.method, request.get_full_path().rstrip("/"), request.data]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _replayed(row: KeptAnswer) -> Response:
    if row.headers.get("secret"):
        raise ShownOnce
    data: Any = json.loads(row.body) if row.body else None
    return Response(data, status=row.status, headers={**row.headers, REPLAYED: "true"})
