"""The visits of one's own houses in a calendar: a month as a table or as a list, and the address to subscribe to."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import notices
from bookings.models import Performance
from bookings.models.booking import CALLED_OFF, LIVE, Performances
from bookings.permissions import organisations_of
from bookings.states import shown_state
from tours.windows import midnight
from turne.web.days import notes_of
from turne.web.months import Week, month_before, month_key, month_of, month_weeks, next_month
from turne.web.ways_in import Links
from venues.dates import day_text, month_text
from venues.models import HOSTS, Municipality, Organisation

LIST = "lista"


@dataclass(frozen=True)
class Asked:
    """A month, as a table or as a list, of all houses or of one; all of it stands in the address."""

    first: date
    view: str = ""
    house: str = ""
    is_week: bool = False

    @property
    def title(self) -> str:
        return month_text(self.first)

    @property
    def url(self) -> str:
        parts = {"manad": month_key(self.first), "vy": self.view, "hus": self.house}
        return "?" + urlencode({name: value for name, value in parts.items() if value})


@login_required
@require_safe
def own_calendar(request: HttpRequest) -> HttpResponse:
    """What is kept, offered, agreed or called off in a month, at one's own houses."""
    houses = list(organisations_of(request.user, *HOSTS).order_by("name"))
    if not houses:
        raise Http404
    asked, today = _asked(request, houses), timezone.localdate()
    chosen = [house for house in houses if asked.house in ("", house.slug)]
    shows = _shows(asked, chosen)
    context = {
        "asked": asked,
        "houses": houses,
        "weeks": _weeks(asked, shows, chosen, today),
        "count": len(shows),
        "next": None if shows else _next(asked, chosen),
        "entry": "hosting/_entry.html",
        "several": len(houses) > 1,
        "before": replace(asked, first=month_before(asked.first)),
        "after": replace(asked, first=next_month(asked.first)),
        "today_url": replace(asked, first=today.replace(day=1)).url,
        "views": [
            {"label": label, "url": replace(asked, view=view).url, "current": view == asked.view}
            for view, label in (("", _("Month")), (LIST, _("List")))
        ],
        "house_choices": [(house.slug, house.name) for house in houses] if len(houses) > 1 else [],
        "month": month_key(asked.first),
        "links": [(house, Links(notices.calendar_url(house), house.name)) for house in chosen],
    }
    return render(request, "hosting/own_calendar.html", context)


def _asked(request: HttpRequest, houses: list[Organisation]) -> Asked:
    try:
        first = month_of(request.GET.get("manad", ""))
    except ValueError:
        first = timezone.localdate().replace(day=1)
    house = request.GET.get("hus", "")
    return Asked(
        first,
        LIST if request.GET.get("vy") == LIST else "",
        house if house in {one.slug for one in houses} else "",
    )


def _kept(chosen: list[Organisation], statuses: list[str]) -> Performances:
    return Performance.objects.filter(
        booking__presenter__in=chosen, booking__status__in=statuses, booking__hold_rank=1
    )


def _next(asked: Asked, chosen: list[Organisation]) -> dict[str, str] | None:
    """The first visit after an empty month, or else from now, with the address of its month."""
    coming = _kept(chosen, [*LIVE]).filter(starts_at__gte=timezone.now()).order_by("starts_at", "pk")
    after = coming.filter(starts_at__gte=midnight(next_month(asked.first))).first()
    show = after or coming.first()
    if show is None:
        return None
    day = timezone.localdate(show.starts_at)
    return {"day": day_text(day), "url": replace(asked, first=day.replace(day=1)).url}


def _shows(asked: Asked, chosen: list[Organisation]) -> list[Performance]:
    """The performances of the month; what an option further back waits for is another's time."""
    in_month = _kept(chosen, [*LIVE, *CALLED_OFF]).between(
        midnight(asked.first), midnight(next_month(asked.first))
    )
    found = list(
        in_month.listed()
        .select_related("booking__checklist", "booking__waiting_change")
        .order_by("starts_at", "pk")
    )
    for show in found:
        show.state = shown_state(show.booking, timezone.now())  # type: ignore[attr-defined]
    return found


def _weeks(asked: Asked, shows: list[Performance], chosen: list[Organisation], today: date) -> list[Week]:
    entries: dict[date, list[Any]] = defaultdict(list)
    for show in shows:
        entries[timezone.localdate(show.starts_at)].append(show)
    grounds = Municipality.objects.filter(organisations__in=chosen).select_related("region").distinct()
    first, last = asked.first - timedelta(days=6), next_month(asked.first) + timedelta(days=6)
    notes = notes_of(first, last, list(grounds))
    return month_weeks(asked.first, today=today, entries=entries, notes=notes)
