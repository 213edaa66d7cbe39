"""When one's own houses and rooms are closed: the list, a closure that is added or changed, and what it would hit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import closing
from bookings.closing import YEARS_MAX, Closed
from bookings.errors import ClosedOverVisits
from bookings.models import Booking, Residency
from bookings.permissions import organisations_of
from tours.errors import Refused
from tours.windows import midnight, minute_of, moment
from turne.web import visits
from turne.web.form_fields import ClockField, DayField
from turne.web.refusals import blame
from venues.models import HOSTS, Closure, Organisation, Venue


class ClosureForm(forms.Form):
    """What is closed, from when until when, why, and whether the same days are closed in the years after."""

    what = forms.ChoiceField(label=gettext_lazy("What is closed"))
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    starts_at = ClockField(label=gettext_lazy("From"), required=False)
    ends_at = ClockField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave the times empty for whole days."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Producers see it when they ask for the time."),
    )
    years = forms.TypedChoiceField(
        label=gettext_lazy("The same days in the years after"), coerce=int, required=False
    )
    despite = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, things: dict[str, Closed], *args: Any, is_new: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.things = things
        what: Any = self.fields["what"]
        what.choices = [(key, _name(thing)) for key, thing in things.items()]
        if not is_new:
            del self.fields["what"], self.fields["years"]
            return
        years: Any = self.fields["years"]
        years.choices = [("0", _("This year only")), *((str(n), _ahead(n)) for n in range(1, YEARS_MAX + 1))]

    def span(self) -> tuple[datetime, datetime]:
        """The closure as moments, half-open; without times it covers whole days."""
        read = self.cleaned_data
        start, end = midnight(read["starts_on"]), midnight(read["ends_on"] + timedelta(days=1))
        if read["starts_at"]:
            start = moment(read["starts_on"], minute_of(read["starts_at"]))
        return start, moment(read["ends_on"], minute_of(read["ends_at"])) if read["ends_at"] else end


@login_required
@require_safe
def closures(request: HttpRequest) -> HttpResponse:
    """The days to come on which one's own houses and rooms are closed, house by house; earlier ones on asking."""
    houses, today = _houses(request), timezone.localdate()
    chosen = next((house for house in houses if house.slug == request.GET.get("hus")), None)
    found = closing.closures_of([chosen] if chosen else houses)
    is_past = request.GET.get("visa") == "tidigare"
    over = Q(ends_at__date__lt=today)
    shown = list(found.filter(over).reverse() if is_past else found.exclude(over))
    booked = {} if is_past else closing.visits_by_closure(shown)
    stays = {} if is_past else closing.stays_by_closure(shown)
    context = {
        "houses": houses,
        "asked": {"house": chosen.slug if chosen else ""},
        "house_choices": [(house.slug, house.name) for house in houses] if len(houses) > 1 else [],
        "times": _times(chosen, is_past),
        "is_past": is_past,
        "rows": [_row(one, booked.get(one.pk, []), stays.get(one.pk, [])) for one in shown],
        "new_url": reverse("closure-new") + (f"?hus={chosen.slug}" if chosen else ""),
    }
    return render(request, "hosting/closures.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closure_new(request: HttpRequest) -> HttpResponse:
    """Close a room or a house; what is booked then is shown before anything is saved."""
    things = _things(_houses(request))
    asked = next((f"{name}-{request.GET[name]}" for name in ("lokal", "hus") if name in request.GET), "")
    form = ClosureForm(things, request.POST or None, initial={"what": asked})

    def save(values: dict[str, Any]) -> None:
        thing = things[values["what"]]
        years, despite = values["years"] or 0, values["despite"]
        made = closing.close(
            thing, *form.span(), values["reason"], now=timezone.now(), years=years, despite=despite
        )
        text = ngettext(
            "%(count)d closure is noted. Nothing new will be planned then.",
            "%(count)d closures are noted. Nothing new will be planned then.",
            len(made),
        )
        messages.success(request, text % {"count": len(made)})

    return _form_page(request, form, save, _("Close some days"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closure_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a closure other days or another reason."""
    closure = _closure(request, pk)
    thing = closure.venue or closure.organisation
    assert thing is not None
    form = ClosureForm({}, request.POST or None, is_new=False, initial=_told(closure))

    def save(values: dict[str, Any]) -> None:
        closing.change(closure, *form.span(), values["reason"], now=timezone.now(), despite=values["despite"])
        messages.success(request, _("The closure is changed."))

    title = _("Change the closure: %(what)s") % {"what": _name(thing)}
    return _form_page(request, form, save, title, closure)


@login_required
@require_POST
def closure_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a room or a house again on days on which it was closed."""
    closing.reopen(_closure(request, pk), now=timezone.now())
    messages.success(request, _("The closure is taken away."))
    return redirect("closures")


def _form_page(
    request: HttpRequest,
    form: ClosureForm,
    save: Callable[[dict[str, Any]], None],
    title: str,
    closure: Closure | None = None,
) -> HttpResponse:
    """The form; sent, it saves, or shows beside what is in the way."""
    context: dict[str, Any] = {"form": form, "title": title, "closure": closure}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except ClosedOverVisits as error:
            context |= {"conflict": error, "hit": _hit(error)}
        except Refused as error:
            status = blame(form, error)
        else:
            return redirect("closures")
    return render(request, "hosting/closure.html", context, status=status)


def _hit(error: ClosedOverVisits) -> list[dict[str, Any]]:
    found = closing.named(error.ids["bookings"])
    return [visits.row(booking, timezone.now()) for booking in found]


def _houses(request: HttpRequest) -> list[Organisation]:
    """One's own houses; for who has none the page does not exist."""
    houses = list(organisations_of(request.user, *HOSTS).order_by("name").prefetch_related("venues"))
    if not houses:
        raise Http404
    return houses


def _closure(request: HttpRequest, pk: int) -> Closure:
    return get_object_or_404(closing.closures_of(_houses(request)), pk=pk)


def _things(houses: list[Organisation]) -> dict[str, Closed]:
    """What can be closed, by what stands in the form: the rooms of each house, and then the house as a whole."""
    found: dict[str, Closed] = {}
    for house in houses:
        found |= {f"lokal-{room.slug}": room for room in house.venues.all() if not room.is_closed_down}
        found[f"hus-{house.slug}"] = house
    return found


def _name(thing: Closed) -> str:
    if isinstance(thing, Venue):
        return str(thing)
    return _("%(house)s: the whole house") % {"house": thing}


def _ahead(years: int) -> str:
    words = ngettext("%(count)d more year", "%(count)d more years", years)
    return words % {"count": years}


def _row(closure: Closure, booked: list[Booking], stays: list[Residency]) -> dict[str, Any]:
    thing = closure.venue or closure.organisation
    assert thing is not None
    found = [{"url": reverse("booking", args=[one.pk]), "text": one.tour.production} for one in booked]
    staying = [{"url": reverse("residency", args=[one.pk]), "text": one.title} for one in stays]
    return {"closure": closure, "what": _name(thing), "visits": found, "stays": staying}


def _told(closure: Closure) -> dict[str, Any]:
    start, end = timezone.localtime(closure.starts_at), timezone.localtime(closure.ends_at)
    whole = not (start.hour or start.minute or end.hour or end.minute)
    days = {"starts_on": start.date(), "ends_on": (end - timedelta(days=1)).date() if whole else end.date()}
    times = {} if whole else {"starts_at": start.time(), "ends_at": end.time()}
    return {**days, **times, "reason": closure.reason}


def _times(chosen: Organisation | None, is_past: bool) -> list[dict[str, Any]]:
    of = f"&hus={chosen.slug}" if chosen else ""
    return [
        {"label": _("Ahead"), "url": f"?{of[1:]}", "current": not is_past},
        {"label": _("Earlier"), "url": f"?visa=tidigare{of}", "current": is_past},
    ]
