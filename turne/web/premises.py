"""Pages about venues: what their owners tell of them, where they are, and when they are closed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import permissions
from bookings.models import Booking
from bookings.permissions import Person
from bookings.questions import open_questions
from bookings.windows import midnight
from turne.web.errors import say
from turne.web.form_fields import ClockField, DayField
from turne.web.refusals import blame
from venues import geocoding
from venues import premises as verbs
from venues.errors import GeocoderOff, GeocoderOutage, NotPossible
from venues.models import HOSTS, Closure, Membership, Place, Venue

#: Headings of the form, each with the facts under it, in the order in which one walks through a room.
SECTIONS = [
    (gettext_lazy("How many"), ["seats", "max_persons", "fire_approved_capacity", "colour_class"]),
    (
        gettext_lazy("Room and stage"),
        ["width_m", "depth_m", "ceiling_m", "usable_height_m"]
        + ["stage_width_m", "stage_depth_m", "playing_depth_m", "proscenium_m"],
    ),
    (
        gettext_lazy("Floor, dark and warmth"),
        ["floor_type", "floor_flat", "blackout", "temperature_ok_dance", "curtain", "masking"],
    ),
    (gettext_lazy("Power"), ["power_16a", "power_32a_cee", "power_63a_cee", "power_position"]),
    (
        gettext_lazy("Light, sound and picture"),
        ["lighting_lines", "lighting_fixtures", "sound_system", "projector_screen"]
        + ["intercom", "tech_position_cable_m", "piano"],
    ),
    (
        gettext_lazy("Loading in and dressing"),
        ["vehicle_access", "loading_door_w_m", "loading_steps", "dressing_rooms", "shower"],
    ),
    (
        gettext_lazy("The audience's way in"),
        ["step_free_entrance", "door_width_cm", "threshold_cm", "ramp_slope", "lift"]
        + ["accessible_toilet", "parking_m_to_entrance", "evacuation"],
    ),
    (
        gettext_lazy("Seeing, hearing and feeling well"),
        ["wheelchair_places", "companion_places", "hearing_loop", "contrast_marking"]
        + ["quiet_room", "fragrance_free", "assistance_dog"],
    ),
]
THREE_VALUES = [("", gettext_lazy("Not known")), ("True", gettext_lazy("Yes")), ("False", gettext_lazy("No"))]


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the owner tells of a venue; yes, no or not known, and an empty number is not known."""

    class Meta:
        model = Venue
        fields = ["name", "kind", *verbs.ROOM, *verbs.ACCESS]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.NullBooleanField):
                field.widget = forms.RadioSelect(choices=THREE_VALUES)
                field.widget.is_required = False
            elif isinstance(field, forms.TypedChoiceField) and not field.required:
                known = [choice for choice in field.widget.choices if choice[0]]
                field.choices = [("", _("Not known")), *known]

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]


class ClosureForm(forms.Form):
    """Days on which a venue can not be used."""

    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    starts_at = ClockField(label=gettext_lazy("From"), required=False)
    ends_at = ClockField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave the times empty for whole days."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=120, required=False)

    def span(self) -> tuple[datetime, datetime]:
        """The closure as moments, half-open; without times it covers whole days."""
        read = self.cleaned_data
        start, end = midnight(read["starts_on"]), midnight(read["ends_on"] + timedelta(days=1))
        if read["starts_at"]:
            start = _at(read["starts_on"], read["starts_at"])
        return start, _at(read["ends_on"], read["ends_at"]) if read["ends_at"] else end


def _at(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _seen_by(user: Person) -> "QuerySet[Venue]":
    """The venues that the user may read: one's own, a producer's every one, an officer's region's."""
    venues = Venue.objects.open().with_ground().order_by("place__municipality__name", "name")
    if permissions.has_role(user, Membership.Role.PRODUCER):
        return venues
    mine = permissions.organisations_of(user, *HOSTS)
    regions = permissions.regions_overseen_by(user)
    return venues.filter(Q(organisation__in=mine) | Q(organisation__region__in=regions))


@require_safe
@login_required
def venues(request: HttpRequest) -> HttpResponse:
    """The venues that one may read, one's own first."""
    found = _seen_by(request.user)
    mine = set(permissions.organisations_of(request.user, *HOSTS).values_list("pk", flat=True))
    if not mine and not found.exists():
        raise Http404
    words = request.GET.get("namn", "").strip()
    rows = [
        {"venue": venue, "known": verbs.known_count(venue), "is_mine": venue.organisation_id in mine}
        for venue in found
        if geocoding.folded(words) in geocoding.folded(f"{venue.name} {venue.place} {venue.organisation}")
    ]
    context = {
        "words": words,
        "mine": [row for row in rows if row["is_mine"]],
        "others": [row for row in rows if not row["is_mine"]],
        "facts_count": len(verbs.ROOM) + len(verbs.ACCESS),
    }
    return render(request, "region/venues.html", context)


def _venue(request: HttpRequest, slug: str, *, to_edit: bool = False) -> Venue:
    """The venue, if the user may read it, or may edit it; otherwise it does not exist."""
    venue = get_object_or_404(Venue.objects.with_ground(), slug=slug)
    allowed = permissions.can_edit_venue if to_edit else permissions.can_see_venue
    if not allowed(request.user, venue):
        raise Http404
    return venue


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def venue_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a venue; its owner fills in and corrects."""
    venue = _venue(request, slug, to_edit=request.method == "POST")
    form = FactsForm(request.POST if request.method == "POST" else None, instance=venue)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.tell(venue, form.cleaned_data, on=timezone.localdate())
        except NotPossible as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. Producers see it at once."))
            return redirect("venue-edit", slug)
    return _venue_page(request, venue, form, ClosureForm())


def _venue_page(
    request: HttpRequest, venue: Venue, form: FactsForm, closure_form: ClosureForm
) -> HttpResponse:
    today = timezone.localdate()
    address = request.GET.get("adress", "").strip()
    context = {
        "venue": venue,
        "form": form,
        "closure_form": closure_form,
        "can_edit": permissions.can_edit_venue(request.user, venue),
        "questions": open_questions(venue, today),
        "closures": venue.closures.on_or_after(today),
        "address": address or venue.address,
        "was_asked": bool(address),
        "matches": geocoding.find(address, venue.place.municipality.region) if address else [],
        "has_geocoder": bool(settings.GEOCODER),
        "known_count": verbs.known_count(venue),
        "facts_count": len(verbs.ROOM) + len(verbs.ACCESS),
    }
    status = 422 if form.errors or closure_form.errors else 200
    return render(request, "region/venue_edit.html", context, status=status)


@require_POST
@login_required
def venue_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one of the places that the gazetteer found."""
    venue = _venue(request, slug, to_edit=True)
    place = get_object_or_404(Place, slug=request.POST.get("place", ""))
    verbs.set_place(venue, place, request.POST.get("address", "")[:200])
    told = {"venue": venue, "place": place}
    messages.success(request, _("%(venue)s is now in %(place)s.") % told)
    return redirect("venue-edit", slug)


@require_POST
@login_required
def venue_look_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the address server where the venue is, if there is a server."""
    venue = _venue(request, slug, to_edit=True)
    address = ", ".join(part for part in (venue.address, venue.place.name) if part)
    try:
        spot = geocoding.look_up(address)
    except (GeocoderOff, GeocoderOutage) as error:
        say(request, error)
        return redirect("venue-edit", slug)
    if spot is None:
        messages.warning(request, _("The address server does not know %(address)s.") % {"address": address})
    else:
        verbs.set_position(venue, spot.lat, spot.lon)
        messages.success(request, _("Found: %(label)s.") % {"label": spot.label})
    return redirect("venue-edit", slug)


@require_POST
@login_required
def closure_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the venue for some days; bookings in them stand, and are pointed out."""
    venue = _venue(request, slug, to_edit=True)
    form = ClosureForm(request.POST)
    if form.is_valid():
        try:
            closure = verbs.close(venue, *form.span(), form.cleaned_data["reason"], now=timezone.now())
        except NotPossible as error:
            blame(form, error)
        else:
            messages.success(request, _("The closure is noted. Nothing new will be planned then."))
            _point_out(request, closure)
            return redirect("venue-edit", slug)
    return _venue_page(request, venue, FactsForm(instance=venue), form)


def _point_out(request: HttpRequest, closure: Closure) -> None:
    """Say so when something is booked in a closure: it is not called off by itself."""
    booked = Booking.objects.live().filter(venue=closure.venue_id).between(closure.starts_at, closure.ends_at)
    if count := booked.count():
        text = ngettext(
            "%(count)d visit is booked then. It still stands: call its producer.",
            "%(count)d visits are booked then. They still stand: call their producers.",
            count,
        )
        messages.warning(request, text % {"count": count})


@require_POST
@login_required
def closure_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open the venue again on days on which it was closed."""
    venue = _venue(request, slug, to_edit=True)
    verbs.reopen(get_object_or_404(Closure, pk=pk, venue=venue))
    messages.success(request, _("The closure is taken away."))
    return redirect(f"{reverse('venue-edit', args=[slug])}#closures")
