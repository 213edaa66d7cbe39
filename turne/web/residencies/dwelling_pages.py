"""Dwellings that a house lends to artists: the list, one told and changed, and lent no more."""

from dataclasses import fields
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.models import Allocation
from bookings.permissions import regions_overseen_by
from bookings.residencies import permissions
from bookings.residencies.residency_words import dwelling_hours_text as hours_text
from turne.web.fact_forms import THREE_VALUES
from turne.web.form_fields import ClockField, RowField, WordsField, number_in
from turne.web.once import click, once
from turne.web.refusals import DONE, done, led
from venues import dwellings as verbs
from venues.dates import clock
from venues.dwellings import DwellingInput
from venues.models import Dwelling, Organisation, Place
from venues.models.dwellings import BEDS_MAX, COMES_AT, LEAVES_AT

FACTS = ("has_kitchen", "has_step_free_entrance", "takes_children", "takes_animals")
LABELS = {field.name: field.verbose_name for field in Dwelling._meta.fields if field.name in FACTS}


def _three_valued(label: Any) -> forms.NullBooleanField:
    """Yes, no or not known."""
    widget = forms.RadioSelect(choices=THREE_VALUES)
    widget.is_required = False
    return forms.NullBooleanField(label=label, required=False, widget=widget)


class DwellingFactsForm(forms.Form):
    """What a house tells of a dwelling."""

    owner = RowField(
        label=gettext_lazy("Who lends it"), queryset=Organisation.objects.none(), empty_label=None
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    place = RowField(label=gettext_lazy("Place"), queryset=Place.objects.none())
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    beds = forms.IntegerField(label=gettext_lazy("Beds"), min_value=1, max_value=BEDS_MAX)
    has_kitchen = _three_valued(gettext_lazy("Kitchen"))
    has_step_free_entrance = _three_valued(gettext_lazy("Step-free entrance"))
    takes_children = _three_valued(gettext_lazy("Children are welcome"))
    takes_animals = _three_valued(gettext_lazy("Animals are welcome"))
    comes_at = ClockField(label=gettext_lazy("One may come from, on the first day"), required=False)
    leaves_at = ClockField(label=gettext_lazy("One leaves by, on the last day"), required=False)
    notes = WordsField(label=gettext_lazy("Notes"), rows=3, required=False)

    def __init__(self, owners: "QuerySet[Organisation]", *args: Any, is_new: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        form_fields: Any = self.fields
        form_fields["owner"].queryset = owners.order_by("name")
        places = Place.objects.filter(municipality__region__in=owners.values("region"))
        form_fields["place"].queryset = places.select_related("municipality").order_by("name")
        for name, usual in (("comes_at", COMES_AT), ("leaves_at", LEAVES_AT)):
            self.fields[name].help_text = _("Left empty: %(time)s, as is usual.") % {"time": clock(usual)}
        if not is_new:
            del self.fields["owner"]

    def data_read(self) -> DwellingInput:
        """What was written."""
        return DwellingInput(**{field.name: self.cleaned_data[field.name] for field in fields(DwellingInput)})


@login_required
@require_safe
def dwellings(request: HttpRequest) -> HttpResponse:
    """One's own houses' dwellings, and for officers those of the region; who has them next."""
    user = request.user
    may_write = permissions.hosts_of(user).exists()
    if not may_write and not regions_overseen_by(user).exists():
        raise Http404
    kept = set(permissions.dwellings_kept_by(user).values_list("pk", flat=True))
    found = permissions.dwellings_seen_by(user).select_related("place__municipality", "owner")
    shown = list(found.order_by("-is_in_use", "owner__name", "name"))
    next_of = _next_of(shown)
    rows = [
        {
            "dwelling": one,
            "is_mine": one.pk in kept,
            "facts": [(LABELS[name], getattr(one, name)) for name in FACTS],
            "hours": hours_text(one),
            "next": next_of.get(one.pk),
        }
        for one in shown
    ]
    return render(request, "residencies/dwellings.html", {"rows": rows, "may_write": may_write})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def dwelling_new(request: HttpRequest) -> HttpResponse:
    """Tell of a dwelling that one's house lends."""
    owners = permissions.hosts_of(request.user)
    if not owners.exists():
        raise Http404
    form = DwellingFactsForm(owners, request.POST if request.method == "POST" else None, is_new=True)

    def save() -> None:
        verbs.make(form.cleaned_data["owner"], form.data_read())

    return _page(request, form, save, _("A dwelling to lend"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def dwelling_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it anew."""
    found = get_object_or_404(permissions.dwellings_kept_by(request.user), pk=pk)
    initial = {name: getattr(found, name) for name in DwellingFactsForm.base_fields} | {
        "place": found.place_id
    }
    sent = request.POST if request.method == "POST" else None
    form = DwellingFactsForm(permissions.hosts_of(request.user), sent, is_new=False, initial=initial)

    def save() -> None:
        verbs.change(found, form.data_read(), version=number_in(request.POST.get("version")))

    return _page(request, form, save, found.name, found)


@login_required
@require_POST
def dwelling_lend(request: HttpRequest, pk: int) -> HttpResponse:
    """Lend it no more, or again."""
    found = get_object_or_404(permissions.dwellings_kept_by(request.user), pk=pk)
    lends = request.POST.get("lend") == "1"

    def act() -> None:
        verbs.lend(found, lends, version=number_in(request.POST.get("version")))

    told = _("It is lent.") if lends else _("It is lent no more. Who has it keeps it.")
    return done(request, act, told, "dwellings")


def _page(
    request: HttpRequest, form: DwellingFactsForm, save: Any, title: str, found: Dwelling | None = None
) -> HttpResponse:
    """The form; whoever was overtaken is told what stands, and may save again over it."""
    status, _made = led(form, save)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("dwellings")
    sent, is_overtaken = number_in(request.POST.get("version")), status == HTTPStatus.CONFLICT
    context = {
        "form": form,
        "title": title,
        "click": click(request),
        "version": (sent if sent and not is_overtaken else found.version) if found else None,
        "is_overtaken": is_overtaken,
    }
    return render(request, "residencies/dwelling.html", context, status=status)


def _next_of(dwellings: list[Dwelling]) -> dict[int | None, Allocation]:
    """By dwelling who has it now or next."""
    rows = Allocation.objects.filter(dwelling__in=dwellings, occupied_to__gt=timezone.now())
    latest_first = rows.filter(is_blocking=True).select_related("residency").order_by("-occupied_from")
    return {row.dwelling_id: row for row in latest_first}
