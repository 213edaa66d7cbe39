"""Day sheets and the tour book on paper: pages to print and PDFs."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import day_sheets
from bookings.day_sheets import DaySheet, Line, What
from bookings.models.booking import Status
from tours.models import Tour
from turne.web import boards, paper
from turne.web.desk import AGREED, Desk, read_desk
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.planning import tour_or_404
from turne.web.production_facts import sentence_case
from turne.web.schools.visit_shows import groups_texts
from venues.dates import (
    clock,
    day_text,
    duration_text,
    moment_text,
    short_day_text,
    span_text,
    week_text,
    whole_text,
)

Row = dict[str, Any]
#: Days with something in them in one book; what is longer comes in parts. Sixty take ten seconds of a processor and
#: 350 MB as a PDF.
BOOK_DAYS = 60


@login_required
@require_safe
def booking_day_sheet(request: HttpRequest, pk: int, *, as_pdf: bool = False) -> HttpResponse:
    """The day of one visit, for its presenter: nothing of the rest of the tour."""
    found, now = find_visible(request, pk), timezone.now()
    if found.status not in (Status.CONFIRMED, Status.CANCELLED):
        raise Http404
    sheet = day_sheets.of_visit(found, now)
    context = _document(found.tour, f"{_('Day sheet')}: {found.tour.production}, {found.presenter}") | {
        "day": day(sheet),
        "is_cancelled": found.status == Status.CANCELLED,
        "back_url": reverse("booking-day", args=[pk]),
        "back_label": _("The day itself"),
        "pdf_url": reverse("booking-day-sheet-pdf", args=[pk]),
    }
    return paper.answer(request, f"dagordning-{sheet.day}", "papers/day_sheet.html", context, as_pdf=as_pdf)


@login_required
@require_safe
def tour_day_sheet(request: HttpRequest, slug: str, on: date, *, as_pdf: bool = False) -> HttpResponse:
    """A day of the tour for the ensemble: all of its drives and visits."""
    tour = tour_or_404(request, slug)
    desk = _desk(tour)
    found = day_sheets.of_tour(desk.course, desk.live, desk.now, only=on)
    if not found:
        raise Http404
    context = _document(tour, f"{_('Day sheet')}: {tour}, {short_day_text(on)}") | {
        "day": day(found[0], desk.tour),
        "fault": desk.fault,
        "back_url": f"{reverse('board', args=[slug])}?visa={AGREED}",
        "back_label": _("To the board"),
        "pdf_url": reverse("tour-day-sheet-pdf", args=[slug, on]),
    }
    return paper.answer(request, f"dagordning-{on}", "papers/day_sheet.html", context, as_pdf=as_pdf)


@login_required
@require_safe
def tour_book(request: HttpRequest, slug: str, *, as_pdf: bool = False) -> HttpResponse:
    """The whole tour as it is agreed: contents, route, contacts and every day. A long one comes in parts."""
    tour = tour_or_404(request, slug)
    desk = _desk(tour)
    if not desk.live:
        raise Http404
    parts = parts_of(day_sheets.of_tour(desk.course, desk.live, desk.now))
    number = min(max(number_in(request.GET.get("del")), 1), len(parts))
    address = f"?del={number}" if len(parts) > 1 else ""
    context = _document(tour, f"{_('Tour book')}: {tour}") | {
        **book(desk, parts[number - 1]),
        "fault": desk.fault,
        "part": number,
        "parts": range(1, len(parts) + 1) if len(parts) > 1 else (),
        "body_class": "book",
        "back_url": f"{reverse('board', args=[slug])}?visa={AGREED}",
        "back_label": _("To the board"),
        "pdf_url": reverse("tour-book-pdf", args=[slug]) + address,
    }
    name = f"turnebok-{slug}" + (f"-{number}" if address else "")
    return paper.answer(request, name, "papers/tour_book.html", context, as_pdf=as_pdf)


def parts_of(sheets: Sequence[DaySheet]) -> list[list[DaySheet]]:
    """The days in books of at most `BOOK_DAYS` that have something in them; free days come with those before."""
    parts: list[list[DaySheet]] = [[]]
    filled = 0
    for sheet in sheets:
        if not sheet.is_free and filled == BOOK_DAYS:
            parts.append([])
            filled = 0
        parts[-1].append(sheet)
        filled += not sheet.is_free
    return parts


def book(desk: Desk, sheets: Sequence[DaySheet]) -> Row:
    """What `papers/tour_book.html` shows of those days."""
    driven = [sheet for sheet in sheets if sheet.km]
    return {
        "tour": desk.tour,
        "span": span_text(sheets[0].day, sheets[-1].day),
        "days": _days(sheets, desk.tour),
        "roads": [_road(sheet) for sheet in driven],
        "km": whole_text(sum(sheet.km for sheet in driven), "km"),
        "drive": duration_text(sum(sheet.drive_min for sheet in driven)),
        "visits": [
            {"day": short_day_text(sheet.day), "visit": visit} for sheet in sheets for visit in sheet.visits
        ],
        "map": _map(desk),
        "with_map": True,
    }


def day(sheet: DaySheet, tour: Tour | None = None) -> Row:
    """What `papers/day.html` shows; `tour` where the sheet is the ensemble's."""
    return {
        "id": f"dag-{sheet.day.isoformat()}",
        "title": sentence_case(day_text(sheet.day)),
        "week": week_text(sheet.day),
        "is_free": sheet.is_free,
        "lines": [_line(line, len(sheet.visits) > 1) for line in sheet.lines],
        "visits": [_visit(visit) for visit in sheet.visits],
        "night": _night(sheet),
        "km": whole_text(sheet.km, "km") if sheet.km else "",
        "is_whole": tour is not None,
    }


def _days(sheets: Sequence[DaySheet], tour: Tour) -> list[Row]:
    """A row for each day; free days in a row with the night at the same place are one."""
    rows = []
    for (is_free, _night), group in groupby(sheets, key=lambda sheet: (sheet.is_free, sheet.night)):
        run = list(group)
        if is_free and len(run) > 1:
            title = sentence_case(span_text(run[0].day, run[-1].day))
            rows.append(day(run[0], tour) | {"title": title, "week": ""})
        else:
            rows += [day(sheet, tour) for sheet in run]
    return rows


def _visit(visit: day_sheets.Visit) -> Row:
    booking, venue = visit.booking, visit.venue
    return {
        "of": visit,
        "presenter": booking.presenter,
        "producer": booking.tour.production.ensemble.producer,
        "where": ", ".join(filter(None, [venue.name, venue.address, venue.place.name])),
        "state": "" if booking.status == Status.CONFIRMED else booking.get_status_display(),
        "groups": groups_texts(visit.groups, guest_of=booking.presenter_id),
    }


def _line(line: Line, names: bool) -> Row:
    """A row of the day's table; with several visits each of theirs says whose it is."""
    where = line.where
    if line.what == What.DRIVE:
        where = f"{line.origin} – {line.where}, {whole_text(line.km or 0, 'km')}"
    elif names and line.booking:
        where = f"{line.booking.presenter}, {line.where}"
    until = f"–{clock(line.ends_at)}" if line.ends_at else ""
    return {"time": f"{clock(line.starts_at)}{until}", "what": _what(line), "where": where}


def _what(line: Line) -> str:
    if line.number:
        is_session = line.booking is not None and line.booking.tour.production.is_session
        text = _("Session %(number)d") if is_session else _("Show %(number)d")
        return text % {"number": line.number}
    return {
        What.CALL: _("Call time"),
        What.DRIVE: _("Drive"),
        What.GET_IN: _("Get-in"),
        What.SHOW: pgettext("performance", "Show"),
        What.GET_OUT: _("Get-out"),
    }[line.what]


def _night(sheet: DaySheet) -> str:
    if not sheet.night:
        return ""
    return _("at home in %(place)s") % {"place": sheet.night} if sheet.is_night_at_home else sheet.night


def _road(sheet: DaySheet) -> Row:
    drives = [line for line in sheet.lines if line.what == What.DRIVE]
    return {
        "day": short_day_text(sheet.day),
        "way": " – ".join([drives[0].origin, *(line.where for line in drives)]),
        "km": whole_text(sheet.km, "km"),
        "time": duration_text(sheet.drive_min),
    }


def _map(desk: Desk) -> Row | None:
    """The route without links: on paper they lead nowhere."""
    if desk.course is None:
        return None
    drawn = boards.route(desk, desk.course, boards.stops_of(desk, desk.course))
    stops = [{**stop, "url": ""} for stop in drawn["stops"]]
    return {**drawn, "stops": stops, "linked": False, "style": paper.style_text("turne/css/paper-map.css")}


def _desk(tour: Tour) -> Desk:
    """The tour as it is agreed; a plan that is nobody's agreement yet is not put on paper here."""
    desk = read_desk(tour, timezone.now(), asked=AGREED)
    if desk.shown:
        desk.course = None
    return desk


def _document(tour: Tour, title: str) -> Row:
    return {
        "language": get_language(),
        "title": title,
        "author": tour.production.ensemble,
        "production": tour.production,
        "made_at": moment_text(timezone.now()),
    }
