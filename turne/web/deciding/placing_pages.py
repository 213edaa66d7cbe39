"""Where those whom a call has chosen could stay and when: a proposal to read, and the way to each residency."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.residencies.fitting import Fit
from programmes import answers_to_calls, placements, placing_fits, received
from programmes.call_kinds import kinds
from programmes.models import Decision, Sighting
from programmes.received import Received
from turne.web.deciding.finding import Row, find_read, frame, see
from turne.web.logged_in import user_of
from venues.dates import span_text, weeks_text


@login_required
@never_cache
@require_safe
def call_placing(request: HttpRequest, slug: str) -> HttpResponse:
    """Each host in each period once, as many placed as can be. Nothing is reserved, and nobody is told."""
    call = find_read(request, slug)
    if not kinds()[call.kind].has_stay:
        raise Http404
    see(request, call, Sighting.What.APPLICATION)
    rows = received.of_call(call, user_of(request), timezone.now())
    chosen = [one for one in rows if one.decision and placements.can_place(one.decision)]
    found = placing_fits.propose(call, [one.application for one in chosen])
    is_answered = answers_to_calls.are_sent(call, timezone.now())
    context = frame(call, "call-placing") | {
        "rows": [_row(one, placed.fit, is_answered) for one, placed in zip(chosen, found, strict=True)],
        "placed": sum(one.decision is not None and one.decision.residency_id is not None for one in rows),
        "masked": sum(one.is_masked for one in rows),
        "is_answered": is_answered,
    }
    return render(request, "deciding/placing.html", context)


def _row(one: Received, fit: Fit | None, is_answered: bool) -> Row:
    assert one.decision is not None
    row: Row = {"one": one, "fit": fit, "url": _way(one.decision, fit) if is_answered else ""}
    if fit:
        days = fit.option.period.starts_on, fit.option.period.ends_on
        row |= {"when": f"{weeks_text(*days)}, {span_text(*days)}", "room": fit.option.room}
    return row


def _way(decision: Decision, fit: Fit | None) -> str:
    """The form of the residency, filled in as it is proposed."""
    address = reverse("residency-from-decision", args=[decision.pk])
    if fit is None:
        return address
    room, period = fit.option.room, fit.option.period
    days = {"fran": period.starts_on.isoformat(), "till": period.ends_on.isoformat()}
    asked = {"vard": str(room.host), "ort": str(room.place), **days}
    return f"{address}?{urlencode(asked)}"
