"""A producer holds a time for a wish by hand: the first option where it is free, else the next place in the line."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings import holds
from bookings.models import Booking
from tours.errors import TurneError
from tours.models import Tour, Wish
from tours.windows import evening, midnight
from turne.web import line
from turne.web.form_fields import MomentField
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.planning import tour_or_404
from turne.web.refusals import blame
from venues.models import User


class HoldForm(forms.Form):
    """When the first show starts, and until when the time is held."""

    starts_at = MomentField(label=gettext_lazy("First show starts"))
    expires_at = MomentField(
        label=gettext_lazy("Held until"),
        required=False,
        help_text=gettext_lazy("Leave it empty for what the season says."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def stop_hold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Which time, and who has the venue then; POST holds it or joins the line."""
    tour = tour_or_404(request, slug)
    wishes = Wish.objects.standing().with_ground()
    wish = get_object_or_404(wishes.filter(season=tour.season_id, production=tour.production_id), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = HoldForm(sent, initial={"starts_at": _first_time(tour, wish)})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            by = user_of(request)
            booking = holds.by_hand(tour=tour, wish=wish, by=by, now=timezone.now(), **form.cleaned_data)
        except TurneError as error:
            status = blame(form, error)
        else:
            messages.success(request, _held_text(booking))
            return redirect("booking", pk=booking.pk)
    context = {
        "tour": tour,
        "wish": wish,
        "form": form,
        "line": _lines(tour, wish, user_of(request)),
        "click": click(request),
    }
    return render(request, "planning/hold.html", context, status=status)


def _first_time(tour: Tour, wish: Wish) -> Any:
    """The first time that was wished for on the tour's days."""
    span = wish.spans.filter(ends_on__gte=tour.starts_on, starts_on__lte=tour.ends_on).first()
    day = max(span.starts_on, tour.starts_on) if span else tour.starts_on
    start = midnight(day)
    return (
        start.replace(hour=span.earliest.hour, minute=span.earliest.minute)
        if span
        else start.replace(hour=10)
    )


def _lines(tour: Tour, wish: Wish, reader: User) -> list[line.Row]:
    days = midnight(tour.starts_on), evening(tour.ends_on)
    found = Booking.objects.live().filter(venue=wish.venue).between(*days).with_ground()
    by_day = sorted(found, key=lambda b: (timezone.localdate(b.occupied_from), b.hold_rank, b.occupied_from))
    return line.rows(by_day, reader, timezone.now())


def _held_text(booking: Booking) -> str:
    if booking.hold_rank == 1:
        return _("You have the first option, %(until)s.") % {"until": line.held_until(booking)}
    return _("You are in the line as option %(rank)d, %(until)s. You hear of it when you move up.") % {
        "rank": booking.hold_rank,
        "until": line.held_until(booking),
    }
