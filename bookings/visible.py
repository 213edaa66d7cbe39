"""What a reader may see, as querysets: every list and every single reading of the API begins here."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import Booking, Performance
from bookings.models.booking import Bookings
from bookings.permissions import (
    Person,
    municipalities_coordinated_by,
    organisations_of,
    regions_driven_by,
    regions_overseen_by,
    regions_run_by,
)
from tours import repertoire
from tours.models import Allotment, Production, Proposal, Season, Tour, Wish
from tours.models.allotment import Allotments
from tours.models.production import Productions
from tours.models.season import Seasons, Wishes
from tours.models.tour import Tours
from venues.models import HOSTS, Membership, Municipality, NoBeds, Place, Region, School
from venues.models.lodging import FullHouses


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
    """Whose school years the reader opens (`permissions.can_see_school_days`): of one's region, and of one's school."""
    own = organisations_of(user, Membership.Role.SCHOOL_CONTACT).filter(school__isnull=False)
    overseen = regions_overseen_by(user).filter(is_served=True)
    return Municipality.objects.filter(Q(region__in=overseen) | Q(organisations__in=own)).distinct()


def schools_of_years(user: Person) -> "QuerySet[School]":
    """The same of schools: one's own, and those of one's region."""
    own = organisations_of(user, Membership.Role.SCHOOL_CONTACT)
    overseen = regions_overseen_by(user)
    return School.objects.filter(Q(organisation__region__in=overseen) | Q(organisation__in=own)).distinct()


def allotments(user: Person) -> Allotments:
    """Those of the seasons that one runs, and those in which a municipality is that one coordinates."""
    return Allotment.objects.filter(
        Q(season__region__in=regions_run_by(user)) | Q(municipalities__in=municipalities_coordinated_by(user))
    ).distinct()


def municipalities_of_allotment(user: Person, allotment: Allotment) -> "QuerySet[Municipality]":
    """The municipalities of an allotment that the reader sees: all of it, or those that one coordinates."""
    found = allotment.municipalities.all()
    if regions_run_by(user).filter(pk=allotment.season.region_id).exists():
        return found
    return found.filter(pk__in=municipalities_coordinated_by(user))
