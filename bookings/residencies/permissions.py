"""Who sees a residency, who runs it, and who answers for which side of its contract."""

from typing import TYPE_CHECKING

from django.db.models import Q

from bookings.models import Residency, ResidencyChange, ResidencyContract
from bookings.models.residency import Residencies
from bookings.permissions import Person, organisations_of, regions_overseen_by
from venues.models import Dwelling, Membership, Organisation, User, Venue
from venues.models.places import Venues

if TYPE_CHECKING:
    from django.db.models import QuerySet

Role = Membership.Role
#: Whoever acts for these may receive a residency.
HOSTING = (Role.PRESENTER, Role.PRODUCER)
#: What an organisation is that receives residencies.
HOST_ROLES = (Organisation.Role.PRESENTER, Organisation.Role.PRODUCER)


def hosts_of(user: Person) -> "QuerySet[Organisation]":
    """The organisations for which the user may act as a host."""
    return organisations_of(user, *HOSTING)


def hosts_chosen_by(user: Person) -> "QuerySet[Organisation]":
    """The hosts with which the user may plan a residency: one's own, and for officers all of the region."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    overseen = Q(region__in=regions_overseen_by(user), roles__role__in=HOST_ROLES)
    found = Organisation.objects.filter(Q(pk__in=hosts_of(user).values("pk")) | overseen)
    return found.filter(region__is_served=True).distinct()


def run_residencies(user: Person) -> Residencies:
    """Those that the user may run: as their host, and for officers and administrators all of the region."""
    if not isinstance(user, User) or not user.is_active:
        return Residency.objects.none()
    mine = Q(host__in=hosts_of(user).values("pk"))
    return Residency.objects.filter(mine | Q(region__in=regions_overseen_by(user).values("pk")))


def visible_residencies(user: Person) -> Residencies:
    """Those that the user runs, and those in which one is the artist or acts for the ensemble."""
    if not isinstance(user, User) or not user.is_active:
        return Residency.objects.none()
    theirs = Q(artist=user) | Q(ensemble__producer__in=organisations_of(user, Role.PRODUCER).values("pk"))
    return Residency.objects.filter(Q(pk__in=run_residencies(user).values("pk")) | theirs)


def can_run(user: Person, residency: Residency) -> bool:
    """Whether the user acts for the host, or is an officer or administrator of the region."""
    return run_residencies(user).filter(pk=residency.pk).exists()


def can_answer_as_host(user: Person, residency: Residency) -> bool:
    """Whether the user says yes or no for the host."""
    return hosts_of(user).filter(pk=residency.host_id).exists()


def can_answer_as_artist(user: Person, residency: Residency) -> bool:
    """Whether the user says yes or no for the artist: its account, or whoever acts for the ensemble's producer."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if residency.artist_id == user.pk:
        return True
    ensemble = residency.ensemble
    return (
        ensemble is not None
        and organisations_of(user, Role.PRODUCER).filter(pk=ensemble.producer_id).exists()
    )


def can_act_for_region(user: Person, residency: Residency) -> bool:
    """Whether the user is an officer or administrator of the residency's region."""
    return regions_overseen_by(user).filter(pk=residency.region_id).exists()


def contracts_read_by(user: Person, residency: Residency) -> "QuerySet[ResidencyContract]":
    """Its contracts that the user may read, the newest first: a contract is for those with whom it was made.

    The artist and the region read all; a host those that were made with it, also once the residency has another host,
    and that one reads none of the former one's.
    """
    found = ResidencyContract.objects.filter(residency=residency).select_related("by").order_by("-number")
    if can_answer_as_artist(user, residency) or can_act_for_region(user, residency):
        return found
    return found.filter(host__in=hosts_of(user).values("pk"))


def history_read_by(user: Person, residency: Residency) -> "QuerySet[ResidencyChange]":
    """What was done that the user may read, the newest first: a host reads what was done since it is the host."""
    if not visible_residencies(user).filter(pk=residency.pk).exists():
        return ResidencyChange.objects.none()
    found = residency.changes.select_related("by").order_by("-at", "-pk")
    moved = found.filter(action="move").first()
    if moved is None or can_answer_as_artist(user, residency) or can_act_for_region(user, residency):
        return found
    return found.filter(Q(at__gt=moved.at) | Q(at=moved.at, pk__gte=moved.pk))


def can_see_needs(user: Person, residency: Residency) -> bool:
    """Whether the user reads what the artist needs to take part: the host and the artist, nobody else."""
    return can_answer_as_host(user, residency) or can_answer_as_artist(user, residency)


def rooms_for(user: Person, residency: Residency) -> Venues:
    """The rooms that the user may reserve for it: its host's, those of one's own houses, an officer's of the region."""
    return Venue.objects.open().filter(_of_houses(user, residency, "organisation"))


def dwellings_for(user: Person, residency: Residency) -> "QuerySet[Dwelling]":
    """The same of dwellings that are lent."""
    return Dwelling.objects.in_use().filter(_of_houses(user, residency, "owner"))


def dwellings_seen_by(user: Person) -> "QuerySet[Dwelling]":
    """One's own houses', and for officers and administrators those of the region."""
    theirs = Q(owner__region__in=regions_overseen_by(user))
    return Dwelling.objects.filter(theirs | Q(owner__in=hosts_of(user).values("pk")))


def dwellings_kept_by(user: Person) -> "QuerySet[Dwelling]":
    """The dwellings that the user may write: those of the hosts for which one acts."""
    return Dwelling.objects.filter(owner__in=hosts_of(user).values("pk"))


def _of_houses(user: Person, residency: Residency, house: str) -> Q:
    """What belongs to its host, to a house for which the user acts, or for officers to any of the region."""
    theirs = Q(**{house: residency.host_id}) | Q(**{f"{house}__in": hosts_of(user).values("pk")})
    if can_act_for_region(user, residency):
        theirs |= Q(**{f"{house}__region": residency.region_id})
    return theirs
