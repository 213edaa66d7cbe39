"""Tables of what a region wants: open calls, and who applies to them."""

from programmes.models.applications import (
    Application,
    BudgetLine,
    Collaborator,
    Submission,
    WishedPeriod,
    WishedPlace,
    WorkSample,
)
from programmes.models.calls import Call, CallChange, CallPeriod, CallPlace, Criterion

__all__ = [
    "Application",
    "BudgetLine",
    "Call",
    "CallChange",
    "CallPeriod",
    "CallPlace",
    "Collaborator",
    "Criterion",
    "Submission",
    "WishedPeriod",
    "WishedPlace",
    "WorkSample",
]
