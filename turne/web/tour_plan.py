"""The tour plan that goes to the ensemble, as a document: every day with its drives, shows, addresses and night."""

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bookings.standing import Course
from turne.web import board_totals, boards, paper
from turne.web.board_steps import eyebrow
from turne.web.day_list import day_list
from turne.web.desk import Desk
from turne.web.planning import desk_of, tour_or_404
from venues.dates import moment_text

Row = dict[str, Any]
TEMPLATE = "planning/tour_plan.html"


@login_required
@require_safe
def tour_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of the board that is looked at: a PDF, or where none can be made a page to print."""
    tour = tour_or_404(request, slug)
    desk = desk_of(request, tour)
    if desk.course is None:
        raise Http404
    context = document(desk, desk.course)
    if paper.is_available():
        return paper.pdf_response(f"{tour.slug}.pdf", TEMPLATE, context)
    return render(request, TEMPLATE, context | {"is_page": True})


def document(desk: Desk, course: Course) -> Row:
    """What `planning/tour_plan.html` shows."""
    return {
        "language": get_language(),
        "tour": desk.tour,
        "eyebrow": eyebrow(desk),
        "is_draft": desk.is_draft,
        "made_at": moment_text(desk.now),
        "totals": board_totals.totals(desk, course, boards.stops_of(desk, course)),
        "days": days(desk, course),
        "board_url": f"{reverse('board', args=[desk.tour.slug])}?{desk.query}",
    }


def days(desk: Desk, course: Course) -> list[Row]:
    """Every day with its lines (from, to, what, who, where, state, km), or why it has none, and its night."""
    _heading, *rows = day_list(desk, course)
    return [
        {
            "day": day,
            "week": week,
            "free": "" if lines[0][2] else lines[0][4],
            "lines": [row[2:9] for row in lines],
            "night": lines[0][9],
        }
        for (day, week), found in groupby(rows, key=lambda row: (row[0], row[1]))
        if (lines := list(found))
    ]
