"""The rows of `tests.matrix` about allotment: ways, answers, the workbench, and encounters per pupil."""

from collections.abc import Callable
from typing import Any

_OF_SEASON = ("allotment-new", "season-ways", "season-answers", "season-answers-csv")
_OF_ONE = ("", "-edit", "-run", "-progress", "-stop", "-rule", "-publish", "-take-back", "-csv", "-undo")

ARGS: dict[str, Callable[[Any], list[Any]]] = {
    **{name: lambda s: [s.world.season.slug] for name in _OF_SEASON},
    **{f"allotment{name}": lambda s: [s.order.allotment_id] for name in _OF_ONE},
    **{
        name: lambda s: [s.order.allotment_id, s.world.school.school.pk, "4"]
        for name in ("allotment-grade", "allotment-try", "allotment-set")
    },
    "allotment-free": lambda s: [s.order.allotment_id, s.order.pk],
    "grade-answers": lambda s: [s.world.school.slug, s.world.season.slug],
}

TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
allotments                  get  login   404   200   200   200   200   200   200   200
allotment-new               get  login   404   404   404   404   200   200   200   200
allotment-new               post login   404   404   404   404   422   422   422   422
season-ways                 get  login   404   404   404   404   200   200   200   200
season-ways                 post login   404   404   404   404   422   422   422   422
season-answers              get  login   404   404   404   404   200   200   200   200
season-answers-csv          get  login   404   404   404   404   200   200   200   200
allotment                   get  login   404   404   404   404   200   200   200   200
allotment-edit              get  login   404   404   404   404   200   200   200   200
allotment-edit              post login   404   404   404   404   422   422   422   422
allotment-run               post login   404   404   404   404   302   302   302   302
allotment-progress          get  login   404   404   404   404   302   302   302   302
allotment-stop              post login   404   404   404   404   302   302   302   302
allotment-rule              post login   404   404   404   404   302   302   302   302
allotment-publish           post login   404   404   404   404   302   302   302   302
allotment-take-back         post login   404   404   404   404   302   302   302   302
allotment-csv               get  login   404   404   404   404   200   200   200   200
allotment-undo              post login   404   404   404   404   302   302   302   302
allotment-free              post login   404   404   404   404   302   302   302   302
allotment-grade             get  login   404   404   404   404   200   200   200   200
allotment-try               get  login   404   404   404   404   200   200   200   200
allotment-set               post login   404   404   404   404   302   302   302   302
grade-answers               get  login   404   404   404   200   200   200   200   200
grade-answers               post login   404   404   404   302   404   404   404   404
pupil-coverage              get  login   404   404   404   404   404   404   200   200
pupil-coverage-csv          get  login   404   404   404   404   404   404   200   200
"""
