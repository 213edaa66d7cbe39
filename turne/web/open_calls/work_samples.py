"""Files of one's own application: put up, named anew, moved, taken away; and a file handed out to who may get it."""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from programmes import file_checks, permissions, work_samples
from programmes.file_checks import Examined
from programmes.models import Application, SampleFile
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.open_calls import applying
from turne.web.open_calls.application_forms import NewSampleForm, SampleForm
from turne.web.refusals import REFUSALS, blame, done


@login_required
@require_POST
def work_sample_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put up a file. It is read to its end before anything is locked: that may take seconds."""
    found, version = applying.looked_at(request, slug)
    form = NewSampleForm(request.POST, request.FILES)
    status = 422
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            work_samples.look_before(found, timezone.now())
            examined = file_checks.examine(upload, upload.name or "")
            return _added(request, found, examined, version, form)
        except REFUSALS as error:
            status = blame(form, error)
    return applying.shown(request, found.pk, form, status)


@once
def _added(
    request: HttpRequest, found: Application, examined: Examined, version: int, form: forms.Form
) -> HttpResponse:
    read = form.cleaned_data
    work_samples.add(
        found,
        examined,
        title=read["title"],
        is_identifying=read["is_identifying"],
        by=user_of(request),
        version=version,
        now=timezone.now(),
    )
    messages.success(request, _("The file is there. It is not sent in until you say so."))
    return redirect("application", found.call.slug)


@login_required
@require_POST
@once
def work_sample_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Name it anew, and say whether it tells who one is."""
    found, version = applying.looked_at(request, slug)
    form = SampleForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("application", slug)
    return _done(
        request, found, pk, work_samples.change, _("The file is changed."), version, form.cleaned_data
    )


@login_required
@require_POST
@once
def work_sample_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place up."""
    found, version = applying.looked_at(request, slug)
    return _done(request, found, pk, work_samples.move_up, _("The file is moved."), version, {})


@login_required
@require_POST
@once
def work_sample_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it away."""
    found, version = applying.looked_at(request, slug)
    return _done(request, found, pk, work_samples.remove, _("The file is removed."), version, {})


@login_required
@never_cache
@require_safe
@csp({"default-src": [NONE], "sandbox": True})  # type: ignore[arg-type]  # its types know no arguments
def work_sample(request: HttpRequest, pk: int) -> FileResponse:
    """A file to save, never to show here: whatever is in it, nothing of it runs at this address."""
    files = SampleFile.objects.select_related("application__call", "application__applicant")
    found, user, now = get_object_or_404(files, pk=pk), user_of(request), timezone.now()
    if not permissions.can_open(user, found, now):
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    work_samples.opened(found, by=user, now=now)
    name = work_samples.name_for(found, user)
    return FileResponse(content, as_attachment=True, filename=name, content_type=found.about.media_type)


def _done(
    request: HttpRequest,
    found: Application,
    pk: int,
    verb: Any,
    told: str,
    version: int,
    read: dict[str, Any],
) -> HttpResponse:
    file = get_object_or_404(found.files.standing(), pk=pk)

    def act() -> None:
        verb(file, by=user_of(request), version=version, now=timezone.now(), **read)

    return done(request, act, told, "application", found.call.slug)
