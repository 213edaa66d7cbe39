"""The meeting that decides: who is present, and what is decided so far."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from programmes import (
    answers_to_calls,
    call_statistics,
    conflicts,
    decision_words,
    decisions,
    meetings,
    minutes,
    received,
    scored,
)
from programmes.call_statistics import Figures
from programmes.models import Call, Decision, Meeting, Sighting
from programmes.received import Received
from turne.web.deciding.deciding_forms import MeetingForm
from turne.web.deciding.finding import Row, assessment_of, find_followed, frame, see
from turne.web.deciding.stays import stay_of
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import DONE, led
from venues.dates import money_text
from venues.models import User

GRANTED = Decision.Outcome.GRANTED


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def call_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of cases with what is decided; POST says when the meeting is held and who is there."""
    call, runs = find_followed(request, slug)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not runs:
        raise PermissionDenied(_("Only those who run the call write here."))
    meeting = Meeting.objects.filter(call=call).prefetch_related("present__user").first()
    form = MeetingForm(call, sent, initial=_initial(meeting))

    def act() -> None:
        version = number_in(request.POST.get("version"))
        meetings.hold(call, form.data_read(), version=version, now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("call-meeting", slug)
    see(request, call, Sighting.What.RANKING)
    return render(
        request, "deciding/meeting.html", _context(request, call, runs, meeting, form), status=status
    )


def chosen_of(call: Call, reader: User, *, runs: bool) -> Row:
    """How many are granted so far, of how many, and how much that is.

    What is hidden from the reader is in none of it; but whoever decides must know how many places are left.
    """
    hidden, standing = conflicts.hidden_in(call, reader), decisions.of_call(call)
    seen = [one for one in standing if one.application_id not in hidden]
    amounts = [one.amount for one in seen if one.outcome == GRANTED and one.amount is not None]
    standing = standing if runs else seen
    granted = [one for one in standing if one.outcome == GRANTED]
    return {
        "granted": len(granted),
        "most": call.chosen_count,
        "decided": len(standing),
        "sum": money_text(sum(amounts), call.currency) if amounts else "",
    }


def _initial(meeting: Meeting | None) -> Row:
    if meeting is None:
        return {"held_on": timezone.localdate()}
    plain = {name: getattr(meeting, name) for name in ("held_on", "chair", "secretary", "notes")}
    return plain | {"present": [one.pk for one in meeting.present.all()]}


def _context(request: HttpRequest, call: Call, runs: bool, meeting: Meeting | None, form: MeetingForm) -> Row:
    now, assessment = timezone.now(), assessment_of(call)
    is_closed = bool(assessment and assessment.closed_at)
    rows = _rows(call, request) if is_closed else []
    hidden = conflicts.hidden_in(call, user_of(request))
    figures = call_statistics.of_call(call, now, hidden)
    return frame(call, "call-meeting", runs=runs) | {
        "assessment": assessment,
        "is_closed": is_closed,
        "missing": 0 if is_closed else sum(scored.missing_scores(call).values()),
        "meeting": meeting,
        "form": form,
        "version": number_in(request.POST.get("version")) or (meeting.version if meeting else 0),
        "rows": _with_stays(rows, user_of(request), call) if runs else rows,
        "first": next((one.number for one in _open_cases(rows)), None),
        "chosen": chosen_of(call, user_of(request), runs=runs),
        "are_hidden": bool(hidden),
        "applied": figures.applied,
        "shares": shares_of(figures),
        "lacks": minutes.lacking(call, now) if meeting and not meeting.fixed_at else [],
    }


def shares_of(figures: Figures) -> list[Row]:
    """How what is granted spreads, beside how many applied: by home, art form and first time."""
    parts = [
        (_("Where they live"), figures.by_home),
        (_("Art form"), figures.by_art_form),
        (_("First time"), figures.by_first_time),
        (_("First choice of place"), figures.by_place),
    ]
    return [{"label": label, "lines": lines} for label, lines in parts if lines]


def _open_cases(rows: list[Row]) -> list[Received]:
    """Those of the rows that the reader can still decide about."""
    found: list[Received] = [row["one"] for row in rows]
    return [one for one in found if not one.is_masked and one.decision is None]


def _rows(call: Call, request: HttpRequest) -> list[Row]:
    """The cases in the order of the ranking; what is hidden from the reader last."""
    found = received.of_call(call, user_of(request), timezone.now())
    hidden = [one.application.pk for one in found if one.is_masked]
    ranking: dict[int, Any] = {row.key: row for row in scored.ranked(call, hidden)}
    rows = [
        {
            "one": one,
            "place": getattr(ranking.get(one.application.pk), "place", None),
            "mean": scored.rounded(getattr(ranking.get(one.application.pk), "mean", None)),
            "is_disputed": getattr(ranking.get(one.application.pk), "is_disputed", False),
            "state_text": decision_words.decision_text(one.decision) if one.decision else "",
            "amount": money_text(one.decision.amount, call.currency)
            if one.decision and one.decision.amount is not None else "",
        }
        for one in found
    ]  # fmt: skip
    return sorted(rows, key=_order)


def _with_stays(rows: list[Row], reader: User, call: Call) -> list[Row]:
    is_answered = answers_to_calls.are_sent(call, timezone.now())
    decided = [(row, row["one"].decision) for row in rows]
    return [
        row | {"stay": stay_of(decision, reader, is_answered=is_answered) if decision else None}
        for row, decision in decided
    ]


def _order(row: Row) -> tuple[bool, bool, int, int]:
    """By place; then what nobody has read, and last what is hidden."""
    one: Received = row["one"]
    return one.is_masked, row["place"] is None, row["place"] or 0, one.number
