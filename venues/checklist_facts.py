"""Checklists in a region's data directory, read and checked: what two sides prepare around a visit's day."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from venues.entries import one_of, valid_days

PHASES = ("before", "day", "after")
WHO = ("producer", "presenter", "both")
AUDIENCES = ("public", "family", "school")
#: Days counted from the visit beyond which a due date is a slip of the pen.
FARTHEST = 365
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class ChecklistFact:
    """A template: whose region, since when, its items and the roles of the crew, and when a side is reminded."""

    region: str
    label: str
    items: list[dict[str, Any]]
    crew_roles: list[dict[str, Any]]
    remind_days: int
    valid_from: date
    valid_to: date | None
    source: str


def checklist(entry: dict[str, Any], regions: set[str]) -> ChecklistFact:
    """A template as the file has it.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    first, ends = valid_days(entry, regions)
    if not 0 <= entry["remind_days"] <= FARTHEST:
        raise ValueError(f"remind_days must be 0 to {FARTHEST}, not {entry['remind_days']}.")
    for items, check in ((entry["items"], _check_item), (entry["crew_roles"], _check_role)):
        for item in items:
            check(item)
        check_once([item["key"] for item in items])
    return ChecklistFact(
        entry["region"],
        entry["label"],
        entry["items"],
        entry["crew_roles"],
        entry["remind_days"],
        first,
        ends,
        entry["source"],
    )


def _check_item(item: dict[str, Any]) -> None:
    check_named(item)
    one_of(item["phase"], PHASES, "phase")
    one_of(item["who"], WHO, "who")
    for audience in item.get("audience", []):
        one_of(audience, AUDIENCES, "audience")
    if abs(item["due_days"]) > FARTHEST:
        raise ValueError(f"due_days of {item['key']} is more than {FARTHEST} days away.")


def _check_role(role: dict[str, Any]) -> None:
    check_named(role)
    one_of(role["side"], WHO[:2], "side")


def check_named(entry: dict[str, Any]) -> None:
    """Raises ValueError for a key that is none, or words that lack a language."""
    if not _KEY.fullmatch(entry["key"]):
        raise ValueError(f'the key "{entry["key"]}" must be small letters, digits and _.')
    if not entry["sv"] or not entry["en"]:
        raise ValueError(f"{entry['key']} lacks its words in Swedish or English.")


def check_once(keys: list[str]) -> None:
    """Raises ValueError for a key that is there twice."""
    if doubled := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"{', '.join(sorted(doubled))} is there twice.")
