"""The offers of a tour on one page: who has answered what, and one step for several of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from bookings import change_words, counter_words, offers
from bookings.conditions import NOT_JUST_REMINDED
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.states import PRESENTER, shown_state
from tours.errors import TurneError
from tours.models import Tour
from tours.windows import evening
from turne.web import visits
from turne.web.form_fields import DayField, WordsField, versions_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.planning import tour_or_404
from turne.web.planning_forms import key_of
from turne.web.refusals import blame
from venues.dates import moment_text

Row = dict[str, Any]


class SeveralForm(forms.Form):
    """Which offers, what is done with them, and what that needs to know."""

    besok = forms.MultipleChoiceField(
        label=gettext_lazy("Offers"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "One of the offers has changed since you opened the page. Look again."
            )
        },
    )
    steg = forms.ChoiceField(choices=[(name, name) for name in offers.SEVERAL])
    answer_on = DayField(label=gettext_lazy("Answer by"), required=False)
    reason = WordsField(
        label=gettext_lazy("Why?"),
        required=False,
        rows=2,
        help_text=gettext_lazy("With a withdrawal the presenters get these words."),
    )

    def __init__(self, waiting: list[Booking], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["besok"].choices = [(key_of(booking), str(booking)) for booking in waiting]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """More time needs a day."""
        if self.cleaned_data.get("steg") == "extend_answer" and not self.cleaned_data.get("answer_on"):
            self.add_error("answer_on", _("Choose until when they may answer."))
        return self.cleaned_data

    def versions(self) -> dict[int, int]:
        """Booking -> the version that was looked at."""
        return versions_in(self.cleaned_data["besok"])

    def values(self) -> dict[str, Any]:
        """What the step's verb takes besides."""
        step = self.cleaned_data["steg"]
        if step == "extend_answer":
            return {"answer_by": evening(self.cleaned_data["answer_on"])}
        return {"reason": self.cleaned_data["reason"]} if step == "withdraw" else {}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def tour_offers(request: HttpRequest, slug: str) -> HttpResponse:
    """What was offered and how it stands; POST takes one step with the chosen ones, each by itself."""
    tour = tour_or_404(request, slug)
    asked = tour.bookings.exclude(answer_by=None).with_ground().select_related("counter_offer")
    found = list(asked.prefetch_related("counter_offer__slots").order_by("occupied_from", "pk"))
    waiting = [booking for booking in found if booking.status == Status.OFFERED]
    form, status = SeveralForm(waiting, request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        by, step = user_of(request), form.cleaned_data["steg"]
        try:
            results = offers.act_on_several(
                tour, step, form.versions(), by=by, now=timezone.now(), **form.values()
            )
        except TurneError as error:
            status = blame(form, error, {"visits": "besok"})
        else:
            _say(request, step, results)
            return redirect("tour-offers", slug=slug)
    elif request.method == "POST":
        status = 422
    return render(request, "planning/tour_offers.html", _context(tour, form, found), status=status)


def _say(request: HttpRequest, step: str, results: list[offers.Result]) -> None:
    done = sum(not one.refusal for one in results)
    if done:
        messages.success(request, _done_text(step, done) % {"count": done})
    for one in results:
        if one.refusal:
            told = {"presenter": one.booking.presenter, "when": moment_text(one.booking.starts_at)}
            messages.error(request, _("%(presenter)s, %(when)s:") % told + f" {one.refusal}")


def _done_text(step: str, count: int) -> str:
    if step == "confirm":
        return ngettext("%(count)d offer is confirmed.", "%(count)d offers are confirmed.", count)
    if step == "withdraw":
        return ngettext("%(count)d offer is withdrawn.", "%(count)d offers are withdrawn.", count)
    if step == "remind":
        return ngettext("%(count)d offer is reminded of.", "%(count)d offers are reminded of.", count)
    return ngettext("%(count)d offer has more time.", "%(count)d offers have more time.", count)


def _context(tour: Tour, form: SeveralForm, found: list[Booking]) -> Row:
    now = timezone.now()
    rows = [_row(booking, form, now) for booking in found]
    return {
        "tour": tour,
        "form": form,
        "waiting": [row for row in rows if row["state"] == "offered"],
        "proposed": [row for row in rows if row["state"] == "proposed"],
        "changes": sorted(
            (row for row in rows if row["change"]), key=lambda row: row["booking"].open_change.answer_by
        ),
        "answered": [
            row for row in rows if row["state"] not in ("offered", "proposed") and not row["change"]
        ],
        "held_count": tour.bookings.reserving().filter(status=Status.HELD).count(),
    }


def _row(booking: Booking, form: SeveralForm, now: Any) -> Row:
    state = shown_state(booking, now)
    counter = booking.open_counter
    return {
        "booking": booking,
        "key": key_of(booking),
        "url": reverse("booking", args=[booking.pk]),
        "when": moment_text(booking.starts_at),
        "state": state,
        "left": visits.days_left(booking, now) if state == "offered" else "",
        "is_chosen": key_of(booking) in form.data.getlist("besok") if form.is_bound else False,  # type: ignore[attr-defined]
        "reminded": moment_text(booking.reminded_at) if booking.reminded_at else "",
        "can_be_reminded": NOT_JUST_REMINDED.holds(booking, now),
        "proposal": counter_words.proposed(counter) if counter else "",
        "change": _change(booking),
    }


def _change(booking: Booking) -> Row | None:
    """The change that waits, and whether it waits for the producer."""
    change = booking.open_change
    if change is None:
        return None
    return {
        "text": change_words.new_version(booking, change),
        "is_mine": booking.change_is_from(PRESENTER),
        "answer_by": change.answer_by,
    }
