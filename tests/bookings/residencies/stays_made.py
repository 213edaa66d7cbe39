"""Residencies of the small world: an artist with the presenter in Backe, in May and August 2027."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bookings.models import Residency
from bookings.residencies import contracts, reserving, staying
from bookings.residencies.staying import StayInput
from tests.factories import UserFactory
from tests.world import World
from venues.models import Dwelling, User

#: It is Monday morning, long before.
NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
ANSWER_BY = NOW + timedelta(days=14)
MAY = (date(2027, 5, 3), date(2027, 5, 16))
AUGUST = (date(2027, 8, 9), date(2027, 8, 22))
#: When the last day is over.
AFTER = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)
Spans = Sequence[tuple[date, date]]


@dataclass
class Stay:
    """A residency with who is in it. The host is the world's presenter, the officer the world's."""

    world: World
    artist: User
    residency: Residency
    dwelling: Dwelling

    def fresh(self) -> Residency:
        """The residency as it stands now."""
        self.residency = Residency.objects.with_ground().get(pk=self.residency.pk)
        return self.residency

    def act(self, **more: Any) -> dict[str, Any]:
        """What a verb takes that the officer calls, having seen the residency as it stands."""
        return {"version": self.fresh().version, "by": self.world.officer, "now": NOW, **more}


def artist(name: str = "Musiker", **more: Any) -> User:
    """Somebody who belongs to no organisation."""
    made: User = UserFactory(name=name, language="en", **more)
    return made


def dwelling(world: World, name: str = "Lägenheten i Backe", **more: Any) -> Dwelling:
    values = {"beds": 3, "has_kitchen": True, **more}
    return Dwelling.objects.create(owner=world.presenting, place=world.places["Backe"], name=name, **values)


def said(**changes: Any) -> StayInput:
    """What a residency of two people says."""
    data = StayInput(
        title="Vindens väg",
        artist_name="Trion",
        art_form="music",
        about="Låtar om vind.",
        people_count=2,
    )
    return replace(data, **changes)


def planned(world: World, spans: Spans = (MAY, AUGUST), who: User | None = None, **changes: Any) -> Stay:
    """Two people, planned with the presenter for two weeks in May and two in August; nothing is reserved yet."""
    who = who or artist()
    residency = staying.make(
        world.presenting,
        world.places["Backe"],
        said(artist_email=who.email, **changes),
        spans,
        by=world.officer,
        now=NOW,
        access_needs="Hiss.",
    )
    home = Dwelling.objects.filter(owner=world.presenting).first() or dwelling(world)
    return Stay(world, who, Residency.objects.with_ground().get(pk=residency.pk), home)


def reserved(world: World, **changes: Any) -> Stay:
    """The same, with the presenter's hall and flat for both periods."""
    stay = planned(world, **changes)
    reserving.reserve_room(stay.residency, world.venue, **stay.act())
    reserving.reserve_dwelling(stay.residency, stay.dwelling, **stay.act())
    stay.fresh()
    return stay


def offered(world: World, **changes: Any) -> Stay:
    """The same, its contract sent to both."""
    stay = reserved(world, **changes)
    contracts.send(stay.residency, answer_by=ANSWER_BY, **stay.act())
    stay.fresh()
    return stay


def confirmed(world: World, **changes: Any) -> Stay:
    """The same, agreed by both sides."""
    stay = offered(world, **changes)
    contracts.agree(stay.residency, "host", number=1, by=world.presenter, now=NOW)
    contracts.agree(stay.residency, "artist", number=1, by=stay.artist, now=NOW)
    stay.fresh()
    return stay
