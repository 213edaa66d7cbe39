"""The presenter's side: what waits for an answer, what is coming, and everything about one visit.

The page about a visit serves the producer too: both sides of an agreement look at the same facts.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from bookings import holds, lifecycle, reporting
from bookings.errors import BookingsError, NotNow
from bookings.models import Booking
from bookings.models.booking import LIVE, Status
from bookings.permissions import (
    can_answer,
    can_edit_venue,
    can_plan,
    can_report,
    can_see_booking,
    may_take,
    organisations_of,
    sides_of,
    steps_for,
)
from bookings.states import ACTIONS, Action, shown_state
from turne.web import errors, line, visits
from turne.web.answers import calendar_file
from turne.web.form_fields import number_in
from turne.web.hosting_forms import FORMS
from turne.web.refusals import blame
from venues.models import HOSTS, User

PER_PAGE = 20
VERBS: dict[str, Callable[..., Booking]] = {
    "offer": lifecycle.offer,
    "confirm": lifecycle.confirm,
    "decline": lifecycle.decline,
    "counter": lifecycle.counter,
    "withdraw": lifecycle.withdraw,
    "release": lifecycle.release,
    "move": lifecycle.move,
    "cancel": lifecycle.cancel,
    "publish": lifecycle.publish,
    "promote": holds.promote,
    "challenge": holds.challenge,
    "extend": holds.extend,
}
#: Filter of the inbox, as it stands in the address -> its name.
FOLDERS: dict[str, str | Promise] = {
    "svara": _lazy("To answer"),
    "kommer": _lazy("Coming"),
    "spelade": _lazy("Played"),
    "tidigare": _lazy("Earlier"),
}


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The visits of the user's own houses: to answer, coming, played, earlier."""
    user, now = _user(request), timezone.now()
    filters = _folders(now)
    mine = Booking.objects.hosted_by(user).exclude(status=Status.RELEASED)
    counts = mine.aggregate(**{name: Count("pk", filter=q, distinct=True) for name, q in filters.items()})
    chosen = request.GET.get("visa", "")
    if chosen not in filters:
        chosen = "svara" if counts["svara"] else "kommer"
    order = {"svara": "answer_by", "kommer": "occupied_from"}.get(chosen, "-occupied_from")
    found = mine.filter(filters[chosen]).with_ground().select_related("counter_offer")
    page = Paginator(found.order_by(order, "id"), PER_PAGE).get_page(request.GET.get("page"))
    houses = list(organisations_of(user, *HOSTS))
    context = {
        "folder": chosen,
        "chips": _chips(counts, chosen),
        "counts": counts,
        "page": page,
        "rows": [visits.row(b, now, whose=str(b.presenter) if len(houses) > 1 else "") for b in page],
        "houses": houses,
    }
    return render(request, "hosting/inbox.html", context)


@login_required
@require_safe
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one visit, and what the reader may do about it."""
    found, user, now = find_visible(request, pk), _user(request), timezone.now()
    actions, hosts = steps_for(user, found, now), can_answer(user, found)
    names = {action.name for action in actions}
    context = {
        "booking": found,
        "state": shown_state(found, now),
        "facts": visits.facts(found, theirs=not hosts),
        "lines": visits.room_lines(found, _room_page(user, found)),
        "history": visits.history(found),
        "actions": [action for action in actions if action.name != "confirm"],
        "can_confirm": "confirm" in names,
        "can_report": can_report(user, found) and reporting.is_over(found, now),
        "hosts": hosts,
        "plans": can_plan(user, found.tour),
        "left": visits.days_left(found, now) if found.status == Status.OFFERED else "",
        "until": line.held_until(found) if found.status == Status.HELD else "",
        "line": line.around(found, user, now) if found.status in LIVE else [],
        "challenge": line.challenge(found, now),
        "producer": found.tour.production.ensemble.producer,
    }
    return render(request, "hosting/booking.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def booking_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """GET asks what the action needs to know; POST does it, if nobody has changed the visit meanwhile."""
    found = find_visible(request, pk)
    step = _step(_user(request), found, action)
    if not may_take(_user(request), found, step) or step.refusal(found, timezone.now()):
        messages.error(request, _too_late(found, step))
        return redirect("booking", pk=pk)
    form = FORMS[action](found, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _perform(found, action, number_in(request.POST.get("version")), _user(request), form.cleaned_data)
        except NotNow as error:
            errors.say(request, error)
            return redirect("booking", pk=pk)
        except BookingsError as error:
            blame(form, error)
            status = errors.status_of(error)
        else:
            messages.success(request, DONE[action] % {"presenter": found.presenter})
            return redirect("booking", pk=pk)
    elif request.method == "POST":
        status = 422
    context = {
        "booking": found,
        "form": form,
        "step": step,
        "explain": EXPLAIN[action],
        "facts": visits.facts(found, theirs=not can_answer(_user(request), found)),
        "version": request.POST.get("version") or found.version,
    }
    return render(request, "hosting/booking_act.html", context, status=status)


@login_required
@require_safe
def booking_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit as a calendar file."""
    return calendar_file(find_visible(request, pk))


#: Action -> what it will do, said beside its button.
EXPLAIN: dict[str, Any] = {
    "offer": _lazy("The presenter gets a mail with a link to answer by, and the offer in the inbox."),
    "confirm": _lazy("The visit stands, and both sides get a mail."),
    "decline": _lazy("The time is let go, and the producer is told."),
    "counter": _lazy("The offered time is let go. The producer sees your days and plans on with them."),
    "withdraw": _lazy("The presenter is told by mail, and the link to answer by stops working."),
    "release": _lazy(
        "The time goes to the next in line, or is free. The presenter was not asked, and is not told."
    ),
    "promote": _lazy("The time is kept for you from now on, if it is free."),
    "challenge": _lazy(
        "Who has the first option gets a mail, and a day or two to offer, confirm or release it. "
        "Without an answer it is yours."
    ),
    "extend": _lazy("Then it runs out, and the next in line gets the time. You are reminded before."),
    "move": _lazy("All shows of the visit move with it. The venue and the ensemble must be free."),
    "cancel": _lazy(
        "This cannot be undone. Both sides get a mail, and calendars show the visit as cancelled."
    ),
    "publish": _lazy("The visit shows in the public calendars."),
}
#: Action -> what is said when it is done, and what comes next.
DONE: dict[str, Any] = {
    "offer": _lazy("The offer is on its way to %(presenter)s by mail. The answer will show here."),
    "confirm": _lazy("Confirmed. Both sides get a mail."),
    "decline": _lazy("Declined. The producer has been told, and the slot is free."),
    "counter": _lazy("Your days have gone to the producer, who plans on with them."),
    "withdraw": _lazy("The offer is withdrawn. %(presenter)s gets a mail, and the link stops working."),
    "release": _lazy("Released. The presenter has not been told."),
    "promote": _lazy("You have the first option now."),
    "challenge": _lazy("The question is on its way. You hear of the answer by mail, and see it here."),
    "extend": _lazy("The hold has a new end."),
    "move": _lazy("Moved."),
    "cancel": _lazy("Cancelled. Both sides get a mail, and calendars show it as cancelled."),
    "publish": _lazy("Published. It shows in the public calendars."),
}


def _perform(found: Booking, action: str, version: int, by: User, values: dict[str, Any]) -> None:
    with transaction.atomic():
        lifecycle.unchanged(found, version)
        VERBS[action](found, by=by, now=timezone.now(), **values)


def find_visible(request: HttpRequest, pk: int) -> Booking:
    """The visit, or 404 for whoever has nothing to do with it."""
    ground = Booking.objects.with_ground().select_related(
        "tour__production__rider", "counter_offer", "challenger__tour"
    )
    found = get_object_or_404(ground, pk=pk)
    if not can_see_booking(request.user, found):
        raise Http404
    return found


def _step(user: User, found: Booking, action: str) -> Action:
    """The action, if it is one that the user's side may ever take."""
    if action not in FORMS:
        raise Http404
    step = ACTIONS[action]
    if not set(step.sides) & set(sides_of(user, found)):
        raise PermissionDenied(_("This step is for the other side of the agreement."))
    return step


def _room_page(user: User, found: Booking) -> str:
    return reverse("venue-edit", args=[found.venue.slug]) if can_edit_venue(user, found.venue) else ""


def _too_late(found: Booking, step: Action) -> str:
    if found.status in step.sources and (sentence := step.refusal(found, timezone.now())):
        return str(sentence)
    state = {"state": found.get_status_display()}
    return _("This cannot be done now: the visit is %(state)s.") % state


def _folders(now: datetime) -> dict[str, Q]:
    """Each visit is in exactly one of them."""
    over = Q(occupied_to__lt=now)
    coming = Q(status__in=[Status.HELD, Status.CONFIRMED, Status.CANCELLED]) & ~over
    played = Q(status=Status.CONFIRMED) & over
    answer = Q(status=Status.OFFERED)
    return {"svara": answer, "kommer": coming, "spelade": played, "tidigare": ~(answer | coming | played)}


def _chips(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?visa={name}", "current": name == chosen, "count": counts[name]}
        for name, label in FOLDERS.items()
    ]


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # behind login_required
    return request.user
