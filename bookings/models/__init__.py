"""Bookings with what they reserve, cost and became, and what goes out about them."""

from bookings.models.advancing import Checklist, ChecklistItem, OwnItem, VisitContact, VisitFacts
from bookings.models.agreement import Agreement
from bookings.models.allocation import Allocation
from bookings.models.batch import OfferBatch
from bookings.models.booking import Booking, Performance
from bookings.models.calendar import CalendarEntry, DroppedPeriod, DroppedShow, RenderedEntry, StoredFeed
from bookings.models.change import ChangeLink, ChangeProposal, VisitCancellation
from bookings.models.counter import CounterOffer, CounterSlot
from bookings.models.crews import CrewInvitation, CrewTask, CrewVisit
from bookings.models.feedback import ClassFeedback, ClassLink
from bookings.models.grants import FundedVisit, ProfessionalProof, SchoolGrant, SchoolGrantChange
from bookings.models.history import AnswerLink, BookingChange
from bookings.models.kept import KeptAnswer
from bookings.models.outgoing import Feed, Notice
from bookings.models.price import PriceLine, SettledLine
from bookings.models.reach import Unreachable, Unsubscribed, UnsubscribeLink
from bookings.models.report import CostLine, ReportLink, ReportReminder, VisitReport
from bookings.models.residency import (
    Residency,
    ResidencyChange,
    ResidencyContract,
    ResidencyPeriod,
    SubEvent,
)
from bookings.models.residency_parts import (
    DayLine,
    ResidencyContact,
    ResidencyCost,
    ResidencyFollowUp,
    ResidencyReport,
    ResidencyTravel,
)
from bookings.models.subsidy_claims import ClaimChange, ClaimReminder, ClaimSubmission, SubsidyClaim
from bookings.models.transport import BusOrder
from bookings.models.visit_groups import VisitGroup
from bookings.models.workshop import Workshop
from bookings.models.workshop_request import WorkshopRequest

__all__ = [
    "Agreement",
    "Allocation",
    "AnswerLink",
    "Booking",
    "BookingChange",
    "BusOrder",
    "CalendarEntry",
    "ChangeLink",
    "ChangeProposal",
    "CostLine",
    "ClaimChange",
    "ClaimReminder",
    "ClaimSubmission",
    "ClassFeedback",
    "ClassLink",
    "CrewInvitation",
    "CrewTask",
    "CrewVisit",
    "Checklist",
    "ChecklistItem",
    "CounterOffer",
    "CounterSlot",
    "DroppedPeriod",
    "DroppedShow",
    "Feed",
    "FundedVisit",
    "KeptAnswer",
    "Notice",
    "OwnItem",
    "OfferBatch",
    "Performance",
    "PriceLine",
    "ProfessionalProof",
    "RenderedEntry",
    "ReportLink",
    "ReportReminder",
    "SchoolGrant",
    "SchoolGrantChange",
    "SettledLine",
    "StoredFeed",
    "Unreachable",
    "UnsubscribeLink",
    "Unsubscribed",
    "VisitCancellation",
    "VisitReport",
    "VisitContact",
    "VisitFacts",
    "VisitGroup",
    "Workshop",
    "DayLine",
    "Residency",
    "ResidencyChange",
    "ResidencyContact",
    "ResidencyContract",
    "ResidencyCost",
    "ResidencyFollowUp",
    "ResidencyPeriod",
    "ResidencyReport",
    "ResidencyTravel",
    "SubEvent",
    "SubsidyClaim",
    "WorkshopRequest",
]
