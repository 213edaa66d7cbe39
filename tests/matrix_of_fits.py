"""The part of the matrix of routes that is about the planning help for residencies; see `tests.matrix`."""

from collections.abc import Callable
from typing import Any

from tests.matrix_of_residencies import ARGS as OF_RESIDENCIES
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]

ARGS: dict[str, Args] = dict.fromkeys(("residency-fits", "residency-combine"), OF_RESIDENCIES["residency"])
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
residency-fits              get  login   404   200   404   404   404   404   200   200
residency-combine           get  login   404   200   404   404   404   404   200   200
"""
