"""Who opens pages by links without an account too often waits: counted for each link and for each address.

A link's secret can not be guessed; this is for programs that run wild, and for a link that has come to where many
press at once. Counted in each process, as the API counts: a brake, not a quota. Neither secret nor address is kept,
only digests of them, for two minutes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW_S = 60


@dataclass(frozen=True)
class Wait:
    """That somebody has to wait: until when, and how many seconds that is."""

    until: datetime
    seconds: int


def counted(request: HttpRequest, token: str, now: datetime) -> Wait | None:
    """Count the request to its link and to the address that it comes from; how long to wait, if it is one too many.

    The address is that which the proxy has written, not what a caller claims in front of it, as for the API.
    """
    whos = {"link": token, "address": str(BaseThrottle().get_ident(cast(Request, request)))}
    window = int(now.timestamp()) // WINDOW_S
    # Both are counted, whatever the first says.
    full = [kind for kind, who in whos.items() if _is_full(kind, who, window)]
    if not full:
        return None
    until = datetime.fromtimestamp((window + 1) * WINDOW_S, tz=UTC)
    return Wait(until, max(1, round((until - now).total_seconds())))


def answer(request: HttpRequest, wait: Wait) -> HttpResponse:
    """A plain page that says when to try again, as a 429 (RFC 6585, section 4)."""
    response = render(request, "429.html", {"wait": wait, "plain_bar": True}, status=429)
    response["Retry-After"] = str(wait.seconds)
    return response


def _is_full(kind: str, who: str, window: int) -> bool:
    most = settings.LINK_RATES[kind]
    if most is None:
        return False
    key = f"link-rate:{kind}:{sha256(who.encode()).hexdigest()}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW_S)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it was put out of the cache in between
        return False
