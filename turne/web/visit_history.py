"""The visits that one's own houses have had: a table that sorts and filters in its address, its sums, and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from bookings import past_visits
from bookings.models.booking import Bookings
from bookings.past_visits import Sums
from bookings.permissions import organisations_of
from bookings.states import STATES, shown_state
from tours.models import Season
from tours.windows import midnight
from turne.web.form_fields import number_in
from turne.web.tables import csv_response
from venues.dates import YEARS, money_text
from venues.models import HOSTS, Organisation

#: Column, as it stands in the address -> its heading, the order that it means (one of `past_visits.ORDERS`), and
#: whether it holds numbers; numbers begin with the highest.
COLUMNS: dict[str, tuple[Any, str, bool]] = {
    "produktion": (_lazy("Production"), "production", False),
    "dag": (_lazy("Day"), "day", False),
    "hus": (_lazy("House"), "house", False),
    "publik": (_lazy("Audience"), "audience", True),
    "unga": (_lazy("Children and young"), "young", True),
    "pris": (_lazy("Price"), "price", True),
}


@dataclass(frozen=True)
class Asked:
    """Which visits, in which order, summed how; all of it stands in the address."""

    house: str = ""
    season: str = ""
    year: int = 0
    order: str = "-dag"
    by_year: bool = False

    @property
    def query(self) -> str:
        parts = {
            "hus": self.house,
            "sasong": self.season,
            "ar": self.year or "",
            "ordning": "" if self.order == "-dag" else self.order,
            "summera": "ar" if self.by_year else "",
        }
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def url(self) -> str:
        return f"?{self.query}"


@login_required
@require_safe
def visit_history(request: HttpRequest) -> HttpResponse:
    """Past visits with audience and price, and their sums by season or year."""
    houses, asked, every = _read(request)
    found = list(_found(every, asked))
    several = len(houses) > 1
    sums = past_visits.sums_by_year if asked.by_year else past_visits.sums_by_season
    context = {
        "asked": asked,
        "houses": houses,
        "several": several,
        "columns": _columns(asked, several),
        "rows": [_row(visit) for visit in found],
        "sums": [_sum(one) for one in sums(found)],
        "total": _sum(past_visits.sums_of(found)),
        "house_choices": [(house.slug, house.name) for house in houses] if several else [],
        "season_choices": [(season.slug, season.name) for season in _seasons(every)],
        "year_choices": past_visits.years_of(every),
        "sum_chips": _sum_chips(asked),
        "csv_url": f"{reverse('visit-history-csv')}?{asked.query}",
        "is_empty": not every.exists(),
    }
    return render(request, "hosting/visit_history.html", context)


@login_required
@require_safe
def visit_history_csv(request: HttpRequest) -> HttpResponse:
    """The same visits for a spreadsheet, a row each."""
    _houses, asked, every = _read(request)
    headings = [
        _("Day"),
        _("Production"),
        _("House"),
        _("Room"),
        _("Municipality"),
        _("Season"),
        _("Performances"),
    ]
    headings += [_("Audience"), _("Children and young"), _("Price"), _("Currency"), _("State")]
    rows = [_cells(visit) for visit in _found(every, asked)]
    return csv_response(_("visits") + ".csv", [headings, *rows])


def _read(request: HttpRequest) -> tuple[list[Organisation], Asked, Bookings]:
    """One's houses, what the address asks for, and all past visits; for who has no house there is no such page."""
    houses = list(organisations_of(request.user, *HOSTS).order_by("name"))
    if not houses:
        raise Http404
    sent, order = request.GET, request.GET.get("ordning", "")
    year = number_in(sent.get("ar"))
    asked = Asked(
        house=sent.get("hus", "") if sent.get("hus") in {house.slug for house in houses} else "",
        season=sent.get("sasong", ""),
        year=year if year in YEARS else 0,
        order=order if order.removeprefix("-") in COLUMNS else "-dag",
        by_year=sent.get("summera") == "ar",
    )
    return houses, asked, past_visits.of_houses(request.user, timezone.now())


def _found(every: Bookings, asked: Asked) -> Bookings:
    found = every
    if asked.house:
        found = found.filter(presenter__slug=asked.house)
    if asked.season:
        found = found.filter(tour__season__slug=asked.season)
    if asked.year:
        first, after = (midnight(date(year, 1, 1)) for year in (asked.year, asked.year + 1))
        found = found.filter(occupied_from__gte=first, occupied_from__lt=after)
    _label, order, _is_number = COLUMNS[asked.order.removeprefix("-")]
    return past_visits.ordered(found, f"-{order}" if asked.order.startswith("-") else order)


def _seasons(every: Bookings) -> list[Season]:
    mine = every.order_by().values("tour__season")
    return list(Season.objects.filter(pk__in=mine).order_by("-starts_on"))


def _columns(asked: Asked, several: bool) -> list[dict[str, Any]]:
    """Headings with the address that sorts by them; a second click turns the order."""
    key, descending = asked.order.removeprefix("-"), asked.order.startswith("-")
    columns = []
    for name, (label, _order, is_number) in COLUMNS.items():
        if name == "hus" and not several:
            continue
        turned = not descending if name == key else is_number or name == "dag"
        order = ("descending" if descending else "ascending") if name == key else ""
        url = replace(asked, order=f"-{name}" if turned else name).url
        columns.append({"label": label, "url": url, "order": order, "is_number": is_number})
    return columns


def _row(visit: Any) -> dict[str, Any]:
    return {
        "booking": visit,
        "url": reverse("booking", args=[visit.pk]),
        "day": visit.occupied_from,
        "audience": visit.audience_count,
        "young": visit.young_count,
        "price": money_text(visit.price, visit.currency),
        "state": shown_state(visit, timezone.now()),
        "is_silent": not visit.outcome,
        "report_url": reverse("booking-report", args=[visit.pk]),
    }


def _sum(one: Sums) -> dict[str, Any]:
    prices = ", ".join(money_text(amount, currency) for currency, amount in sorted(one.prices.items()))
    return {"sums": one, "price": prices or "–", "is_short": one.told < one.performances}


def _sum_chips(asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": replace(asked, by_year=by_year).url, "current": asked.by_year == by_year}
        for label, by_year in ((_("By season"), False), (_("By year"), True))
    ]


def _cells(visit: Any) -> Sequence[str]:
    state = STATES[shown_state(visit, timezone.now())].label
    amount = f"{visit.price:.2f}".replace(".", ",")
    told = [visit.audience_count, visit.young_count]
    return [
        timezone.localdate(visit.occupied_from).isoformat(),
        visit.tour.production.title,
        visit.presenter.name,
        visit.venue.name,
        visit.venue.place.municipality.name,
        visit.tour.season.name,
        str(visit.shows_count),
        *("" if count is None else str(count) for count in told),
        amount,
        visit.currency,
        str(state) if visit.outcome else _("not reported"),
    ]
