"""Background work as Celery tasks: thin, safe to run twice, and without arguments.

When each runs is the setting CELERY_BEAT_SCHEDULE. Celery beat follows it in production, `manage.py work` without
a broker. Nothing publishes a task inside a request: the database says what there is to do.
"""

import structlog
from celery import shared_task
from django.utils import timezone

from bookings import holds, lifecycle, notices, running, season_plan, tours

log = structlog.get_logger("turne.work")


@shared_task  # type: ignore[untyped-decorator]
def send_notices() -> int:
    """Send the mails that are due; how many were sent."""
    return _told("notices sent", notices.send_pending(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def run_proposals() -> int:
    """Compute the plans that producers have asked for; how many."""
    return _told("proposals computed", running.run_queued(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def run_seasons() -> int:
    """Plan the tours that producers have asked to plan together; how many seasons."""
    return _told("seasons planned", season_plan.run_queued(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def expire_agreements() -> int:
    """Let offers and holds lapse whose time has passed, and unanswered challenges take effect; how many."""
    return _told("agreements expired", lifecycle.expire_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_holds() -> int:
    """Remind producers of holds that end soon; how many."""
    return _told("holds reminded of", holds.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def turn_tours() -> int:
    """Let tours begin and end with their days; how many."""
    return _told("tours turned", tours.turn_stages(timezone.localdate()))


def _told(what: str, count: int) -> int:
    if count:
        log.info(what, count=count)
    return count
