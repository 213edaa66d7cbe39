"""Which venues a residency's sub-events may be in, and by whom: they are reserved at once."""

from django.db.models import Q

from bookings.models import Residency
from bookings.permissions import Person
from bookings.residencies.permissions import can_act_for_region, hosts_of
from venues.models import Venue
from venues.models.places import Venues


def venues_for(user: Person, residency: Residency) -> Venues:
    """The venues in use of its host, those that it has, those of houses for which the user acts; officers: all."""
    own = residency.allocations.filter(venue__isnull=False).values("venue")
    theirs = Q(pk__in=own) | Q(organisation=residency.host_id)
    theirs |= Q(organisation__in=hosts_of(user).values("pk"))
    if can_act_for_region(user, residency):
        theirs |= Q(organisation__region=residency.region_id)
    return Venue.objects.open().filter(theirs)
