"""A school's days, month by month, with every layer that says no; for the school and for who plans a visit there."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import layers, school_permissions, visible
from bookings.models.booking import Status
from tours import wish_rules
from tours.layer_words import Layer, span_of
from tours.windows import midnight, minute_of
from turne.web.months import Notes, month_before, month_key, month_of, month_weeks, next_month
from turne.web.schools.keeping import head, school_or_404
from venues.dates import clock, month_text
from venues.models import School, Venue
from venues.models.school_years import school_year_of

#: Layers that are told by what is open instead: hours and lunch stand as the times that are left.
BY_TIMES = (Layer.HOURS,)


@require_safe
@login_required
def days(request: HttpRequest, slug: str) -> HttpResponse:
    """A month of the school: what is open when, and which layer says no to the rest."""
    school = school_or_404(request, slug, school_permissions.can_see_school_calendar)
    first = _month_asked(request)
    last = next_month(first) - timedelta(days=1)
    rooms = list(Venue.objects.open().filter(organisation=school.organisation_id).order_by("name"))
    room = next((one for one in rooms if one.slug == request.GET.get("sal")), None)
    asked = layers.asked_by_school(school, room)
    found = layers.Layers([asked], first, last, school.organisation.region.country)
    known, keeps = found.are_hours_known(asked), school_permissions.can_keep_school(request.user, school)
    visits = _visits(request, school, first, last)
    entries = {day.day: [_cell(day, known, visits.get(day.day, []))] for day in found.days(asked)}
    today = timezone.localdate()
    own = {
        name: reverse(f"school-year{ending}", args=["skola", slug, school_year_of(first)])
        for name, ending in (("show", ""), ("edit", "-edit"))
    }
    context = {
        **(head(school, "school-days") if keeps else {"school": school}),
        "keeps": keeps,
        "title": month_text(first),
        "weeks": month_weeks(first, today=today, entries=entries, notes=Notes({}, {})),
        "before_url": _url(request, manad=month_key(month_before(first))),
        "after_url": _url(request, manad=month_key(next_month(first))),
        "today_url": _url(request, manad=month_key(today)),
        "room_chips": _room_chips(request, rooms, room),
        "are_hours_known": known,
        "assumed": span_of(minute_of(wish_rules.EARLIEST), minute_of(wish_rules.LATEST_AT_SCHOOL)),
        "layers": [layer.label for layer in Layer],
        "own": own,
    }
    return render(request, "schools/days.html", context)


def _month_asked(request: HttpRequest) -> date:
    """The first day of the month in the address, or of this one."""
    try:
        return month_of(request.GET.get("manad", ""))
    except ValueError:
        return timezone.localdate().replace(day=1)


def _url(request: HttpRequest, **changed: str) -> str:
    kept = {name: request.GET[name] for name in ("manad", "sal") if request.GET.get(name)}
    return "?" + urlencode({name: value for name, value in {**kept, **changed}.items() if value})


def _room_chips(request: HttpRequest, rooms: list[Venue], chosen: Venue | None) -> list[dict[str, Any]]:
    """The rooms as links; none where there is nothing to choose."""
    if not rooms:
        return []
    whole = {"label": _("The school"), "url": _url(request, sal=""), "current": chosen is None}
    return [whole] + [
        {"label": room.name, "url": _url(request, sal=room.slug), "current": room == chosen} for room in rooms
    ]


def _visits(
    request: HttpRequest, school: School, first: date, last: date
) -> dict[date, list[dict[str, str]]]:
    """The visits that the reader may see, by day: what, when, and its page."""
    span = midnight(first), midnight(last + timedelta(days=1))
    seen = visible.bookings(request.user).live().filter(presenter=school.organisation_id).between(*span)
    found: dict[date, list[dict[str, str]]] = {}
    for booking in seen.with_ground().order_by("occupied_from"):
        state = "" if booking.status == Status.CONFIRMED else f" ({booking.get_status_display()})"
        found.setdefault(timezone.localdate(booking.starts_at), []).append(
            {
                "text": f"{clock(booking.starts_at)} {booking.tour.production}{state}",
                "url": reverse("booking", args=[booking.pk]),
            }
        )
    return found


def _cell(day: layers.Day, are_hours_known: bool, visits: list[dict[str, str]]) -> dict[str, Any]:
    """What stands in a day: the layer that says no and its words, else what is open and what takes the rest."""
    told = [no for no in day.nos if no != day.no and no.layer not in BY_TIMES]
    return {
        "no": day.no.text if day.no else "",
        "layer": Layer(day.no.layer).label if day.no else "",
        "open": [span_of(*span) for span in day.open] if are_hours_known and not day.no else [],
        "is_open": day.no is None,
        "others": [no.text for no in told],
        "visits": visits,
    }
