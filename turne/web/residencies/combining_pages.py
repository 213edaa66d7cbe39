"""Planning help for whoever runs a residency: days out to schools near by whose classes have met nothing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.models import Residency, SubEvent
from bookings.residencies import combining, invited_classes
from bookings.residencies.combine_plans import DayPlan, Offer, Session
from tours.windows import moment
from turne.web.residencies import tour_notices
from turne.web.residencies.found import run_by
from turne.web.residencies.tabs import tabs_of
from venues.dates import clock, day_text, duration_text

Row = dict[str, Any]


@login_required
@require_safe
def residency_combine(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposed days out, best first; ?vad= narrows to what is done at the schools."""
    residency = run_by(request, pk, "ensemble__home")
    offers = combining.offers_of(residency)
    only = {key for key in request.GET.getlist("vad") if key in {offer.key for offer in offers}}
    found = combining.combine(residency, timezone.localdate(), only)
    context = {
        "residency": residency,
        "notices": tour_notices.notices(request, residency),
        "tabs": tabs_of(residency, "residency-combine", runs=True),
        "found": found,
        "road": duration_text(found.road_min),
        "rows": [row_of(residency, plan) for plan in found.days],
        "chips": _chips(offers, only),
        "has_days": residency.periods.exists(),
        "can_invite": invited_classes.can_invite(residency),
    }
    return render(request, "residencies/combine.html", context)


def row_of(residency: Residency, plan: DayPlan) -> Row:
    """A day out as the page shows it."""
    return {
        "plan": plan,
        "day": day_text(plan.day),
        "leaves": _clock(plan, plan.leaves_min),
        "back": _clock(plan, plan.back_min),
        "road": duration_text(plan.road_min),
        "sessions": [_session(residency, plan, session) for session in plan.sessions],
    }


def _session(residency: Residency, plan: DayPlan, session: Session) -> Row:
    return {
        "title": session.offer.title,
        "school": session.school.name,
        "from": _clock(plan, session.start_min),
        "to": _clock(plan, session.end_min),
        "classes": ", ".join(one.name for one in session.classes),
        "pupils": session.pupils,
        "url": _form_url(residency, plan, session),
    }


def _form_url(residency: Residency, plan: DayPlan, session: Session) -> str:
    """The form of a sub-event with all of it filled in; nothing for what can not be one."""
    if not combining.becomes_sub_event(session):
        return ""
    asked: dict[str, str | list[int]] = {
        "dag": plan.day.isoformat(),
        "kind": SubEvent.Kind.WORKSHOP,
        "title": f"{session.offer.title}, {session.school.name}",
        "starts": f"{moment(plan.day, session.start_min):%H:%M}",
        "ends": f"{moment(plan.day, session.end_min):%H:%M}",
        "room": session.school.name,
        "groups": [one.group for one in session.classes],
    }
    return f"{reverse('sub-event-new', args=[residency.pk])}?{urlencode(asked, doseq=True)}"


def _clock(plan: DayPlan, minute: int) -> str:
    return clock(moment(plan.day, minute))


def _chips(offers: list[Offer], only: set[str]) -> list[Row]:
    """All of it, or one thing alone."""
    named = [("", _("Everything")), *((offer.key, offer.title) for offer in offers)]
    return [
        {"label": label, "url": f"?vad={key}" if key else "?", "current": only == ({key} if key else set())}
        for key, label in named
    ]
