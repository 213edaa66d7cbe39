"""How schools get to a visit: who goes from where to where, when, how far, and by which rule who orders and pays.

What a visit needs is reckoned from its groups and its times whenever it is asked for; what was ordered stands in
`BusOrder`, and what differs is said. Left: buses that go twice on one morning, and schools along the same road; only
those at the same stop share buses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, BusOrder, Performance, VisitGroup
from bookings.models.booking import LIVE, Status
from tours.models import Rider, SeasonWay, Wish
from tours.models.school_wishes import Need
from venues import travel
from venues.bus_rules import Rules
from venues.bus_terms import BusTerms, OwnShare, Party, Plan
from venues.errors import NoRoad
from venues.models import HOSTS, BusRule, Membership, Region, School

#: A bus is asked for at a whole five minutes, never later than it must leave. Source: the house's choice.
WHOLE_MIN = 5
#: One school at one show of one visit.
Key = tuple[int, int, int]


class State(models.TextChoices):
    """How it stands with a school's way to a show."""

    NEEDED = "needed", gettext_lazy("to be ordered")
    ORDERED = "ordered", gettext_lazy("ordered")
    CONFIRMED = "confirmed", gettext_lazy("confirmed")
    CANCELLED = "cancelled", gettext_lazy("bus cancelled")
    NOT_NEEDED = "not_needed", gettext_lazy("not needed")
    SHORT = "short", gettext_lazy("no bus due")
    UNCLEAR = "unclear", gettext_lazy("not known")


@dataclass(frozen=True)
class Trip:
    """What one school needs for one show.

    Attributes:
        km, drive_min: one way by road, the minutes already times the rule's factor; None where no road is known.
        no_road: why none is, in words.
        rule: None where the region has none.
        stop: all who go to the show from the same place, this school among them, in the order of their names.
        stop_seats: pupils and adults of all of those.
    """

    booking: Booking
    school: School
    show: Performance
    groups: Sequence[VisitGroup]
    km: Decimal | None
    drive_min: int | None
    no_road: str
    rule: BusRule | None
    plan: Plan
    stop: Sequence[School] = ()
    stop_seats: int = 0

    @cached_property
    def terms(self) -> BusTerms | None:
        """What the rule says, read."""
        return self.rule.terms if self.rule else None

    @property
    def key(self) -> Key:
        return self.booking.pk, self.school.pk, self.show.number

    @property
    def pupils(self) -> int:
        return sum(group.pupils_count for group in self.groups)

    @property
    def adults(self) -> int:
        return sum(group.adults_count for group in self.groups)

    @property
    def seats(self) -> int:
        """Pupils and adults."""
        return self.pupils + self.adults

    @property
    def wheelchairs(self) -> int:
        """How many need a place for a wheelchair."""
        return sum(int(group.needs.get(Need.WHEELCHAIR, 0)) for group in self.groups)

    @property
    def buses(self) -> int | None:
        """How many buses all at the stop fill together; None where no rule says how many seats one has."""
        return self.terms.buses(self.stop_seats) if self.terms else None

    @property
    def shares_with(self) -> list[School]:
        """The other schools at the stop."""
        return [school for school in self.stop if school.pk != self.school.pk]

    @property
    def there_at(self) -> datetime:
        """When they are to be at the hall, by the production's rider."""
        rider: Rider | None = getattr(self.booking.tour.production, "rider", None)
        before = rider.arrives_before if rider else Rider.BEFORE_SHOW["arrival_min"]
        return self.show.starts_at - timedelta(minutes=before)

    @property
    def pick_up_at(self) -> datetime | None:
        """When the bus comes to the school, boarding and driving reckoned back from when they are to be there."""
        if self.drive_min is None:
            return None
        leaves = self.there_at - timedelta(minutes=self.drive_min + self._boarding)
        return leaves - timedelta(minutes=leaves.minute % WHOLE_MIN)

    @property
    def leaves_at(self) -> datetime:
        """When the bus leaves the hall: once they are on it."""
        return self.show.ends_at + timedelta(minutes=self._boarding)

    @property
    def back_at(self) -> datetime | None:
        """When they are at school again."""
        return None if self.drive_min is None else self.leaves_at + timedelta(minutes=self.drive_min)

    @property
    def due(self) -> bool | None:
        """Whether a bus is due by the rule; None where distance or rule is not known."""
        return self.terms.is_due(self.km) if self.terms else None

    @property
    def orders(self) -> Party | None:
        return self.terms.orders if self.terms else None

    @property
    def pays(self) -> Party | None:
        """Who pays, beside an own share."""
        return self.terms.payer(self.km, self.plan) if self.terms else None

    @property
    def own_share(self) -> OwnShare | None:
        return self.terms.share_of(self.km) if self.terms else None

    @property
    def _boarding(self) -> int:
        return self.terms.boarding_min if self.terms else 0


@dataclass(frozen=True)
class Difference:
    """What is not as it was ordered any more; `before` and `after` as the trip has them."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Row:
    """A school's way to a show: what is needed, what was arranged, and what differs.

    `trip` is None where nobody goes any more: the visit was called off, or the groups are not in it.
    """

    booking: Booking
    school: School
    show_number: int
    trip: Trip | None
    order: BusOrder | None
    changes: Sequence[Difference] = ()

    @property
    def state(self) -> State:
        if self.order and self.order.status != BusOrder.Status.NEEDED:
            return State(self.order.status)
        if self.trip is None:
            return State.CANCELLED
        return {True: State.NEEDED, False: State.SHORT, None: State.UNCLEAR}[self.trip.due]

    @property
    def is_changed(self) -> bool:
        """Whether it is not as it was ordered any more."""
        return bool(self.changes)

    @property
    def orders(self) -> str:
        """Who orders: as it was when it was ordered, else by the rule that holds; empty where nobody knows."""
        if self.order and self.order.is_standing:
            return self.order.orders
        return str(self.trip.orders or "") if self.trip else ""

    @property
    def starts_at(self) -> datetime:
        """By when it stands in a list: when the bus comes, or they are to be there."""
        if self.order and self.order.is_standing and self.order.there_at:
            return self.order.pick_up_at or self.order.there_at
        return (self.trip.pick_up_at or self.trip.there_at) if self.trip else self.booking.occupied_from


def rows(bookings: Iterable[Booking], now: datetime) -> list[Row]:
    """The ways of all schools to the shows of the visits, in the order in which they set out.

    Args:
        bookings: with their ground (`Bookings.with_ground`).
    """
    found = list(bookings)
    needed = {trip.key: trip for trip in trips(found)}
    orders = {
        (order.booking_id, order.school_id, order.show_number): order
        for order in BusOrder.objects.filter(booking__in=found).select_related(
            "school__organisation", "school__place", "venue__place"
        )
    }
    by_pk = {booking.pk: booking for booking in found}
    made = []
    for key in {**needed, **orders}:
        trip, order = needed.get(key), orders.get(key)
        school = trip.school if trip else orders[key].school
        booking = by_pk[key[0]]
        made.append(Row(booking, school, key[2], trip, order, differences(booking, trip, order, now)))
    return sorted(made, key=lambda row: (row.starts_at, row.booking.pk, row.show_number, str(row.school)))


def row_of(booking: Booking, school: School, show_number: int, now: datetime) -> Row | None:
    """One school's way to one show; None where it neither goes nor went."""
    key = (school.pk, show_number)
    return next((row for row in rows([booking], now) if (row.school.pk, row.show_number) == key), None)


def trips(bookings: Iterable[Booking]) -> list[Trip]:
    """What is needed for visits that may still be played, by booking, show and school.

    A school that is at home in the house where it is played goes nowhere, if that house stands in its place.
    """
    live = [booking for booking in bookings if booking.status in LIVE]
    by_visit: dict[int, list[VisitGroup]] = {booking.pk: [] for booking in live}
    read = VisitGroup.objects.filter(booking__in=live).select_related(
        "group__school__organisation__municipality", "group__school__place__municipality"
    )
    for group in read.order_by("show_number", "group__school__organisation__name", "pk"):
        by_visit[group.booking_id].append(group)
    ground = _Ground(live, {group.group.school for some in by_visit.values() for group in some})
    return [trip for booking in live for trip in _of_visit(booking, by_visit[booking.pk], ground)]


def differences(
    booking: Booking, trip: Trip | None, order: BusOrder | None, now: datetime
) -> list[Difference]:
    """What is not as it was ordered any more; nothing of what was not ordered, or is over."""
    if order is None or not order.is_standing or booking.occupied_to <= now:
        return []
    if trip is None or booking.status != Status.CONFIRMED:
        return [Difference("visit", "", booking.status)]
    told = [
        Difference("venue", order.venue, booking.venue),
        Difference("pick_up_at", order.pick_up_at, trip.pick_up_at),
        Difference("there_at", order.there_at, trip.there_at),
        Difference("leaves_at", order.leaves_at, trip.leaves_at),
        Difference("seats", order.seats_count, trip.seats),
        Difference("wheelchairs", order.wheelchair_count, trip.wheelchairs),
        Difference("buses", order.buses_count, trip.buses or 0),
    ]
    return [one for one in told if one.before != one.after]


class _Ground:
    """Roads, rules and ways of the visits, read once; drives are found once for each pair of points, day and factor."""

    def __init__(self, bookings: Sequence[Booking], schools: Iterable[School]) -> None:
        points = [travel.point(school) for school in schools]
        points += [travel.point(booking.venue) for booking in bookings]
        self.edges = travel.read_edges() if points else []
        self.overrides = travel.read_overrides(points)
        self.rules: dict[int, Rules] = {}
        seasons = {booking.tour.season_id for booking in bookings}
        self.ways = {
            (way.season_id, way.municipality_id): way.way
            for way in SeasonWay.objects.filter(season__in=seasons)
        }
        self.wished = _wished_by_the_house(bookings)
        self.known: dict[Any, travel.Leg | str] = {}

    def rule(self, region: Region, municipality_id: int, day: date) -> BusRule | None:
        if region.pk not in self.rules:
            self.rules[region.pk] = Rules(region)
        return self.rules[region.pk].of(municipality_id, day)

    def plan(self, booking: Booking, municipality_id: int) -> Plan:
        """By whose plan the schools of the municipality go; where both ways are open by the wish behind the visit."""
        way = self.ways.get((booking.tour.season_id, municipality_id), SeasonWay.Way.MENU)
        if way == SeasonWay.Way.BOTH:
            return Plan.SCHOOL if booking.wish_id in self.wished else Plan.REGION
        return Plan.REGION if way == SeasonWay.Way.ALLOTMENT else Plan.SCHOOL

    def drive(self, booking: Booking, school: School, day: date, factor: Decimal) -> travel.Leg | str:
        """The way on that day, or why nobody knows it."""
        if school.place_id == booking.venue.place_id:
            return travel.within_place(school, booking.venue) or _nowhere_in_place(booking)
        ends = (travel.point(school), travel.point(booking.venue))
        key = (*ends, day, factor)
        if key not in self.known:
            self.known[key] = self._drive(ends, day, factor)
        return self.known[key]

    def _drive(
        self, ends: tuple[travel.TravelPoint, travel.TravelPoint], day: date, factor: Decimal
    ) -> travel.Leg | str:
        try:
            found = travel.table(ends, self.edges, days=(day, day), overrides=self.overrides, factor=factor)
        except NoRoad as error:
            return str(error)
        return travel.Leg(found.drive_min[0][1], found.drive_km[0][1])


def _of_visit(booking: Booking, groups: Sequence[VisitGroup], ground: _Ground) -> list[Trip]:
    shows = {show.number: show for show in booking.performances.all()}
    found = []
    for (number, _school), some in groupby(
        groups, key=lambda group: (group.show_number, group.group.school_id)
    ):
        members = list(some)
        if number in shows and not _is_at_home(members[0].group.school, booking):
            found.append(_trip(booking, shows[number], members, ground))
    return [_at_its_stop(trip, found) for trip in found]


def _trip(booking: Booking, show: Performance, groups: Sequence[VisitGroup], ground: _Ground) -> Trip:
    school, day = groups[0].group.school, timezone.localdate(show.starts_at)
    municipality = school.organisation.municipality_id or school.place.municipality_id
    rule = ground.rule(booking.tour.season.region, municipality, day)
    factor = rule.terms.drive_factor if rule else Decimal(1)
    drive = ground.drive(booking, school, day, factor)
    known = None if isinstance(drive, str) else drive
    return Trip(
        booking,
        school,
        show,
        groups,
        Decimal(str(known.km)) if known else None,
        known.minutes if known else None,
        drive if isinstance(drive, str) else "",
        rule,
        ground.plan(booking, municipality),
    )


def _at_its_stop(trip: Trip, others: Sequence[Trip]) -> Trip:
    """The trip with all who go to the same show from the same place."""
    stop = [
        other
        for other in others
        if other.show.pk == trip.show.pk and other.school.place_id == trip.school.place_id
    ]
    return replace(trip, stop=[other.school for other in stop], stop_seats=sum(other.seats for other in stop))


def _nowhere_in_place(booking: Booking) -> str:
    return _(
        "School and hall are both in %(place)s, and nobody has said where in it. "
        "Give their positions, or decide by hand."
    ) % {"place": booking.venue.place}


def _is_at_home(school: School, booking: Booking) -> bool:
    venue = booking.venue
    return venue.organisation_id == school.organisation_id and venue.place_id == school.place_id


def _wished_by_the_house(bookings: Sequence[Booking]) -> set[int]:
    """The wishes behind the visits that somebody of the house itself has written."""
    host = Membership.objects.filter(
        role__in=HOSTS, organisation=OuterRef("organisation"), user=OuterRef("created_by")
    )
    behind = Wish.objects.filter(pk__in=[booking.wish_id for booking in bookings if booking.wish_id])
    return set(behind.filter(Exists(host)).values_list("pk", flat=True))
