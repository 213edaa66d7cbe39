"""Open calls as they are read: the list by state, and one with all that it says and what was changed since."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.languages import in_language
from programmes import call_words, permissions
from programmes.call_kinds import kinds
from programmes.models import Application, Call
from turne.web.deciding.statistics_pages import public_figures
from turne.web.open_calls.call_change_words import changes_of
from venues.models import User

Row = dict[str, Any]
#: The states in the order of the list; drafts stand first, for those who write them.
ORDER = ("draft", "open", "coming", "closed", "withdrawn")


@require_safe
def open_calls(request: HttpRequest) -> HttpResponse:
    """What is open now, what opens later, and what has closed; ?slag= narrows to a kind."""
    kind = request.GET.get("slag", "")
    found = permissions.visible_calls(request.user).with_ground().order_by("closes_at", "pk")
    shown = [card(call, timezone.now()) for call in found if not kind or call.kind == kind]
    present = {call.kind for call in found}
    context = {
        "sections": _sections(shown),
        "chips": _chips(present, kind) if len(present) > 1 else [],
        "may_write": permissions.publishers_of(request.user).exists(),
        "applies": _applies(request),
        "assesses": permissions.assessments_of(request.user).exists(),
        "is_narrowed": bool(kind),
    }
    return render(request, "open_calls/list.html", context)


@require_safe
def open_call(request: HttpRequest, slug: str) -> HttpResponse:
    """One call, as it is advertised and as it goes on paper."""
    call = get_object_or_404(permissions.visible_calls(request.user).with_ground(), slug=slug)
    now = timezone.now()
    context = {
        **card(call, now),
        "purpose": in_language(call, "purpose"),
        "who_may_apply": in_language(call, "who_may_apply"),
        "given_more": in_language(call, "given_more"),
        "given": call_words.given(call),
        "criteria": [
            {"title": in_language(one, "title"), "weight": one.weight} for one in call.criteria.all()
        ],
        "changes": changes_of(call),
        "runs": (runs := permissions.can_run(request.user, call)),
        "counts": _counts(call) if runs and call.is_public else None,
        "mine": _mine(request, call),
        "figures": public_figures(call, now),
        "version": call.version,
    }
    return render(request, "open_calls/call.html", context)


def card(call: Call, now: datetime) -> Row:
    """A call as the list and its page show it."""
    kind = kinds()[call.kind]
    return {
        "call": call,
        "title": in_language(call, "title"),
        "kind": kind,
        "state": call_words.state(call, now),
        "state_text": call_words.state_text(call, now),
        "art_forms": call_words.art_forms(call),
        "periods": call.periods.all(),
        "places": call.places.all(),
    }


def _counts(call: Call) -> Row:
    """How many have applied, for whoever runs it."""
    return {
        "sent": call.applications.sent_in().count(),
        "drafts": call.applications.standing().filter(number=None).count(),
    }


def _applies(request: HttpRequest) -> bool:
    """Whether the reader has applied for anything."""
    user = request.user
    return isinstance(user, User) and Application.objects.of_applicant(user).exists()


def _mine(request: HttpRequest, call: Call) -> bool:
    """Whether the reader has an application to it."""
    user = request.user
    return isinstance(user, User) and call.applications.standing().of_applicant(user).exists()


def _sections(cards: list[Row]) -> list[Row]:
    headings = {
        "draft": _("Drafts"),
        "open": _("Open now"),
        "coming": _("Open later"),
        "closed": _("Closed"),
        "withdrawn": _("Withdrawn"),
    }
    by_state = {state: [one for one in cards if one["state"] == state] for state in ORDER}
    by_state["closed"].reverse()  # what has closed last stands first
    return [
        {"state": state, "heading": headings[state], "cards": those}
        for state, those in by_state.items()
        if those
    ]


def _chips(present: set[str], chosen: str) -> list[Row]:
    everything = {"label": _("All"), "url": "?", "current": not chosen, "count": None}
    narrowed = [
        {"label": kind.label, "url": f"?slag={kind.key}", "current": kind.key == chosen, "count": None}
        for kind in kinds().values()
        if kind.key in present
    ]
    return [everything, *narrowed]
