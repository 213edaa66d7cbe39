"""Checklists in a region's directory: what an entry must say, and what becomes of it in the database."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from venues.checklist_facts import checklist
from venues.facts import DATA, read_facts
from venues.loading import load_region
from venues.models import ChecklistTemplate

ENTRY: dict[str, Any] = {
    "region": "23", "label": "Listan", "valid_from": "2026-01-01", "remind_days": 14, "source": "sju sidor",
    "items": [{"key": "a", "phase": "day", "who": "both", "due_days": 0, "sv": "A", "en": "A"}],
    "crew_roles": [{"key": "host", "side": "presenter", "sv": "Värd", "en": "Host"}],
}  # fmt: skip


def entry(**changes: Any) -> dict[str, Any]:
    """The entry with changes at the top, or in its first item or role by `item_` and `role_`."""
    found = deepcopy(ENTRY)
    for name, value in changes.items():
        where, _, rest = name.partition("__")
        part = {"item": found["items"][0], "role": found["crew_roles"][0]}.get(where, found)
        part[rest or where] = value
    return found


def test_read_as_it_stands() -> None:
    fact = checklist(entry(), {"23"})
    assert (fact.region, fact.valid_from, fact.valid_to, fact.items) == (
        "23",
        date(2026, 1, 1),
        None,
        ENTRY["items"],
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"region": "99"}, "no region 99"),
        ({"valid_to": "2025-12-31"}, "comes before valid_from"),
        ({"remind_days": 366}, "remind_days must be"),
        ({"item__phase": "later"}, "phase must be one of before, day, after"),
        ({"item__who": "nobody"}, "who must be one of"),
        ({"item__audience": ["dogs"]}, "audience must be one of"),
        ({"item__due_days": 400}, "due_days of a is more than 365"),
        ({"item__key": "Å b"}, "must be small letters"),
        ({"item__sv": ""}, "lacks its words"),
        ({"items": ENTRY["items"] * 2}, "a is there twice"),
        ({"role__side": "both"}, "side must be one of producer, presenter"),
    ],
)
def test_a_fault_is_told(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        checklist(entry(**changes), {"23"})


def test_a_missing_word_is_a_missing_key() -> None:
    lacking = entry()
    del lacking["items"][0]["en"]
    with pytest.raises(KeyError, match="en"):
        checklist(lacking, {"23"})


def test_the_regions_own_has_ten_before_for_a_school_and_nine_for_the_public() -> None:
    (fact,) = read_facts(DATA).checklists
    before = [item for item in fact.items if item["phase"] == "before"]
    counts = {
        audience: sum(audience in item.get("audience", [audience]) for item in before)
        for audience in ("school", "public", "family")
    }
    assert counts == {"school": 10, "public": 9, "family": 9}


@pytest.mark.django_db
def test_what_the_region_has_changed_stays() -> None:
    load_region()
    ChecklistTemplate.objects.update(items=[])
    load_region()
    assert ChecklistTemplate.objects.get().items == []
    load_region(replace_terms=True)
    assert len(ChecklistTemplate.objects.get().items) == 24
