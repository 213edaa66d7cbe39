"""The producer's side of wishes: who suits a production and why, and questions about wishes to answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import busy, permissions
from bookings.matching import Match, suggest
from tours import wishes
from tours.errors import TurneError
from tours.models import Production, Season, WishChangeRequest
from tours.models.season import WishChangeRequests
from turne.web.logged_in import user_of
from turne.web.refusals import blame
from turne.web.score_bars import bar_of
from turne.web.wish_forms import AnswerForm
from turne.web.wish_texts import when_text
from venues.models import Membership

PART_NAMES: dict[str, str | Promise] = {
    "rank": gettext_lazy("Rank"),
    "room": gettext_lazy("Room"),
    "audience": gettext_lazy("Audience"),
    "equity": gettext_lazy("Fairness"),
    "distance": gettext_lazy("Distance"),
    "price": gettext_lazy("Price"),
    "crew": gettext_lazy("The crew’s vote"),
}


@login_required
@require_safe
def matching(request: HttpRequest, season: str, slug: str) -> HttpResponse:
    """Everyone who wishes for a production or might, best first."""
    running = get_object_or_404(Season.objects.select_related("region"), slug=season)
    productions = Production.objects.filter(seasons=running, rider__isnull=False)
    ground = productions.select_related("ensemble__producer", "ensemble__home", "rider")
    production = get_object_or_404(ground, slug=slug)
    if not permissions.can_see_matches(request.user, production):
        raise Http404
    matches = suggest(production, running)
    hit = busy.days_hit(matches, running)
    rows = [told(match) | {"busy": _busy_text(days)} for match, days in zip(matches, hit, strict=True)]
    context = {
        "season": running,
        "production": production,
        "wishing": [row for row in rows if row["match"].wish],
        "further": [row for row in rows if not row["match"].wish],
        "part_names": list(PART_NAMES.values()),
        "demo_notice": production.is_demo,
    }
    return render(request, "matching/matching.html", context)


@login_required
@require_safe
def change_requests(request: HttpRequest) -> HttpResponse:
    """Questions about wishes for the reader's productions: those to answer first, then the latest answers."""
    found = _mine(request)
    return render(request, "matching/change_requests.html", _requests(found))


@login_required
@require_POST
def change_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to a question about a wish."""
    found = _mine(request)
    asked = get_object_or_404(found, pk=pk)
    user: Any = request.user
    form = AnswerForm(request.POST, prefix=str(pk))
    granted = request.POST.get("decision") == "yes"
    if form.is_valid():
        try:
            wishes.answer_change(asked, granted, form.cleaned_data["answer"], user, timezone.now())
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(who)s has your answer.") % {"who": asked.wish.organisation})
            return redirect("change-requests")
    context = _requests(found, {asked.pk: form})
    return render(request, "matching/change_requests.html", context, status=422)


def _mine(request: HttpRequest) -> WishChangeRequests:
    """Questions about wishes for productions of the reader's own organisation; 404 for whoever has none."""
    if not permissions.has_role(request.user, Membership.Role.PRODUCER):
        raise Http404
    ground = WishChangeRequest.objects.to(user_of(request)).select_related(
        "wish__organisation", "wish__production", "wish__season", "wish__venue", "asked_by"
    )
    return ground.prefetch_related("wish__spans")


def _requests(found: WishChangeRequests, forms: dict[int, AnswerForm] | None = None) -> dict[str, Any]:
    known = forms or {}
    waiting = found.waiting().order_by("asked_at")
    answered = found.exclude(status=WishChangeRequest.Status.ASKED).order_by("-answered_at")[:20]
    return {
        "waiting": [
            {
                "request": asked,
                "when": when_text(asked.wish),
                "form": known.get(asked.pk) or AnswerForm(prefix=str(asked.pk)),
            }
            for asked in waiting
        ],
        "answered": list(answered),
    }


def _busy_text(days: int) -> str:
    words = ngettext("Busy in own calendar on %(count)d day", "Busy in own calendar on %(count)d days", days)
    return words % {"count": days} if days else ""


def told(match: Match) -> dict[str, Any]:
    """A match as `matching/parts.html` shows it."""
    return {
        "match": match,
        **bar_of(match.parts, PART_NAMES),
        "when": when_text(match.wish) if match.wish else "",
    }
