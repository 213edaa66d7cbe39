"""Whose seat it is on which panel: what is not one's own is not there."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from programmes import blinding, permissions, submissions
from programmes.models import Application, Assessment, Assessor
from turne.web.logged_in import user_of
from venues.models import User

Row = dict[str, Any]


def seat_or_404(request: HttpRequest, slug: str) -> tuple[Assessment, Assessor]:
    """The assessment of a call on whose panel one sits, and one's seat."""
    user = user_of(request)
    found = get_object_or_404(permissions.assessments_of(user), call__slug=slug)
    seat = (
        Assessor.objects.active().of_user(user).select_related("user", "call__owner").get(call=found.call_id)
    )
    return found, seat


def seats_of(user: User) -> dict[int, Assessor]:
    """One's seats, by the calls whose applications one assesses."""
    seats = Assessor.objects.active().of_user(user).select_related("user", "call")
    return {seat.call_id: seat for seat in seats}


def facts_shown(application: Application, *, hide_names: bool) -> Row:
    """What counts of it: what was sent in last, without what tells who it is where names are hidden."""
    facts = submissions.sent_facts(application)
    if not facts:
        raise Http404
    return blinding.without_names(facts) if hide_names else facts
