"""Pages about venues: what their owners tell of them, and where they are."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import permissions
from bookings.permissions import Person
from tours.models import Production
from tours.questions import Fits, Question, asking, fits, open_questions, wished
from turne.web.errors import say
from turne.web.fact_forms import FactsForm, ThreeValued, asked_form
from turne.web.refusals import DONE, led
from venues import geocoding
from venues import premises as verbs
from venues.errors import GeocoderOff, GeocoderOutage
from venues.models import HOSTS, Closure, Membership, Place, Venue


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
    status, _made = led(form, lambda: verbs.tell(venue, form.cleaned_data, on=timezone.localdate()))
    if status == DONE:
        messages.success(request, _("Saved. Producers see it at once."))
        return redirect("venue-edit", slug)
    return _venue_page(request, venue, form)


@require_POST
@login_required
def venue_asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What producers ask for is told in one go, and the answer says how many productions fit now."""
    venue = _venue(request, slug, to_edit=True)
    productions, questions = _asked_of(venue)
    before = fits(venue, productions)
    form = asked_form(venue, [question.fact for question in questions], request.POST)
    if not form.is_valid():
        as_it_was = Venue.objects.with_ground().get(pk=venue.pk)
        return _venue_page(request, as_it_was, FactsForm(instance=as_it_was), form)
    told = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    if not told:
        messages.info(request, _("Nothing was filled in, so nothing is changed."))
    else:
        after = fits(verbs.tell(venue, told, on=None), productions)
        messages.success(request, _fitting(before, after))
    return redirect("venue-edit", slug)


def _asked_of(venue: Venue) -> tuple[list[Production], list[Question]]:
    """The productions that ask today, and what they ask of the room that nobody has told."""
    today = timezone.localdate()
    productions = asking(today)
    return productions, open_questions(venue, productions, wished([venue.pk], today)[venue.pk])


def _fitting(before: Fits, after: Fits) -> str:
    words = _(
        "Saved. %(fits)d of %(asked)d productions on the menu fit the room now; before it was %(before)d."
    )
    told = words % {"fits": after.fits, "asked": after.asked, "before": before.fits}
    if not after.unknown:
        return told
    more = ngettext(
        "For %(count)d more something is not known yet.",
        "For %(count)d more something is not known yet.",
        after.unknown,
    )
    return f"{told} {more % {'count': after.unknown}}"


def _venue_page(
    request: HttpRequest, venue: Venue, form: FactsForm, asked: ThreeValued | None = None
) -> HttpResponse:
    today = timezone.localdate()
    productions, questions = _asked_of(venue)
    asked = asked or asked_form(venue, [question.fact for question in questions])
    address = request.GET.get("adress", "").strip()
    context = {
        "venue": venue,
        "form": form,
        "can_edit": permissions.can_edit_venue(request.user, venue),
        "questions": [(question, asked[question.fact]) for question in questions],
        "asked_form": asked,
        "fits": fits(venue, productions),
        "closures": Closure.objects.filter(
            Q(venue=venue) | Q(organisation=venue.organisation_id)
        ).on_or_after(today),
        "address": address or venue.address,
        "was_asked": bool(address),
        "matches": geocoding.find(address, venue.place.municipality.region) if address else [],
        "has_geocoder": bool(settings.GEOCODER),
        "known_count": verbs.known_count(venue),
        "facts_count": len(verbs.ROOM) + len(verbs.ACCESS),
    }
    status = 422 if form.errors or asked.errors else 200
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
