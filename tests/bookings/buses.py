"""Schools on their way to a visit in the small world: groups made by hand, a rule, and the visit itself."""

from datetime import UTC, date, datetime
from typing import Any

from bookings.models import Booking, VisitGroup
from tests.bookings.visits import visit
from tests.factories import SchoolFactory
from tests.world import World
from venues.models import BusRule, Group, Region, School

#: Before all visits of the tests, and the show: Thursday 4 February 2027, 10.00 in Stockholm.
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
SHOW_AT = datetime(2027, 2, 4, 9, tzinfo=UTC)
AFTER = datetime(2027, 2, 5, 9, tzinfo=UTC)
RULE: dict[str, Any] = {
    "from_km": "3", "orders": "school", "pays": {"region": "region", "school": "school"}, "short": "school",
    "bus_seats": 50, "boarding_min": 10, "drive_factor": "1",
}  # fmt: skip


def bus_rule(**parameters: Any) -> BusRule:
    """The rule that holds in the world's region where nobody has chosen another."""
    return BusRule.objects.create(
        region=Region.objects.get(), key="antagande", label="Antagandet", parameters={**RULE, **parameters},
        is_default=True, valid_from=date(2026, 1, 1), source="beslut",
    )  # fmt: skip


def school_of(world: World) -> School:
    """The world's school, which is in Krokom."""
    return School.objects.get(organisation=world.school)


def school_in(world: World, place: str, name: str) -> School:
    """Another school somewhere in the world, in that place's municipality."""
    where = world.places[place]
    school = SchoolFactory(place=where)
    school.organisation.name, school.organisation.municipality = name, where.municipality
    school.organisation.save()
    return school


def coming(
    booking: Booking, school: School, pupils: int = 24, adults: int = 2, show: int = 1, **needs: int
) -> VisitGroup:
    """A new group of the school that comes to the visit."""
    count = Group.objects.filter(school=school).count()
    group = Group.objects.create(
        school=school, name=f"{count + 1}A", grade="4", school_year="2026/27", pupils_count=pupils
    )
    return VisitGroup.objects.create(
        booking=booking, group=group, pupils_count=pupils, adults_count=adults, show_number=show, needs=needs
    )


def away(world: World, **fields: Any) -> Booking:
    """A confirmed visit in Strömsund, 123 km from the world's school, by the neighbour."""
    performance = visit(
        world, SHOW_AT, presenter=world.neighbouring, venue=world.neighbour_venue, audience="school", **fields
    )
    return fresh(performance.booking)


def fresh(booking: Booking) -> Booking:
    """The visit as it stands, with its ground."""
    return Booking.objects.with_ground().get(pk=booking.pk)
