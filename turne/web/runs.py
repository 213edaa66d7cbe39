"""The plans of a tour one under another: by whom, how good, which was adopted; stop a run, take a plan up."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import arranging, running
from tours.errors import BoardChanged, TurneError
from tours.models import Proposal, Tour
from tours.models.tour import FINISHED
from turne.web import errors
from turne.web.board_days import km_text, moment_short
from turne.web.board_steps import asked_text, is_near
from turne.web.board_totals import percent_text
from turne.web.changed import board_changed, version_in
from turne.web.logged_in import user_of
from turne.web.planning import tour_or_404
from turne.web.refusals import done
from venues.dates import money_text

Row = dict[str, Any]
#: A page of plans; older ones keep their addresses.
PLANS_LISTED = 60


@login_required
@require_safe
def runs(request: HttpRequest, slug: str) -> HttpResponse:
    """Every plan of the tour, newest first."""
    tour = tour_or_404(request, slug)
    return render(request, "planning/runs.html", {"tour": tour, "rows": rows(tour)})


@login_required
@require_POST
def run_stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Stop a run with the best plan it has."""
    tour = tour_or_404(request, slug)
    run = get_object_or_404(tour.proposals, pk=pk)
    told = _("The planner stops. The best plan so far is kept and can be adopted.")
    return done(request, lambda: running.stop_run(run, now=timezone.now()), told, _board(tour, run))


@login_required
@require_POST
def plan_restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an older plan up again."""
    tour = tour_or_404(request, slug)
    old = get_object_or_404(tour.proposals, pk=pk)
    try:
        made = arranging.restore(old, by=user_of(request), version=version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except TurneError as error:
        errors.say(request, error)
        return redirect("runs", slug=slug)
    messages.success(request, _("The older plan is the newest one again. Adopt it, or move its stops."))
    return redirect(_board(tour, made))


def rows(tour: Tour) -> list[Row]:
    """The plans with what tells them apart."""
    plans = tour.proposals.select_related("requested_by").defer("problem", "excluded")
    count = plans.count()
    numbers = {pk: count - i for i, pk in enumerate(plans.values_list("pk", flat=True))}
    return [_row(tour, plan, numbers, i == 0) for i, plan in enumerate(plans[:PLANS_LISTED])]


def _row(tour: Tour, proposal: Proposal, numbers: Mapping[int, int], is_newest: bool) -> Row:
    plan = proposal.plan or {}
    gap = plan.get("gap")
    finished = proposal.state in FINISHED
    return {
        "number": numbers[proposal.pk],
        "url": _board(tour, proposal),
        "by": str(proposal.requested_by),
        "when": moment_short(proposal.requested_at),
        "how": _how(proposal, numbers),
        "worth": money_text(round(plan.get("objective") or 0), tour.production.currency),
        "gap": "–" if gap is None else percent_text(gap),
        "stops": len(plan.get("stops", ())),
        "km": "–" if proposal.km is None else km_text(proposal.km),
        "nights": _nights_away(plan.get("nights", ())),
        "adopted": moment_short(proposal.adopted_at) if proposal.adopted_at else "",
        "restore_url": reverse("plan-restore", args=[tour.slug, proposal.pk])
        if finished and not is_newest
        else "",
    }


def _how(proposal: Proposal, numbers: Mapping[int, int]) -> str:
    """ "by hand from plan 2", "10 s", "50 s, few nights away", "30 s, few changes of plan 2, stopped, best so far"."""
    parent = {"number": numbers.get(proposal.parent_id or 0)}
    if proposal.kind == Proposal.Kind.BY_HAND:
        return _("by hand from plan %(number)d") % parent if parent["number"] else _("by hand")
    asked = asked_text(proposal)
    if is_near(proposal):
        asked = _("few changes of plan %(number)d") % parent
    seconds = _("%(seconds)d s") % {"seconds": proposal.seconds}
    state = "" if proposal.state == Proposal.State.DONE else str(proposal.get_state_display())
    return ", ".join(filter(None, [seconds, asked, state]))


def _nights_away(nights: Sequence[str]) -> int:
    """The last night is at home, so the others like it are too."""
    return sum(night != nights[-1] for night in nights)


def _board(tour: Tour, proposal: Proposal) -> str:
    return f"{reverse('board', args=[tour.slug])}?forslag={proposal.pk}"
