"""The rows of `tests.matrix` about schools: the register, and what becomes of one school."""

from collections.abc import Callable
from typing import Any

ARGS: dict[str, Callable[[Any], list[Any]]] = {
    **{
        name: lambda s: [s.world.school.slug]
        for name in ("school-unit", "school-unit-status", "school-unit-link")
    },
    "school-unit-unlink": lambda s: [s.world.school.slug, s.world.school.slug],
}

TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
school-register             get  login   404   404   404   404   404   404   200   200
school-register-import      get  login   404   404   404   404   404   404   200   200
school-register-import      post login   404   404   404   404   404   404   422   422
school-unit                 get  login   404   404   404   404   404   404   200   200
school-unit-status          post login   404   404   404   404   404   404   422   422
school-unit-link            post login   404   404   404   404   404   404   422   422
school-unit-unlink          post login   404   404   404   404   404   404   302   302
"""
