"""Who runs the demo's schools, and invented codes of the register's form. Nobody and no school is meant."""

from collections.abc import Sequence

from django.utils.text import slugify

from bookings.demo.bodies import make_organisation
from venues.models import Municipality, SchoolOwner, Venue

#: Every ninth school is run by somebody independent.
INDEPENDENT_EVERY = 9
#: The codes of the demo's schools go on from here.
FIRST_CODE = 99_000_001


def make_owners(schools: Sequence[Venue]) -> None:
    """Give each school its code and owner: its municipality, or here and there somebody independent."""
    owners: dict[str, SchoolOwner] = {}
    for number, venue in enumerate(schools):
        school = venue.organisation.school
        school.unit_code = str(FIRST_CODE + number)
        school.owner = _owner(
            owners, venue.place.municipality, is_independent=number % INDEPENDENT_EVERY == 5
        )
        school.save(update_fields=["unit_code", "owner"])


def _owner(
    owners: dict[str, SchoolOwner], municipality: Municipality, *, is_independent: bool
) -> SchoolOwner:
    name = "Exempelfriskolorna ek. för." if is_independent else f"Exempelkommunen {municipality}"
    if name not in owners:
        body = make_organisation(
            municipality.region,
            name,
            slugify(name),
            "school_owner",
            municipality=None if is_independent else municipality,
        )
        kind = SchoolOwner.Kind.INDEPENDENT if is_independent else SchoolOwner.Kind.MUNICIPAL
        owners[name] = SchoolOwner.objects.create(organisation=body, kind=kind)
    return owners[name]
