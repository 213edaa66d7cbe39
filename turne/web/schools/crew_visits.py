"""A visit that a crew hosts, for those with an account: taken and left, its tasks, and the run sheet on paper."""

from typing import Any

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

from bookings import crew_invitations, crew_tasks, crews, visible
from bookings.models import CrewInvitation, CrewVisit
from bookings.permissions import can_answer, can_see_booking
from bookings.school_permissions import can_keep_crew, can_tick
from tours.errors import TurneError
from turne.web import errors, paper
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.logged_in import user_of
from turne.web.refusals import done
from turne.web.schools import crew_words
from turne.web.schools.crew_forms import TaskForm
from venues.dates import clock, day_text, moment_text
from venues.models import Crew

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
        crews.take(booking, crew, by=user_of(request), now=timezone.now())
    except TurneError as error:
        errors.say(request, error)
        return redirect("booking", pk=pk)
    messages.success(request, _("%(crew)s hosts the visit. Here are its tasks.") % {"crew": crew})
    return redirect("crew-visit", pk=pk)


@login_required
@require_POST
def crew_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew does not host the visit after all."""
    visit = _visit(request, pk)
    if not can_tick(request.user, visit):
        raise PermissionDenied(_("The presenter says which crew hosts its visit."))
    try:
        crews.leave(visit, by=user_of(request), now=timezone.now())
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, _("%(crew)s does not host the visit any more.") % {"crew": visit.crew})
    return redirect("booking", pk=pk) if can_see_booking(request.user, visit.booking) else redirect("crews")


@login_required
@require_POST
def crew_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a crew of another house to host the visit."""
    booking = find_visible(request, pk)
    if not can_answer(request.user, booking):
        raise PermissionDenied(_("The presenter says which crew hosts its visit."))
    crew = get_object_or_404(crew_invitations.nearby(booking), pk=number_in(request.POST.get("crew")))

    def act() -> None:
        crew_invitations.invite(booking, crew, by=user_of(request), now=timezone.now())

    told = _("%(house)s is asked whether %(crew)s can host the visit.")
    return done(request, act, told % {"crew": crew, "house": crew.organisation}, "booking", pk)


@login_required
@require_POST
def crew_uninvite(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew that was asked need not answer."""
    booking, now = find_visible(request, pk), timezone.now()
    if not can_answer(request.user, booking):
        raise PermissionDenied(_("The presenter says which crew hosts its visit."))
    asked = crew_invitations.open_for(booking, now)
    if asked is None:
        raise Http404

    def act() -> None:
        crew_invitations.take_back(asked, by=user_of(request), now=now)

    return done(request, act, _("%(crew)s is asked no longer.") % {"crew": asked.crew}, "booking", pk)


@login_required
@require_POST
def crew_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew's house says whether the crew hosts the visit to another house."""
    found = get_object_or_404(CrewInvitation.objects.with_ground(), pk=pk)
    if not can_keep_crew(request.user, found.crew):
        raise Http404
    says_yes, by, now = request.POST.get("answer") == "yes", user_of(request), timezone.now()
    try:
        if says_yes:
            crew_invitations.accept(found, by=by, now=now)
        else:
            crew_invitations.decline(found, by=by, now=now)
    except TurneError as error:
        errors.say(request, error)
        return redirect("crew", pk=found.crew_id)
    if not says_yes:
        messages.success(
            request, _("%(house)s is told that the crew does not come.") % {"house": found.booking.presenter}
        )
        return redirect("crew", pk=found.crew_id)
    messages.success(request, _("%(crew)s hosts the visit. Here are its tasks.") % {"crew": found.crew})
    return redirect("crew-visit", pk=found.booking_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def crew_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The crew's tasks at the visit; POST ticks one, which the presenter's side may."""
    visit = _visit(request, pk)
    ticks, sees = can_tick(request.user, visit), can_see_booking(request.user, visit.booking)
    if request.method == "POST":
        if not ticks:
            raise PermissionDenied(_("The presenter says which crew hosts its visit."))
        ticked(request, visit)
        return redirect("crew-visit", pk=pk)
    context = page(visit) | {"ticks": ticks and not crew_tasks.is_void(visit), "sees_booking": sees}
    context["may_leave"] = ticks and not sees and visit.booking.occupied_to > timezone.now()
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
    """The crew's visit of the booking, for whoever sees the booking or keeps the crew. Raises Http404."""
    return get_object_or_404(visible.crew_visits(request.user).with_ground(), booking=pk)
