"""Runs in a queue: a worker claims the oldest under a lease, keeps it as long as nobody else has it, and hears a stop.

A run is a row with `state`, `seconds`, `claimed_until` and, where it can be stopped, `stop_asked_at`. What a killed
worker had begun is claimed by the next when its lease is over.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from tours.models import Allotment, Proposal, SeasonRun

Run = TypeVar("Run", Allotment, Proposal, SeasonRun)


@transaction.atomic
def claim(waiting: "QuerySet[Run]", margin: int, now: datetime) -> Run | None:
    """The first run that waits or whose worker has died, now this worker's; None where there is none.

    Args:
        waiting: all runs, the oldest first.
        margin: seconds beyond a run's own budget after which its worker is taken for dead.
    """
    state = waiting.model.State
    abandoned = Q(state=state.RUNNING, claimed_until__lte=now)
    skip = connection.features.has_select_for_update_skip_locked
    rows = waiting.select_for_update(skip_locked=skip)
    found = rows.filter(Q(state=state.QUEUED) | abandoned).first()
    if found:
        found.state = state.RUNNING
        found.claimed_until = now + timedelta(seconds=found.seconds + margin)
        found.save(update_fields=["state", "claimed_until"])
    return found


def run_next(waiting: "QuerySet[Run]", margin: int, now: datetime, run: Callable[[Run], Any]) -> int:
    """Run the first that waits or whose worker has died; 1 if there was one, else 0. Arguments as of `claim`."""
    found = claim(waiting, margin, now)
    if found is None:
        return 0
    run(found)
    return 1


def stop(run: "Allotment | Proposal", unbegun: str, now: datetime) -> bool:
    """Ask a run to stop with the best plan it has; one that nobody has begun ends at once. Whether it was still to end.

    Args:
        unbegun: the state in which one ends that nobody has begun.
    """
    rows = type(run)._default_manager.filter(pk=run.pk)
    state = run.State
    if rows.filter(state=state.QUEUED).update(state=unbegun, stop_asked_at=now, finished_at=now):
        return True
    return bool(rows.filter(state=state.RUNNING).update(stop_asked_at=now))


def claimed(run: Run) -> "QuerySet[Run]":
    """The run, unless this worker was taken for dead and another has taken it over."""
    found: QuerySet[Run] = type(run)._default_manager.filter(pk=run.pk, claimed_until=run.claimed_until)
    return found


class Asked:
    """Whether somebody wants a run to stop; asked of the database every so many seconds, and no sooner.

    Args:
        before: what is done each time before it is asked, such as storing what waits.
    """

    def __init__(self, run: "Allotment | Proposal", *, every: float, before: Callable[[], None]) -> None:
        self.asking = type(run)._default_manager.filter(pk=run.pk).exclude(stop_asked_at=None)
        self.every, self.before = every, before
        self.looked = time.monotonic()
        self.to_stop = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if not self.to_stop and now - self.looked >= self.every:
            self.before()
            self.to_stop, self.looked = self.asking.exists(), now
        return self.to_stop
