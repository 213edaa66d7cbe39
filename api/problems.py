"""Errors as RFC 9457 problem details: every refusal in one shape, with a sentence, a stable code and no traceback."""

import re
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.views import set_rollback

from api.parameters import WrongAddress
from api.parsers import TooMuch
from api.versions import VersionStale, etag
from bookings.errors import OVERTAKEN, LinkProblem
from tours.errors import TurneError
from tours.planner import PlannerError
from venues.errors import NoRoad, VenuesError

log = structlog.get_logger("turne.api")

MEDIA_TYPE = "application/problem+json"
#: Status -> title. Source of the statuses: RFC 9110, section 15.5, and RFC 6585 for 428 and 429.
TITLES: dict[int, Promise] = {
    400: gettext_lazy("The request can not be read"),
    401: gettext_lazy("Log in first"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("No such method here"),
    406: gettext_lazy("No such format"),
    409: gettext_lazy("Not possible any more"),
    410: gettext_lazy("Gone"),
    412: gettext_lazy("Changed in the meantime"),
    413: gettext_lazy("Too much at once"),
    415: gettext_lazy("Send JSON"),
    422: gettext_lazy("Something is wrong in what was sent"),
    428: gettext_lazy("Say what you have seen"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something went wrong here"),
    503: gettext_lazy("Busy right now"),
}
#: What the framework refuses -> what to do about it, in our own words. Others keep their own sentence.
SENTENCES: dict[str, Promise] = {
    "not_authenticated": gettext_lazy("This is for those who are logged in. Send a token, or log in."),
    "authentication_failed": gettext_lazy("The token does not work: it is wrong, revoked or has run out."),
    "not_found": gettext_lazy("There is no such thing here, or it is not yours to see."),
    "method_not_allowed": gettext_lazy("This address does not take that method. See the header Allow."),
    "not_acceptable": gettext_lazy("There is no answer in the format that was asked for. Ask for JSON."),
    "unsupported_media_type": gettext_lazy("Send the body as application/json."),
    "throttled": gettext_lazy("Too many requests. Wait as long as the header Retry-After says."),
}


def problem_response(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to an exception; None for a database that does not answer, which the outage page takes care of."""
    if isinstance(exc, OperationalError | InterfaceError):
        return None
    set_rollback()
    if isinstance(exc, TurneError):
        return _of_bookings(exc)
    if isinstance(exc, VenuesError):
        return _of_venues(exc)
    if isinstance(exc, PlannerError):
        return problem(422, "bad_problem", str(exc), errors=[_error(_pointer_of_path(exc.field), exc.reason)])
    if isinstance(exc, RequestDataTooBig):
        exc = TooMuch()
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied(str(exc) or None)
    if isinstance(exc, exceptions.APIException):
        return _of_api(exc, context)
    log.error("api failed", exc_info=exc)
    return problem(500, "error", _("The fault is ours and has been noted. Nothing has been changed."))


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """A problem document; empty members are left out.

    Args:
        code: stable, for programs.
        detail: a sentence for people, in the language that they accept.
    """
    document = {
        "type": "about:blank",
        "title": str(TITLES.get(status, "")),
        "status": status,
        "detail": detail,
        "code": code,
        **{name: value for name, value in more.items() if value},
    }
    return JsonResponse(
        document, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def _of_bookings(exc: TurneError) -> HttpResponse:
    status = 410 if isinstance(exc, LinkProblem) else 409 if isinstance(exc, OVERTAKEN) else 422
    sentence = str(exc.sentence)
    errors = [_error(f"#/{exc.field}", sentence)] if exc.field else []
    return problem(status, exc.code, sentence, ids=exc.ids, errors=errors)


def _of_venues(exc: VenuesError) -> HttpResponse:
    if isinstance(exc, NoRoad):
        return problem(422, "no_road", str(exc), ids={"start": exc.start_id, "end": exc.end_id})
    field = getattr(exc, "field", "")
    return problem(422, "refused", str(exc), errors=[_error(f"#/{field}", str(exc))] if field else [])


def _of_api(exc: exceptions.APIException, context: dict[str, Any]) -> HttpResponse:
    if isinstance(exc, exceptions.ValidationError):
        return _of_validation(exc, context)
    code = exc.get_codes()
    code = code if isinstance(code, str) else exc.default_code
    has_own_words = code == "not_found" and exc.detail != exceptions.NotFound.default_detail
    sentence = exc.detail if has_own_words else SENTENCES.get(code, exc.detail)
    response = problem(exc.status_code, code, str(sentence))
    if header := getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        response["Retry-After"] = str(int(wait))
    if isinstance(exc, VersionStale) and exc.version is not None:
        response["ETag"] = etag(exc.version)
    return response


def _of_validation(exc: exceptions.ValidationError, context: dict[str, Any]) -> HttpResponse:
    """A wrong body is a 422 whose errors point into it; a wrong address is a 400 that names the parameters."""
    found = list(_flat(exc.detail, "#"))
    if context["request"].method not in {"GET", "HEAD"} and not isinstance(exc, WrongAddress):
        detail = _("Put right what is listed, and send it again. Nothing has been changed.")
        return problem(422, "invalid", detail, errors=[_error(where, text) for where, text in found])
    errors = [{"parameter": where.removeprefix("#/"), "detail": text} for where, text in found]
    return problem(
        400, "invalid", _("Put right the parameters of the address that are listed."), errors=errors
    )


def _flat(detail: Any, pointer: str) -> "list[tuple[str, str]]":
    """The leaves of nested error details, each with the JSON Pointer (RFC 6901, section 6) of what is wrong."""
    if isinstance(detail, dict):
        return [
            leaf
            for key, part in detail.items()
            for leaf in _flat(
                part, pointer if key == "non_field_errors" else f"{pointer}/{_escaped(str(key))}"
            )
        ]
    if isinstance(detail, list):
        return [
            leaf
            for index, part in enumerate(detail)
            for leaf in _flat(part, f"{pointer}/{index}" if isinstance(part, dict) else pointer)
        ]
    return [(pointer, str(detail))]


def _pointer_of_path(path: str) -> str:
    """The planner's `candidates[3].windows[0]` as `#/candidates/3/windows/0`."""
    return "#" + "".join(f"/{_escaped(part)}" for part in re.split(r"[.\[\]]+", path) if part)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _error(pointer: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "detail": detail}
