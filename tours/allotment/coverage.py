"""How a plan reaches the pupils: encounters per pupil by school, grade and municipality, as plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .plan import Plan
from .problem import Problem, Unit


@dataclass(frozen=True)
class Cell:
    """Some pupils: how many, how many of them the plan reaches, and their performances.

    Attributes:
        encounters: pupils times performances, what they have otherwise (`Unit.encounters`) among them.
    """

    pupils: int
    reached: int
    encounters: int

    @property
    def per_pupil(self) -> float:
        """Encounters per pupil; 0 without pupils."""
        return self.encounters / self.pupils if self.pupils else 0.0

    @property
    def share(self) -> float:
        """Which share of the pupils the plan reaches; 1 without pupils."""
        return self.reached / self.pupils if self.pupils else 1.0


@dataclass(frozen=True)
class Coverage:
    """The pupils of the target grades: all of them, and by the keys of their units, in the problem's order."""

    total: Cell
    by_school: dict[str, Cell]
    by_grade: dict[str, Cell]
    by_municipality: dict[str, Cell]


def cover(problem: Problem, plan: Plan) -> Coverage:
    """How the plan reaches the pupils of the target grades."""
    given = {assignment.unit for assignment in plan.assignments}
    units = [(unit, unit.id in given) for unit in problem.units if problem.is_target(unit)]
    return Coverage(
        total=_sum(units),
        by_school=_by(units, lambda unit: unit.school),
        by_grade=_by(units, lambda unit: unit.grade),
        by_municipality=_by(units, lambda unit: unit.municipality),
    )


def _by(units: list[tuple[Unit, bool]], key: Callable[[Unit], str]) -> dict[str, Cell]:
    groups: dict[str, list[tuple[Unit, bool]]] = {}
    for unit, reached in units:
        groups.setdefault(key(unit), []).append((unit, reached))
    return {name: _sum(group) for name, group in groups.items()}


def _sum(units: list[tuple[Unit, bool]]) -> Cell:
    return Cell(
        pupils=sum(unit.pupils for unit, _ in units),
        reached=sum(unit.pupils for unit, reached in units if reached),
        encounters=sum(unit.pupils * (unit.encounters + reached) for unit, reached in units),
    )
