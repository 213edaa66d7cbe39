"""Whether a plan names only what its problem has."""

from __future__ import annotations

from .errors import PlanError
from .plan import Assignment, Plan, Ride, Show
from .problem import Problem


def known(problem: Problem, plan: Plan) -> None:
    """Refuses a plan that names what the problem does not have.

    Raises:
        PlanError: it does; the error names the field.
    """
    parts: dict[str, tuple[Assignment | Show | Ride, ...]] = {
        "assignments": plan.assignments,
        "shows": plan.shows,
        "rides": plan.rides,
    }
    for name, entries in parts.items():
        for i, entry in enumerate(entries):
            if entry.production not in problem.production_of:
                raise PlanError(
                    f"{name}[{i}].production", f"the problem has no production {entry.production!r}"
                )
            if entry.site not in problem.site_of:
                raise PlanError(f"{name}[{i}].site", f"the problem has no site {entry.site!r}")
    for i, assignment in enumerate(plan.assignments):
        if assignment.unit not in problem.unit_of:
            raise PlanError(f"assignments[{i}].unit", f"the problem has no unit {assignment.unit!r}")
    for i, show in enumerate(plan.shows):
        for unit, number in show.classes:
            if unit not in problem.unit_of or number >= len(problem.unit_of[unit].classes):
                raise PlanError(f"shows[{i}].classes", f"the problem has no class {number} of {unit!r}")
    for i, ride in enumerate(plan.rides):
        for unit in ride.units:
            if unit not in problem.unit_of:
                raise PlanError(f"rides[{i}].units", f"the problem has no unit {unit!r}")
