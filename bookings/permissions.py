"""Who may do what: predicates over a user and a row. Lists are scoped by the models' querysets."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bookings import lines, offering
from bookings.models import Booking
from bookings.states import PRESENTER, PRODUCER, Action, actions_for
from tours.models import Ensemble, Production, Proposal, Season, Tour, Wish
from venues.models import HOSTS, Membership, Municipality, Organisation, Region, School, User, Venue

Person = User | AnonymousUser
SEASON_RUNNERS = (Membership.Role.PRODUCER, Membership.Role.OFFICER, Membership.Role.ADMINISTRATOR)


def has_role(user: Person, *roles: str, organisation: Organisation | None = None) -> bool:
    """Whether the user has one of the roles, anywhere or in that organisation."""
    if not isinstance(user, User) or not user.is_active:
        return False
    memberships = user.memberships.filter(role__in=roles)
    return memberships.filter(organisation=organisation).exists() if organisation else memberships.exists()


def can_plan(user: Person, tour: Tour) -> bool:
    """Producers plan the tours of their own organisation's ensembles."""
    return has_role(user, Membership.Role.PRODUCER, organisation=tour.production.ensemble.producer)


def can_adopt(user: Person, proposal: Proposal) -> bool:
    """Who may plan a tour may adopt a plan for it."""
    return can_plan(user, proposal.tour)


def can_answer(user: Person, booking: Booking) -> bool:
    """Presenters and school contacts answer what is offered to their own organisation."""
    return has_role(user, *HOSTS, organisation=booking.presenter)


def can_report(user: Person, booking: Booking) -> bool:
    """Both sides of an agreement tell what happened at the visit."""
    return can_answer(user, booking) or can_plan(user, booking.tour)


def can_advance(user: Person, booking: Booking) -> bool:
    """Both sides of an agreement prepare the visit, and either may settle what is on its list."""
    return can_answer(user, booking) or can_plan(user, booking.tour)


def can_claim(user: Person) -> bool:
    """Both sides of agreements read what may be claimed for their visits, and officers for their region's."""
    return has_role(user, *HOSTS, *SEASON_RUNNERS)


def can_see_booking(user: Person, booking: Booking) -> bool:
    """Both sides of an agreement see it, and the region's officers."""
    return can_answer(user, booking) or can_plan(user, booking.tour) or oversees(user, booking.presenter)


def sides_of(user: Person, booking: Booking) -> list[str]:
    """The sides of the agreement on which the user acts: none, one or both."""
    sides = {PRODUCER: can_plan(user, booking.tour), PRESENTER: can_answer(user, booking)}
    return [side for side, is_theirs in sides.items() if is_theirs]


def steps_for(user: Person, booking: Booking, now: datetime) -> list[Action]:
    """What the user may do at that moment; who sits on both sides may do what either may.

    What a further option would ask for in vain, as its line stands, is left out; so is taking an offer back
    whose mail has left.
    """
    allowed = [step for side in sides_of(user, booking) for step in actions_for(booking, side, now)]
    in_vain = lines.in_vain(booking) if allowed and booking.hold_rank > 1 else set()
    if any(step.name == "recall" for step in allowed) and offering.is_told(booking):
        in_vain |= {"recall"}
    return [step for step in dict.fromkeys(allowed) if step.name not in in_vain]


def may_take(user: Person, booking: Booking, step: Action) -> bool:
    """Whether a side of the user's may take the step from the state in which the visit is, deadlines apart."""
    return any(step.is_for(side, booking) for side in sides_of(user, booking))


def can_wish_for(user: Person, organisation: Organisation) -> bool:
    """Presenters and school contacts wish for their own organisation."""
    return has_role(user, *HOSTS, organisation=organisation)


def can_edit_wish(user: Person, wish: Wish) -> bool:
    """Whoever may wish for the organisation may change its wishes."""
    return can_wish_for(user, wish.organisation)


def can_edit_production(user: Person, production: Production) -> bool:
    """Producers write about the productions of their own organisation's ensembles."""
    return has_role(user, Membership.Role.PRODUCER, organisation=production.ensemble.producer)


def can_edit_ensemble(user: Person, ensemble: Ensemble) -> bool:
    """Producers tell about their own organisation's ensembles, and when these do not work."""
    return has_role(user, Membership.Role.PRODUCER, organisation=ensemble.producer)


def can_see_matches(user: Person, production: Production) -> bool:
    """Its producer sees who suits a production, and the region's officers."""
    return can_edit_production(user, production) or oversees(user, production.ensemble.producer)


def can_run_season(user: Person, season: Season) -> bool:
    """Producers, officers and administrators of its region run a season together."""
    return regions_run_by(user).filter(pk=season.region_id).exists()


def regions_run_by(user: Person) -> "QuerySet[Region]":
    """The served regions whose seasons the user may run."""
    if not isinstance(user, User) or not user.is_active:
        return Region.objects.none()
    mine = user.memberships.filter(role__in=SEASON_RUNNERS)
    return Region.objects.filter(is_served=True, organisations__memberships__in=mine).distinct()


def ensembles_of(user: Person) -> "QuerySet[Ensemble]":
    """The ensembles for which the user may write productions."""
    return Ensemble.objects.filter(producer__in=organisations_of(user, Membership.Role.PRODUCER))


def oversees(user: Person, organisation: Organisation) -> bool:
    """Officers and administrators see what happens in their own region."""
    if not isinstance(user, User) or not user.is_active:
        return False
    roles = (Membership.Role.OFFICER, Membership.Role.ADMINISTRATOR)
    return user.memberships.filter(role__in=roles, organisation__region=organisation.region_id).exists()


def regions_overseen_by(user: Person) -> "QuerySet[Region]":
    """The regions in which the user is culture officer or administrator."""
    if not isinstance(user, User) or not user.is_active:
        return Region.objects.none()
    roles = (Membership.Role.OFFICER, Membership.Role.ADMINISTRATOR)
    mine = user.memberships.filter(role__in=roles)
    return Region.objects.filter(organisations__memberships__in=mine).distinct()


def administers(user: Person, region: Region) -> bool:
    """Administrators change who is who in their own region."""
    if not isinstance(user, User) or not user.is_active:
        return False
    mine = user.memberships.filter(role=Membership.Role.ADMINISTRATOR)
    return mine.filter(organisation__region=region).exists()


def can_see_venue(user: Person, venue: Venue) -> bool:
    """Its owner, every producer and the region's officers read what a venue has told of its room."""
    return (
        can_edit_venue(user, venue)
        or has_role(user, Membership.Role.PRODUCER)
        or oversees(user, venue.organisation)
    )


def can_edit_venue(user: Person, venue: Venue) -> bool:
    """Presenters and school contacts tell about their own organisation's venues, and coordinators about a school's."""
    return (
        has_role(user, *HOSTS, organisation=venue.organisation)
        or schools_kept_by(user).filter(organisation=venue.organisation_id).exists()
    )


def can_correct_roads(user: Person) -> bool:
    """Producers, who drive the roads and sleep along them, say how long they really take and where beds are gone."""
    return has_role(user, Membership.Role.PRODUCER)


def regions_driven_by(user: Person) -> "QuerySet[Region]":
    """The regions whose roads a producer corrects, and those that lead out of them: the home of each producer."""
    producers = organisations_of(user, Membership.Role.PRODUCER)
    return Region.objects.filter(organisations__in=producers).distinct()


def organisations_of(user: Person, *roles: str) -> "QuerySet[Organisation]":
    """The organisations for which the user has one of the roles."""
    if not isinstance(user, User):
        return Organisation.objects.none()
    return Organisation.objects.filter(
        memberships__in=Membership.objects.filter(user=user, role__in=roles)
    ).distinct()


def schools_kept_by(user: Person) -> "QuerySet[School]":
    """The schools of which the user is contact, or coordinates the owner; see `can_keep_school`."""
    own = organisations_of(user, Membership.Role.SCHOOL_CONTACT)
    coordinated = schools_coordinated_by(user).values("pk")
    return School.objects.filter(Q(organisation__in=own) | Q(pk__in=coordinated))


def schools_coordinated_by(user: Person) -> "QuerySet[School]":
    """The schools of an owner whose coordinator the user is; those without an owner by their municipality."""
    owners = organisations_of(user, Membership.Role.COORDINATOR)
    unowned = Q(owner=None, organisation__municipality__in=owners.values("municipality"))
    return School.objects.filter(unowned | Q(owner__organisation__in=owners))


def municipalities_coordinated_by(user: Person) -> "QuerySet[Municipality]":
    """Where the user coordinates a school owner, and those of the regions that the user oversees."""
    owners = organisations_of(user, Membership.Role.COORDINATOR)
    overseen = regions_overseen_by(user).filter(is_served=True)
    return Municipality.objects.filter(Q(organisations__in=owners) | Q(region__in=overseen)).distinct()
