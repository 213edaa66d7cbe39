"""What calendars and the public page say of a visit beside its time; either side tells it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings import showing
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.permissions import can_advance
from tours.errors import TurneError
from tours.models import AccessService
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.logged_in import user_of
from turne.web.particulars import services_text
from turne.web.refusals import blame


class ShowingForm(forms.Form):
    """Access services of one visit, and the address of its stream."""

    services = forms.MultipleChoiceField(
        label=gettext_lazy("Access services at this visit"),
        choices=[(value, capfirst(label)) for value, label in AccessService.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stream_url = forms.CharField(
        label=gettext_lazy("Link to the stream"),
        max_length=showing.URL_MAX,
        required=False,
        help_text=gettext_lazy(
            "https, where it can be seen digitally. Of a school performance the open calendars of "
            "municipalities do not tell it."
        ),
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )

    def __init__(self, booking: Booking, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"services": booking.access_services, "stream_url": booking.stream_url}
        if always := services_text(booking.tour.production.access_services):
            words = _("The production always has: %(services)s.") % {"services": always}
            self.fields["services"].help_text = words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking_showing(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which access services a visit has, and where it is streamed."""
    found = find_visible(request, pk)
    if not can_advance(request.user, found):
        raise PermissionDenied(_("Only the two sides of the visit prepare it."))
    if found.status != Status.CONFIRMED:
        messages.error(request, _("Nothing is prepared now: the visit is not confirmed."))
        return redirect("booking-prepare", pk=pk)
    form = ShowingForm(found, request.POST if request.method == "POST" else None)
    version = found.version
    if request.method == "POST" and form.is_valid():
        try:
            showing.tell(
                found,
                **form.cleaned_data,
                version=number_in(request.POST.get("version")),
                by=user_of(request),
                now=timezone.now(),
            )
        except TurneError as error:
            blame(form, error)
            version = error.ids.get("version", version)
        else:
            messages.success(request, _("Saved. Calendars say it from now on."))
            return redirect("booking-prepare", pk=pk)
    context = {
        "booking": found,
        "form": form,
        "title": _("In calendars"),
        "lead": _("It stands on the public page and in the calendars of whoever subscribes."),
        "version": version,
    }
    return render(request, "advancing/form.html", context, status=422 if form.errors else 200)
