"""The report after a visit: who came to each show, or that it was not played."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from bookings import lifecycle, reporting
from bookings.errors import BookingsError, NotNow
from bookings.models import Booking
from bookings.permissions import can_answer, can_report
from turne.web import errors, visits
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.refusals import blame
from venues.dates import clock
from venues.models import User


class ReportForm(forms.Form):
    """Two numbers for each show, or that it was not played."""

    not_played = forms.BooleanField(label=_lazy("It was not played"), required=False)
    reason = forms.CharField(
        label=_lazy("Why was it not played?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, booking: Booking, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shows = visits.shows(booking)
        for show in self.shows:
            which = _("show at %(time)s") % {"time": clock(show.starts_at)}
            texts = {"audience": _("Audience, %(show)s"), "young": _("Of which children and young, %(show)s")}
            for name, value in (("audience", show.attendance), ("young", show.attendance_young)):
                label = texts[name] % {"show": which}
                self.fields[f"{name}_{show.number}"] = _count(label, value)
        self.initial["not_played"] = booking.outcome == Booking.Outcome.NOT_HELD
        self.order_fields(
            [*(name for name in self.fields if name not in self.base_fields), *self.base_fields]
        )

    def clean(self) -> dict[str, Any]:
        """Every number is asked for, unless it was not played."""
        values = self.cleaned_data
        if not values.get("not_played"):
            for name in self.fields:
                if name not in self.base_fields and name not in self.errors and values[name] is None:
                    self.add_error(name, _("Write a number, or tick that it was not played."))
        return values

    def figures(self) -> list[tuple[int, int]]:
        """For each show the audience and the young among them."""
        values = self.cleaned_data
        return [(values[f"audience_{show.number}"], values[f"young_{show.number}"]) for show in self.shows]


@login_required
@require_http_methods(["GET", "POST"])
def booking_report(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks what happened; POST notes it, if nobody has changed the visit meanwhile."""
    found = find_visible(request, pk)
    if not can_report(request.user, found):
        raise PermissionDenied(_("Only the two sides of the visit report it."))
    sent = request.method == "POST"
    form, status, refusal = ReportForm(found, request.POST if sent else None), 422 if sent else 200, ""
    try:
        reporting.check_over(found, timezone.now())
        if sent and form.is_valid():
            _perform(request, found, form)
            messages.success(request, _("Thank you, the report is noted."))
            return redirect("booking", pk=pk)
    except NotNow as error:
        refusal, status = str(error), errors.status_of(error)
    except BookingsError as error:
        blame(form, error, {"figures": f"young_{error.ids.get('show')}"})
        status = errors.status_of(error)
    context = {
        "booking": found,
        "form": form,
        "refusal": refusal,
        "facts": visits.facts(found, theirs=not can_answer(request.user, found)),
        "version": request.POST.get("version") or found.version,
    }
    return render(request, "hosting/report.html", context, status=status)


def _perform(request: HttpRequest, found: Booking, form: ReportForm) -> None:
    assert isinstance(request.user, User)  # behind login_required
    by, now = request.user, timezone.now()
    with transaction.atomic():
        lifecycle.unchanged(found, number_in(request.POST.get("version")))
        if form.cleaned_data["not_played"]:
            reporting.report_not_played(found, by=by, now=now, reason=form.cleaned_data["reason"])
        else:
            reporting.report_played(found, by=by, now=now, figures=form.figures())


def _count(label: str, value: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=reporting.MOST, initial=value
    )
