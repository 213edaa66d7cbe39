"""Documents of Skolverket's register of school units (API v2) as rows of a table, and its words as ours.

Plain Python. Names of people that a document holds (`headMaster`, `careOfAddress`) are never read.
Source of every key and code: Skolverket, "Skolenhetsregistret öppna API v2", OpenAPI text of version 2.0.0
(https://api.skolverket.se/skolenhetsregistret/v2/school-units). The register has no preschools, no successors and no
grades of upper secondary schools; what this house's own files add for them is told in docs/schools.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from venues.errors import BadSheet

#: CodeSchoolType -> form (`venues.school_forms`). Open leisure activities count as an after-school centre.
FORM_CODES = {
    "FKLASS": "preschool_class",
    "FTH": "after_school",
    "OPPFTH": "after_school",
    "GR": "compulsory",
    "GRAN": "adapted_compulsory",
    "SP": "special",
    "SAM": "sami",
    "GY": "upper",
    "GYAN": "adapted_upper",
    "VUX": "adult",
}
#: CodeSchoolUnitStatus -> `School.Status`.
STATUS_CODES = {"AKTIV": "active", "PLANERAD": "planned", "VILANDE": "dormant", "UPPHORT": "ceased"}
#: CodeOrganizerType -> `SchoolOwner.Kind`. A municipal federation is municipal; the Sami school and the special schools
#: are the state's. Owners of Swedish schools abroad (HMANUTL) are none of them.
OWNER_CODES = {
    "KOMMUN": "municipal",
    "KOMMFORB": "municipal",
    "REGION": "region",
    "STAT": "state",
    "SAME": "state",
    "SPECIAL": "state",
    "ENSKILD": "independent",
}
#: CodeSchoolUnitType: a unit where nobody is taught, and one abroad, are no schools of a region.
NO_SCHOOLS = ("CENTRAL", "UTLAND")
#: AddressTypeEnum: where a school is visited, and what may stand for it.
VISITED, ANY = "BESOKSADRESS", "POSTADRESS"
#: Attributes that are told as they stand.
_PLAIN = ("municipalityCode", "schoolUnitType", "status", "email", "phoneNumber")
#: What a file of this house adds to a document's attributes: an own id of a unit without code, and its successors.
_ADDED = ("ownId", "successors", "place")


def rows_in(read: Any) -> Sequence[Mapping[str, Any]]:
    """The units of a file that was read as JSON, as rows by their headings.

    Args:
        read: a unit's document, a list of such documents, the register's list of all units (which tells of each its
            code, name and status), that of the API's first version, or a list of rows by column.

    Raises:
        BadSheet: it is nothing of that.
    """
    if isinstance(read, Mapping):
        if isinstance(data := read.get("data"), Mapping):
            attributes = data.get("attributes")
            return _listed(attributes) if isinstance(attributes, list) else [_unit(read)]
        if isinstance(units := read.get("Skolenheter"), list):
            return _objects(units)
        read = read.get("rows")
    if not isinstance(read, list):
        raise _unknown()
    return [_unit(one) if isinstance(one.get("data"), Mapping) else one for one in _objects(read)]


def _listed(units: list[Any]) -> list[Mapping[str, Any]]:
    return [{name: one.get(name) for name in ("schoolUnitCode", "name", "status")} for one in _objects(units)]


def _objects(units: list[Any]) -> list[Mapping[str, Any]]:
    if not all(isinstance(one, Mapping) for one in units):
        raise _unknown()
    return units


def _unknown() -> BadSheet:
    return BadSheet(
        _(
            "The file is neither a unit of Skolverket's register (with “data” and “attributes”), nor a list of such, "
            "nor a list of rows. Save the answer of /v2/school-units/{code} as it comes, one or several in a list."
        )
    )


def _unit(document: Mapping[str, Any]) -> dict[str, Any]:
    """A row of one unit's document; what it does not tell is not in the row."""
    data = document["data"]
    told = data.get("attributes")
    if not isinstance(told, Mapping):
        raise _unknown()
    row: dict[str, Any] = {
        "schoolUnitCode": data.get("schoolUnitCode"),
        "displayName": told.get("displayName") or told.get("schoolName"),
        **{name: told.get(name) for name in (*_PLAIN, *_ADDED)},
        "schoolTypes": _forms(told),
        "startDate": _day(told, "startDate", "startdate"),
        "endDate": _day(told, "endDate", "enddate"),
        **_address(told.get("addresses")),
        **_owner(document.get("included")),
    }
    if isinstance(row["successors"], list):
        row["successors"] = "; ".join(str(code) for code in row["successors"])
    return {name: _spaced(value) for name, value in row.items() if value is not None}


def _spaced(value: Any) -> Any:
    """A text on one line."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _day(told: Mapping[str, Any], *names: str) -> Any:
    """A date without the time that may follow it."""
    value = next((told[name] for name in names if told.get(name)), None)
    return value.partition("T")[0] if isinstance(value, str) else value


def _forms(told: Mapping[str, Any]) -> Any:
    """ "FKLASS; GR 1, 2, 3": the forms with the grades that each is told to have."""
    types, facts = told.get("schoolTypes"), told.get("schoolTypeProperties") or {}
    if not isinstance(types, list) or not isinstance(facts, Mapping):
        return types
    return "; ".join(_form(str(code), facts.get(str(code).lower())) for code in types)


def _form(code: str, facts: Any) -> str:
    grades = facts.get("grades") if isinstance(facts, Mapping) else None
    return f"{code} {', '.join(map(str, grades))}" if isinstance(grades, list) and grades else code


def _address(addresses: Any) -> dict[str, Any]:
    """Street, postcode, post town and position of the visiting address, else of the postal address."""
    found = {
        str(one.get("type")): one
        for one in reversed(addresses if isinstance(addresses, list) else [])
        if isinstance(one, Mapping)
    }
    told = found.get(VISITED) or found.get(ANY) or {}
    position = told.get("geoCoordinates")
    position = position if isinstance(position, Mapping) else {}
    return {
        **{name: told.get(name) for name in ("streetAddress", "postalCode", "locality")},
        **{name: position.get(name) or None for name in ("latitude", "longitude")},
    }


def _owner(included: Any) -> dict[str, Any]:
    """Who runs the unit."""
    if isinstance(included, list):
        included = next(iter(included), None)
    if not isinstance(included, Mapping):
        return {}
    told = included.get("attributes")
    told = told if isinstance(told, Mapping) else {}
    return {
        "organizerName": told.get("displayName"),
        "organizationNumber": included.get("organizationNumber"),
        "organizerType": told.get("organizerType"),
    }
