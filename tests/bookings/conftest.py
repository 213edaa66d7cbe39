"""What the tests of the bookings' rules may use besides."""

import pytest

from bookings.models import Wish
from tests import factories as make
from tests.bookings.wishing import another, submit
from tests.world import World
from venues.models import Organisation


@pytest.fixture
def without_wishes(world: World) -> None:
    """Nobody in the world has wished yet."""
    Wish.objects.all().delete()


@pytest.fixture
def three(without_wishes: None, world: World) -> list[Wish]:
    """Three ranked wishes, A to C."""
    return [
        submit(world, production=another(world, title), rank=rank)
        for rank, title in enumerate("ABC", start=1)
    ]


@pytest.fixture
def newcomer(world: World) -> Organisation:
    """A presenter in Åre, where nobody has wished, with a room that fits."""
    place = world.places["Åre"]
    host = make.OrganisationFactory(
        name="Åre bygdegård", slug="are-bygdegard", municipality=place.municipality
    )
    make.VenueFactory(organisation=host, place=place, seats=120, max_persons=150)
    return host
