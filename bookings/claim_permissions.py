"""Who may do what with claims of subsidies: the side that claims, and whoever receives them for the scheme's region."""

from django.db.models import Q, QuerySet

from bookings.models import Booking, SubsidyClaim
from bookings.models.report import Side
from bookings.models.subsidy_claims import OPEN, SubsidyClaims
from bookings.permissions import Person, can_answer, can_plan, has_role, organisations_of, regions_overseen_by
from venues.models import HOSTS, Membership, Organisation, Region, User

Role = Membership.Role
#: Who acts for each side.
ROLES: dict[str, tuple[str, ...]] = {Side.PRESENTER: tuple(HOSTS), Side.PRODUCER: (Role.PRODUCER,)}
#: Who receives claims for a region.
RECEIVERS = (Role.OFFICER, Role.ADMINISTRATOR)


def own_claims(user: Person) -> SubsidyClaims:
    """Those of one's own houses and ensembles, drafts too."""
    return SubsidyClaim.objects.filter(
        Q(side=Side.PRESENTER, claimant__in=organisations_of(user, *HOSTS))
        | Q(side=Side.PRODUCER, claimant__in=organisations_of(user, Role.PRODUCER))
    )


def received_claims(user: Person) -> SubsidyClaims:
    """Those that were sent in to schemes of the regions that one oversees. A draft is nobody else's."""
    return SubsidyClaim.objects.received().filter(scheme__region__in=regions_overseen_by(user))


def late_claims(user: Person) -> SubsidyClaims:
    """Those whose claimants ask to send them in after the last day, by schemes of the regions that one oversees."""
    asked = SubsidyClaim.objects.filter(late_asked_at__isnull=False, state__in=OPEN)
    return asked.filter(scheme__region__in=regions_overseen_by(user)).order_by("late_asked_at")


def visible_claims(user: Person) -> SubsidyClaims:
    """One's own, and those that one receives. The other side of the visit sees none."""
    both = Q(pk__in=own_claims(user).values("pk")) | Q(pk__in=received_claims(user).values("pk"))
    return SubsidyClaim.objects.filter(both)


def may_claim(user: Person, booking: Booking, side: str) -> bool:
    """Whether the user acts for that side of the visit."""
    return can_answer(user, booking) if side == Side.PRESENTER else can_plan(user, booking.tour)


def claimant_of(booking: Booking, side: str) -> Organisation:
    """Who claims for that side of the visit."""
    return booking.presenter if side == Side.PRESENTER else booking.tour.production.ensemble.producer


def can_write(user: Person, claim: SubsidyClaim) -> bool:
    """Whether the claim is the user's to write, send in and withdraw."""
    return has_role(user, *ROLES[claim.side], organisation=claim.claimant)


def can_handle(user: Person, claim: SubsidyClaim) -> bool:
    """Whether the user receives claims to the scheme and does not claim by this one: nobody decides on their own."""
    is_received = regions_overseen_by(user).filter(pk=claim.scheme.region_id).exists()
    return is_received and not is_theirs(user, claim)


def is_theirs(user: Person, claim: SubsidyClaim) -> bool:
    """Whether the user is a member of whoever claims, in whatever role."""
    return isinstance(user, User) and user.memberships.filter(organisation=claim.claimant_id).exists()


def handles_claims(user: Person) -> bool:
    """Whether the user receives claims: an officer or administrator of a region, whatever schemes it has."""
    return regions_overseen_by(user).exists()


def receivers_of(region: Region) -> "QuerySet[Organisation]":
    """The offices that receive claims to the region's schemes; nobody where no officer of the region is in Turne."""
    found = Membership.objects.filter(role__in=RECEIVERS, user__is_active=True, organisation__region=region)
    return Organisation.objects.filter(memberships__in=found).distinct().order_by("pk")


def partners_of(claim: SubsidyClaim) -> "QuerySet[Organisation]":
    """The associations of the scheme's region with which it may have been presented."""
    found = Organisation.objects.filter(region=claim.scheme.region_id, is_riksteatern=True)
    return found.exclude(pk=claim.claimant_id).order_by("name")
