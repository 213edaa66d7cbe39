"""Who may do what in an allotment, and with what schools say before: predicates, as `permissions` has them."""

from django.db.models import QuerySet

from bookings.permissions import Person, can_run_season, has_role, organisations_of, regions_run_by
from tours.models import Allotment
from venues.models import Membership, Municipality, School


def municipalities_of_coordinator(user: Person) -> "QuerySet[Municipality]":
    """The municipalities whose coordinator the user is."""
    bodies = organisations_of(user, Membership.Role.COORDINATOR)
    return Municipality.objects.filter(organisations__in=bodies).distinct()


def can_see_allotment(user: Person, allotment: Allotment) -> bool:
    """Who runs the season sees all of it; a coordinator whose municipality is in it, that part."""
    if can_run_season(user, allotment.season):
        return True
    return municipalities_of_coordinator(user).filter(allotments=allotment).exists()


def can_order_in(user: Person, allotment: Allotment, school: School) -> bool:
    """Who runs the season decides by hand, and a coordinator for the schools of the municipality."""
    if can_run_season(user, allotment.season):
        return True
    return municipalities_of_coordinator(user).filter(organisations=school.organisation).exists()


def can_answer_for_grades(user: Person, school: School) -> bool:
    """A school's contact says what its grades can."""
    return has_role(user, Membership.Role.SCHOOL_CONTACT, organisation=school.organisation)


def can_see_grade_answers(user: Person, school: School) -> bool:
    """Its contact, the municipality's coordinator, and who runs seasons in the region."""
    if can_answer_for_grades(user, school):
        return True
    coordinated = municipalities_of_coordinator(user).filter(organisations=school.organisation)
    return coordinated.exists() or regions_run_by(user).filter(pk=school.organisation.region_id).exists()
