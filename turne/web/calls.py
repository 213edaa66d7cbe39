"""Whom to call about a tour, and what was said."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bookings import calls as verbs
from bookings.models.booking import Status
from turne.web.logged_in import user_of
from turne.web.planning import tour_or_404
from turne.web.refusals import done
from venues.dates import moment_text

WHY: dict[str, str | Promise] = {
    verbs.NOT_ARRIVED: gettext_lazy("The mail did not arrive"),
    verbs.LATE: gettext_lazy("The answer date has passed"),
    verbs.NEARLY: gettext_lazy("The answer date is near"),
}


class NoteForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("What was said"), max_length=verbs.NOTE_MAX)


@login_required
@require_safe
def calls(request: HttpRequest, slug: str) -> HttpResponse:
    """The tour's offers that want a call, with the telephone, what was said before, and what the call may give."""
    tour = tour_or_404(request, slug)
    now = timezone.now()
    context = {
        "tour": tour,
        "rows": [_row(call, now) for call in verbs.call_list(tour, now)],
    }
    return render(request, "planning/calls.html", context)


@login_required
@require_POST
def call_note(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep what was said."""
    tour = tour_or_404(request, slug)
    booking = get_object_or_404(tour.bookings, pk=pk)
    form = NoteForm(request.POST)

    def act() -> None:
        note = form.cleaned_data["note"] if form.is_valid() else ""
        verbs.note_call(booking, by=user_of(request), now=timezone.now(), note=note)

    return done(request, act, _("Kept in the visit's history."), "calls", slug)


def _row(call: verbs.Call, now: datetime) -> dict[str, Any]:
    booking = call.booking
    return {
        "call": call,
        "booking": booking,
        "state": "expired" if booking.status == Status.EXPIRED else "offered",
        "why": WHY[call.why],
        "deadline": moment_text(booking.answer_by) if booking.answer_by else "",
        "given": verbs.may_give(booking, now),
        "form": NoteForm(auto_id=f"{booking.pk}-%s"),
    }
