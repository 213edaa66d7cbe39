"""Two more houses that want the presenter's venue: each with an ensemble, a tour and a wish of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bookings import lifecycle
from bookings.models import Booking
from tests import factories as make
from tests.agreements import NOW, SHOW_AT
from tests.world import World
from tours.models import Tour, Wish
from venues.models import Organisation, User


@dataclass
class Rival:
    """Another producer with a tour in the same season, and somebody's wish for it in the presenter's venue."""

    house: Organisation
    producer: User
    tour: Tour
    wish: Wish

    def held(self, *, now: datetime = NOW, starts_at: datetime = SHOW_AT, **more: Any) -> Booking:
        """A place in the line for the presenter's venue: the first one that is free."""
        values = {"starts_at": starts_at, "by": self.producer, "now": now, "rank": None, **more}
        return lifecycle.hold(tour=self.tour, wish=self.wish, **values)


def make_rival(world: World, name: str) -> Rival:
    """A house of that name; the world's presenter has wished for its production."""
    house = make.OrganisationFactory(name=name, slug=name.lower(), email=f"{name.lower()}@example.org")
    producer = make.UserFactory(email=f"producer@{name.lower()}.example.org", name=f"{name}s producent")
    make.MembershipFactory(user=producer, organisation=house, role="producer")
    production = make.RiderFactory(production__ensemble__producer=house, production__title=name).production
    world.season.productions.add(production)
    tour = make.TourFactory(
        production=production,
        season=world.season,
        name=f"{name} på turné",
        slug=f"{name.lower()}-pa-turne",
        starts_on=world.tour.starts_on,
        ends_on=world.tour.ends_on,
    )
    count = Wish.objects.filter(organisation=world.presenting).count()
    wish = make.WishFactory(
        season=world.season,
        production=production,
        organisation=world.presenting,
        venue=world.venue,
        rank=1 + count,
        created_by=world.presenter,
    )
    return Rival(house, producer, tour, wish)
