"""Who may do what around schools: their own side, visits and workshops, crews, buses, grants; and coordinators."""

from django.db.models import Q, QuerySet

from bookings.models import Booking, CrewVisit, Workshop, WorkshopRequest
from bookings.permissions import (
    Person,
    can_answer,
    can_edit_ensemble,
    can_edit_production,
    can_plan,
    can_see_booking,
    has_role,
    municipalities_coordinated_by,
    organisations_of,
    oversees,
    regions_overseen_by,
    schools_coordinated_by,
    schools_kept_by,
)
from bookings.transport import Row
from tours.models import Ensemble, Production, Season, Wish
from venues.bus_terms import Party
from venues.models import (
    HOSTS,
    Crew,
    Group,
    Membership,
    Municipality,
    Organisation,
    School,
    SchoolOwner,
    User,
)


def can_read_visit(user: Person, booking: Booking) -> bool:
    """The page of a visit and nothing beside it: whoever sees the booking, and coordinators where its schools are."""
    return can_see_booking(user, booking) or visits_coordinated_by(user).filter(pk=booking.pk).exists()


def visits_coordinated_by(user: Person) -> "QuerySet[Booking]":
    """Visits with schools in the user's municipalities: the one that receives, or those whose groups come."""
    schools = School.objects.filter(organisation__municipality__in=municipalities_coordinated_by(user))
    hosted, guests = Q(presenter__school__in=schools), Q(groups__group__school__in=schools)
    return Booking.objects.filter(pk__in=Booking.objects.filter(hosted | guests).values("pk"))


def can_keep_school(user: Person, school: School) -> bool:
    """Its contacts tell of a school, its owner's coordinator, and officers and administrators of its region.

    Where nobody has said who owns it, the coordinator of a school owner in its municipality does.
    """
    return oversees(user, school.organisation) or schools_kept_by(user).filter(pk=school.pk).exists()


def can_see_school_calendar(user: Person, school: School) -> bool:
    """Who keeps the school, and producers whose productions it wishes for or has a visit of."""
    if can_keep_school(user, school):
        return True
    producing = organisations_of(user, Membership.Role.PRODUCER)
    wished = Wish.objects.standing().filter(
        organisation=school.organisation_id, production__ensemble__producer__in=producing
    )
    booked = Booking.objects.filter(
        presenter=school.organisation_id, tour__production__ensemble__producer__in=producing
    )
    return wished.exists() or booked.exists()


def can_edit_school_days(user: Person, owner: Municipality | School) -> bool:
    """Who keeps a school writes its own days; officers and administrators those of their whole region."""
    if isinstance(owner, School):
        return can_keep_school(user, owner)
    return regions_overseen_by(user).filter(pk=owner.region_id).exists()


def can_keep_register(user: Person, school: School) -> bool:
    """Officers and administrators keep the register of the schools of their region."""
    return oversees(user, school.organisation)


def can_see_school_days(user: Person, owner: Municipality | School) -> bool:
    """Whoever writes them, and a municipality's who keeps a school there, which they bind, or is its coordinator."""
    if can_edit_school_days(user, owner):
        return True
    if not isinstance(owner, Municipality):
        return False
    kept = schools_kept_by(user).filter(organisation__municipality=owner)
    return kept.exists() or municipalities_coordinated_by(user).filter(pk=owner.pk).exists()


def schools_at(user: Person, booking: Booking) -> "QuerySet[Organisation]":
    """The user's own schools whose groups come to the visit, as its host or as a guest."""
    return organisations_of(user, *HOSTS).filter(school__groups__visits__booking=booking)


def can_set_groups(user: Person, booking: Booking) -> bool:
    """Its producer says which groups come to a school's visit; a school counts its own."""
    return can_plan(user, booking.tour)


def can_see_groups(user: Person, booking: Booking) -> bool:
    """Whoever sees the visit, and the contacts of schools whose groups come to it."""
    return can_see_booking(user, booking) or schools_at(user, booking).exists()


def can_hold_workshops(user: Person, booking: Booking) -> bool:
    """Pedagogues of the presenter's region, and of the producer itself."""
    if not isinstance(user, User) or not user.is_active:
        return False
    mine = user.memberships.filter(role=Membership.Role.PEDAGOGUE)
    producer = booking.tour.production.ensemble.producer_id
    return mine.filter(
        Q(organisation__region=booking.presenter.region_id) | Q(organisation=producer)
    ).exists()


def can_see_workshop(user: Person, workshop: Workshop) -> bool:
    """Its pedagogue, both sides of its visit, the region's officers, and the schools whose groups take part."""
    is_seen = workshop.pedagogue_id == user.pk or can_see_booking(user, workshop.booking)
    return is_seen or can_answer_workshop(user, workshop)


def can_lead_workshop(user: Person, workshop: Workshop) -> bool:
    """Its pedagogue moves it, takes it back, and says who took part."""
    return workshop.pedagogue_id == user.pk and can_hold_workshops(user, workshop.booking)


def can_answer_workshop(user: Person, workshop: Workshop) -> bool:
    """The schools whose groups take part say yes or no."""
    return organisations_of(user, *HOSTS).filter(school__groups__workshops=workshop).exists()


def pedagogues_for(booking: Booking) -> list[User]:
    """Those who may hold workshops beside the visit (`can_hold_workshops`), each once."""
    producer = booking.tour.production.ensemble.producer_id
    theirs = Q(organisation__region=booking.presenter.region_id) | Q(organisation=producer)
    people = Membership.objects.filter(theirs, role=Membership.Role.PEDAGOGUE).values("user")
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("pk"))


def can_see_request(user: Person, request: WorkshopRequest) -> bool:
    """Whoever may answer it, and the school that asks."""
    return can_hold_workshops(user, request.booking) or can_take_back_request(user, request)


def can_take_back_request(user: Person, request: WorkshopRequest) -> bool:
    """The school that asks."""
    return has_role(user, *HOSTS, organisation=request.school)


def can_speak_for(user: Person, group: Group) -> bool:
    """The contact of a group's school."""
    return has_role(user, *HOSTS, organisation=group.school.organisation)


def can_see_evaluation(user: Person, production: Production) -> bool:
    """What classes thought: its producer, and officers of the producer's region."""
    return can_edit_production(user, production) or oversees(user, production.ensemble.producer)


def can_keep_crew(user: Person, crew: Crew) -> bool:
    """Presenters and school contacts keep the crews of their own organisation."""
    return has_role(user, *HOSTS, organisation=crew.organisation)


def can_see_crew(user: Person, crew: Crew) -> bool:
    """Whoever keeps a crew, and the region's officers."""
    return can_keep_crew(user, crew) or oversees(user, crew.organisation)


def can_see_crew_visit(user: Person, visit: CrewVisit) -> bool:
    """Whoever sees the visit, and whoever keeps the crew that hosts it."""
    return can_see_booking(user, visit.booking) or can_keep_crew(user, visit.crew)


def can_tick(user: Person, visit: CrewVisit) -> bool:
    """The visit's presenter and the keeper of its crew tick tasks, and say that the crew leaves it."""
    return can_answer(user, visit.booking) or can_keep_crew(user, visit.crew)


def hears_young_people(user: Person, season: Season) -> "QuerySet[Production]":
    """The productions of the season's menu of which the user reads what crews and panels said.

    Officers and administrators of its region read all of it, a producer what is said of its own.
    """
    menu = Production.objects.filter(seasons=season)
    if regions_overseen_by(user).filter(pk=season.region_id).exists():
        return menu
    return menu.filter(ensemble__producer__in=organisations_of(user, Membership.Role.PRODUCER))


def can_see_bus(user: Person, row: Row) -> bool:
    """Whoever sees the visit, the school's contact, and the coordinator of its owner."""
    if can_see_booking(user, row.booking):
        return True
    return schools_kept_by(user).filter(pk=row.school.pk).exists()


def can_arrange_bus(user: Person, row: Row) -> bool:
    """Who orders by the rule; and the tour's producer, the owner's coordinator and the region's officers for them."""
    if can_plan(user, row.booking.tour) or oversees(user, row.booking.presenter):
        return True
    if schools_coordinated_by(user).filter(pk=row.school.pk).exists():
        return True
    is_own = has_role(user, Membership.Role.SCHOOL_CONTACT, organisation=row.school.organisation)
    return is_own and row.orders in ("", Party.SCHOOL)


def can_keep_grant(user: Person, owner: SchoolOwner) -> bool:
    """The owner's coordinator notes its grants and what they pay; so do officers and administrators of its region."""
    is_own = has_role(user, Membership.Role.COORDINATOR, organisation=owner.organisation)
    return is_own or oversees(user, owner.organisation)


def can_tell_proof(user: Person, ensemble: Ensemble) -> bool:
    """Its producer tells what shows that an ensemble is professional, and officers for it."""
    return can_edit_ensemble(user, ensemble) or oversees(user, ensemble.producer)


def can_check_proof(user: Person, ensemble: Ensemble) -> bool:
    """Officers look at it, and coordinators whose schools the ensemble plays for."""
    if oversees(user, ensemble.producer):
        return True
    theirs = Booking.objects.filter(tour__production__ensemble=ensemble)
    return theirs.filter(groups__group__school__in=schools_coordinated_by(user)).exists()


def can_see_proof(user: Person, ensemble: Ensemble) -> bool:
    """Whoever tells it or looks at it; it may say something of a person."""
    return can_tell_proof(user, ensemble) or can_check_proof(user, ensemble)
