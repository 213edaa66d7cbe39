"""Who plans the days of a stay, who sees a sub-event, and which schools may say no to one."""

from django.db.models import Q

from bookings.models import Residency, SubEvent
from bookings.models.residency import SubEvents
from bookings.permissions import Person, can_edit_ensemble, organisations_of
from bookings.residencies.permissions import can_answer_as_artist, can_run, visible_residencies
from venues.models import HOSTS, School
from venues.models.schools import Schools


def can_plan_days(user: Person, residency: Residency) -> bool:
    """Whoever runs it, and the artist: days, sub-events, travel, what is public, and what came of it."""
    return can_run(user, residency) or can_answer_as_artist(user, residency)


def visible_events(user: Person) -> SubEvents:
    """Those of the residencies that the user sees, and those to which classes of one's school are invited."""
    invited = SubEvent.objects.filter(
        groups__school__organisation__in=organisations_of(user, *HOSTS).values("pk")
    )
    theirs = Q(residency__in=visible_residencies(user).values("pk"))
    return SubEvent.objects.filter(theirs | Q(pk__in=invited.values("pk")))


def schools_invited(user: Person, event: SubEvent) -> Schools:
    """The user's own schools whose groups are to come: for them one may say no."""
    mine = organisations_of(user, *HOSTS).values("pk")
    invited = event.groups.values("school")
    return School.objects.filter(pk__in=invited, organisation__in=mine)


def can_begin_production(user: Person, residency: Residency) -> bool:
    """Whoever acts for the producer of its ensemble."""
    return residency.ensemble is not None and can_edit_ensemble(user, residency.ensemble)
