"""Ways of schools to visits as rows: on the page of a visit, in the list of buses, and for the bus company."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import visible
from bookings.bus_words import changes_texts, km_text, party_text
from bookings.models import Booking, BusOrder
from bookings.transport import Row, State, Trip
from tours.money import Money
from turne.web.settlement_tables import plain
from venues.dates import clock, day_text, money_text
from venues.models import School, User

Cells = dict[str, Any]
#: How a state is shown beside others (`components/status.html`): its mark and tone are those of a visit in that state.
MARKS = {
    State.NEEDED: "offered",
    State.ORDERED: "held",
    State.CONFIRMED: "confirmed",
    State.CANCELLED: "cancelled",
    State.NOT_NEEDED: "released",
    State.SHORT: "released",
    State.UNCLEAR: "expired",
}


def of_visit(booking: Booking, user: User, now: datetime) -> list[Cells]:
    """The ways to one visit that the reader sees, for `schools/bus_rows.html`."""
    return [cells(row) for row in visible.buses(user, [booking], now)]


def cells(row: Row) -> Cells:
    """A row: what was ordered where it was, else what is needed."""
    order = row.order if row.order and row.order.is_standing else None
    figures = _ordered(order) if order else _needed(row.trip) if row.trip else _nothing(row)
    return {
        "url": url_of(row),
        "school": str(row.school),
        "production": str(row.booking.tour.production),
        "presenter": str(row.booking.presenter),
        "booking_url": reverse("booking", args=[row.booking.pk]),
        "show": row.show_number if len(row.booking.performances.all()) > 1 else 0,
        "state": row.state,
        "label": State(row.state).label,
        "mark": MARKS[row.state],
        "why": row.order.get_why_display() if row.order and row.order.why else "",
        "changes": changes_texts(row),
        "operator": row.order.operator if row.order else "",
        "reference": row.order.reference if row.order else "",
        "project_number": row.order.project_number if row.order else "",
        "unknown": row.trip.no_road if row.trip else "",
        "day": day_text(row.starts_at),
        **figures,
    }


def table(rows: Iterable[Row]) -> list[list[str]]:
    """For the bus company: a line a school and show, with role addresses alone."""
    heading = [
        _("Date"),
        _("Leaves the school"),
        _("From"),
        _("Address"),
        _("Place"),
        _("To be there"),
        _("To"),
        _("Address"),
        _("Place"),
        _("Pupils and adults"),
        _("Places for wheelchairs"),
        _("Buses"),
        _("Shared with"),
        _("Leaves the hall"),
        _("Back at the school"),
        _("km one way"),
        _("Who orders"),
        _("Who pays"),
        _("Own share"),
        _("Project number"),
        _("Bus company"),
        _("Reference"),
        _("Cost"),
        _("State"),
        _("Changed since it was ordered"),
        _("Contact"),
    ]
    return [heading, *(_line(row) for row in rows)]


def url_of(row: Row) -> str:
    """The page of a school's way to a show."""
    return reverse("bus", args=[row.booking.pk, row.school.organisation.slug, row.show_number])


def buses_text(count: int | None, shares_with: Iterable[School]) -> str:
    """ "2 buses, together with Ås skola"."""
    if not count:
        return ""
    text = ngettext("%(count)d bus", "%(count)d buses", count) % {"count": count}
    names = ", ".join(str(school) for school in shares_with)
    return _("%(buses)s, together with %(schools)s") % {"buses": text, "schools": names} if names else text


def _needed(trip: Trip) -> Cells:
    return {
        "pick_up": clock(trip.pick_up_at) if trip.pick_up_at else "",
        "there": clock(trip.there_at),
        "leaves": clock(trip.leaves_at),
        "back": clock(trip.back_at) if trip.back_at else "",
        "from": str(trip.school.place),
        "to": f"{trip.booking.venue}, {trip.booking.venue.place}",
        "pupils": trip.pupils,
        "adults": trip.adults,
        "seats": trip.seats,
        "wheelchairs": trip.wheelchairs,
        "buses": buses_text(trip.buses, trip.shares_with),
        "km": km_text(trip.km),
        "orders": party_text(trip.orders),
        "pays": party_text(trip.pays),
        "share": _share(trip.own_share.amount, trip.own_share.side, trip.booking) if trip.own_share else "",
    }


def _ordered(order: BusOrder) -> Cells:
    times = {"pick_up": order.pick_up_at, "leaves": order.leaves_at, "back": order.back_at}
    times["there"] = order.there_at
    return {
        **{name: clock(at) if at else "" for name, at in times.items()},
        "from": str(order.school.place),
        "to": f"{order.venue}, {order.venue.place}" if order.venue else "",
        "pupils": order.pupils_count,
        "adults": order.adults_count,
        "seats": order.seats_count,
        "wheelchairs": order.wheelchair_count,
        "buses": buses_text(order.buses_count, []),
        "km": km_text(order.km),
        "orders": party_text(order.orders),
        "pays": party_text(order.pays),
        "share": _share(order.own_share, order.own_share_of, order.booking) if order.own_share_of else "",
    }


def _nothing(row: Row) -> Cells:
    """Nobody goes any more."""
    names = ("pick_up", "there", "leaves", "back", "buses", "km", "orders", "pays", "share")
    counts = dict.fromkeys(("pupils", "adults", "seats", "wheelchairs"), 0)
    return {**dict.fromkeys(names, ""), **counts, "from": str(row.school.place), "to": str(row.booking.venue)}


def _share(amount: Any, side: str, booking: Booking) -> str:
    return f"{party_text(side)} {money_text(amount, booking.currency)}"


def _line(row: Row) -> list[str]:
    told, school, order = cells(row), row.school, row.order
    venue = order.venue if order and order.is_standing and order.venue else row.booking.venue
    cost = plain(Money(order.cost, row.booking.currency)) if order and order.cost is not None else ""
    return [
        timezone.localdate(row.starts_at).isoformat(),
        told["pick_up"],
        told["school"],
        school.address,
        str(school.place),
        told["there"],
        venue.name,
        venue.address,
        str(venue.place),
        str(told["seats"]),
        str(told["wheelchairs"]),
        str(told["buses"]),
        ", ".join(str(one) for one in row.trip.shares_with) if row.trip else "",
        told["leaves"],
        told["back"],
        told["km"].replace("\N{NO-BREAK SPACE}km", ""),
        told["orders"],
        told["pays"],
        told["share"],
        told["project_number"],
        told["operator"],
        told["reference"],
        cost,
        str(told["label"]),
        " ".join(told["changes"]),
        school.organisation.email,
    ]
