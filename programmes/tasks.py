"""Background work of calls as Celery tasks: thin, safe to run twice, and without arguments; see `bookings.tasks`."""

import structlog
from celery import shared_task
from django.utils import timezone

from programmes import applicants, assessor_reminders, scanning, stored_files

log = structlog.get_logger("turne.work")


@shared_task  # type: ignore[untyped-decorator]
def forget_applicants() -> int:
    """Delete accounts that were never opened, and drafts of calls that closed long ago; how many rows."""
    count = applicants.forget_due(timezone.now())
    if count:
        log.info("unused applications forgotten", count=count)
    return count


@shared_task  # type: ignore[untyped-decorator]
def scan_files() -> int:
    """Ask the virus scanner about files that wait for it; how many have their answer."""
    return scanning.scan_due(timezone.now())


@shared_task  # type: ignore[untyped-decorator]
def sweep_files() -> int:
    """Delete bytes of work samples that no row knows; how many files."""
    count = stored_files.sweep(timezone.now())
    if count:
        log.info("files without a row deleted", count=count)
    return count


@shared_task  # type: ignore[untyped-decorator]
def remind_assessors() -> int:
    """Remind assessors of what is left to score when it is due soon; how many."""
    count = assessor_reminders.remind_due(timezone.now())
    if count:
        log.info("assessors reminded", count=count)
    return count
