"""A form that is sent twice by a double click is done once, and answered twice."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from bookings import repeats
from bookings.models import KeptAnswer
from venues.models import User

View = Callable[..., HttpResponse]
#: Fields by which a page's form differs from a later one's: what was looked at, or a number of its own.
TELLING = {"version", "besok", "click"}
#: What of a form does not tell it from another: Django masks it anew for each page.
_MASKED = "csrfmiddlewaretoken"


def once(view: View) -> View:
    """A page whose form says which version of things was looked at: the same form again is the same click.

    Who comes while the first is worked on waits for it; then both are led on alike and told the same. What does not
    lead on (a form with faults) is not kept, nor a form that bears none of `TELLING`. Stands below `login_required`.
    """

    @wraps(view)
    def clicked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User) or not TELLING & set(request.POST):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            digest = _digest(request)
            row = repeats.claim(request.user, f"form {digest}", digest, timezone.now())
            if row.status is not None:
                return _again(request, row)
            response = view(request, *args, **kwargs)
            if response.status_code == 302:
                repeats.keep(row, status=302, headers=_told(request, response), body="")
            else:
                row.delete()
            return response

    return clicked


def click(request: HttpRequest) -> str:
    """The number of its own for a form that makes something: a new one for each page, the same with its faults."""
    return request.POST.get("click") or str(uuid4())


def _digest(request: HttpRequest) -> str:
    sent = sorted((name, values) for name, values in request.POST.lists() if name != _MASKED)
    return hashlib.sha256(repr((request.get_full_path(), sent)).encode()).hexdigest()


def _told(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Where the first was led, and what it was told there; looking at the messages does not use them up."""
    waiting: Any = get_messages(request)
    told = [[message.level, str(message)] for message in waiting]
    waiting.used = False
    return {"Location": response["Location"], "told": told}


def _again(request: HttpRequest, row: KeptAnswer) -> HttpResponse:
    for level, text in row.headers["told"]:
        messages.add_message(request, level, text)
    return redirect(row.headers["Location"])
