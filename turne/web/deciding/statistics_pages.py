"""A call in figures, for those who run it; the public part stands on the call's own page."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programmes import answers_to_calls, conflicts
from programmes import call_statistics as statistics
from programmes.models import Call
from turne.web.deciding.finding import Row, find_read, frame
from turne.web.deciding.meeting_pages import shares_of
from turne.web.logged_in import user_of
from turne.web.tables import csv_response
from venues.dates import money_text


@login_required
@never_cache
@require_safe
def call_statistics(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it, without names, and without what is hidden from the reader."""
    call = find_read(request, slug)
    hidden = conflicts.hidden_in(call, user_of(request))
    figures = statistics.of_call(call, timezone.now(), hidden)
    context = frame(call, "call-statistics") | {
        "are_hidden": bool(hidden),
        "figures": figures,
        "totals": _totals(call, figures),
        "parts": shares_of(figures),
        "small": statistics.SMALL,
    }
    return render(request, "deciding/statistics.html", context)


@login_required
@never_cache
@require_safe
def call_statistics_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a table."""
    call = find_read(request, slug)
    hidden = conflicts.hidden_in(call, user_of(request))
    rows = statistics.table(statistics.of_call(call, timezone.now(), hidden))
    return csv_response(f"{_('figures')}-{call.slug}.csv", rows)


def public_figures(call: Call, now: datetime) -> Row | None:
    """How many applied and were granted, for the call's page; None until the answers are sent."""
    if not answers_to_calls.are_sent(call, now):
        return None
    figures = statistics.of_call(call, now)
    return {
        "applied": figures.applied,
        "granted": figures.granted,
        "by_art_form": figures.by_art_form,
        "by_home": statistics.public_homes(figures.by_home),
        "given": money_text(figures.given, call.currency) if figures.given else "",
    }


def _totals(call: Call, figures: statistics.Figures) -> list[Row]:
    told: list[tuple[str, object]] = [
        (_("Applications"), figures.applied),
        (_("Granted"), figures.granted),
        (_("In reserve"), figures.reserve),
        (_("Not granted"), figures.refused),
    ]
    if figures.undecided:
        told.append((_("Not decided"), figures.undecided))
    if figures.withdrawn:
        told.append((_("Withdrawn"), figures.withdrawn))
    if figures.asked:
        told.append((_("Sum asked for"), money_text(figures.asked, call.currency)))
    if figures.given:
        told.append((_("Given"), money_text(figures.given, call.currency)))
    return [{"label": label, "value": value} for label, value in told]
