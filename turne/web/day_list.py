"""The day list of a course as rows of text: what the ensemble takes along."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings.standing import Course
from tours.planner import DayTimes
from tours.reasons import clock_of
from turne.web import boards
from turne.web.board_days import Rows, Stop
from turne.web.desk import Desk
from venues.dates import day_text, week_text


def day_list(desk: Desk, course: Course) -> list[list[str]]:
    """A heading, then a row for each drive and each show, in order of time; free days have one of their own.

    Kilometres are bare numbers, so that a spreadsheet adds them up.
    """
    stops = boards.stops_of(desk, course)
    rows = boards.rows_of(desk, course, stops)
    heading = [
        _("Day"),
        _("Week"),
        _("From"),
        _("To"),
        _("What"),
        _("Who"),
        _("Where"),
        _("State"),
        _("Km"),
        _("Night"),
    ]
    return [heading, *(line for day in course.days for line in _day(rows, stops, day))]


def _day(rows: Rows, stops: dict[str, Stop], day: DayTimes) -> list[list[str]]:
    on = rows.date_of(day.day)
    night = _("Home") if day.night == rows.course.problem.home else rows.places[day.night]
    lines = sorted([*_drives(rows, day), *_shows(stops, day)], key=lambda line: line[0])
    if not lines:
        what = rows.closed_word(day.day) or _("Free")
        lines = [(0, ["", "", what, "", "", "", ""])]
    return [[day_text(on), week_text(on), *cells, night] for _at, cells in lines]


def _drives(rows: Rows, day: DayTimes) -> list[tuple[int, list[str]]]:
    return [
        (
            leg.depart,
            [
                clock_of(leg.depart),
                clock_of(leg.arrive),
                _("Drive"),
                "",
                rows.places[leg.destination],
                "",
                str(round(leg.km)),
            ],
        )
        for leg in day.legs
    ]


def _shows(stops: dict[str, Stop], day: DayTimes) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    for times in day.stops:
        stop = stops[times.candidate]
        parts: list[tuple[int, int, Any]] = [
            (times.arrive, times.start, _("Get-in")),
            *((start, end, pgettext("performance", "Show")) for start, end in stop.shows),
            (times.end, times.leave, _("Get-out")),
        ]
        for start, end, what in parts:
            cells = [clock_of(start), clock_of(end), what, stop.name, stop.address, stop.label, ""]
            found.append((start, cells))
    return found
