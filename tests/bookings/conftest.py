"""What the tests of the bookings' rules may use besides."""

import pytest

from tests import factories as make
from tests.tours.conftest import three, without_wishes  # noqa: F401 - fixtures
from tests.world import World
from venues.models import Organisation


@pytest.fixture
def newcomer(world: World) -> Organisation:
    """A presenter in Åre, where nobody has wished, with a room that fits."""
    place = world.places["Åre"]
    host = make.OrganisationFactory(
        name="Åre bygdegård", slug="are-bygdegard", municipality=place.municipality
    )
    make.VenueFactory(organisation=host, place=place, seats=120, max_persons=150)
    return host
