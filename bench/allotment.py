"""`python -m bench.allotment`: how good the allotment's plans are, by when, in invented counties (instances.py).

Figures, not tests: nothing here passes or fails. Each run has a process of its own, one after another, and begins with
the greedy plan, which is what it is compared with.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from typing import Any

from tours import allotment
from tours.allotment.trees import trees_of

HEAD = (
    "| schools x productions | seed | units | pupils reached | greedy | cost | bound | gap | proven | wall | "
    "processor | peak MB | load |"
)


BUSY = 5
"""On a machine that does other things too, a second of the processor may take so many by the clock."""


def measured(
    schools: int, productions: int, seed: int, seconds: float, threads: int, by_processor: bool
) -> dict[str, Any]:
    """The figures of one run: pupils, money, shares, seconds, megabytes."""
    problem = allotment.instance(schools, productions, seed)
    first = allotment.greedy(problem)
    wall, processor = time.perf_counter(), time.process_time()
    most = seconds * BUSY if by_processor else seconds
    plan = allotment.solve(
        problem, seconds=most, seed=seed, threads=threads,
        stop=lambda: by_processor and time.process_time() - processor > seconds,
    )  # fmt: skip
    wall, used = time.perf_counter() - wall, time.process_time() - processor
    if allotment.check(problem, plan):
        raise SystemExit(f"seed {seed} of {schools} x {productions} broke a rule")
    return {
        "units": len(problem.units),
        "pupils": plan.pupils,
        "reached": plan.reached,
        "reached_bound": plan.reached_bound,
        "greedy": first.cost,
        "greedy_reached": first.reached,
        "cost": plan.cost,
        "bound": plan.cost_bound,
        "gap": plan.gap,
        "proven": plan.status == "optimal",
        "wall": wall,
        "processor": used,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "trace": [(step.seconds, step.cost, step.by) for step in plan.trace],
        "roads": roads(problem, plan),
    }


def roads(problem: allotment.Problem, plan: allotment.Plan) -> list[tuple[float, float]]:
    """By production that plays, kilometres along the tree, and of a round: nearest place next, bettered by 2-opt."""
    trees = trees_of(problem)
    found = []
    for p, production in enumerate(problem.productions):
        sites = {show.site for show in plan.shows if show.production == production.id}
        places = sorted({problem.place_number[problem.site_of[site].place] for site in sites})
        if places:
            found.append((trees.length(p, places), round_trip(problem, trees.home[p], places)))
    return found


def round_trip(problem: allotment.Problem, home: int, places: list[int]) -> float:
    """Kilometres of a round from home through the places: the nearest next, then turned stretches while that helps."""

    def km(a: int, b: int) -> float:
        return float(problem.km[a][b] or 0)

    tour, left = [home], set(places) - {home}
    while left:
        tour.append(min(left, key=lambda place: (km(tour[-1], place), place)))
        left.discard(tour[-1])
    tour.append(home)
    better = True
    while better:
        better = False
        for i in range(1, len(tour) - 2):
            for j in range(i + 1, len(tour) - 1):
                before = km(tour[i - 1], tour[i]) + km(tour[j], tour[j + 1])
                if km(tour[i - 1], tour[j]) + km(tour[i], tour[j + 1]) < before - 1e-9:
                    tour[i : j + 1] = reversed(tour[i : j + 1])
                    better = True
    return sum(km(a, b) for a, b in zip(tour, tour[1:], strict=False))


def apart(*numbers: float) -> dict[str, Any]:
    """The figures of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.allotment", "--one", *(str(float(number)) for number in numbers)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(run.stdout))


def row(schools: int, productions: int, seed: int, found: dict[str, Any]) -> str:
    """One line of the table."""
    cells = (
        f"{schools} x {productions}",
        seed,
        found["units"],
        f"{found['reached']:,} of {found['reached_bound']:,}",
        *(f"{found[key]:,.0f}" for key in ("greedy", "cost", "bound")),
        f"{found['gap']:.2%}",
        "yes" if found["proven"] else "no",
        *(f"{found[key]:.1f} s" for key in ("wall", "processor")),
        f"{found['peak']:.0f}",
        f"{os.getloadavg()[0]:.1f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Print the table, every run as it ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["250x40", "25x10"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--seconds", type=float, default=57)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--processor", action="store_true", help="count seconds of the processor, not of the clock"
    )
    parser.add_argument("--one", nargs=6, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        schools, productions, seed, seconds, threads, processor = map(float, asked.one)
        numbers = int(schools), int(productions), int(seed)
        print(json.dumps(measured(*numbers, seconds, int(threads), bool(processor))))
        return
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores\n\n{HEAD}\n{'|---' * 13}|")
    for size in asked.sizes:
        schools, productions = map(int, size.split("x"))
        for seed in asked.seeds:
            found = apart(schools, productions, seed, asked.seconds, asked.threads, asked.processor)
            print(row(schools, productions, seed, found), flush=True)
            tree, tour = (sum(part) for part in zip(*found["roads"], strict=True))
            print(
                f"  tree {tree:,.0f} km, rounds {tour:,.0f} km; {found['trace']}", file=sys.stderr, flush=True
            )


if __name__ == "__main__":
    main()
