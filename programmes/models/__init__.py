"""Tables of what a region wants: open calls, who applies to them, and how that is decided."""

from programmes.models.applications import (
    Application,
    BudgetLine,
    Collaborator,
    Submission,
    WishedPeriod,
    WishedPlace,
    WorkSample,
)
from programmes.models.assessments import (
    Assessment,
    AssessmentChange,
    Assessor,
    Assignment,
    Declaration,
    Review,
    Score,
    Sighting,
)
from programmes.models.calls import Call, CallChange, CallPeriod, CallPlace, Criterion
from programmes.models.decisions import CallNotice, Decision, DecisionChange, Meeting, Minutes, Reopening
from programmes.models.files import SampleFile

__all__ = [
    "Application",
    "BudgetLine",
    "Call",
    "CallChange",
    "CallNotice",
    "CallPeriod",
    "CallPlace",
    "Collaborator",
    "Criterion",
    "Submission",
    "WishedPeriod",
    "WishedPlace",
    "Assessment",
    "AssessmentChange",
    "Assessor",
    "Assignment",
    "Decision",
    "DecisionChange",
    "Declaration",
    "Meeting",
    "Minutes",
    "Reopening",
    "Review",
    "SampleFile",
    "Score",
    "Sighting",
    "WorkSample",
]
