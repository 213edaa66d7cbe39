"""A class tells what it thought: by its mailed link without an account, or by its school's contact."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import class_feedback as verbs
from bookings.errors import LinkProblem
from bookings.models import VisitGroup
from bookings.school_permissions import can_speak_for
from tours.errors import NotNow, TurneError
from turne.web import errors
from turne.web.answers import by_mailed_link
from turne.web.refusals import blame
from turne.web.schools.class_forms import ClassForm


# No CSRF token: the secret in the address is the whole authority; see `answers.answer`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def class_link(request: HttpRequest, token: str) -> HttpResponse:
    """A class by its link. Opening it changes nothing."""
    try:
        row = verbs.find_group(token, timezone.now())
    except LinkProblem as problem:
        status = 410 if problem.code == "expired" else 404
        return render(
            request, "schools/class_dead.html", {"problem": problem, "plain_bar": True}, status=status
        )
    form, refusal, status = _attempt(request, row)
    if status == 302:
        return redirect(f"{request.path}?klart=1")
    context = {"frame": "hosting/bearer.html", "is_done": "klart" in request.GET, "plain_bar": True}
    return _page(request, row, form, refusal, status, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_feedback(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """The same by the contact of the class's school."""
    found = get_object_or_404(VisitGroup, booking=pk, group=group)
    row = verbs.read(found.pk)
    if not can_speak_for(request.user, row.group):
        raise Http404
    form, refusal, status = _attempt(request, row)
    if status == 302:
        messages.success(request, _("Thank you, the class is noted."))
        return redirect("visit-groups", pk=pk)
    return _page(request, row, form, refusal, status, {"frame": "base.html", "is_done": False})


def _attempt(request: HttpRequest, row: VisitGroup) -> tuple[ClassForm, str, int]:
    """The form, why nothing can be told, and the status: 302 once it is noted."""
    now = timezone.now()
    told = getattr(row, "feedback", None)
    form = ClassForm(told, request.POST if request.method == "POST" else None)
    refusal = verbs.why_closed(row, now)
    if request.method != "POST":
        return form, refusal, 200
    if refusal or not form.is_valid():
        return form, refusal, 409 if refusal else 422
    try:
        verbs.tell(row, now=now, **form.values())
    except NotNow as error:
        return form, str(error), errors.status_of(error)
    except TurneError as error:
        return form, "", blame(form, error)
    return form, "", 302


def _page(
    request: HttpRequest, row: VisitGroup, form: ClassForm, refusal: str, status: int, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "row": row,
        "booking": row.booking,
        "form": form,
        "refusal": refusal,
        "told": getattr(row, "feedback", None),
        "changeable_days": verbs.CHANGEABLE.days,
        **more,
    }
    return render(request, "schools/class_feedback.html", context, status=status)
