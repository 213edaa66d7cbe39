"""Who runs the schools of a register: known again by the organisation number, else by the name, and written once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from venues.cells import BadCell
from venues.models import Municipality, Organisation, OrganisationRole, SchoolOwner
from venues.slugs import slug_of, taken_slugs

LONGEST_SLUG = 160


@dataclass
class Owner:
    """An owner as a register tells of it.

    `standing` is the one that Turne knows, `body` an organisation of its name that owns no school yet.
    """

    name: str
    kind: str
    org_number: str | None
    municipality: Municipality
    row: int
    standing: SchoolOwner | None = None
    body: Organisation | None = None

    @property
    def label(self) -> str:
        """Its name as Turne has it, else as the register has it: that one is often in capitals."""
        return str(self.standing or self.body or self.name)


class Owners:
    """The owners that stand, and those that a register tells of."""

    def __init__(self) -> None:
        self.standing = list(SchoolOwner.objects.select_related("organisation"))
        self.of_number = {owner.org_number: owner for owner in self.standing if owner.org_number}
        self.bodies = {
            (body.name.casefold(), body.region_id, body.municipality_id): body
            for body in Organisation.objects.order_by("-pk")
        }
        self.told: dict[tuple[str, str], Owner] = {}

    def read(self, values: Mapping[str, Any], municipality: Municipality, row: int) -> Owner | None:
        """The owner that a row tells of; None where it tells of none.

        Raises:
            BadCell: it does not tell enough of an owner that nobody knows, or something else than a row above.
        """
        name, number = values.get("owner", ""), values.get("org_number")
        if not name and not number:
            return None
        if number and not name and (number, "") in self.told:
            return self.told[number, ""]
        found = self._standing(name, number, municipality)
        kind = values.get("owner_kind") or (found.kind if found else "")
        if not found and not name:
            raise BadCell(_("Nobody knows an owner with this number. Write its name too."))
        if not kind:
            raise BadCell(_("Say what kind of owner this is: municipal, independent, state or region."))
        owner = Owner(name or str(found), kind, number, municipality, row, found)
        return self._once(owner)

    def _once(self, owner: Owner) -> Owner:
        """The owner that an earlier row told of, if it is the same."""
        place = owner.municipality.code if owner.kind == SchoolOwner.Kind.MUNICIPAL else ""
        key = (owner.org_number, "") if owner.org_number else (owner.name.casefold(), place)
        first = self.told.setdefault(key, owner)
        if first.kind != owner.kind:
            raise BadCell(
                _("Row %(row)s says another kind of the same owner. Write the same in both.")
                % {"row": first.row}
            )
        if first is owner and owner.standing is None:
            owner.body = self._body(owner)
        return first

    def _standing(self, name: str, number: str | None, municipality: Municipality) -> SchoolOwner | None:
        if number and number in self.of_number:
            return self.of_number[number]
        return next(
            (
                owner
                for owner in self.standing
                if name
                and owner.organisation.name.casefold() == name.casefold()
                and owner.organisation.region_id == municipality.region_id
                and not (number and owner.org_number)
                and owner.organisation.municipality_id in (None, municipality.pk)
            ),
            None,
        )

    def _body(self, owner: Owner) -> Organisation | None:
        """An organisation of the name that is no owner yet, such as a municipality that presents performances."""
        key = owner.name.casefold(), owner.municipality.region_id
        owning = {standing.organisation_id for standing in self.standing}
        bodies = (self.bodies.get((*key, seat)) for seat in (owner.municipality.pk, None))
        return next((body for body in bodies if body and body.pk not in owning), None)

    def write(self, owner: Owner) -> SchoolOwner:
        """The owner's row, made or corrected where that is needed."""
        standing = owner.standing or SchoolOwner(organisation=owner.body or self._new_body(owner))
        number = owner.org_number or standing.org_number
        if standing.pk is None or (standing.kind, standing.org_number) != (owner.kind, number):
            standing.kind, standing.org_number = owner.kind, number
            standing.save()
        if owner.standing is None:
            role = Organisation.Role.SCHOOL_OWNER
            OrganisationRole.objects.get_or_create(organisation=standing.organisation, role=role)
            owner.standing = standing
        return standing

    def _new_body(self, owner: Owner) -> Organisation:
        seat = owner.municipality if owner.kind == SchoolOwner.Kind.MUNICIPAL else None
        slug = slug_of(
            owner.name,
            taken=taken_slugs(Organisation),
            beside=owner.municipality.name,
            longest=LONGEST_SLUG,
        )
        return Organisation.objects.create(
            name=owner.name, slug=slug, municipality=seat, region_id=owner.municipality.region_id
        )
