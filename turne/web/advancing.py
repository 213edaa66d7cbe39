"""Preparing a visit: its checklist and practical facts, which both sides share, and the page of the day itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings import advancing, checklists, contacts, practical
from bookings.checklists import Entry
from bookings.models import Booking
from bookings.models.advancing import Phase
from bookings.models.booking import Status
from bookings.permissions import can_advance, sides_of
from bookings.states import shown_state
from tours.errors import Refused, TurneError
from turne.web import advancing_words, errors, visits
from turne.web.advancing_forms import ContactForm, PracticalForm, SettleForm
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.logged_in import user_of
from turne.web.particulars import showing_of
from turne.web.refusals import blame, done
from turne.web.schools import visit_parts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """The list and the practical facts of a visit; POST makes the list where there is none."""
    found = find_visible(request, pk)
    if request.method == "POST":
        _check_side(request, found)

        def act() -> None:
            advancing.start(found, by=user_of(request), now=timezone.now())

        return done(request, act, _("The list is made."), "booking-prepare", pk)
    return render(request, "advancing/prepare.html", _context(request, found))


@login_required
@require_safe
def booking_day(request: HttpRequest, pk: int) -> HttpResponse:
    """The day itself: times, way there, whom to call, and what is to be done."""
    found = find_visible(request, pk)
    if found.status not in (Status.CONFIRMED, Status.CANCELLED):
        raise Http404
    phases = (Phase.DAY, Phase.AFTER)
    context = _context(request, found, phases) | {
        "shows": visits.shows(found),
        "map_url": f"{reverse('map')}?plats={found.venue.place.slug}",
    }
    return render(request, "advancing/day.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_item(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """GET asks how the item is settled. POST settles it: from here with a note, from a list by one tap."""
    found, now = find_visible(request, pk), timezone.now()
    _check_side(request, found)
    entry = next((e for e in checklists.entries(found, now) if e.item.key == key), None)
    if entry is None:
        raise Http404
    form = SettleForm(entry, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if "note" not in request.POST:
            return _tap(request, found, entry)
        try:
            if form.is_valid():
                _settle(request, found, key, form.cleaned_data)
                messages.success(request, _("Noted: %(item)s.") % {"item": entry.text})
                return redirect(_back(request, found, key))
        except TurneError as error:
            blame(form, error)
            entry = next(e for e in checklists.entries(_fresh(found), now) if e.item.key == key)
    context = {
        "booking": found,
        "row": advancing_words.row(found, entry, request.user, now),
        "form": form,
        "version": entry.item.version,
        "back": _back(request, found, key),
        "is_open": found.status == Status.CONFIRMED,
    }
    return render(request, "advancing/item.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking_practical(request: HttpRequest, pk: int) -> HttpResponse:
    """Parking, loading in, helpers, meals and lodging: each side tells what is its own to tell."""
    found = find_visible(request, pk)
    _check_side(request, found)
    if found.status != Status.CONFIRMED:
        return _nothing_to_tell(request, found)
    told, sides = practical.told_of(found), sides_of(user_of(request), found)
    sent = request.POST if request.method == "POST" else None
    form = PracticalForm(sides, practical.facts(found), sent, instance=told)
    version = told.version if told else 0
    if request.method == "POST" and form.is_valid():
        try:
            advancing.tell(
                found,
                form.cleaned_data,
                version=number_in(request.POST.get("version")),
                by=user_of(request),
                now=timezone.now(),
            )
        except TurneError as error:
            blame(form, error)
            version = error.ids.get("version", version)
        else:
            messages.success(request, _("Saved. The other side sees it at once."))
            return redirect("booking-prepare", pk=pk)
    context = {
        "booking": found,
        "form": form,
        "title": _("Practical facts"),
        "lead": _("What is empty follows from the room's facts and from what the production needs."),
        "version": version,
    }
    return render(request, "advancing/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking_contact(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Who has a role at the visit; each side names its own."""
    found = find_visible(request, pk)
    _check_side(request, found)
    mine = next((known for known in contacts.roles(found) if known.key == role), None)
    if mine is None:
        raise Http404
    if mine.side not in sides_of(user_of(request), found):
        raise PermissionDenied(_("This contact is for the other side to name."))
    if found.status != Status.CONFIRMED:
        return _nothing_to_tell(request, found)
    form = ContactForm(mine, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            contacts.name(found, role, **form.cleaned_data, by=user_of(request), now=timezone.now())
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved: %(role)s.") % {"role": mine.label})
            return redirect(f"{reverse('booking-prepare', args=[pk])}#contacts")
    context = {
        "booking": found,
        "form": form,
        "title": mine.label,
        "lead": _(
            "Both sides see it. It is forgotten some time after the visit. Leave all empty to take it away."
        ),
    }
    return render(request, "advancing/form.html", context, status=422 if form.errors else 200)


def _context(request: HttpRequest, found: Booking, phases: Any = tuple(Phase)) -> dict[str, Any]:
    user, now = user_of(request), timezone.now()
    acts = can_advance(user, found)
    return {
        "booking": found,
        "state": shown_state(found, now),
        "phases": advancing_words.phases(found, user, now, phases),
        "checklist": checklists.list_of(found),
        "practical": practical.facts(found),
        "showing": showing_of(found),
        "contacts": advancing_words.whom(found, sides_of(user, found)),
        "producer": found.tour.production.ensemble.producer,
        "is_open": acts and found.status == Status.CONFIRMED,
        "school": visit_parts.parts(found, user, now),
        "here": request.path,
    }


def _tap(request: HttpRequest, found: Booking, entry: Entry) -> HttpResponse:
    """One tap in a list: it is done, or open again."""
    values = {"state": request.POST.get("state", ""), "note": ""}
    if values["state"] not in checklists.State.values:
        values["state"] = ""
    try:
        item = _settle(request, found, entry.item.key, values)
    except Refused as error:
        errors.say(request, error)
        return redirect("checklist-item", pk=found.pk, key=entry.item.key)
    except TurneError as error:
        errors.say(request, error)
    else:
        words = _("Opened again: %(item)s.") if item.state == checklists.State.OPEN else _("Done: %(item)s.")
        messages.success(request, words % {"item": entry.text})
    return redirect(_back(request, found, entry.item.key))


def _settle(request: HttpRequest, found: Booking, key: str, values: dict[str, Any]) -> Any:
    version = number_in(request.POST.get("version"))
    return advancing.settle(found, key, version=version, by=user_of(request), now=timezone.now(), **values)


def _back(request: HttpRequest, found: Booking, key: str) -> str:
    """The list that one came from, at the item."""
    name = (
        "booking-day" if request.POST.get("from", request.GET.get("fran")) == "dagen" else "booking-prepare"
    )
    return f"{reverse(name, args=[found.pk])}#{key}"


def _nothing_to_tell(request: HttpRequest, found: Booking) -> HttpResponse:
    """Back to the list, which says what was told: nobody is given a form that cannot be sent."""
    messages.error(request, _("Nothing is prepared now: the visit is not confirmed."))
    return redirect("booking-prepare", pk=found.pk)


def _fresh(found: Booking) -> Booking:
    return Booking.objects.with_ground().get(pk=found.pk)


def _check_side(request: HttpRequest, found: Booking) -> None:
    if not can_advance(request.user, found):
        raise PermissionDenied(_("Only the two sides of the visit prepare it."))
