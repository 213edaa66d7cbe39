"""What young people have written, and its end: nicknames, notes and comments are forgotten, counts and ticks stay."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bookings.models import CrewTask
from tours.models import PanelOpinion
from tours.windows import midnight
from venues.models import CrewMember
from venues.models.school_years import bounds, school_year_of

#: So long after a season's last day the panels' comments on its menu are kept. Source: the house's assumption: until
#: the same season of the next year has been put together.
COMMENTS_KEPT = timedelta(days=365)


def of_crews(now: datetime) -> "list[QuerySet[Any]]":
    """Places in crews of school years that have ended, and tasks with a nickname or note from these years."""
    today = timezone.localdate(now)
    begun = midnight(bounds(school_year_of(today))[0])
    written = ~Q(nickname="") | ~Q(note="")
    return [CrewMember.objects.over(today), CrewTask.objects.filter(written, changed_at__lt=begun)]


def of_panels(now: datetime) -> "list[QuerySet[Any]]":
    """Opinions with a comment on the menu of a season that ended long ago."""
    ended = timezone.localdate(now) - COMMENTS_KEPT
    return [PanelOpinion.objects.filter(season__ends_on__lt=ended).exclude(comment="")]


@transaction.atomic
def forget_due(now: datetime) -> int:
    """Forget the words: of how many rows. What was ticked, and the places that were given, stay."""
    members, tasks = of_crews(now)
    (opinions,) = of_panels(now)
    alone = opinions.filter(place=None)
    return (
        members.delete()[0]
        + tasks.update(nickname="", note="")
        + alone.delete()[0]
        + opinions.update(comment="")
    )
