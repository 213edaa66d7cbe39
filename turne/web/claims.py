"""What can be claimed for visits that are over, scheme by scheme: the figures, the evidence, and what is missing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import claims as claiming
from bookings import visible
from bookings.claim_permissions import handles_claims, own_claims
from bookings.models import Booking
from bookings.models.booking import Bookings, Status
from bookings.permissions import can_claim
from tours.models import Season, Tour
from turne.web import claim_rows, claim_tables
from turne.web.agenda import season_chips
from turne.web.claim_filters import asked, chips
from turne.web.logged_in import user_of
from turne.web.tables import csv_response

#: Own claims in the list. Source: the house's choice; the address narrows what is more.
MOST = 100


@login_required
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """The packs of a season, or of a tour, to read and to print."""
    season, tour, seasons = _asked(request)
    user, now = user_of(request), timezone.now()
    found = claiming.gather(_bookings(request, season, tour), now)
    query = urlencode({"turne": tour.slug} if tour else {"sasong": season.slug} if season else {})
    marks = claim_tables.marks(found.packs, user)
    mine, narrowed = own_claims(user), asked(request.GET)
    context: dict[str, Any] = {
        "season": season,
        "tour": tour,
        "chips": season_chips(seasons, None if tour else season, reverse("claims")),
        "packs": [claim_tables.pack(one, marks) for one in found.packs],
        "mine": [claim_rows.row(claim, now) for claim in narrowed.of(mine).with_ground()[:MOST]],
        "groups": chips(mine, narrowed, reverse("claims")),
        "has_claims": mine.exists(),
        "receives": handles_claims(user),
        "faults": found.faults,
        "csv_url": f"{reverse('claims-csv')}?{query}",
    }
    return render(request, "hosting/claims.html", context)


@login_required
@require_safe
def claims_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, a row for each visit."""
    season, tour, _seasons = _asked(request)
    found = claiming.gather(_bookings(request, season, tour), timezone.now())
    return csv_response(_("subsidies") + ".csv", claim_tables.rows(found.packs))


def _asked(request: HttpRequest) -> tuple[Season | None, Tour | None, list[Season]]:
    """The season or tour that is asked for, else the latest season with a visit that is over; and all such seasons."""
    if not can_claim(request.user):
        raise Http404
    over = visible.bookings(request.user).filter(occupied_to__lte=timezone.now(), status=Status.CONFIRMED)
    seasons = list(Season.objects.filter(tours__bookings__in=over).distinct().order_by("-starts_on"))
    if slug := request.GET.get("turne"):
        tour = get_object_or_404(
            Tour.objects.filter(bookings__in=visible.bookings(request.user)).distinct(), slug=slug
        )
        return tour.season, tour, seasons
    if slug := request.GET.get("sasong"):
        return get_object_or_404(Season, slug=slug), None, seasons
    return (seasons[0] if seasons else None), None, seasons


def _bookings(request: HttpRequest, season: Season | None, tour: Tour | None) -> Bookings:
    mine = visible.bookings(request.user)
    if tour:
        return mine.filter(tour=tour)
    return mine.filter(tour__season=season) if season else Booking.objects.none()
