"""Files of registers for tests, and what to say of them in short."""

import io
import json

from venues.imports import check_file
from venues.registers import Report

VENUES = "organisation;name;place;municipality;seats;shower;depth_m;checked_on\n"
SCHOOLS = "name;place;unit_code;stage\n"


def file(rows: str | list[dict]) -> io.BytesIO:
    """A CSV file of the text, or a JSON file of the rows."""
    made = io.BytesIO((rows if isinstance(rows, str) else json.dumps(rows)).encode())
    made.name = "register.csv" if isinstance(rows, str) else "register.json"
    return made


def faults(rows: str | list[dict], register: str = "venues") -> list[str]:
    """What is wrong with them, in words."""
    return [str(error) for error in check_file(file(rows), register).errors]


def counts(report: Report) -> tuple[int, int, int, int]:
    """Rows, and how many were created, updated and left unchanged."""
    return report.rows, report.created, report.updated, report.unchanged
