"""A visit that a crew hosts, for those with an account: taken and left, its tasks, and the run sheet on paper."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import crews
from bookings.models import CrewVisit
from bookings.permissions import can_answer
from tours.errors import TurneError
from turne.web import errors, paper
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.schools import crew_words
from turne.web.schools.crew_forms import TaskForm
from venues.dates import clock, day_text, moment_text
from venues.models import Crew, User

Row = dict[str, Any]


@login_required
@require_POST
def crew_take(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the house's crews hosts the visit."""
    booking = find_visible(request, pk)
    if not can_answer(request.user, booking):
        raise PermissionDenied(_("The presenter says which crew hosts its visit."))
    own = Crew.objects.filter(organisation=booking.presenter_id)
    crew = get_object_or_404(own, pk=number_in(request.POST.get("crew")))
    try:
        crews.take(booking, crew, by=cast(User, request.user), now=timezone.now())
    except TurneError as error:
        errors.say(request, error)
        return redirect("booking", pk=pk)
    messages.success(request, _("%(crew)s hosts the visit. Here are its tasks.") % {"crew": crew})
    return redirect("crew-visit", pk=pk)


@login_required
@require_POST
def crew_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew does not host the visit after all."""
    booking = find_visible(request, pk)
    if not can_answer(request.user, booking):
        raise PermissionDenied(_("The presenter says which crew hosts its visit."))
    visit = _visit(request, pk)
    try:
        crews.leave(visit, by=cast(User, request.user), now=timezone.now())
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, _("%(crew)s does not host the visit any more.") % {"crew": visit.crew})
    return redirect("booking", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def crew_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew's tasks at the visit; POST ticks one, which the presenter's side may."""
    visit = _visit(request, pk)
    ticks = can_answer(request.user, visit.booking)
    if request.method == "POST":
        if not ticks:
            raise PermissionDenied(_("The presenter says which crew hosts its visit."))
        ticked(request, visit)
        return redirect("crew-visit", pk=pk)
    context = page(visit) | {"ticks": ticks and not crew_words.void_text(visit), "is_own": True}
    return render(request, "crews/visit.html", context)


@login_required
@require_safe
def crew_sheet(request: HttpRequest, pk: int, *, as_pdf: bool = False) -> HttpResponse:
    """The run sheet of the visit, to print."""
    context = sheet(_visit(request, pk)) | {
        "back_url": reverse("crew-visit", args=[pk]),
        "pdf_url": reverse("crew-sheet-pdf", args=[pk]),
    }
    return paper.answer(request, f"korschema-{pk}", "crews/run_sheet.html", context, as_pdf=as_pdf)


def ticked(request: HttpRequest, visit: CrewVisit) -> None:
    """Tick the task that was sent, or say why not in a message."""
    sent = TaskForm(request.POST)
    if not sent.is_valid():
        for sentence in (text for texts in sent.errors.values() for text in texts):
            messages.error(request, str(sentence))
        return
    try:
        crews.tick(
            visit,
            request.POST.get("task", ""),
            is_done=request.POST.get("state") == "done",
            version=number_in(request.POST.get("version")),
            now=timezone.now(),
            **sent.cleaned_data,
        )
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, _("Noted."))


def page(visit: CrewVisit) -> Row:
    """What the page of a hosted visit shows, with an account and by the class link alike."""
    booking = visit.booking
    members = visit.crew.members.of_year(timezone.localdate())
    return {
        "visit": visit,
        "booking": booking,
        "title": booking.tour.production.title,
        "times": _times(visit),
        "void": crew_words.void_text(visit),
        "progress": crew_words.progress_text(visit),
        "phases": crew_words.phases(visit, timezone.now()),
        "nicknames": sorted({member.nickname for member in members if member.nickname}),
    }


def sheet(visit: CrewVisit) -> Row:
    """What `crews/run_sheet.html` shows: times and tasks, and nobody's name, number or price."""
    return page(visit) | {
        "language": get_language(),
        "title": _("Run sheet: %(production)s") % {"production": visit.booking.tour.production},
        "author": visit.crew.name,
        "body_class": "run-sheet",
        "day": day_text(visit.booking.starts_at),
        "made_at": moment_text(timezone.now()),
        "back_label": _("To the tasks"),
    }


def _times(visit: CrewVisit) -> list[tuple[str, str]]:
    """When what happens, for the crew: get-in, each show, get-out."""
    booking = visit.booking
    shows = list(booking.performances.all())
    played = [
        (
            f"{clock(show.starts_at)}–{clock(show.ends_at)}",
            _("Performance %(number)d") % {"number": show.number} if len(shows) > 1 else _("Performance"),
        )
        for show in shows
    ]
    return [
        (clock(booking.occupied_from), _("The artists come and get in")),
        *played,
        (clock(booking.occupied_to), _("All is carried out")),
    ]


def _visit(request: HttpRequest, pk: int) -> CrewVisit:
    visit = crews.visit_of(find_visible(request, pk))
    if visit is None:
        raise Http404
    return visit
