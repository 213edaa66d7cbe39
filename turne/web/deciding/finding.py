"""Which call a page is about, for whom, and the tabs that lead from one of its pages to the next."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.languages import in_language
from programmes import permissions, sightings
from programmes.call_kinds import kinds
from programmes.models import Application, Assessment, Call
from turne.web.logged_in import user_of

Row = dict[str, Any]


def find(request: HttpRequest, slug: str) -> Call:
    """A public call that the user runs, else 404."""
    mine = permissions.calls_run_by(request.user).public().with_ground()
    return get_object_or_404(mine, slug=slug)


def find_read(request: HttpRequest, slug: str) -> Call:
    """The same once it has closed: before, nothing of its applications is read."""
    call = find(request, slug)
    if not permissions.is_readable(call, timezone.now()):
        raise Http404
    return call


def find_followed(request: HttpRequest, slug: str) -> tuple[Call, bool]:
    """A closed call and whether the user runs it; its panel follows the meeting until the answers are sent."""
    if permissions.calls_run_by(request.user).filter(slug=slug).exists():
        return find_read(request, slug), True
    followed = permissions.calls_followed_by(request.user, timezone.now()).with_ground()
    return get_object_or_404(followed, slug=slug), False


def see(request: HttpRequest, call: Call, what: str, application: Application | None = None) -> None:
    """Keep that the user has seen it."""
    sightings.note(call, application, user_of(request), what, timezone.now())


def frame(call: Call, current: str, *, runs: bool = True) -> Row:
    """What every page of the way has: the call, its title, and the tabs; whoever only follows has none."""
    title = in_language(call, "title")
    return {"call": call, "call_title": title, "tabs": _tabs(call, current) if runs else [], "runs": runs}


def assessment_of(call: Call) -> Assessment | None:
    """How it is assessed, if anybody has said so."""
    return Assessment.objects.filter(call=call).first()


def _tabs(call: Call, current: str) -> list[Row]:
    names = {
        "panel": _("Panel"),
        "call-applications": _("Applications"),
        "call-ranking": _("Ranking"),
        "call-meeting": _("Meeting"),
        "call-minutes": _("Minutes of the meeting"),
        "call-answers": _("Answers"),
        **({"call-placing": _("Placing")} if kinds()[call.kind].has_stay else {}),
        "call-mail": _("Mail"),
        "call-statistics": _("Figures"),
        "sightings": _("Who has seen what"),
    }
    return [
        {"label": label, "url": reverse(name, args=[call.slug]), "current": name == current, "count": None}
        for name, label in names.items()
    ]
