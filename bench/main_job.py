"""`make bench`: what the main job costs on this machine, on the demo region in a database of its own.

Figures, not tests: nothing here passes or fails. The greedy plan is the baseline that the solver is measured against.
"""

import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

folder = tempfile.TemporaryDirectory(prefix="turne-bench-")
os.environ |= {
    "TURNE_DEBUG": "1",
    "TURNE_LOG_LEVEL": "ERROR",
    "DATABASE_URL": f"sqlite:///{Path(folder.name) / 'bench.sqlite3'}",
    "DJANGO_SETTINGS_MODULE": "turne.settings",
}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bookings import briefing, demo  # noqa: E402
from tours import planner  # noqa: E402
from tours.models import Proposal  # noqa: E402
from venues.loading import load_region  # noqa: E402
from venues.models import Place, Region  # noqa: E402
from venues.travel import travel_table  # noqa: E402

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECONDS = 9.0
SEEDS = (1, 2, 3)


def timed(what: str, run: Callable[[], Any]) -> Any:
    """Run once, print how long it took, and give what it gave."""
    started = time.perf_counter()
    result = run()
    print(f"{what:<58}{time.perf_counter() - started:>8.3f} s")
    return result


def main() -> None:
    """Print the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    timed("migrate an empty SQLite database", lambda: call_command("migrate", verbosity=0))
    timed("load_region", load_region)
    timed("load_demo", lambda: demo.load(Region.objects.get(slug="jamtland-harjedalen"), now=NOW))
    places = list(Place.objects.order_by("pk"))
    timed(
        f"road time and distance, all pairs of {len(places)} places",
        lambda: travel_table(places, on=NOW.date().replace(month=7)),
    )
    tour = Proposal.objects.get(state=Proposal.State.QUEUED).tour
    brief = timed("brief: database -> problem", lambda: briefing.make_brief(tour))
    problem = planner.Problem.from_json(brief.problem)
    print(
        f"\n{tour}: {len(problem.candidates)} wishes, {len(problem.days)} days, {len(problem.places)} places\n"
    )
    print(f"{'':<12}{'seed':>5}{'objective':>12}{'bound':>12}{'gap':>9}{'stops':>7}{'seconds':>9}")
    for seed in SEEDS:
        for name, seconds in (("greedy", 0.0), ("solve", SECONDS)):
            row(name, seed, planner.solve(problem, seconds=seconds, seed=seed))
    on_the_way(problem)
    by_hand()


def on_the_way(problem: planner.Problem) -> None:
    """What the list of a day waits for when every wish is asked for a day on which one stop is played."""
    plan = planner.solve(problem, seconds=0)
    played = Counter(stop.day for stop in plan.stops)
    day = next(day for day, stops in sorted(played.items()) if stops == 1)
    asked = [
        replace(one, id=f"x{one.id}", windows=(planner.Window(day, 540, 1140),)) for one in problem.candidates
    ]
    print()
    timed(f"{len(asked)} wishes tried on one day", lambda: planner.on_the_way(problem, plan, day, asked))


def by_hand() -> None:
    """What the board waits for when a stop is dragged over a large tour."""
    problem = planner.instance(150, 60)
    plan = planner.solve(problem, seconds=0)
    document = problem.to_json()
    print()
    timed("read a problem of 150 wishes and 60 days", lambda: planner.Problem.from_json(document))
    timed(
        f"its {len(plan.stops)} stops by hand: nights, drives, breaches",
        lambda: planner.arranged(problem, plan.stops),
    )
    tour = Proposal.objects.earliest("pk").tour
    by = tour.production.ensemble.producer.memberships.filter(role="producer").first().user
    shown = Proposal.objects.create(
        tour=tour, state=Proposal.State.DONE, problem=document, plan=plan.to_json(), requested_by=by
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(by, backend=settings.AUTHENTICATION_BACKENDS[0])
    stop, address = plan.stops[10], reverse("stop-try", args=[tour.slug, shown.pk])
    for minute in (10, 20, 30):
        on = problem.days[stop.day].date
        sent = {"candidate": stop.candidate, "date": on.isoformat(), "time": f"15:{minute}"}
        timed(
            "a stop tried on the board, request to answer",
            lambda sent=sent: client.post(address, sent, headers={"HX-Request": "true"}),
        )


def row(name: str, seed: int, plan: planner.Plan) -> None:
    """One line of the plan's table."""
    gap = "-" if plan.gap is None else f"{plan.gap:.2%}"
    bound = "-" if plan.bound is None else f"{plan.bound:,.0f}"
    proof = " proven" if plan.proven else ""
    line = f"{name:<12}{seed:>5}{plan.objective:>12,.0f}{bound:>12}{gap:>9}{len(plan.stops):>7}{plan.seconds:>9.2f}"
    print(line + proof)


if __name__ == "__main__":
    main()
