"""Conflicts of interest: what an assessor has declared, and what is hidden because of it."""

from bookings.permissions import Person
from programmes.models import Application
from programmes.models.applications import Applications
from venues.models import User


def hidden_from(user: Person) -> Applications:
    """The applications of which the user is shown nothing: those in which they have declared a conflict."""
    if not isinstance(user, User):
        return Application.objects.none()
    declared = {"declarations__assessor__user": user, "declarations__has_conflict": True}
    return Application.objects.filter(**declared)
