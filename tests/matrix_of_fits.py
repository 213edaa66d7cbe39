"""The part of the matrix of routes that is about the planning help for residencies; see `tests.matrix`."""

from collections.abc import Callable
from typing import Any

from bookings.models import Residency
from tests.bookings.residencies.moments import planned
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]


def _residency(stage: Stage) -> list[Any]:
    found = Residency.objects.first() or planned(stage.world).residency
    return [found.pk]


ARGS: dict[str, Args] = dict.fromkeys(("residency-fits", "residency-combine"), _residency)
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
residency-fits              get  login   404   200   404   404   404   404   200   200
residency-combine           get  login   404   200   404   404   404   404   200   200
"""
