"""Everything about one visit, and what may be done about it: both sides of an agreement look at the same facts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings import (
    changing,
    counters,
    holds,
    lifecycle,
    offering,
    offers,
    postponing,
    reporting,
    settling,
)
from bookings.models import Booking, Notice
from bookings.models.booking import LIVE, Status
from bookings.permissions import (
    Person,
    can_answer,
    can_edit_venue,
    can_plan,
    can_report,
    can_see_booking,
    may_take,
    sides_of,
    steps_for,
)
from bookings.school_permissions import can_read_visit
from bookings.states import ACTIONS, Action, shown_state
from tours.errors import NotNow
from turne.web import (
    advancing_words,
    change_pages,
    claim_rows,
    errors,
    line,
    other_dates,
    timeline,
    visit_notices,
    visits,
)
from turne.web.answers import calendar_file
from turne.web.change_forms import CancelForm
from turne.web.form_fields import number_in
from turne.web.hosting_forms import FORMS
from turne.web.hosting_words import DONE, EXPLAIN
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import REFUSALS, blame
from turne.web.schools import bus_rows, creative_rows, crew_words, visit_parts
from venues.models import User

VERBS: dict[str, Callable[..., Booking]] = {
    "offer": lifecycle.offer,
    "confirm": lifecycle.confirm,
    "decline": lifecycle.decline,
    "counter": lifecycle.counter,
    "withdraw": lifecycle.withdraw,
    "recall": offering.recall,
    "release": lifecycle.release,
    "move": lifecycle.move,
    "cancel": lifecycle.cancel,
    "publish": lifecycle.publish,
    "promote": holds.promote,
    "challenge": holds.challenge,
    "extend": holds.extend,
    "remind": offers.remind,
    "extend_answer": offers.extend_answer,
    "take": counters.take,
    "turn_down": counters.turn_down,
    "reschedule": postponing.reschedule,
    "postpone": postponing.postpone,
    "propose_change": changing.propose_change,
    "ask_to_cancel": changing.ask_to_cancel,
    "accept_change": changing.accept_change,
    "refuse_change": changing.refuse_change,
    "take_back_change": changing.take_back_change,
    "settle": settling.settle,
    "reopen": settling.reopen,
}
#: Steps whose way is elsewhere on the page of a visit than among its buttons.
ON_THEIR_OWN = {
    "confirm",
    "take",
    "price",
    "settle",
    "reopen",
    "accept_change",
    "refuse_change",
    "take_back_change",
}


@login_required
@require_safe
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one visit, and what the reader may do about it."""
    found, user, now = _read_or_404(request, pk, can_read_visit), user_of(request), timezone.now()
    actions, hosts = steps_for(user, found, now), can_answer(user, found)
    names = {action.name for action in actions}
    is_ended = visit_notices.is_ended(found)
    context = {
        "booking": found,
        "reads_only": not can_see_booking(user, found),
        "state": shown_state(found, now),
        "notices": visit_notices.notices(found, names, now, plans=can_plan(user, found.tour)),
        "is_ended": is_ended,
        "facts": visits.facts(found, theirs=not hosts),
        "lines": visits.room_lines(found, _room_page(user, found), asks=not is_ended),
        "timeline": timeline.days(found),
        "actions": [action for action in actions if action.name not in ON_THEIR_OWN],
        "can_price": "price" in names,
        "can_confirm": "confirm" in names,
        "can_report": can_report(user, found) and reporting.is_open(found, now),
        "is_over": reporting.is_over(found, now),
        "hosts": hosts,
        "plans": can_plan(user, found.tour),
        "unsent": _unsent(found) if can_plan(user, found.tour) else None,
        "left": visits.days_left(found, now) if found.status == Status.OFFERED else "",
        "until": line.held_until(found) if found.status == Status.HELD else "",
        "line": line.around(found, user, now) if found.status in LIVE else [],
        "challenge": line.challenge(found, now),
        "preparing": advancing_words.summary(found, now),
        "crew": crew_words.hosting(found, user, now),
        "buses": bus_rows.of_visit(found, user, now),
        "funded": creative_rows.of_visit(found, user),
        "subsidy": claim_rows.of_visit(found, user, now),
        "proposal": other_dates.proposal(found, names),
        "change": change_pages.waiting(found, names),
        "cancelled": change_pages.cancelled(found),
        "has_agreement": found.status == Status.CONFIRMED or found.agreements.exists(),
        "producer": found.tour.production.ensemble.producer,
        "school": visit_parts.parts(found, user, now),
    }
    return render(request, "hosting/booking.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@once
def booking_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """GET asks what the action needs to know; POST does it, if nobody has changed the visit meanwhile."""
    found = find_visible(request, pk)
    step = _step(user_of(request), found, action)
    if not may_take(user_of(request), found, step) or step.refusal(found, timezone.now()):
        messages.error(request, _too_late(found, step))
        return redirect("booking", pk=pk)
    form = FORMS[action](found, request.POST if request.method == "POST" else None, initial=_asked(request))
    if isinstance(form, CancelForm):
        form.for_user(user_of(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _perform(
                found, action, number_in(request.POST.get("version")), user_of(request), form.cleaned_data
            )
        except NotNow as error:
            errors.say(request, error)
            return redirect("booking", pk=pk)
        except REFUSALS as error:
            status = blame(form, error)
        else:
            messages.success(request, _done(found, action) % {"presenter": found.presenter})
            return redirect("booking", pk=pk)
    elif request.method == "POST":
        status = 422
    context = {
        "booking": found,
        "form": form,
        "step": step,
        "explain": EXPLAIN[action],
        "facts": visits.facts(found, theirs=not can_answer(user_of(request), found)),
        "version": request.POST.get("version") or found.version,
        "change": change_pages.waiting(found, {action}) if action in change_pages.STEPS else None,
        **(other_dates.times(found, form, timezone.now()) if action in other_dates.STEPS else {}),
    }
    return render(request, "hosting/booking_act.html", context, status=status)


@login_required
@require_safe
def booking_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit as a calendar file."""
    return calendar_file(find_visible(request, pk))


def _perform(found: Booking, action: str, version: int, by: User, values: dict[str, Any]) -> None:
    with transaction.atomic():
        lifecycle.unchanged(found, version)
        VERBS[action](found, by=by, now=timezone.now(), **values)


def _done(found: Booking, action: str) -> Any:
    """What was done, by the visit as it was: a yes to a school's question cancels it."""
    asked = found.open_change
    return DONE["cancel" if action == "accept_change" and asked and asked.cancels else action]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What a link names, to begin the form with."""
    return {name: value for name in ("starts_at", "by_phone") if (value := request.GET.get(name))}


def find_visible(request: HttpRequest, pk: int) -> Booking:
    """The visit, or 404 for whoever has nothing to do with it."""
    return _read_or_404(request, pk, can_see_booking)


def _read_or_404(request: HttpRequest, pk: int, may: Callable[[Person, Booking], bool]) -> Booking:
    ground = Booking.objects.with_ground().select_related("counter_offer", "challenger__tour", "practical")
    found = get_object_or_404(ground.prefetch_related("checklist__items__by"), pk=pk)
    if not may(request.user, found):
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
    if step.not_by_school and found.is_at_a_school and found.status == Status.CONFIRMED:
        return _("A school may not do this by itself: ask to cancel, and the producer decides.")
    if found.status in step.sources and (sentence := step.refusal(found, timezone.now())):
        return str(sentence)
    state = {"state": found.get_status_display()}
    return _("This cannot be done now: the visit is %(state)s.") % state


def _unsent(found: Booking) -> Notice | None:
    """The mail with the offer, as long as it has not left."""
    return found.notices.unsent().filter(kind="offered").first() if found.status == Status.OFFERED else None
