"""A producer's view of what is prepared: which visits of a tour are not advanced, and the producer's own checklist."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import checklists, own_items
from bookings.models import Booking, OwnItem
from bookings.models.advancing import in_words
from bookings.models.booking import Status
from bookings.permissions import organisations_of
from bookings.states import shown_state
from tours.errors import TurneError
from tours.models import Production, Tour
from turne.web.advancing_forms import OwnItemForm
from turne.web.advancing_words import count_text, left_text
from turne.web.form_fields import slug_in
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.planning import tour_or_404
from turne.web.refusals import blame, done
from venues.models import Membership, Organisation

Row = dict[str, Any]
#: Filter of the list, as it stands in the address; the first is shown where none is asked for.
LEFT, DONE, ALL = "kvar", "klara", "alla"


@login_required
@require_safe
def tour_advancing(request: HttpRequest, slug: str) -> HttpResponse:
    """The tour's confirmed visits to come, the nearest first: which are not advanced, and what is left of each."""
    tour, now = tour_or_404(request, slug), timezone.now()
    rows = [_row(booking, now) for booking in _coming(tour, now)]
    shown = {
        LEFT: [row for row in rows if row["state"] != "advanced"],
        DONE: [row for row in rows if row["state"] == "advanced"],
        ALL: rows,
    }
    chosen = request.GET.get("visa", "")
    chosen = chosen if chosen in shown else LEFT
    labels = {LEFT: _("Not advanced"), DONE: _("Advanced visits"), ALL: pgettext("visits", "All")}
    context = {
        "tour": tour,
        "rows": shown[chosen],
        "has_any": bool(rows),
        "chips": [
            {"label": labels[name], "url": f"?visa={name}", "current": name == chosen, "count": len(found)}
            for name, found in shown.items()
        ],
        "chosen": chosen,
    }
    return render(request, "advancing/tour.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def own_checklist(request: HttpRequest) -> HttpResponse:
    """The region's checklist as the user's productions use it, all or one of them; POST adds an item."""
    producer, now = _producer_or_404(request), timezone.now()
    productions = Production.objects.filter(ensemble__producer=producer).order_by("title")
    chosen = _chosen(request, producer)
    sent = request.POST if request.method == "POST" else None
    form = OwnItemForm(productions, sent, initial={"production": chosen.slug if chosen else None})
    if request.method == "POST" and form.is_valid():
        try:
            own_items.add(producer, **form.cleaned_data, by=user_of(request), now=now)
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("Added. Lists that are made from now on have it."))
            return redirect(_own_page(form.cleaned_data["production"]))
    mine = OwnItem.objects.filter(producer=producer).select_related("production")
    context = {
        "producer": producer,
        "chosen": chosen,
        "chips": _production_chips(productions, chosen),
        "items": _template_rows(producer, chosen, mine, timezone.localdate(now)),
        "added": [own for own in mine if own.kind == OwnItem.Kind.ADDED and _holds_for(own, chosen)],
        "form": form,
        "click": click(request),
    }
    return render(request, "advancing/own.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def own_leave_out(request: HttpRequest, key: str) -> HttpResponse:
    """Leave an item of the region's checklist out of the producer's lists, all or one production's."""
    producer = _producer_or_404(request)
    chosen = _chosen(request, producer)

    def act() -> None:
        own_items.leave_out(producer, key, production=chosen, by=user_of(request), now=timezone.now())

    return done(request, act, _("Left out of lists that are made from now on."), _own_page(chosen))


@login_required
@require_POST
def own_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was added or left out."""
    own = get_object_or_404(OwnItem.objects.editable_by(user_of(request)), pk=pk)
    own_items.take_back(own)
    messages.success(request, _("Undone for lists that are made from now on."))
    return redirect(_own_page(own.production))


def _chosen(request: HttpRequest, producer: Organisation) -> Production | None:
    """The one production that is looked at; None for all."""
    slug = slug_in(request.POST.get("produktion") or request.GET.get("produktion"))
    return Production.objects.filter(ensemble__producer=producer, slug=slug).first()


def _own_page(chosen: Production | None) -> str:
    return reverse("own-checklist") + (f"?produktion={chosen.slug}" if chosen else "")


def _production_chips(productions: Iterable[Production], chosen: Production | None) -> list[Row]:
    every = {"label": _("All productions"), "url": _own_page(None), "current": chosen is None}
    return [
        every,
        *({"label": p.title, "url": _own_page(p), "current": p == chosen} for p in productions),
    ]


def _holds_for(own: OwnItem, chosen: Production | None) -> bool:
    return own.production_id is None or own.production == chosen


def _template_rows(
    producer: Organisation, chosen: Production | None, mine: Iterable[OwnItem], day: date
) -> list[Row]:
    """The region's items; what is left out for all productions is said, and undone there."""
    left_out = {own.key: own for own in mine if own.kind == OwnItem.Kind.LEFT_OUT and _holds_for(own, chosen)}
    return [
        {
            "key": item["key"],
            "text": in_words({"sv": item["sv"], "en": item["en"]}),
            "left_out": left_out.get(item["key"]),
            "is_elsewhere": bool(chosen and item["key"] in left_out and not left_out[item["key"]].production),
        }
        for item in own_items.template_items(producer, day)
    ]


def _coming(tour: Tour, now: datetime) -> list[Booking]:
    found = tour.bookings.filter(status=Status.CONFIRMED, occupied_to__gt=now)
    return list(found.with_ground().order_by("occupied_from", "pk"))


def _row(booking: Booking, now: datetime) -> Row:
    found = checklists.entries(booking, now)
    return {
        "booking": booking,
        "url": reverse("booking-prepare", args=[booking.pk]),
        "state": shown_state(booking, now),
        "count": count_text(found),
        "left": left_text(found, now) if found else _("no list yet"),
        "is_late": any(entry.is_late(timezone.localdate(now)) for entry in found),
    }


def _producer_or_404(request: HttpRequest) -> Organisation:
    """The producing organisation of the user; of several the first by name."""
    found = organisations_of(user_of(request), Membership.Role.PRODUCER).order_by("name").first()
    if found is None:
        raise Http404
    return found
