"""Which venues a residency's sub-events may be in: others are nobody's to reserve from there."""

from django.db.models import Q

from bookings.models import Residency
from venues.models import Venue
from venues.models.places import Venues


def venues_for(residency: Residency) -> Venues:
    """The venues in use of its host, of the municipality where it is, and those that it has reserved."""
    own = residency.allocations.filter(venue__isnull=False).values("venue")
    near = Q(organisation=residency.host_id) | Q(place__municipality=residency.place.municipality_id)
    return Venue.objects.open().filter(near | Q(pk__in=own))
