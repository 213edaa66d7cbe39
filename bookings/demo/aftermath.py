"""What came after the demo's visits: reports, costs, a settlement, and a visit that nobody has told of."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bookings import lifecycle, reporting, settling
from bookings.demo.hosts import Hosts
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.settling import Invoiced
from tours.models import Tour, Wish
from venues.models import User

#: So long after a visit its presenter reports.
LATER = timedelta(hours=2)


def tell(tour: Tour, hosts: Hosts, by: User, random: Random, now: datetime) -> None:
    """Report what has been played. One visit was cancelled, one could not be played, one is settled."""
    confirmed = list(tour.bookings.filter(status=Status.CONFIRMED).order_by("occupied_from"))
    past = [booking for booking in confirmed if booking.occupied_to + LATER < now]
    if len(past) > 3:
        day_before = past[2].occupied_from - timedelta(days=1)
        lifecycle.cancel(past.pop(2), by=by, now=day_before, reason="Sjukdom i ensemblen.")
        _not_played(past.pop(2), by)
        past.pop()  # nobody has told of the last one yet
    for number, booking in enumerate(past):
        _played(booking, hosts.speakers[booking.presenter_id], random, with_costs=number < 2)
    if len(past) > 1:
        _settle(past[0], by, now)


def _played(booking: Booking, speaker: User, random: Random, *, with_costs: bool) -> None:
    expected, is_school = booking.audience_expected or 40, booking.audience == Wish.Audience.SCHOOL
    counts = [random.randint(expected // 2, expected) for _show in booking.performances.all()]
    young = [round(count * (0.92 if is_school else 0.3)) for count in counts]
    groups = list(booking.groups.all())
    for at, show in enumerate(booking.performances.all() if groups else ()):
        there = [row for row in groups if row.show_number == show.number]
        young[at] = sum(row.pupils_count for row in there) - counts[at] % 3  # here and there somebody is ill
        counts[at] = young[at] + sum(row.adults_count for row in there)
    figures = [
        (count, few, count - few, count if is_school else random.randint(0, count // 10))
        for count, few in zip(counts, young, strict=True)
    ]
    costs = {"room": Decimal(600), "marketing": Decimal(250)} if with_costs else None
    reporting.report_played(
        booking, by=speaker, now=booking.occupied_to + LATER, figures=figures, costs=costs
    )


def _not_played(booking: Booking, by: User) -> None:
    reporting.report_not_played(
        booking,
        by=by,
        now=booking.occupied_to + LATER,
        cause=reporting.Cause.WEATHER,
        reason="Vägen var stängd av snö, och bussen vände.",
    )


def _settle(booking: Booking, by: User, now: datetime) -> None:
    """At a little less than was agreed, with VAT as this producer judges it."""
    at = min(now, booking.occupied_to + timedelta(days=7))
    reporting.tell_costs(booking, by=by, now=at, costs={"travel": Decimal(420)})
    agreed = booking.price_lines.get(kind="fee").amount or Decimal(0)
    less = Invoiced(
        "fee", max(agreed - 300, Decimal(0)), Decimal(0), "Bärhjälpen uteblev, och ensemblen bar själv."
    )
    settling.set_invoice(booking, by=by, now=at, lines=[less])
    settling.settle(booking, by=by, now=at)
