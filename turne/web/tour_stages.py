"""A tour's own stage: how far it has come, what its producer may decide and what that leads to, and its history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings import deciding, stages, standing
from bookings.accounts import account_of
from bookings.candidates import candidate_id
from bookings.models import Booking
from bookings.models.booking import LIVE, Status
from bookings.states import shown_state
from tours import planner
from tours.errors import NotNow, TurneError
from tours.models import Tour, TourChange
from tours.terms import read_terms
from turne.web import board_money, errors
from turne.web.board_days import km_text
from turne.web.form_fields import DayField, WordsField, versions_in
from turne.web.logged_in import user_of
from turne.web.planning import tour_or_404
from turne.web.planning_forms import key_of
from turne.web.refusals import blame
from venues.dates import day_text, moment_text, money_text
from venues.errors import NoRoad

Row = dict[str, Any]


class StageForm(forms.Form):
    """A step that may say why."""

    reason = WordsField(
        label=gettext_lazy("Why?"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Kept in the tour's history."),
    )

    def values(self) -> Row:
        """The arguments of the verb."""
        return dict(self.cleaned_data)


class CutOffForm(StageForm):
    cut_off_on = DayField(label=gettext_lazy("New cut-off date"))


class CancelTourForm(StageForm):
    """Every visit that was looked at comes along as "id:version"."""

    reason = WordsField(label=gettext_lazy("Why?"), help_text=gettext_lazy("The presenters get these words."))

    def values(self) -> Row:
        """The visits too."""
        seen = versions_in(self.data.getlist("sett"))  # type: ignore[attr-defined]
        return {**self.cleaned_data, "seen": seen}


FORMS: dict[str, type[StageForm]] = {
    "go_on": StageForm,
    "extend_cut_off": CutOffForm,
    "close": StageForm,
    "cancel": CancelTourForm,
}
VERBS: dict[str, Any] = {
    "go_on": deciding.go_on,
    "extend_cut_off": deciding.extend_cut_off,
    "close": deciding.close,
    "cancel": deciding.cancel_tour,
}
DONE = {
    "go_on": gettext_lazy("The tour is confirmed. Open offers can still be answered."),
    "extend_cut_off": gettext_lazy("The cut-off date has moved. You hear when it passes."),
    "close": gettext_lazy("The tour is closed."),
    "cancel": gettext_lazy("The tour is cancelled, and everybody who had been asked gets a mail."),
}


@login_required
@require_safe
def tour_stage(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the tour stands, what can be decided, and its history."""
    return _page(request, tour_or_404(request, slug))


@login_required
@require_http_methods(["POST"])
def tour_stage_act(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Decide about the tour."""
    tour = tour_or_404(request, slug)
    if step not in FORMS:
        raise Http404
    form = FORMS[step](request.POST)
    if not form.is_valid():
        return _page(request, tour, step, form, status=422)
    try:
        VERBS[step](tour, by=user_of(request), now=timezone.now(), **form.values())
    except NotNow as error:
        errors.say(request, error)
        return redirect("tour-stage", slug=slug)
    except TurneError as error:
        return _page(request, tour, step, form, status=blame(form, error))
    messages.success(request, DONE[step])
    return redirect("tour-stage", slug=slug)


def _page(
    request: HttpRequest, tour: Tour, step: str = "", sent: StageForm | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    live = list(tour.bookings.filter(status__in=LIVE).with_ground().order_by("occupied_from"))
    so_far = deciding.standing(tour, now)
    allowed = deciding.steps_for(tour, now)
    forms_by_step = {name: FORMS[name](auto_id=f"id_{name}_%s") for name in allowed}
    if sent is not None:
        sent.auto_id = f"id_{step}_%s"
        forms_by_step[step] = sent
    context = {
        "tour": tour,
        "standing": so_far,
        "stage": tour.get_stage_display(),
        "progress": _progress(tour, so_far),
        "forms": forms_by_step,
        "visits": [_visit(booking) for booking in live],
        "to_come": [booking for booking in live if booking.occupied_to > now],
        "told": [str(b.presenter) for b in live if b.status != Status.HELD and b.occupied_to > now],
        "accounts": _accounts(tour, live),
        "lost": _lost(tour, [b for b in live if b.status == Status.CONFIRMED and b.occupied_to > now]),
        "history": [_line(change) for change in tour.changes.select_related("by").order_by("-at", "-id")],
    }
    return render(request, "planning/tour_stage.html", context, status=status)


def _progress(tour: Tour, so_far: deciding.Standing) -> str:
    agreed = ngettext(
        "%(agreed)d presenter has said yes, of at least %(least)d.",
        "%(agreed)d presenters have said yes, of at least %(least)d.",
        so_far.agreed,
    ) % {"agreed": so_far.agreed, "least": tour.presenters_min}
    waiting = ngettext("%(count)d offer is open.", "%(count)d offers are open.", so_far.waiting) % {
        "count": so_far.waiting
    }
    return f"{agreed} {waiting}" if so_far.waiting else agreed


def _visit(booking: Booking) -> Row:
    return {
        "booking": booking,
        "key": key_of(booking),
        "when": moment_text(booking.starts_at),
        "state": shown_state(booking, timezone.now()),
        "price": money_text(booking.price, booking.currency),
    }


def _accounts(tour: Tour, live: Sequence[Booking]) -> list[Row]:
    """What the tour is with those who have said yes alone, and with everything that is held and offered too."""
    ways = [
        (_("With those who have said yes"), [b for b in live if b.status == Status.CONFIRMED]),
        (_("With all that is held and offered too"), [b for b in live if b.hold_rank == 1]),
    ]
    return [row for label, bookings in ways if bookings and (row := _account(tour, label, bookings))]


def _account(tour: Tour, label: str, bookings: Sequence[Booking]) -> Row | None:
    try:
        course = standing.as_agreed(tour, bookings, None)
    except (NoRoad, planner.PlannerError) as error:
        return {"label": label, "fault": _("The days cannot be drawn: %(why)s") % {"why": error}}
    if course is None:
        return None
    found = account_of(read_terms(tour), course, {candidate_id(booking=b): b for b in bookings})
    return {
        "label": label,
        "visits": len(bookings),
        "km": km_text(float(found.km)),
        "nights": found.nights,
        "fees": board_money.amount(found.fees),
        "left": board_money.amount(found.left),
        "left_label": board_money.left_label(found),
    }


def _lost(tour: Tour, confirmed: Sequence[Booking]) -> str:
    """The agreed prices that cancelling gives up."""
    if not confirmed:
        return ""
    amount = money_text(sum(booking.price for booking in confirmed), tour.production.currency)
    text = ngettext(
        "%(count)d confirmed visit is cancelled, whose agreed price is %(amount)s.",
        "%(count)d confirmed visits are cancelled, whose agreed prices are %(amount)s in all.",
        len(confirmed),
    )
    return text % {"count": len(confirmed), "amount": amount}


def _line(change: TourChange) -> Row:
    label = stages.STEPS[change.action].label if change.action in stages.STEPS else change.action
    details, more = change.details, ""
    if change.action == "extend_cut_off":
        more = _("until %(day)s") % {"day": day_text(date.fromisoformat(details["to"]))}
    elif "presenters" in details:
        count = details["presenters"]
        more = ngettext("%(count)d presenter had said yes", "%(count)d presenters had said yes", count) % {
            "count": count
        }
    turned = {"stage": Tour.Stage(change.to_stage).label}
    return {
        "text": _("The tour is %(stage)s") % turned if change.to_stage != change.from_stage else label,
        "more": more,
        "reason": change.reason,
        "at": change.at,
        "by": str(change.by) if change.by else "",
    }
