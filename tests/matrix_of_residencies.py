"""The part of the matrix of routes that is about residencies; see `tests.matrix`. The world's presenter is the host."""

from collections.abc import Callable
from typing import Any

from bookings.models import Residency
from tests.bookings.residencies.stays_made import planned
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]


def _residency(stage: Stage) -> list[Any]:
    found = Residency.objects.first() or planned(stage.world).residency
    return [found.pk]


ARGS: dict[str, Args] = {
    "residency": _residency,
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
residencies                 get  login   200   200   200   200   200   200   200   200
residency                   get  login   404   200   404   404   404   404   200   200
"""
