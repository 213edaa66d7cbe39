"""Invented school units in the form of Skolverket's register: as documents of its API v2, and as a table."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from venues.school_register import Comparison, compare_file, import_sheet
from venues.school_rows import SchoolCheck
from venues.sheets import Sheet

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HEADING = (
    "Skolenhetskod;Skolenhetsnamn;Kommunkod;Status;Skolformer;Huvudman;Huvudman orgnr;Huvudmannatyp;"
    "Besöksadress;Postnummer;Postort;Latitud;Longitud;E-post;Startdatum;Slutdatum;Eget id;Efterträdare;Rektor\n"
)


@dataclass
class Told:
    """A unit as the register tells of it. `forms`: Skolverket's code -> grades."""

    code: str | None = "11111111"
    name: str = "Ripskolan"
    municipality: str = "2309"
    status: str = "AKTIV"
    forms: dict[str, Sequence[str]] = field(default_factory=lambda: {"FKLASS": (), "GR": tuple("123456")})
    owner: str = "Krokoms kommun"
    number: str = "2129990004"
    kind: str = "KOMMUN"
    address: str = "Skolgatan 3"
    postcode: str = "835 31"
    town: str = "KROKOM"
    lat: str = "63.3261"
    lon: str = "14.4501"
    email: str = "ripskolan@example.org"
    starts: str | None = "1998-07-01"
    ends: str | None = None
    own_id: str | None = None
    successors: Sequence[str] = ()


def document(unit: Told) -> dict[str, Any]:
    """The unit as the API answers for /v2/school-units/{code}."""
    attributes: dict[str, Any] = {
        "displayName": unit.name,
        "schoolName": unit.name,
        "status": unit.status,
        "url": None,
        "email": unit.email,
        "phoneNumber": None,
        "headMaster": "Någon Namn",
        "addresses": [
            {"type": "POSTADRESS", "streetAddress": "Box 1", "postalCode": "99999", "locality": "ANNANSTANS"},
            {
                "type": "BESOKSADRESS",
                "careOfAddress": None,
                "streetAddress": unit.address,
                "postalCode": unit.postcode,
                "locality": unit.town,
                "geoCoordinates": {
                    "coordinateSweRefN": "7022000,1",
                    "coordinateSweRefE": "472000,2",
                    "latitude": unit.lat,
                    "longitude": unit.lon,
                },
            },
        ],
        "orientationType": "EJ_RELEVANT",
        "schoolUnitType": "SKOLENHET",
        "municipalityCode": unit.municipality,
        "schoolTypes": list(unit.forms),
        "schoolTypeProperties": {
            code.lower(): {"grades": list(grades)} for code, grades in unit.forms.items() if grades
        },
        "specialSupportSchool": False,
        "hospitalSchool": False,
        "startdate": unit.starts,
        "enddate": unit.ends,
    }
    if unit.own_id:
        attributes["ownId"] = unit.own_id
    if unit.successors:
        attributes["successors"] = list(unit.successors)
    return {
        "meta": {"created": "2020-01-01", "modified": "2026-10-01", "extractDate": "2026-11-01"},
        "data": {"type": "schoolunit", "schoolUnitCode": unit.code, "attributes": attributes},
        "included": {
            "type": "organizer",
            "organizationNumber": unit.number,
            "attributes": {"displayName": unit.owner, "organizerType": unit.kind},
        },
    }


def line(unit: Told) -> str:
    """The unit as a row under `HEADING`."""
    forms = ", ".join(f"{code} {' '.join(grades)}".strip() for code, grades in unit.forms.items())
    cells = (
        unit.code, unit.name, unit.municipality, unit.status, forms, unit.owner, unit.number, unit.kind,
        unit.address, unit.postcode, unit.town, unit.lat, unit.lon, unit.email, unit.starts, unit.ends, unit.own_id,
        ", ".join(unit.successors), "Någon Namn",
    )  # fmt: skip
    return ";".join(cell or "" for cell in cells) + "\n"


def as_json(read: Any, name: str = "skolenheter.json") -> io.BytesIO:
    """Anything as a JSON file."""
    made = io.BytesIO(json.dumps(read, ensure_ascii=False).encode())
    made.name = name
    return made


def as_csv(text: str) -> io.BytesIO:
    """A text as a CSV file."""
    made = io.BytesIO(text.encode())
    made.name = "skolenheter.csv"
    return made


def documents(*units: Told) -> io.BytesIO:
    """The units' documents in one file."""
    return as_json([document(unit) for unit in units])


def table(*units: Told) -> io.BytesIO:
    """The units as a CSV file."""
    return as_csv(HEADING + "".join(line(unit) for unit in units))


def read(file: io.BytesIO) -> Sheet:
    """The table in a file."""
    return SchoolCheck(None, date(2026, 11, 2)).read(file)


def compared(*units: Told, now: datetime = NOW) -> Comparison:
    """What the units would change."""
    return compare_file(documents(*units), None, now)[0]


def written(*units: Told, now: datetime = NOW) -> Comparison:
    """The same, written."""
    return import_sheet(read(documents(*units)), None, now, source="skolenheter.json")


def counts(comparison: Comparison) -> tuple[int, int, int, int]:
    """How many are created, updated, ceased and unchanged."""
    report = comparison.report
    return report.created, report.updated, report.ceased, report.unchanged


def faults(*units: Told) -> list[str]:
    """What is wrong with them, in words."""
    return [str(error) for error in compared(*units).report.errors]
