"""A grant to the owner of the small world's school, and visits to which its groups come."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bookings import grants
from bookings.grants import Decision
from bookings.models import Booking, ProfessionalProof, SchoolGrant
from tests.bookings.buses import coming, school_of
from tests.bookings.visits import visit
from tests.factories import OrganisationFactory
from tests.world import World
from venues.models import GrantScheme, Region, School, SchoolOwner

NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
#: Thursday 4 February 2027, 10.00, and after the school year.
SHOW_AT = datetime(2027, 2, 4, 9, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 9, tzinfo=UTC)
YEAR_OVER = datetime(2027, 7, 1, 9, tzinfo=UTC)
RULES: dict[str, Any] = {
    "currency": "SEK", "apply_month": 1, "covers": ["fee", "travel", "lodging"], "needs_proof": True,
    "warn_below_percent": 10, "conditions": [{"sv": "Huvudmannen söker.", "en": "The owner applies.", "source": "x"}],
}  # fmt: skip


def scheme() -> GrantScheme:
    """The grant that the world's region knows."""
    found, _made = GrantScheme.objects.get_or_create(
        region=Region.objects.get(), key="skapande_skola", valid_from=date(2022, 1, 1),
        defaults={"label": "Skapande skola", "rules": RULES, "source": "kulturradet.se"},
    )  # fmt: skip
    return found


def owner(world: World, name: str = "Krokoms kommun") -> SchoolOwner:
    """Who runs the world's school."""
    body = OrganisationFactory(name=name, roles=["school_owner"], municipality=world.school.municipality)
    made = SchoolOwner.objects.create(organisation=body, kind="municipal")
    School.objects.filter(organisation=world.school).update(owner=made)
    return made


def granted(world: World, promised: int = 100, **more: Any) -> SchoolGrant:
    """What the owner was granted for 2026/27."""
    decision = Decision(promised, Decimal(200_000), reference="KUR 2026/1", **more)
    return grants.grant(owner(world), scheme(), 2026, decision, by=world.officer, now=NOW)


def to_the_school(world: World, days: int = 0, *pupils: int, **fields: Any) -> Booking:
    """A visit at the world's school so many days after the first, with a new group for each number of pupils."""
    booking = visit(
        world, SHOW_AT + timedelta(days=days), presenter=world.school, venue=world.school_venue, **fields
    ).booking
    for count in pupils:
        coming(booking, school_of(world), count)
    return booking


def told(booking: Booking, *came: int | None) -> Booking:
    """It was played, and so many of each of its groups came."""
    Booking.objects.filter(pk=booking.pk).update(outcome="held")
    for group, count in zip(booking.groups.order_by("pk"), came, strict=True):
        group.came_count = count
        group.save()
    return booking


def proof(world: World, **fields: Any) -> ProfessionalProof:
    """What shows that the world's ensemble is professional, seen by the officer."""
    values = {"kind": "cv", "what": "Meriter", "where_kept": "Kulturkontorets diarium", **fields}
    made = grants.tell_proof(world.ensemble, by=world.producer, now=NOW, **values)
    return grants.see_proof(made, by=world.officer, now=NOW)
