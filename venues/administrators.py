"""The first administrator of a region: somebody has to let the others in."""

from django.db import transaction
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.models import Membership, Organisation, Region
from venues.people import add_member, create_organisation


@transaction.atomic
def add_administrator(email: str, *, name: str = "", code: str = "") -> Membership:
    """Let somebody administer a served region, in its office; the office is made if there is none.

    Args:
        code: the region's county code; may be left out where only one region is served.

    Raises:
        NotPossible: no such region or several, no valid address, or an administrator already.
    """
    region = _region(code)
    body = Organisation.Role.REGION
    offices = Organisation.objects.filter(region=region, is_demo=False).with_role(body)
    office = offices.order_by("pk").first() or create_organisation(region, region.name, [body])
    return add_member(office, email, Membership.Role.ADMINISTRATOR, name=name)


def _region(code: str) -> Region:
    served = list(Region.objects.filter(is_served=True).order_by("code"))
    if not served:
        raise NotPossible(_("No region is loaded yet. Run load_region first."))
    found = [region for region in served if code in ("", region.code)]
    if len(found) != 1:
        known = ", ".join(f"{region.code} ({region})" for region in served)
        raise NotPossible(_("Say which region, by its county code: %(known)s.") % {"known": known})
    return found[0]
