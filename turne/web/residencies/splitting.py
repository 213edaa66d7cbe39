"""A period of a residency made into two; what is reserved for the one is for both."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings.models import ResidencyPeriod
from bookings.models.residency import Periods
from bookings.residencies import days, permissions
from bookings.residencies.contract_words import period_text
from turne.web.form_fields import DayField, RowField
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.residencies.form_pages import form_page, version_sent


class _PeriodField(RowField):
    """A period by its days and weeks."""

    def label_from_instance(self, obj: Any) -> str:
        """What stands in the list."""
        return period_text(obj.starts_on, obj.ends_on)


class SplitForm(forms.Form):
    """Which period, and when its second part begins."""

    period = _PeriodField(
        label=gettext_lazy("Period"), queryset=ResidencyPeriod.objects.none(), empty_label=None
    )
    on = DayField(label=gettext_lazy("The second part begins"))

    def __init__(self, periods: Periods, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["period"].queryset = periods


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two of a period; there is no such page where none of them can be."""
    mine = permissions.run_residencies(request.user).with_ground()
    found = get_object_or_404(mine, pk=pk)
    periods = days.that_can_be_split(found, timezone.now())
    if not periods.exists():
        raise Http404
    form = SplitForm(periods, request.POST if request.method == "POST" else None)

    def act() -> None:
        read = form.cleaned_data
        version, by = version_sent(request), user_of(request)
        days.split(found, read["period"], read["on"], version=version, by=by, now=timezone.now())

    lead = _("What is reserved for the period is for both parts. Take days away from one of them afterwards.")
    title, told = _("Split a period"), _("There are two periods now.")
    return form_page(request, found, form, act, told, title=title, lead=lead, submit=title)
