"""Invented bodies for the demo."""

from typing import Any

from bookings.demo.names import DOMAIN
from venues.models import Organisation, OrganisationRole, Region


def make_organisation(region: Region, name: str, slug: str, role: str, **fields: Any) -> Organisation:
    """An invented body with a role address."""
    organisation = Organisation.objects.create(
        region=region, name=name, slug=slug, email=f"{slug}@{DOMAIN}", is_demo=True, **fields
    )
    OrganisationRole.objects.create(organisation=organisation, role=role)
    return organisation
