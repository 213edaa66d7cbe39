"""What a season has beside performances, each kind counted for itself: short sessions, and workshops.

A workshop beside a visit is an activity of its own, and its pupils are no audience: who came to the show was counted
there. Source: the field's rule against counting an encounter twice (docs/school-visits.md).
"""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from bookings.models import Performance, Workshop
from tours.models import Production, Season


@dataclass(frozen=True)
class Activities:
    """Counts of one season.

    Attributes:
        sessions: how many of the performances are short sessions.
        workshops: those that were agreed on.
        took_part: pupils in those workshops of which it was told.
    """

    sessions: int
    workshops: int
    took_part: int


def of_season(season: Season) -> Activities:
    """The counts of the season's tours."""
    shows = Performance.objects.counted().filter(
        booking__tour__season=season, booking__tour__production__kind=Production.Kind.SESSION
    )
    agreed = Workshop.objects.filter(status=Workshop.Status.CONFIRMED, booking__tour__season=season)
    told = agreed.aggregate(count=Count("pk"), pupils=Sum("took_part", filter=Q(took_part__isnull=False)))
    return Activities(shows.count(), told["count"], told["pupils"] or 0)
