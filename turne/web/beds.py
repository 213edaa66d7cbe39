"""The page about where beds are gone: nights on which a town is full, and which planned nights that hits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import permissions, visible
from bookings.standing import FullNight, drafts_in_full_places, nights_in_full_places, nights_planned
from tours.models import Tour
from tours.models.tour import Tours
from turne.web.form_fields import DayField
from turne.web.refusals import DONE, led
from turne.web.roads import driver_or_404
from venues import lodging
from venues.dates import short_day_text, span_text
from venues.models import Membership, NoBeds, Place, User

PER_PAGE = 40
OVER = "over"
#: In the address -> how the list is sorted; what is over stands the other way round.
ORDERS = {"natt": ("first_night", "place__name", "pk"), "ort": ("place__name", "first_night", "pk")}
#: In the address -> the field of the form that it fills in.
FILLED = {"full": "place", "fran": "first_night", "till": "last_night", "varfor": "reason"}
Row = dict[str, Any]


class FullForm(forms.Form):
    """A town and its nights without beds."""

    place: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=Place.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose"),
    )
    first_night = DayField(
        label=gettext_lazy("First night"), help_text=gettext_lazy("The day on which one would check in.")
    )
    last_night = DayField(
        label=gettext_lazy("Last night"),
        required=False,
        help_text=gettext_lazy("Leave it empty for one night."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=lodging.LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("For example: ski race, or the market is in town."),
    )

    def __init__(self, noter: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = visible.towns(noter).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A last night that is left out is the first."""
        read = super().clean() or {}
        return {**read, "last_night": read.get("last_night") or read.get("first_night")}


class ListForm(forms.Form):
    """The filters of the list, sent by GET; what is not known counts as left out."""

    ort = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    ordning = forms.ChoiceField(
        label=gettext_lazy("Sorted by"),
        choices=[("natt", gettext_lazy("Night")), ("ort", gettext_lazy("Place"))],
        required=False,
    )
    visa = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["ort"].choices = [("", _("All places")), *places]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What is asked for, without what is as usual."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@require_safe
@login_required
def beds(request: HttpRequest) -> HttpResponse:
    """Which towns are full, and on which nights."""
    noter = driver_or_404(request)
    filled = {name: request.GET[key] for key, name in FILLED.items() if key in request.GET}
    return _page(request, noter, FullForm(noter, initial=filled))


@require_POST
@login_required
def beds_add(request: HttpRequest) -> HttpResponse:
    """Note a full town; the next page says which planned nights that hits."""
    noter, today = driver_or_404(request), timezone.localdate()
    form = FullForm(noter, request.POST)

    def act() -> list[str]:
        first, last = max(today, form.cleaned_data["first_night"]), form.cleaned_data["last_night"]
        planned = _planned(noter, form.cleaned_data["place"], first, last)
        lodging.note_full(**form.cleaned_data, by=noter, today=today)
        return planned

    status, planned = led(form, act)
    if status == DONE:
        messages.success(request, _("Noted. New plans sleep elsewhere on those nights."))
        _point_out(request, planned)
        return redirect("beds")
    return _page(request, noter, form)


@require_POST
@login_required
def beds_end(request: HttpRequest, pk: int) -> HttpResponse:
    """There are beds again from tonight; the next page says how to undo it."""
    noted = _noted(request, pk)
    today = timezone.localdate()
    rest = {**_filled(noted), "fran": max(today, noted.first_night).isoformat()}
    lodging.end_full(noted, today)
    text = _("There are beds in %(place)s again from tonight. To undo it, press Add: the form is filled in.")
    messages.success(request, text % {"place": noted.place})
    return redirect(f"{reverse('beds')}?{urlencode(rest)}#add")


@require_POST
@login_required
def beds_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a note away; the next page says how to undo it."""
    noted = _noted(request, pk)
    filled = _filled(noted)
    lodging.take_away(noted)
    text = _("%(place)s, %(nights)s, is taken away. To undo it, press Add: the form is filled in.")
    messages.success(request, text % {"place": noted.place, "nights": _nights_text(noted)})
    return redirect(f"{reverse('beds')}?{urlencode(filled)}#add")


def _noted(request: HttpRequest, pk: int) -> NoBeds:
    return get_object_or_404(visible.no_beds(driver_or_404(request)).select_related("place"), pk=pk)


def _filled(noted: NoBeds) -> dict[str, str]:
    """The note as the address has it that fills the form in."""
    return {
        "full": noted.place.slug,
        "fran": noted.first_night.isoformat(),
        "till": noted.last_night.isoformat(),
        "varfor": noted.reason,
    }


def _page(request: HttpRequest, noter: User, form: FullForm) -> HttpResponse:
    today = timezone.localdate()
    every = visible.no_beds(noter)
    places = every.order_by("place__name").values_list("place__slug", "place__name").distinct()
    filters = ListForm(request.GET, list(places))
    asked = filters.asked()
    chosen = every.filter(place__slug=asked["ort"]) if "ort" in asked else every
    chosen = chosen.order_by(*ORDERS[asked.get("ordning", "natt")])
    ahead, over = chosen.ahead(today), chosen.exclude(pk__in=chosen.ahead(today).values("pk"))
    is_over = asked.get("visa") == OVER
    found = over.reverse() if is_over else ahead
    rows = found.select_related("place__municipality", "by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": filters,
        "is_filtered": "ort" in asked,
        "is_over": is_over,
        "page": page,
        "rows": _rows(noter, list(page), today),
        "chips": _chips(asked, ahead.count(), over.count()),
    }
    return render(request, "region/beds.html", context, status=422 if form.errors else 200)


def _chips(asked: dict[str, str], ahead: int, over: int) -> list[Row]:
    kept = {name: value for name, value in asked.items() if name != "visa"}
    return [
        {
            "label": label,
            "url": f"?{urlencode({**kept, **query})}",
            "current": (asked.get("visa") == OVER) == bool(query),
            "count": count,
        }
        for label, query, count in ((_("Now and to come"), {}, ahead), (_("Over"), {"visa": OVER}, over))
    ]


def _rows(noter: User, noted: Sequence[NoBeds], today: date) -> list[Row]:
    """The notes with the planned nights that they hit, from tonight on."""
    hits = _hits(noter, noted, today)
    return [
        {
            "noted": one,
            "nights": _nights_text(one),
            "is_now": one.first_night < today <= one.last_night,
            "hits": hits.get(one.pk, []),
        }
        for one in noted
    ]


def _hits(noter: User, noted: Sequence[NoBeds], today: date) -> dict[int, list[FullNight]]:
    """For each note, by id, the nights of the noter's own tours that are planned, or drafted, where no bed is left."""
    if not noted:
        return {}
    first, last = max(today, min(n.first_night for n in noted)), max(n.last_night for n in noted)
    full = lodging.full_nights({one.place_id for one in noted}, first, last)
    tours = list(_tours(noter, first, last))
    found = [*nights_in_full_places(tours, full), *drafts_in_full_places(tours, full)]
    return {
        one.pk: [
            hit
            for hit in found
            if hit.place_id == one.place_id and one.first_night <= hit.night <= one.last_night
        ]
        for one in noted
    }


def _tours(noter: User, first: date, last: date) -> Tours:
    """The noter's own tours that touch the days."""
    mine = permissions.organisations_of(noter, Membership.Role.PRODUCER)
    own = Tour.objects.filter(production__ensemble__producer__in=mine)
    return own.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk")


def _planned(noter: User, place: Place, first: date, last: date) -> list[str]:
    """The nights, in words, that one's own tours were to spend there before that is noted."""
    return [
        f"{tour}: {short_day_text(night)}"
        for tour in _tours(noter, first, last).with_ground()
        for slept_in, night in nights_planned(tour)
        if slept_in == place.pk and first <= night <= last
    ]


def _point_out(request: HttpRequest, planned: Sequence[str]) -> None:
    """Say so when a tour was to sleep there."""
    if not planned:
        return
    text = ngettext(
        "%(count)d planned night was there: %(nights)s. "
        "The tour's board shows where they sleep now, or that a bed is missing.",
        "%(count)d planned nights were there: %(nights)s. "
        "The tour's board shows where they sleep now, or that a bed is missing.",
        len(planned),
    )
    messages.warning(request, text % {"count": len(planned), "nights": "; ".join(planned)})


def _nights_text(noted: NoBeds) -> str:
    """ "3–5 feb 2027"."""
    return span_text(noted.first_night, noted.last_night)
