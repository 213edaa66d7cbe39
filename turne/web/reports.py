"""The report after a visit, with an account or by the mailed link: who came, or that it was not played."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import lifecycle, report_links, reporting
from bookings.errors import LinkProblem, OverCapacity
from bookings.models import Booking
from bookings.models.report import Side
from bookings.permissions import can_answer, can_report
from tours.errors import NotNow, TurneError
from turne.web import errors, visits
from turne.web.answers import by_mailed_link
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import blame
from turne.web.report_forms import ReportForm
from venues.models import User


@login_required
@require_http_methods(["GET", "POST"])
@once
def booking_report(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks what happened; POST notes it, if nobody has changed the visit meanwhile."""
    found, user = find_visible(request, pk), user_of(request)
    if not can_report(user, found):
        raise PermissionDenied(_("Only the two sides of the visit report it."))
    form = ReportForm(found, reporting.side_of(found, user), _sent(request))
    refusal, status = _attempt(request, found, form, user)
    if status == 302:
        messages.success(request, _("Thank you, the report is noted."))
        return redirect("booking", pk=pk)
    context = {"facts": visits.facts(found, theirs=not can_answer(user, found))}
    return _page(request, "hosting/report.html", found, form, refusal, status, context)


# No CSRF token: the secret in the address is the whole authority; see `answers.answer`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def report_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a presenter without an account; once reported, the link shows what was told."""
    try:
        link = report_links.find_link(token, timezone.now())
    except LinkProblem as problem:
        return _served(request, problem)
    found = _by_link(link.booking_id)
    form = ReportForm(found, Side.PRESENTER, _sent(request))
    refusal, status = _attempt(request, found, form, None)
    if status == 302 or (refusal and _has_served(token)):  # by the first of two clicks
        return redirect("report-link", token=token)
    context = {"facts": visits.facts(found), "plain_bar": True, "token": token}
    return _page(request, "hosting/report_link.html", found, form, refusal, status, context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _attempt(request: HttpRequest, found: Booking, form: ReportForm, by: User | None) -> tuple[str, int]:
    """What stands in the way in words, and the status of the answer: 302 once the report is noted."""
    sent = request.method == "POST"
    try:
        reporting.check_open(found, timezone.now())
        if sent and form.is_valid():
            _perform(request, found, form, by)
            return "", 302
    except NotNow as error:
        return str(error), errors.status_of(error)
    except TurneError as error:
        form.asks_capacity = form.asks_capacity or isinstance(error, OverCapacity)
        ids = error.ids
        names = {"figures": f"{ids.get('part')}_{ids.get('show')}", "costs": f"cost_{ids.get('kind')}"}
        return "", blame(form, error, names)
    return "", 422 if sent else 200


def _perform(request: HttpRequest, found: Booking, form: ReportForm, by: User | None) -> None:
    values = form.cleaned_data
    told: dict[str, Any] = {"by": by, "now": timezone.now(), "costs": form.costs()}
    with transaction.atomic():
        lifecycle.unchanged(found, number_in(request.POST.get("version")))
        if values["not_played"]:
            reporting.report_not_played(found, reason=values["reason"], cause=values["cause"], **told)
        else:
            reporting.report_played(
                found,
                figures=form.figures(),
                why=values.get("why", ""),
                over_capacity=values["over_capacity"],
                **told,
            )


def _page(
    request: HttpRequest,
    template: str,
    found: Booking,
    form: ReportForm,
    refusal: str,
    status: int,
    more: dict[str, Any],
) -> HttpResponse:
    context = {
        "booking": found,
        "form": form,
        "refusal": refusal,
        "version": request.POST.get("version") or found.version,
        **more,
    }
    return render(request, template, context, status=status)


def _served(request: HttpRequest, problem: LinkProblem) -> HttpResponse:
    """What the link has reported, or why it does not work any more and whom to ask; 404 when it never did."""
    booking = _by_link(problem.ids["booking"]) if "booking" in problem.ids else None
    is_told = problem.code == "used" and booking is not None
    context = {
        "problem": problem,
        "booking": booking,
        "shows": visits.shows(booking) if booking and is_told else [],
        "producer": booking.tour.production.ensemble.producer if booking else None,
        "plain_bar": True,
    }
    status = 200 if is_told else 410 if booking else 404
    return render(request, "hosting/report_done.html", context, status=status)


def _has_served(token: str) -> bool:
    try:
        report_links.find_link(token, timezone.now())
    except LinkProblem as problem:
        return problem.code == "used"
    return False


def _by_link(pk: int) -> Booking:
    return Booking.objects.with_ground().select_related("tour__production__rider", "report").get(pk=pk)
