"""The planner for whoever brings a whole problem: how much one request may ask of the machine."""

from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException

from api.parsers import TooMuch
from tours import planner

#: The longest that one request may plan, and what it may bring. Source: the planner is tried on 150 wishes in 60 days.
SECONDS_MAX = 30
MOST = {"days": 120, "places": 250, "candidates": 250, "other_roads": 6}
#: One problem at a time in each process: planning takes a whole core, and others want their pages.
_turn = BoundedSemaphore(1)


class PlannerBusy(APIException):
    """Another problem is being solved in this process."""

    status_code = 503
    default_detail = gettext_lazy("The planner is busy with another problem. Try again in half a minute.")
    default_code = "planner_busy"
    wait = SECONDS_MAX


def solve(document: Any, *, seconds: float, seed: int) -> planner.Plan:
    """The plan for a problem document.

    Raises:
        ProblemError: something in the document is wrong.
        TooMuch: it is larger than one request may bring.
        PlannerBusy: this process is solving another one.
    """
    problem = planner.Problem.from_json(_measured(document))
    if not _turn.acquire(blocking=False):
        raise PlannerBusy
    try:
        return planner.solve(problem, seconds=seconds, seed=seed)
    finally:
        _turn.release()


def _measured(document: Any) -> Any:
    for name, most in MOST.items():
        part = document.get(name) if isinstance(document, dict) else None
        if isinstance(part, list) and len(part) > most:
            raise TooMuch(
                _("At most %(most)d %(name)s in one request; there are %(count)d.")
                % {"most": most, "name": name, "count": len(part)}
            )
    return document
