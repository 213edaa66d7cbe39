"""A plan by hand: what a stop set elsewhere would do, and setting it there. The rules are in `bookings.arranging`."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings import arranging
from tours.errors import BoardChanged, TurneError
from tours.models import Proposal
from turne.web import board_trials, errors
from turne.web.changed import board_changed, version_in
from turne.web.logged_in import user_of
from turne.web.planning import tour_or_404
from turne.web.planning_forms import MoveForm


@login_required
@require_POST
def stop_try(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the plan would be with the stop at that time; nothing is changed."""
    tour = tour_or_404(request, slug)
    shown = get_object_or_404(tour.proposals.defer("problem", "excluded"), pk=pk)
    form = MoveForm(request.POST)
    played = {stop["candidate"] for stop in (shown.plan or {}).get("stops", ())}
    is_unplaced = form["candidate"].value() not in played
    context = {"tour": tour, "shown": shown, "form": form, "is_unplaced": is_unplaced}
    page = "planning/trial.html" if request.htmx else "planning/trial_page.html"  # type: ignore[attr-defined]
    if not form.is_valid():
        context["refusal"] = _("Give a day and a time to move the stop to.")
        return render(request, page, context, status=422)
    try:
        trial = arranging.try_stop(shown, form.cleaned_data["candidate"], form.starts_at())
    except TurneError as error:
        return render(request, page, context | {"refusal": str(error)}, status=errors.status_of(error))
    return render(request, page, context | {"trial": board_trials.told(tour, trial)})


@login_required
@require_POST
def stop_set(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set the stop there: a new plan by hand."""
    tour = tour_or_404(request, slug)
    shown = get_object_or_404(tour.proposals, pk=pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a day and a time to move the stop to."))
        return redirect(_board_of(shown))
    candidate = form.cleaned_data["candidate"]
    try:
        made = arranging.set_stop(
            shown, candidate, form.starts_at(), by=user_of(request), version=version_in(request)
        )
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except TurneError as error:
        errors.say(request, error)
        return redirect(_board_of(shown))
    return redirect(f"{_board_of(made)}#besok-{candidate}")


def _board_of(proposal: Proposal) -> str:
    return f"{reverse('board', args=[proposal.tour.slug])}?forslag={proposal.pk}"
