"""The answers of a call: when they leave, moved, taken back; and a reserve that is called in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from programmes import answers_to_calls, conflicts, decisions
from programmes.models import Call, Meeting
from turne.web import errors
from turne.web.deciding.deciding_forms import AnswerForm
from turne.web.deciding.finding import Row, find_read, frame
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import DONE, REFUSALS, done, led
from venues.dates import moment_text


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def call_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """When the answers leave; POST writes them, or moves those that wait."""
    call, now = find_read(request, slug), timezone.now()
    meeting = Meeting.objects.filter(call=call).first()
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, initial={"at": _at(call, meeting)})
    verb = answers_to_calls.move if meeting and meeting.answers_at else answers_to_calls.schedule

    def act() -> Meeting:
        version = number_in(request.POST.get("version"))
        return verb(call, form.cleaned_data["at"], version=version, now=now)

    status, made = led(form, act)
    if status == DONE:
        messages.success(request, _("The answers leave %(when)s.") % {"when": moment_text(made.answers_at)})
        return redirect("call-answers", slug)
    return render(request, "deciding/answers.html", _context(request, call, meeting, form), status=status)


@login_required
@require_POST
@once
def call_answers_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the answers from leaving."""
    call, version = find_read(request, slug), number_in(request.POST.get("version"))

    def act() -> None:
        answers_to_calls.take_back(call, version=version, now=timezone.now())

    return done(request, act, _("Taken back: nobody has been told anything."), "call-answers", slug)


@login_required
@require_POST
@once
def call_reserve_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Grant the first in reserve what another has given up."""
    call, version = find_read(request, slug), number_in(request.POST.get("version"))
    try:
        granted = answers_to_calls.call_in_reserve(
            call, version=version, by=user_of(request), now=timezone.now()
        )
    except REFUSALS as error:
        errors.say(request, error)
    else:
        told = _("Application %(number)d is granted now, and hears of it by mail.")
        messages.success(request, told % {"number": granted.application.number})
    return redirect("call-answers", slug)


def _at(call: Call, meeting: Meeting | None) -> object:
    standing = meeting.answers_at if meeting else None
    return standing or answers_to_calls.default_at(call, timezone.now())


def _context(request: HttpRequest, call: Call, meeting: Meeting | None, form: AnswerForm) -> Row:
    now = timezone.now()
    are_sent = answers_to_calls.are_sent(call, now)
    reserve = answers_to_calls.first_reserve(call) if are_sent else None
    hidden = conflicts.hidden_from(user_of(request))
    return frame(call, "call-answers") | {
        "meeting": meeting,
        "form": form,
        "version": number_in(request.POST.get("version")) or (meeting.version if meeting else 0),
        "count": len(decisions.of_call(call)),
        "are_sent": are_sent,
        "free": answers_to_calls.free_places(call) if are_sent else 0,
        "reserve": reserve,
        "reserve_is_hidden": bool(reserve and hidden.filter(pk=reserve.application_id).exists()),
    }
