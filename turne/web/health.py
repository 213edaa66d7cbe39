"""Whether Turne is alive (/healthz) and whether it can do its work (/readyz). For machines, without login."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.connection import Connection

from bookings.models import Notice

#: Mail that has waited longer than this means that nothing sends it, or that the mail server refuses.
#: Source: reliability of the outbox, docs/running.md.
MAIL_LATE = timedelta(minutes=5)
BROKER_TIMEOUT_S = 2


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; touches nothing else."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, else 503 that says which part is not."""
    parts = readiness(timezone.now())
    ready = all(part["ok"] for part in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def readiness(now: datetime) -> dict[str, dict[str, Any]]:
    """Each part with `ok` and what there is to say. The broker never fails: without it work is only late."""
    parts: dict[str, dict[str, Any]] = {}
    try:
        missing = unapplied_migrations()
        parts["database"] = {"ok": True}
        parts["migrations"] = {"ok": not missing, "unapplied": missing}
        parts["mail"] = _mail(now) if not missing else {"ok": False}
    except DatabaseError as error:
        parts["database"] = {"ok": False, "error": type(error).__name__}
    if settings.REDIS_URL:
        parts["broker"] = {"ok": True, "answers": broker_answers(settings.CELERY_BROKER_URL)}
    return parts


def unapplied_migrations() -> list[str]:
    """Names such as bookings.0002_agreements that the database has not seen, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _mail(now: datetime) -> dict[str, Any]:
    oldest = oldest_unsent(now)
    age = now - oldest if oldest else timedelta(0)
    return {"ok": age <= MAIL_LATE, "oldest_unsent_s": int(age.total_seconds())}


def oldest_unsent(now: datetime) -> datetime | None:
    """Since when the longest waiting mail is due. A failed attempt moves `send_after`, not this."""
    unsent = Notice.objects.filter(state__in=[Notice.State.WAITING, Notice.State.CLAIMED])
    times = unsent.aggregate(
        tried=Min("created_at", filter=Q(attempts__gt=0)),
        due=Min("send_after", filter=Q(attempts=0, send_after__lte=now)),
    )
    return min((time for time in times.values() if time), default=None)


def broker_answers(url: str) -> bool:
    """Whether the broker accepts a connection within a moment."""
    patience = {"socket_timeout": BROKER_TIMEOUT_S, "socket_connect_timeout": BROKER_TIMEOUT_S}
    try:
        with Connection(url, transport_options=patience) as broker:  # type: ignore[no-untyped-call]
            broker.ensure_connection(max_retries=0, timeout=BROKER_TIMEOUT_S, reraise_as_library_errors=False)
    except Exception:  # each transport has its own family of errors, and all of them mean "no"
        return False
    return True
