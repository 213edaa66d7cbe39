"""One application at the meeting, as it stands on the wall: what it says, its scores, and what is decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from programmes import answers_to_calls, decision_words, decisions, meetings, received, scored
from programmes.models import Call, Decision, DecisionChange, Meeting, Sighting
from programmes.received import Received
from turne.web.deciding.application_lists import told_of
from turne.web.deciding.deciding_forms import DecisionForm
from turne.web.deciding.finding import Row, assessment_of, find_followed, find_read, frame, see
from turne.web.deciding.meeting_pages import chosen_of
from turne.web.deciding.ranking_pages import score_of, seats_of
from turne.web.deciding.stays import stay_of
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import DONE, done, led


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def call_case(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The case; POST decides, and leads on to the next that is not decided."""
    call, runs = find_followed(request, slug)
    one = _case(request, call, number)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and (not runs or one.is_masked):
        raise PermissionDenied(_("You take no part in deciding this."))
    form = DecisionForm(call, sent, initial=_initial(one.decision))

    def act() -> None:
        version, user = number_in(request.POST.get("version")), user_of(request)
        decisions.decide(one.application, form.data_read(), version=version, by=user, now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Decided: application %(number)d.") % {"number": number})
        return _onward(request, call, number)
    if not one.is_masked:
        see(request, call, Sighting.What.APPLICATION, one.application)
        see(request, call, Sighting.What.REVIEWS, one.application)
    return render(request, "deciding/case.html", _context(request, call, runs, one, form), status=status)


@login_required
@require_POST
@once
def call_case_undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take the decision back."""
    call = find_read(request, slug)
    one = _case(request, call, number)
    if one.is_masked:
        raise PermissionDenied(_("You take no part in deciding this."))

    def act() -> None:
        version = number_in(request.POST.get("version"))
        decisions.undo(one.application, version=version, by=user_of(request), now=timezone.now())

    told = _("Taken back: application %(number)d is undecided.") % {"number": number}
    return done(request, act, told, "call-case", slug, number)


def _case(request: HttpRequest, call: Call, number: int) -> Received:
    """The application, once its assessment is closed."""
    assessment = assessment_of(call)
    one = received.one(call, number, user_of(request), timezone.now())
    if one is None or assessment is None or assessment.closed_at is None:
        raise Http404
    return one


def _initial(decision: Decision | None) -> Row:
    if decision is None:
        return {}
    names = ("outcome", "reserve_number", "amount", "motivation")
    return {name: getattr(decision, name) for name in names}


def _onward(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    found = received.of_call(call, user_of(request), timezone.now())
    left = [one.number for one in found if not one.is_masked and one.decision is None]
    onward = next((other for other in left if other > number), left[0] if left else None)
    return redirect("call-case", call.slug, onward) if onward else redirect("call-meeting", call.slug)


def _context(request: HttpRequest, call: Call, runs: bool, one: Received, form: DecisionForm) -> Row:
    meeting = Meeting.objects.filter(call=call).first()
    numbers = list(call.applications.sent_in().order_by("number").values_list("number", flat=True))
    at = numbers.index(one.number)
    context = frame(call, "call-meeting", runs=runs) | told_of(one, user_of(request), timezone.now()) | {
        "meeting": meeting,
        "is_open": runs and meeting is not None and meeting.fixed_at is None and not one.is_masked,
        "leaving": meetings.leaving(meeting, one.application) if meeting else [],
        "chosen": chosen_of(call, user_of(request), runs=runs),
        "number": one.number,
        "before": numbers[at - 1] if at else None,
        "after": numbers[at + 1] if at + 1 < len(numbers) else None,
        "form": form,
        "decision": one.decision,
        "stay": stay_of(one.decision, user_of(request), is_answered=answers_to_calls.are_sent(call, timezone.now()))
        if runs and one.decision else None,
        "version": _version(request, one),
    }  # fmt: skip
    return context if one.is_masked else context | _scores(call, one) | {"history": _history(call, one)}


def _version(request: HttpRequest, one: Received) -> int:
    if request.method == "POST":
        return number_in(request.POST.get("version"))
    return one.decision.version if one.decision else 0


def _scores(call: Call, one: Received) -> Row:
    assessment = assessment_of(call)
    assert assessment is not None  # it is closed
    row = next(row for row in scored.ranked(call) if row.key == one.application.pk)
    said = scored.said_of(call).get(row.key)
    return {
        "score": score_of(row, said, seats_of(call), assessment.scale_most),
        "most": assessment.scale_most,
    }


def _history(call: Call, one: Received) -> list[Row]:
    changes = DecisionChange.objects.filter(application=one.application).select_related("by")
    return [
        {
            "change": change,
            "before": decision_words.facts_text(change.before, call.currency),
            "after": decision_words.facts_text(change.after, call.currency),
        }
        for change in changes
    ]
