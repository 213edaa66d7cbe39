"""Repertoire, seasons with their wishes, and tours with their plans."""

from tours.models.allotment import Allotment, AllotmentOrder, AllottedGroup, AllottedVisit
from tours.models.ensemble_calendar import EnsembleCalendar
from tours.models.override import WarningOverride
from tours.models.production import (
    AccessService,
    Ensemble,
    EnsembleDayOff,
    Production,
    ProductionPicture,
    Rider,
)
from tours.models.school_wishes import GradeAnswer, Need, SeasonWay, WishGroup
from tours.models.season import Season, Wish, WishChangeRequest, WishSpan
from tours.models.season_run import SeasonRun
from tours.models.shared import Shared
from tours.models.tour import ForbiddenDay, Instruction, Proposal, Tour
from tours.models.tour_change import TourChange
from tours.models.votes import CrewBallot, CrewVote, Panel, PanelLink, PanelOpinion

__all__ = [
    "AccessService",
    "Allotment",
    "AllotmentOrder",
    "AllottedGroup",
    "AllottedVisit",
    "CrewBallot",
    "CrewVote",
    "Ensemble",
    "EnsembleCalendar",
    "EnsembleDayOff",
    "ForbiddenDay",
    "GradeAnswer",
    "Instruction",
    "Need",
    "Panel",
    "PanelLink",
    "PanelOpinion",
    "Production",
    "ProductionPicture",
    "Proposal",
    "Rider",
    "Season",
    "SeasonRun",
    "SeasonWay",
    "Shared",
    "Tour",
    "TourChange",
    "WarningOverride",
    "Wish",
    "WishChangeRequest",
    "WishGroup",
    "WishSpan",
]
