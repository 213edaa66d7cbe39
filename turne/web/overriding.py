"""The board's buttons under a warning: play all the same with a reason, and withdraw that."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tours import overrides
from tours.errors import TurneError
from turne.web import errors
from turne.web.logged_in import user_of
from turne.web.planning import back_to_board, tour_or_404
from turne.web.planning_forms import WarningForm
from venues.models import WorkRuleProfile


@login_required
@require_POST
def warning_override(request: HttpRequest, slug: str) -> HttpResponse:
    """Decide that the tour is played all the same, and why."""
    tour = tour_or_404(request, slug)
    form = WarningForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Write why you play all the same, in at most 300 letters. The reason is kept.")
        )
        return back_to_board(request, tour)
    typed = form.cleaned_data
    profile = get_object_or_404(WorkRuleProfile, pk=typed["profile"])
    who, now = user_of(request), timezone.now()
    try:
        overrides.override(tour, profile, typed["rule"], typed["date"], typed["reason"], by=who, now=now)
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, _("Noted. The warning stays on the board with your reason."))
    return back_to_board(request, tour)


@login_required
@require_POST
def warning_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let it warn again."""
    tour = tour_or_404(request, slug)
    decided = get_object_or_404(tour.overrides, pk=pk)
    try:
        overrides.withdraw(decided, by=user_of(request), now=timezone.now())
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, _("Withdrawn. It warns again; your reason stays in its history."))
    return back_to_board(request, tour)
