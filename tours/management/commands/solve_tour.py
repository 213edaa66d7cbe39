"""`manage.py solve_tour problem.json`: the planner on a file, without the database."""

import json
import sys
from argparse import ArgumentParser
from math import inf
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tours import planner


class Command(BaseCommand):
    help = "Plan a tour from a problem file (the JSON form of docs/planner.md) and write the plan as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", help='a problem file, or "-" for standard input')
        parser.add_argument("--seconds", type=float, default=10.0, help="how long to plan (default 10)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", type=Path, help="write the plan to this file (default: standard output)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["seconds"] < inf:
            raise CommandError("--seconds must be above 0.")
        if options["seed"] < 0:
            raise CommandError("--seed must not be below 0.")
        problem = _read(options["problem"])
        plan = planner.solve(problem, seconds=options["seconds"], seed=options["seed"], on_improve=self._tell)
        text = json.dumps(plan.to_json(), ensure_ascii=False, indent=1)
        if options["out"]:
            _write(options["out"], text + "\n")
        else:
            self.stdout.write(text)
        for breach in plan.breaches:
            self.stderr.write(f"breaks {breach.rule}: {breach.text}")
        self.stderr.write(_summary(plan))

    def _tell(self, plan: planner.Plan) -> None:
        step = plan.trace[-1]
        self.stderr.write(f"{step.seconds:7.2f} s  {step.objective:>12,.0f}  {step.by}")


def _read(name: str) -> planner.Problem:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return planner.Problem.from_json(json.loads(text, object_pairs_hook=_once))
    except OSError as error:
        raise CommandError(
            f"Cannot read {name}: {error.strerror}. Give the path of a problem file."
        ) from error
    except planner.ProblemError as error:
        raise CommandError(f"{name} is not a valid problem. {error}") from error
    except RecursionError as error:
        raise CommandError(f"{name} is nested too deeply to be a problem.") from error
    except ValueError as error:  # not UTF-8, not JSON, or a number of thousands of digits
        raise CommandError(f"{name} is not JSON in UTF-8: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; a key that is there twice would hide what stands under the first."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise planner.ProblemError(key, "is given twice; keep one")
        found[key] = value
    return found


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}. Give another path.") from error


def _summary(plan: planner.Plan) -> str:
    bound = "unknown" if plan.bound is None else f"{plan.bound:,.0f}"
    gap = "unknown" if plan.gap is None else f"{plan.gap:.2%}"
    proof = ", proven optimal" if plan.proven else ""
    return (
        f"objective {plan.objective:,.0f}, bound {bound}, gap {gap}{proof}; "
        f"{len(plan.stops)} stops, {len(plan.unplaced)} left out, {plan.seconds:.1f} s"
    )
