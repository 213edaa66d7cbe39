"""Entries about money and climate in a region's data directory, read and checked: rates, subsidy schemes, emissions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from venues.claim_facts import check_claim
from venues.entries import one_of, valid_days

#: What a scheme may ask, and what an entry must then say. The meaning of each stands in docs/money.md.
CRITERIA = {
    "presenters": {"count", "within"},
    "place": {"inhabitants_below"},
    "riksteatern": set(),
    "catalogue": set(),
    "free_group": set(),
    "children": {"age_max"},
    "stated": {"what"},
}
WITHIN = ("region", "neighbours")
COSTS = ("travel", "lodging", "fee")
#: Who claims: the presenter unless the rules say otherwise.
CLAIMED_BY = ("presenter", "producer")
STATED = ("audience", "once_a_year", "small_first", "local_first", "consultant")


@dataclass(frozen=True)
class RatesFact:
    """Per diem and mileage from one day to another, both included."""

    valid_from: date
    valid_to: date
    currency: str
    rates: dict[str, Any]
    source: str


@dataclass(frozen=True)
class SchemeFact:
    """A subsidy to presenters: whose region, since when, and its rules as docs/money.md describes them."""

    region: str
    key: str
    label: str
    rules: dict[str, Any]
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class EmissionFact:
    """kg CO2e a km of one vehicle and fuel."""

    vehicle: str
    fuel: str
    tank_to_wheel_kg: Decimal
    well_to_tank_kg: Decimal
    year: int
    source: str


def scheme(entry: dict[str, Any], regions: set[str]) -> SchemeFact:
    """A scheme as the file has it.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    first, last = valid_days(entry, regions)
    rules = entry["rules"]
    check_rules(rules)
    return SchemeFact(entry["region"], entry["id"], entry["label"], rules, first, last, entry["source"])


def check_rules(rules: dict[str, Any]) -> None:
    """Whether the rules of a scheme can be followed.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    for name in ("cap", *(["cap_next_day"] if "cap_next_day" in rules else [])):
        _amount(rules[name], name)
    for vehicle, rate in rules["mileage_per_km"].items():
        _amount(rate, f"mileage_per_km of {vehicle}")
    one_of(rules["per"], ("show", "day"), "per")
    for cost in rules["covers"]:
        one_of(cost, COSTS, "covers")
    one_of(rules.get("claimed_by", CLAIMED_BY[0]), CLAIMED_BY, "claimed_by")
    for day in rules.get("deadlines", ()):
        date.fromisoformat(f"2001-{day}")
    if not rules["currency"]:
        raise ValueError("currency is empty.")
    for criterion in rules["criteria"]:
        _criterion(criterion)
    check_claim(rules)


def emission(entry: dict[str, Any]) -> EmissionFact:
    """Factors as the file has them.

    Raises:
        KeyError, ValueError: something is missing or no number.
    """
    return EmissionFact(
        vehicle=entry["vehicle"],
        fuel=entry["fuel"],
        tank_to_wheel_kg=_amount(entry["tank_to_wheel_kg_per_km"], "tank_to_wheel_kg_per_km"),
        well_to_tank_kg=_amount(entry["well_to_tank_kg_per_km"], "well_to_tank_kg_per_km"),
        year=int(entry["year"]),
        source=entry["source"],
    )


def _criterion(entry: dict[str, Any]) -> None:
    one_of(entry["kind"], CRITERIA, "kind")
    lacking = CRITERIA[entry["kind"]] - entry.keys()
    if lacking:
        raise ValueError(f"the criterion {entry['kind']} lacks {', '.join(sorted(lacking))}.")
    if entry["kind"] == "presenters":
        one_of(entry["within"], WITHIN, "within")
    if entry["kind"] == "stated":
        one_of(entry["what"], STATED, "what")


def _amount(text: Any, name: str) -> Decimal:
    """A number that is written as text, so that no digit is lost."""
    try:
        number = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise ValueError(f'{name} must be a number in quotes, such as "3.75", not {text!r}.')
    return number


def rates(entry: dict[str, Any], file: str) -> RatesFact:
    """An entry of a file of rates; raises ValueError or KeyError for what is wrong with it."""
    first, last = date.fromisoformat(entry["valid_from"]), date.fromisoformat(entry["valid_to"])
    if last < first:
        raise ValueError(f"valid_to {last} comes before valid_from {first}.")
    told = {k: v for k, v in entry.items() if k not in {"valid_from", "valid_to", "currency", "note"}}
    return RatesFact(first, last, entry["currency"], told, f"{file}: {entry.get('note', '')}".rstrip(": "))
