"""A worker that is really killed while it computes an allotment: the next one takes it up, and nothing is lost."""

import sys
from pathlib import Path

import pytest
from django.utils import timezone

from bookings import allotment_publishing, allotment_runs
from tests import allotments
from tests.allotments import NOW
from tests.guarantees.test_kills import kill
from tests.processes import HOME, database_url, running, until
from tests.world import World
from tours import allotment as solver
from tours.models import Allotment, AllottedVisit, Wish

pytestmark = pytest.mark.django_db(transaction=True)
State = Allotment.State
WORK = [sys.executable, "manage.py", "work"]
#: Publishes the allotment that there is, and stands still once all wishes are written and before anything is kept.
PUBLISH = """
import sys, time
from datetime import datetime
import django
django.setup()
from bookings import allotment_notices, allotment_publishing
from tours.models import Allotment

def stand_still(*args):
    print("all is written", flush=True)
    time.sleep(60)

allotment_notices.given = stand_still
found = Allotment.objects.get()
allotment_publishing.publish(found, by=found.by, now=datetime.fromisoformat(sys.argv[1]))
"""


def asked(world: World) -> Allotment:
    """An invented county that takes its worker longer than a moment."""
    return Allotment.objects.create(
        season=world.season,
        name="Länet",
        state=State.QUEUED,
        seconds=60,
        problem=solver.instance(80, 15).to_json(),
        by=world.officer,
        at=NOW,
        changed_at=NOW,
        asked_at=NOW,
    )


def is_in(*states: str) -> bool:
    return Allotment.objects.filter(state__in=states).exists()


def test_a_worker_that_is_killed_while_it_computes(world: World, tmp_path: Path) -> None:
    """What it had found stays, the next worker takes the run up, and stopped it ends with the best plan so far."""
    found = asked(world)
    house = {**HOME, "DATABASE_URL": database_url()}
    with running(*WORK, log=tmp_path / "one.log", **house) as worker:
        until(lambda: Allotment.objects.filter(state=State.RUNNING, plan__isnull=False).exists(), 60)
        kill(worker)
    found.refresh_from_db()
    begun = solver.Plan.from_json(found.plan)
    assert (found.state, begun.reached > 0) == (State.RUNNING, True)
    Allotment.objects.update(claimed_until=timezone.now())  # the lease runs out, as minutes later
    allotment_runs.stop(found, now=timezone.now())
    with running(*WORK, log=tmp_path / "two.log", **house):
        until(lambda: is_in(State.DONE, State.CANCELLED, State.FAILED), 90)
    found.refresh_from_db()
    plan = solver.Plan.from_json(found.plan)
    assert (found.state, plan.reached >= begun.reached) == (State.CANCELLED, True)
    assert solver.check(solver.Problem.from_json(found.problem), plan) == []


def test_whoever_is_killed_while_it_publishes(world: World, tmp_path: Path) -> None:
    """Nothing of it stands, and it is published afterwards as if nobody had tried."""
    found = allotments.computed(world)
    before, log = Wish.objects.count(), tmp_path / "publish.log"
    command = [sys.executable, "-c", PUBLISH, NOW.isoformat()]
    with running(*command, log=log, **HOME, DATABASE_URL=database_url()) as publisher:
        until(lambda: "all is written" in log.read_text(), 60)
        kill(publisher)
    found.refresh_from_db()
    assert (found.state, Wish.objects.count(), AllottedVisit.objects.count()) == (State.DONE, before, 0)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert (Wish.objects.count(), AllottedVisit.objects.count()) == (before + 1, 1)
