"""What a reader may see, as querysets: every list and every single reading of the API begins here."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings import transport
from bookings.allotment_permissions import municipalities_of_coordinator
from bookings.models import (
    Booking,
    BusOrder,
    CrewInvitation,
    CrewVisit,
    Performance,
    SchoolGrant,
    VisitGroup,
    Workshop,
    WorkshopRequest,
)
from bookings.models.booking import Bookings, Status
from bookings.models.crews import CrewInvitations, CrewVisits
from bookings.models.workshop import Workshops
from bookings.models.workshop_request import WorkshopRequests
from bookings.permissions import (
    Person,
    has_role,
    organisations_of,
    regions_driven_by,
    regions_overseen_by,
    regions_run_by,
    schools_kept_by,
)
from bookings.transport import Row
from tours import repertoire
from tours.models import Allotment, Production, Proposal, Season, Tour, Wish
from tours.models.allotment import Allotments
from tours.models.production import Productions
from tours.models.season import Seasons, Wishes
from tours.models.tour import Tours
from venues.models import (
    HOSTS,
    Crew,
    Membership,
    Municipality,
    NoBeds,
    Place,
    Region,
    RegisterImport,
    School,
    SchoolOwner,
)
from venues.models.crews import Crews
from venues.models.lodging import FullHouses
from venues.models.schools import Schools

#: So long after a visit a workshop is offered beside it. Source: the house's choice; a class remembers a month.
WORKSHOPS_AFTER = timedelta(days=30)


def seasons(user: Person, now: datetime) -> Seasons:
    """Menus that have opened are for everybody; who runs a region's seasons sees the coming ones too."""
    shown = Q(pk__in=repertoire.seasons_shown(now).values("pk"))
    return Season.objects.filter(shown | Q(region__in=regions_run_by(user)))


def productions(user: Person, now: datetime) -> Productions:
    """Those on a menu that the reader sees or played in public, and a producer's own."""
    on_a_menu = Exists(seasons(user, now).filter(productions=OuterRef("pk")))
    played = Exists(Performance.objects.public().filter(booking__tour__production=OuterRef("pk")))
    own = Q(ensemble__producer__in=organisations_of(user, Membership.Role.PRODUCER))
    return Production.objects.filter(on_a_menu | played | own)


def wishes(user: Person) -> Wishes:
    """One's own house's; all of the seasons that one runs; and those for one's own productions."""
    return Wish.objects.filter(
        Q(organisation__in=organisations_of(user, *HOSTS))
        | Q(season__region__in=regions_run_by(user))
        | Q(production__ensemble__producer__in=organisations_of(user, Membership.Role.PRODUCER))
    )


def tours(user: Person) -> Tours:
    """A producer's own, and for officers and administrators those of their region's seasons."""
    return Tour.objects.filter(
        Q(production__ensemble__producer__in=organisations_of(user, Membership.Role.PRODUCER))
        | Q(season__region__in=regions_overseen_by(user))
    )


def proposals(user: Person) -> "QuerySet[Proposal]":
    """Those for the tours that the reader sees."""
    return Proposal.objects.filter(tour__in=tours(user))


def bookings(user: Person) -> Bookings:
    """Those that `permissions.can_see_booking` lets the reader see, all at once."""
    return Booking.objects.filter(
        Q(presenter__in=organisations_of(user, *HOSTS))
        | Q(tour__production__ensemble__producer__in=organisations_of(user, Membership.Role.PRODUCER))
        | Q(presenter__region__in=regions_overseen_by(user))
    )


def towns(user: Person) -> "QuerySet[Place]":
    """Those with beds in the regions where a producer drives, and in their neighbours: tours sleep there."""
    return Place.objects.filter(has_lodging=True, municipality__region__in=_slept_in(user))


def no_beds(user: Person) -> FullHouses:
    """What producers have noted about such towns; the region shares it."""
    return NoBeds.objects.filter(place__municipality__region__in=_slept_in(user))


def _slept_in(user: Person) -> "QuerySet[Region]":
    home = regions_driven_by(user).values("pk")
    return Region.objects.filter(Q(pk__in=home) | Q(neighbours__in=home))


def municipalities_of_years(user: Person) -> "QuerySet[Municipality]":
    """Whose school years the reader opens (`can_see_school_days`): of one's region, school and office."""
    kept = Q(organisations__school__in=schools_kept_by(user))
    coordinated = Q(pk__in=municipalities_of_coordinator(user).values("pk"))
    overseen = regions_overseen_by(user).filter(is_served=True)
    return Municipality.objects.filter(Q(region__in=overseen) | kept | coordinated).distinct()


def schools(user: Person) -> Schools:
    """Those that `school_permissions.can_keep_school` lets the reader keep: one's own, and those of one's region."""
    overseen = regions_overseen_by(user)
    kept = Q(pk__in=schools_kept_by(user).values("pk"))
    return School.objects.filter(Q(organisation__region__in=overseen) | kept).distinct()


def schools_of_register(user: Person) -> Schools:
    """Those whose register the reader keeps: all of one's region, ceased ones too."""
    return School.objects.filter(organisation__region__in=regions_overseen_by(user))


def register_imports(user: Person) -> "QuerySet[RegisterImport]":
    """When the register of schools was imported by somebody of one's region or from the command line, latest first."""
    ours = Q(by__memberships__organisation__region__in=regions_overseen_by(user))
    return RegisterImport.objects.filter(ours | Q(by=None)).select_related("by").distinct()


def travelling(user: Person) -> Bookings:
    """Visits on the way to which the reader sees at least one school (`school_permissions.can_see_bus`)."""
    theirs = VisitGroup.objects.filter(group__school__in=schools_kept_by(user))
    ordered = BusOrder.objects.filter(school__in=schools_kept_by(user))
    return Booking.objects.filter(
        Q(pk__in=bookings(user).values("pk"))
        | Q(pk__in=theirs.values("booking"))
        | Q(pk__in=ordered.values("booking"))
    )


def buses(user: Person, found: Iterable[Booking], now: datetime) -> list[Row]:
    """The ways to those visits that the reader sees, in the order in which they set out."""
    read = list(found)
    whole = set(bookings(user).filter(pk__in=[one.pk for one in read]).values_list("pk", flat=True))
    schools = set(schools_kept_by(user).values_list("pk", flat=True))
    return [row for row in transport.rows(read, now) if row.booking.pk in whole or row.school.pk in schools]


def school_owners(user: Person) -> "QuerySet[SchoolOwner]":
    """Those whose grants the reader keeps (`school_permissions.can_keep_grant`)."""
    own = organisations_of(user, Membership.Role.COORDINATOR)
    overseen = Q(organisation__region__in=regions_overseen_by(user).filter(is_served=True))
    return SchoolOwner.objects.filter(overseen | Q(organisation__in=own)).select_related("organisation")


def grants(user: Person) -> "QuerySet[SchoolGrant]":
    """The grants of those owners."""
    found = SchoolGrant.objects.filter(owner__in=school_owners(user))
    return found.select_related("owner__organisation", "scheme", "by")


def may_keep_grants(user: Person) -> bool:
    """Whether the pages of grants are for the reader: coordinators and a served region's officers."""
    return (
        has_role(user, Membership.Role.COORDINATOR)
        or regions_overseen_by(user).filter(is_served=True).exists()
    )


def visits_for_workshops(user: Person, now: datetime) -> Bookings:
    """Confirmed visits of schools to which a pedagogue may offer a workshop, with groups, to come or just over."""
    at = organisations_of(user, Membership.Role.PEDAGOGUE)
    theirs = Q(presenter__region__in=at.values("region")) | Q(tour__production__ensemble__producer__in=at)
    recent = Booking.objects.filter(
        status=Status.CONFIRMED,
        audience="school",
        occupied_to__gt=now - WORKSHOPS_AFTER,
        groups__isnull=False,
    )
    return Booking.objects.filter(pk__in=recent.filter(theirs).values("pk"))


def visits_with_groups(user: Person) -> Bookings:
    """School visits whose groups the reader may see (`can_see_groups`), as a side, officer or guest."""
    guests = Q(groups__group__school__organisation__in=organisations_of(user, *HOSTS))
    found = Booking.objects.filter(Q(pk__in=bookings(user).values("pk")) | guests, audience="school")
    return Booking.objects.filter(pk__in=found.values("pk"))


def workshops(user: Person) -> Workshops:
    """A pedagogue's own, those beside the visits that the reader sees, and those for groups of one's schools."""
    own = Q(pedagogue=user.pk) if user.pk else Q(pk__in=[])
    of_schools = Workshop.objects.filter(groups__school__organisation__in=organisations_of(user, *HOSTS))
    theirs = Q(pk__in=of_schools.values("pk"))
    return Workshop.objects.filter(own | theirs | Q(booking__in=bookings(user).values("pk")))


def workshop_requests(user: Person) -> WorkshopRequests:
    """What one's schools have asked for, and what a pedagogue may answer (`school_permissions.can_see_request`)."""
    at = organisations_of(user, Membership.Role.PEDAGOGUE)
    theirs = Q(booking__presenter__region__in=at.values("region"))
    theirs |= Q(booking__tour__production__ensemble__producer__in=at)
    return WorkshopRequest.objects.filter(theirs | Q(school__in=organisations_of(user, *HOSTS)))


def allotments(user: Person) -> Allotments:
    """Those of the seasons that one runs, and those in which a municipality is that one coordinates."""
    return Allotment.objects.filter(
        Q(season__region__in=regions_run_by(user)) | Q(municipalities__in=municipalities_of_coordinator(user))
    ).distinct()


def municipalities_of_allotment(user: Person, allotment: Allotment) -> "QuerySet[Municipality]":
    """The municipalities of an allotment that the reader sees: all of it, or those that one coordinates."""
    found = allotment.municipalities.all()
    if regions_run_by(user).filter(pk=allotment.season.region_id).exists():
        return found
    return found.filter(pk__in=municipalities_of_coordinator(user))


def crews(user: Person) -> Crews:
    """Those of one's own houses, and those of the regions that one oversees (`school_permissions.can_see_crew`)."""
    return Crew.objects.filter(
        Q(organisation__in=organisations_of(user, *HOSTS))
        | Q(organisation__region__in=regions_overseen_by(user))
    )


def crew_visits(user: Person) -> CrewVisits:
    """Visits that a crew hosts, those that one sees or whose crew one keeps (`can_see_crew_visit`)."""
    own = Q(crew__organisation__in=organisations_of(user, *HOSTS))
    return CrewVisit.objects.filter(own | Q(booking__in=bookings(user).values("pk")), left_at=None)


def crew_invitations(user: Person) -> CrewInvitations:
    """Those to the crews that one sees, and those for the visits that one sees."""
    to_crews = Q(crew__in=crews(user).values("pk"))
    return CrewInvitation.objects.filter(to_crews | Q(booking__in=bookings(user).values("pk")))
