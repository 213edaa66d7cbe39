"""Day sheets: a day of a tour for the ensemble, or one visit for its presenter, as values to be written on paper.

What stands on one: when everybody gathers, drives, get-in, shows and get-out, addresses, whom to call, parking,
loading in, helpers, meals and lodging, what the list has for the day, and where the night is. Never a price.

Source: the trade's day sheet (callboard.fm/templates/show-advance-checklist) and the region's visit checklist.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db.models import prefetch_related_objects
from django.utils import timezone

from bookings import checklists, contacts, practical
from bookings.checklists import Entry
from bookings.contacts import Role
from bookings.models import Booking, VisitGroup
from bookings.models.advancing import Phase
from bookings.practical import Practical
from bookings.standing import Course
from tours.planner import DayTimes, Leg
from tours.windows import moment
from venues.models import Venue


class What(StrEnum):
    """What a line of a day sheet is about."""

    CALL = "call"
    DRIVE = "drive"
    GET_IN = "get_in"
    SHOW = "show"
    GET_OUT = "get_out"


@dataclass(frozen=True)
class Line:
    """Something at a time: of a drive `where` is its end and `origin` its start; `number` is the show's of several."""

    starts_at: datetime
    ends_at: datetime | None
    what: What
    where: str
    origin: str = ""
    km: float | None = None
    booking: Booking | None = None
    number: int | None = None


@dataclass(frozen=True)
class Visit:
    """What a visit needs on its day: the house, whom to call, practical facts, the list of the day, and who comes."""

    booking: Booking
    venue: Venue
    contacts: list[Role]
    practical: list[Practical]
    items: list[Entry]
    groups: list[VisitGroup]


@dataclass(frozen=True)
class DaySheet:
    """A day. `night` is where the party sleeps after it; empty where the sheet is one visit's alone."""

    day: date
    lines: list[Line]
    visits: list[Visit] = field(default_factory=list)
    night: str = ""
    is_night_at_home: bool = False
    drive_min: int = 0

    @property
    def km(self) -> float:
        """How far it is driven on the day."""
        return sum(line.km or 0 for line in self.lines)

    @property
    def is_free(self) -> bool:
        """Whether nothing is driven or played."""
        return not self.lines


def of_visit(booking: Booking, now: datetime) -> DaySheet:
    """The sheet of one visit, as its presenter gets it: nothing of the rest of the tour."""
    read_along([booking])
    return DaySheet(timezone.localdate(booking.starts_at), _at_the_house(booking), [_visit(booking, now)])


def of_tour(
    course: Course | None, live: Mapping[str, Booking], now: datetime, only: date | None = None
) -> list[DaySheet]:
    """Every day of a tour as it is agreed, in order of time; free days too.

    Args:
        course: of the visits that stand; without one there are only the days with visits, and no drives.
        live: those visits by the planner's names of them, with their ground.
        only: the one day that is wanted.
    """
    by_day: dict[date, list[Booking]] = {}
    for booking in sorted(live.values(), key=lambda booking: booking.occupied_from):
        by_day.setdefault(timezone.localdate(booking.starts_at), []).append(booking)
    wanted = {only: by_day.get(only, [])} if only else by_day
    read_along([booking for found in wanted.values() for booking in found])
    if course is None:
        return [_sheet(day, found, now) for day, found in sorted(wanted.items()) if found]
    names = {place.id: place.name for place in course.problem.places}
    dated = ((course.problem.days[times.day].date, times) for times in course.days)
    before = _nights_before(course)
    return [
        _driven(course, day, times, wanted.get(day, []), names, before[times.day], now)
        for day, times in dated
        if only is None or day == only
    ]


def read_along(bookings: Iterable[Booking]) -> None:
    """Read what a sheet shows besides the ground, for all of them at once."""
    prefetch_related_objects(list(bookings), "contacts", "practical", "groups__group__school__organisation")


def _nights_before(course: Course) -> list[str]:
    """By the day's number where the party wakes up."""
    return [course.problem.home, *(times.night for times in course.days)]


def _sheet(day: date, bookings: list[Booking], now: datetime) -> DaySheet:
    lines = [line for booking in bookings for line in _at_the_house(booking)]
    return DaySheet(day, lines, [_visit(booking, now) for booking in bookings])


def _driven(
    course: Course,
    day: date,
    times: DayTimes,
    bookings: list[Booking],
    names: Mapping[str, str],
    woke: str,
    now: datetime,
) -> DaySheet:
    sheet = _sheet(day, bookings, now)
    lines = sorted([*sheet.lines, *(_drive(day, leg, names) for leg in times.legs)], key=_in_time)
    if times.duty_start is not None and lines:
        gathers = Line(moment(day, times.duty_start), None, What.CALL, names[woke])
        lines.insert(0, gathers)
    return DaySheet(
        day,
        lines,
        sheet.visits,
        night=names[times.night],
        is_night_at_home=times.night == course.problem.home,
        drive_min=times.drive_min,
    )


def _in_time(line: Line) -> datetime:
    return line.starts_at


def _drive(day: date, leg: Leg, names: Mapping[str, str]) -> Line:
    return Line(
        moment(day, leg.depart),
        moment(day, leg.arrive),
        What.DRIVE,
        names[leg.destination],
        origin=names[leg.origin],
        km=float(leg.km),
    )


def _at_the_house(booking: Booking) -> list[Line]:
    """From get-in to get-out, as it is agreed."""
    shows = list(booking.performances.all())
    where = booking.venue.name
    played = [
        Line(
            show.starts_at,
            show.ends_at,
            What.SHOW,
            where,
            booking=booking,
            number=show.number if len(shows) > 1 else None,
        )
        for show in shows
    ]
    return [
        Line(booking.occupied_from, shows[0].starts_at, What.GET_IN, where, booking=booking),
        *played,
        Line(shows[-1].ends_at, booking.occupied_to, What.GET_OUT, where, booking=booking),
    ]


def _visit(booking: Booking, now: datetime) -> Visit:
    return Visit(
        booking,
        booking.venue,
        [role for role in contacts.roles(booking) if role.contact],
        [fact for fact in practical.facts(booking) if fact.text],
        [entry for entry in checklists.entries(booking, now) if entry.item.phase == Phase.DAY],
        list(booking.groups.all()),
    )
