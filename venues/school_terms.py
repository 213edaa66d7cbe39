"""Terms of schools' visits in a region's data directory, read and checked: rules about buses, grants to owners."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from venues.bus_terms import BusTerms
from venues.entries import one_of, valid_days

BUS_RULES, SCHOOL_GRANTS = "bus_rules.json", "school_grants.json"
#: Costs that a grant may cover. The meaning of each stands in docs/creative-school.md.
COVERS = ("fee", "travel", "lodging")
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,49}")


@dataclass(frozen=True)
class BusRuleFact:
    """A rule about buses: whose region, since when, its parameters, and whether it holds where nobody has chosen."""

    region: str
    key: str
    label: str
    parameters: dict[str, Any]
    is_default: bool
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class GrantSchemeFact:
    """A grant to owners of schools: whose region, since when, and its rules as docs/creative-school.md has them."""

    region: str
    key: str
    label: str
    rules: dict[str, Any]
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class SchoolTerms:
    """All that a directory says of schools' visits."""

    bus_rules: list[BusRuleFact]
    grants: list[GrantSchemeFact]


def school_terms(of_regions: Callable[[str, Callable[..., Any]], list[Any]]) -> SchoolTerms:
    """The terms as the files have them; `of_regions` reads the entries of a file, each by what makes a fact of it."""
    return SchoolTerms(of_regions(BUS_RULES, bus_rule), of_regions(SCHOOL_GRANTS, grant_scheme))


def bus_rule(entry: dict[str, Any], regions: set[str]) -> BusRuleFact:
    """A rule as the file has it.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    first, last = valid_days(entry, regions)
    BusTerms.read(entry["parameters"])
    named = (entry["region"], _key(entry["id"]), entry["label"], entry["parameters"])
    return BusRuleFact(*named, bool(entry.get("default")), first, last, entry["source"])


def grant_scheme(entry: dict[str, Any], regions: set[str]) -> GrantSchemeFact:
    """A scheme as the file has it.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    first, last = valid_days(entry, regions)
    rules = entry["rules"]
    for cost in rules["covers"]:
        one_of(cost, COVERS, "covers")
    if not 1 <= rules["apply_month"] <= 12:
        raise ValueError(f"apply_month must be 1 to 12, not {rules['apply_month']}.")
    if not 0 <= rules["warn_below_percent"] <= 100:
        raise ValueError(f"warn_below_percent must be 0 to 100, not {rules['warn_below_percent']}.")
    if not isinstance(rules["needs_proof"], bool) or not rules["currency"]:
        raise ValueError("needs_proof must be true or false, and currency must be there.")
    for condition in rules["conditions"]:
        if not (condition["sv"] and condition["en"] and condition["source"]):
            raise ValueError("each condition needs its words in Swedish and English, and its source.")
    named = (entry["region"], _key(entry["id"]), entry["label"], rules)
    return GrantSchemeFact(*named, first, last, entry["source"])


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(f'the id "{text}" must be small letters, digits, - and _.')
    return text
