"""Repertoire, seasons, tours, bookings and what goes out about them."""

from bookings.models.booking import Allocation, AnswerLink, Booking, BookingChange, CounterOffer, Performance
from bookings.models.outgoing import Feed, Notice
from bookings.models.override import WarningOverride
from bookings.models.production import Ensemble, EnsembleDayOff, Production, ProductionPicture, Rider
from bookings.models.season import Season, Wish, WishChangeRequest, WishSpan
from bookings.models.season_run import SeasonRun
from bookings.models.tour import ForbiddenDay, Instruction, Proposal, Tour

__all__ = [
    "Allocation",
    "AnswerLink",
    "Booking",
    "BookingChange",
    "CounterOffer",
    "Ensemble",
    "EnsembleDayOff",
    "Feed",
    "ForbiddenDay",
    "Instruction",
    "Notice",
    "Performance",
    "Production",
    "ProductionPicture",
    "Proposal",
    "Rider",
    "Season",
    "SeasonRun",
    "Tour",
    "WarningOverride",
    "Wish",
    "WishChangeRequest",
    "WishSpan",
]
