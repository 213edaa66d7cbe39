"""The visits that a house has had: who came, what they cost, what is settled, and the sums by season and by year.

A visit is past when it was confirmed and its get-out is over, whether it was played or not. The price is what was
agreed, without what is invoiced beyond it; visits that were not played count neither as visits nor in the sums.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from bookings.models import Booking
from bookings.models.booking import Bookings, Status
from bookings.permissions import Person, organisations_of
from venues.models import HOSTS

#: By what a list is ordered -> the column; equal rows by day.
ORDERS = {
    "day": "occupied_from",
    "production": "tour__production__title",
    "house": "presenter__name",
    "audience": "audience_count",
    "young": "young_count",
    "price": "price",
}


@dataclass(frozen=True)
class Sums:
    """Of a season or a year: visits and performances that were played, who came, and the prices by currency.

    Attributes:
        told: of how many performances somebody has said who came; the audience is theirs.
    """

    name: str
    visits: int
    performances: int
    told: int
    audience: int
    young: int
    prices: dict[str, Decimal]


def of_houses(user: Person, now: datetime) -> Bookings:
    """The past visits of the houses for which the user is presenter or school contact, the last first.

    Each has `shows_count`, `told_count`, `audience_count` and `young_count`; the last two None where nobody has told.
    """
    over = Booking.objects.filter(
        presenter__in=organisations_of(user, *HOSTS), status=Status.CONFIRMED, occupied_to__lte=now
    )
    counted = over.annotate(
        shows_count=Count("performances"),
        told_count=Count("performances__attendance"),
        audience_count=Sum("performances__attendance"),
        young_count=Sum("performances__attendance_young"),
    )
    found: Bookings = counted.with_ground().order_by("-occupied_from", "pk")
    return found


def ordered(visits: Bookings, asked: str) -> Bookings:
    """By one of ORDERS, with a minus the other way round; what is not known comes last."""
    column, turned = ORDERS.get(asked.removeprefix("-"), "occupied_from"), asked.startswith("-")
    key = F(column).desc(nulls_last=True) if turned else F(column).asc(nulls_last=True)
    return visits.order_by(key, "-occupied_from", "pk")


def years_of(visits: "QuerySet[Booking]") -> list[int]:
    """The years in local time in which there are some, the last first."""
    days = visits.order_by().values_list("occupied_from", flat=True)
    return sorted({timezone.localdate(day).year for day in days}, reverse=True)


def sums_by_season(visits: Iterable[Booking]) -> list[Sums]:
    """Season by season, the last first."""
    return _sums(visits, lambda visit: (visit.tour.season.starts_on.isoformat(), str(visit.tour.season)))


def sums_by_year(visits: Iterable[Booking]) -> list[Sums]:
    """Year by year in local time, the last first."""
    return _sums(visits, lambda visit: (year := str(timezone.localdate(visit.occupied_from).year), year))


def _sums(visits: Iterable[Booking], key: Callable[[Booking], tuple[str, str]]) -> list[Sums]:
    groups: defaultdict[tuple[str, str], list[Booking]] = defaultdict(list)
    for visit in visits:
        groups[key(visit)].append(visit)
    return [sums_of(groups[group], group[1]) for group in sorted(groups, reverse=True)]


def sums_of(visits: Iterable[Booking], name: str = "") -> Sums:
    """All of them together."""
    played: list[Any] = [visit for visit in visits if visit.outcome != Booking.Outcome.NOT_HELD]
    prices: defaultdict[str, Decimal] = defaultdict(Decimal)
    for visit in played:
        prices[visit.currency] += visit.price
    return Sums(
        name,
        len(played),
        sum(visit.shows_count for visit in played),
        sum(visit.told_count for visit in played),
        sum(visit.audience_count or 0 for visit in played),
        sum(visit.young_count or 0 for visit in played),
        dict(prices),
    )
