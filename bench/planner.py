"""`make bench`: how good the planner's plans are, by when, on random tours of known shape (instances.py).

Figures, not tests: nothing here passes or fails. Every case and seed runs in a process of its own, one after another,
so that its peak memory and its processor time are its own.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from typing import Any, NamedTuple

from tours import planner


class Case(NamedTuple):
    """A shape of tour and how long the planner may work on it, in seconds."""

    wishes: int
    days: int
    per_day: int
    seconds: float
    dense: bool = False
    short: bool = False


CASES = {
    "small": Case(15, 10, 2, 5),
    "medium": Case(50, 25, 2, 5),
    "large": Case(150, 60, 2, 20),
    "large-long": Case(150, 60, 2, 60),
    "dense": Case(50, 25, 3, 30, dense=True),
    "large-dense": Case(150, 60, 3, 60, dense=True),
    "sessions": Case(60, 15, 6, 60, short=True),
}
SEEDS = (1, 2, 3, 4, 5)

COLUMNS = (
    "objective",
    "bound",
    "gap",
    "proven",
    "at",
    "greedy",
    "greedy_at",
    "best_2s",
    "wall",
    "processor",
    "peak",
)
HEAD = (
    "| case | seed | objective | bound | gap | proven | best at | greedy | at | best after 2 s | wall | processor | "
    "peak MB | cores |"
)


def measured(case: Case, seed: int) -> dict[str, float]:
    """The figures of one run: money, shares, seconds, megabytes."""
    problem = planner.instance(case.wishes, case.days, case.per_day, seed, case.dense, case.short)
    wall, processor = time.perf_counter(), time.process_time()
    plan = planner.solve(problem, seconds=case.seconds, seed=seed)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    if planner.check(problem, plan):
        raise SystemExit(f"seed {seed} of {case} broke a rule")
    first, last = plan.trace[0], plan.trace[-1]
    return {
        "objective": plan.objective,
        "bound": plan.objective if plan.bound is None else plan.bound,
        "gap": plan.gap or 0.0,
        "proven": float(plan.proven),
        "at": last.seconds,
        "greedy": first.objective,
        "greedy_at": first.seconds,
        "best_2s": max(step.objective for step in plan.trace if step.seconds <= max(2.0, first.seconds)),
        "wall": wall,
        "processor": processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def apart(name: str, seed: int) -> dict[str, Any]:
    """The figures of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.planner", "--one", name, str(seed)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very module
    return dict(json.loads(run.stdout))


def row(name: str, seed: str, found: dict[str, float]) -> str:
    """One line of the table; a median of `proven` is the share of runs that were."""
    proven = f"{found['proven']:.0%}" if seed == "median" else ("yes" if found["proven"] else "no")
    money = {key: f"{found[key]:,.0f}" for key in ("objective", "bound", "greedy", "best_2s")}
    return (
        f"| {name} | {seed} | {money['objective']} | {money['bound']} | {found['gap']:.2%} | {proven} | "
        f"{found['at']:.1f} s | {money['greedy']} | {found['greedy_at']:.2f} s | {money['best_2s']} | "
        f"{found['wall']:.1f} s | {found['processor']:.1f} s | {found['peak']:.0f} | {cores()} |"
    )


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def middle(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of every figure, and the share of proven runs."""
    found = {key: statistics.median(run[key] for run in runs) for key in COLUMNS}
    return found | {"proven": statistics.mean(run["proven"] for run in runs)}


def main() -> None:
    """Print the table: every run as it ends, then the medians by case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--seeds", nargs="+", type=int, default=list(SEEDS))
    parser.add_argument("--one", nargs=2, metavar=("CASE", "SEED"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(CASES[asked.one[0]], int(asked.one[1]))))
        return
    print(f"{platform.machine()}, {cores()} cores, Python {platform.python_version()}\n")
    print(HEAD + "\n|" + "---|" * HEAD.count(" | ") + "---|", flush=True)
    medians = []
    for name in asked.cases:
        runs = []
        for seed in asked.seeds:
            runs.append(apart(name, seed))
            print(row(name, str(seed), runs[-1]), flush=True)
        medians.append(row(name, "median", middle(runs)))
    print("\n" + HEAD + "\n|" + "---|" * HEAD.count(" | ") + "---|\n" + "\n".join(medians))


if __name__ == "__main__":
    main()
