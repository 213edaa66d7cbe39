"""When the database is away: 503 with Retry-After, never an error page that looks like a fault of the visitor."""

import sys
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

log = structlog.get_logger("turne.outage")

#: Seconds after which a program that got a 503 may ask again.
RETRY_AFTER_S = 30


class Outage:
    """Answer 503 when a view could not reach the database. Nothing is half-done: verbs are transactions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return closed(request, exception) if is_outage(exception) else None


def handle_500(request: HttpRequest) -> HttpResponse:
    """Django's handler500: the database may also fail outside the view, as when the session is read."""
    error = sys.exc_info()[1]
    return closed(request, error) if is_outage(error) else server_error(request)


def is_outage(error: BaseException | None) -> bool:
    """Whether trying again later may help. A table that SQLite does not have is a fault, not an outage."""
    return isinstance(error, OperationalError | InterfaceError) and "no such" not in str(error)


def closed(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """The 503 in the form that the visitor's program expects."""
    log.error("database does not answer", error=repr(error))
    response = _answer(request.path)
    response["Retry-After"] = str(RETRY_AFTER_S)
    response["Cache-Control"] = "no-store"
    return response


def _answer(path: str) -> HttpResponse:
    if path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "status": 503,
            "title": _("Turne is closed for a moment"),
            "detail": _(
                "The database does not answer. Nothing has been changed; try again in half a minute."
            ),
        }
        return JsonResponse(problem, status=503, content_type="application/problem+json")
    return HttpResponse(render_to_string("503.html"), status=503)
