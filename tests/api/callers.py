"""Programs that call the API, each for one person."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from rest_framework.test import APIClient

from api import tokens
from bookings.models import Booking
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.world import World
from venues.models import User

#: While the season of the small world takes wishes, and long before its tour.
OPEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
API = "/api/v1"


def caller(user: User | None = None, **headers: str) -> APIClient:
    """A program with a token of the user's, or without; it accepts English, and changes whatever version there is."""
    client = APIClient(headers={"Accept-Language": "en", "If-Match": "*", **headers})
    if user is not None:
        _row, token = tokens.issue(user, 1, timezone.now())
        client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def step(user: User, booking: Booking, name: str, **body: Any) -> Any:
    """The answer to a step of a visit's agreement that the user takes."""
    return caller(user).post(f"{API}/bookings/{booking.pk}/{name}", body)


def other_producer() -> User:
    """A producer of another house in the same region."""
    house = OrganisationFactory(name="Andra scenen", slug="andra-scenen", roles=["producer"])
    user = UserFactory(email="other@example.org", name="Other producer")
    MembershipFactory(user=user, organisation=house, role="producer")
    return user


def wish_document(world: World, **changes: Any) -> dict[str, Any]:
    """A wish as a program sends it, for the presenter's organisation."""
    document = {
        "season": world.season.slug,
        "organisation": world.presenting.slug,
        "production": world.production.slug,
        "venue": world.venue.slug,
        "rank": 1,
        "shows_count": 1,
        "audience": "public",
        "audience_expected": 60,
        "spans": [
            {"starts_on": "2027-02-01", "ends_on": "2027-02-12", "earliest": "09:00", "latest": "19:00"}
        ],
    }
    return {**document, **changes}
