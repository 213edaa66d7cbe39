"""Logs: structured lines, one per request that Django answers, with no secret and no mail address in them."""

import logging.config
import re
import time
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

#: What never stands in a log, and what stands there instead.
_PRIVATE = (
    # Paths whose next part is a bearer secret: feeds by token, links to answer, to report, to tell what a class thought
    # and to end reminders by, class links of crews and reference groups; also as somebody mistypes them.
    (
        re.compile(
            r"/(ical/+privat|svar/+flera|svar/+andring|svar|rapportera|klass|crewet|referensgrupp|mejl/+avsluta)"
            r"/+[^/\s\"'<>?#]+",
            re.IGNORECASE,
        ),
        r"/\1/[secret]",
    ),
    # The user part of an address such as redis://:password@host.
    (re.compile(r"://[^/\s@\"']*@"), "://[secret]@"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[address]"),
)
#: Refusals of Django that are the sender's doing.
SENDERS_FAULTS = ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
log = structlog.get_logger("turne.request")


def without_secrets(text: str) -> str:
    """The text as it may stand in a log: feed and answer secrets, passwords and mail addresses cut out."""
    if "/" not in text and "@" not in text:  # none of them would be found
        return text
    for pattern, replacement in _PRIVATE:
        text = pattern.sub(replacement, text)
    return text


def _cleaned(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [_cleaned(part) for part in value]
    return without_secrets(str(value))


def _clean(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut secrets out of everything in a line, the traceback included."""
    return {key: _cleaned(value) for key, value in event.items()}


def config_dict(*, json_lines: bool, level: str) -> dict[str, Any]:
    """The standard library's logging: every logger writes the same lines to standard error."""
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    lines = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _shared(),
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without local variables: they hold tokens and people's data.
            structlog.processors.format_exc_info,
            _clean,
            last,
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # RequestLog writes the line of each request; Django adds the traceback of those that failed.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "CRITICAL"},
            # Whoever tries foreign host names, or sends too much, gets a 400, which RequestLog writes; no traceback.
            **{f"django.security.{name}": {"level": "CRITICAL"} for name in SENDERS_FAULTS},
            "gunicorn.error": {"handlers": [], "propagate": True},
            # Beat ticks every few seconds; only what goes wrong is worth a line.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            # A PDF of many pages writes a line for each of them, and one for every table of its fonts.
            "weasyprint": {"level": "WARNING"},
            "weasyprint.progress": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }


def logging_config(*, json_lines: bool, level: str) -> None:
    """Set up structlog and the standard library's loggers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(config_dict(json_lines=json_lines, level=level))
    logging.captureWarnings(True)


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


class RequestLog:
    """Write one line per request: method, path, status, milliseconds; each line meanwhile bears its request id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        request_id = uuid.uuid4().hex[:12]
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            self._write(request, response, started)
        return response

    def _write(self, request: HttpRequest, response: HttpResponse, started: float) -> None:
        quiet = request.path.startswith("/static/") or request.path in {"/healthz", "/readyz"}
        if quiet and response.status_code < 400:
            return
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.monotonic() - started) * 1000),
        )
