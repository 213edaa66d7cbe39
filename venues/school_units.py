"""A unit of a register of schools, and in words why one is left alone."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from venues.models import Municipality, Organisation, Place, School
from venues.school_owners import Owner

#: Why a row is left alone.
OUTSIDE, NO_SCHOOL, CEASED, TOO_LITTLE = "outside", "no_school", "ceased", "too_little"


@dataclass
class Unit:
    """A row: what it tells, the school or at least the organisation that it is about, and where that lies.

    `place` None: where it was; `forms` None: as they were.
    """

    number: int
    values: dict[str, Any]
    municipality: Municipality
    school: School | None = None
    body: Organisation | None = None
    place: Place | None = None
    forms: dict[str, list[str]] | None = None
    owner: Owner | None = None
    successors: list["Unit | School"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the school."""
        return str(self.values["name"])

    @property
    def code(self) -> str:
        """The school-unit code, or nothing."""
        code = self.values.get("unit_code")
        return code if isinstance(code, str) else ""

    @property
    def own_id(self) -> str:
        """The own id with the municipality's code before it, or nothing."""
        return str(self.values.get("own_id", ""))

    @property
    def identity(self) -> str:
        """What it is known again by besides its name."""
        return self.code or self.own_id

    @property
    def node(self) -> Any:
        """The same for a school and the row that is about it."""
        return self.school.pk if self.school else f"row {self.number}"


def left_alone(why: str, count: int) -> str:
    """In words how many rows are left alone, and why."""
    texts = {
        OUTSIDE: ngettext(
            "%(count)d unit of other regions is left alone.",
            "%(count)d units of other regions are left alone.",
            count,
        ),
        NO_SCHOOL: ngettext(
            "%(count)d unit is no school of the region (abroad, or only collects figures) and is left alone.",
            "%(count)d units are no schools of the region (abroad, or only collect figures) and are left alone.",
            count,
        ),
        CEASED: ngettext(
            "%(count)d unit had ceased before Turne knew of it, and is left alone.",
            "%(count)d units had ceased before Turne knew of them, and are left alone.",
            count,
        ),
        TOO_LITTLE: ngettext(
            "%(count)d unit is not known yet, and the list tells too little of it: import its document.",
            "%(count)d units are not known yet, and the list tells too little of them: import their documents.",
            count,
        ),
    }
    return texts[why] % {"count": count}
