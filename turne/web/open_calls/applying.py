"""One's own applications: the list, one as it stands, written, sent in, withdrawn. Nobody else's is ever found here."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.languages import in_language
from programmes import (
    answers_to_calls,
    applications,
    call_words,
    decision_words,
    file_kinds,
    permissions,
    submissions,
    work_samples,
)
from programmes.applications import ApplicationInput, standing
from programmes.call_kinds import kinds
from programmes.models import Application, Call, SampleFile
from turne.web import errors
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.open_calls.application_forms import (
    FIELDS_OF_ROWS,
    ApplicationForm,
    NewSampleForm,
    SampleForm,
)
from turne.web.refusals import DONE, REFUSALS, done, led
from venues.models import User

Row = dict[str, Any]


@login_required
@never_cache
@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    """All that one has applied for, the latest first."""
    found = Application.objects.of_applicant(user_of(request)).with_ground()
    return render(request, "open_calls/mine.html", {"rows": [_row(one) for one in found]})


@login_required
@never_cache
@require_safe
def application(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own application as it stands: what is missing, whether it is sent in, and what can be done."""
    call, found = _find(request, slug)
    if found is None:
        return redirect("application-write" if call.is_open(timezone.now()) else "open-call", slug)
    return shown(request, found.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def application_write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write it; what is saved may be incomplete."""
    call, found = _find(request, slug)
    if request.method != "POST" and not call.is_open(timezone.now()):
        return redirect("application" if found else "open-call", slug)
    sent = request.POST if request.method == "POST" else None
    form = ApplicationForm(call, sent, initial=_initial(found, user_of(request)))
    standing_now = (found.pk, found.version) if found else (0, 0)
    seen, version = _seen(request) if sent else standing_now

    def act() -> None:
        data, user = form.data_read(), user_of(request)
        applications.save(call, data, by=user, seen=seen, version=version, now=timezone.now())

    status, _made = led(form, act, FIELDS_OF_ROWS)
    if status == DONE:
        messages.success(request, _("Saved. It is not sent in until you say so."))
        return redirect("application", slug)
    context = {
        "form": form, "call": call, "title": in_language(call, "title"), "version": version,
        "application": found, "seen": seen, "click": click(request),
    }  # fmt: skip
    return render(request, "open_calls/write.html", context, status=status)


@login_required
@require_POST
@once
def application_send(request: HttpRequest, slug: str) -> HttpResponse:
    """Send in what was saved."""
    found, version = looked_at(request, slug)

    def act() -> None:
        applications.send_in(found, by=user_of(request), version=version, now=timezone.now())

    return done(request, act, _("Sent in. A receipt is on its way to you by mail."), "application", slug)


@login_required
@require_POST
@once
def application_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it back, or throw the draft away."""
    found, version = looked_at(request, slug)
    try:
        applications.withdraw(found, by=user_of(request), version=version, now=timezone.now())
    except REFUSALS as error:
        errors.say(request, error)
        return redirect("application", slug)
    messages.success(request, _("Withdrawn: it does not count any more."))
    return redirect("my-applications")


def shown(
    request: HttpRequest, pk: int, form: NewSampleForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one's own application as it stands, with what was wrong in the form of a file."""
    mine = Application.objects.of_applicant(user_of(request)).with_ground()
    found = get_object_or_404(mine, pk=pk)
    decision = answers_to_calls.told_to_applicant(found, timezone.now())
    context = _row(found) | _files(found) | {
        "form": form or NewSampleForm(), "decision": decision,
        "decision_text": decision_words.decision_text(decision) if decision else "",
    }  # fmt: skip
    return render(request, "open_calls/application.html", context, status=status)


def _find(request: HttpRequest, slug: str) -> tuple[Call, Application | None]:
    """The call, and one's own application to it that stands."""
    call = get_object_or_404(Call.objects.public().with_ground(), slug=slug)
    mine = Application.objects.standing().of_applicant(user_of(request)).with_ground()
    return call, mine.filter(call=call).first()


def _seen(request: HttpRequest) -> tuple[int, int]:
    """Which application the form was about, and its version."""
    return number_in(request.POST.get("ansokan")), number_in(request.POST.get("version"))


def looked_at(request: HttpRequest, slug: str) -> tuple[Application, int]:
    """One's own application that the form was about: an old window never acts on one that was begun since."""
    seen, version = _seen(request)
    mine = Application.objects.of_applicant(user_of(request)).filter(call__slug=slug)
    return get_object_or_404(mine, pk=seen), version


def _row(found: Application) -> Row:
    now = timezone.now()
    return {
        "application": found,
        "call": found.call,
        "call_title": in_language(found.call, "title"),
        "kind": kinds()[found.call.kind],
        "last": submissions.counts(found),
        "is_changed": submissions.is_changed_since(found),
        "missing": applications.missing(found).values(),
        "is_open": found.call.is_open(now),
        "state_text": call_words.state_text(found.call, now),
        "version": found.version,
        "costs": sum(line.amount for line in found.budget.all() if not line.is_income),
        "incomes": sum(line.amount for line in found.budget.all() if line.is_income),
    }


def _files(found: Application) -> Row:
    """Its files with what can be done about each."""
    files = submissions.files_of(found)
    rows = [{"file": file, "form": SampleForm.of(file), "is_openable": _is_mine(file)} for file in files]
    return {
        "files": rows,
        "is_full": len(files) >= work_samples.FILES_MAX,
        "files_max": work_samples.FILES_MAX,
        "bytes_most": file_kinds.BYTES_MAX,
        "together_most": work_samples.TOGETHER_MAX,
    }


def _is_mine(file: SampleFile) -> bool:
    return permissions.can_open(file.application.applicant, file, timezone.now())


def _initial(found: Application | None, user: User) -> Row:
    """What stands; a new one begins with one's name."""
    if found is None:
        return {"applicant_name": user.name}
    data = standing(found)
    plain = {field.name: getattr(data, field.name) for field in fields(ApplicationInput)}
    first = {True: "1", False: "0", None: ""}[data.is_first_time]
    return plain | {"home": data.home.pk if data.home else None, "is_first_time": first}
