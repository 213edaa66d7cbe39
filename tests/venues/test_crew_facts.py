"""Tasks of crews in a region's directory: what an entry must say, and what becomes of it in the database."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from venues.crew_facts import crew_tasks
from venues.facts import DATA, read_facts
from venues.loading import load_region
from venues.models import CrewTaskTemplate
from venues.models.crews import CrewRole

ENTRY: dict[str, Any] = {
    "region": "23", "label": "Uppgifter", "valid_from": "2026-01-01", "source": "sju sidor",
    "tasks": [{"key": "a", "role": "presenter", "phase": "day", "moment": "start", "offset_min": -5,
               "each_show": True, "sv": "A", "en": "A"}],
}  # fmt: skip


def entry(**changes: Any) -> dict[str, Any]:
    """The entry with changes in its task, or at the top for those that stand there; None takes away."""
    found = deepcopy(ENTRY)
    for name, value in changes.items():
        part = found if name in found else found["tasks"][0]
        part[name] = value
        if value is None:
            del part[name]
    return found


def test_read_as_it_stands() -> None:
    fact = crew_tasks(entry(), {"23"})
    assert (fact.region, fact.valid_from, fact.valid_to, fact.tasks) == (
        "23", date(2026, 1, 1), None, ENTRY["tasks"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"region": "99"}, "no region 99"),
        ({"phase": "later"}, "phase must be one of"),
        ({"role": "king"}, "role must be one of"),
        ({"moment": "noon"}, "moment must be one of"),
        ({"moment": "get_in"}, "at each show only from"),
        ({"offset_min": 2000}, "offset_min of a is more than"),
        ({"offset_days": -3}, "either offset_days or a moment"),
        ({"moment": None, "offset_min": None}, "either offset_days or a moment"),
        ({"moment": None, "offset_days": 400, "each_show": False}, "offset_days of a is more than"),
        ({"sv": ""}, "lacks its words"),
        ({"tasks": ENTRY["tasks"] * 2}, "a is there twice"),
    ],
)
def test_a_fault_is_told(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        crew_tasks(entry(**changes), {"23"})


def test_the_regions_own_has_something_for_every_role() -> None:
    (fact,) = read_facts(DATA).crew_tasks
    assert {task["role"] for task in fact.tasks} == set(CrewRole.values)
    assert {task["phase"] for task in fact.tasks} == {"before", "day", "after"}


@pytest.mark.django_db
def test_what_the_region_has_changed_stays() -> None:
    load_region()
    CrewTaskTemplate.objects.update(tasks=[])
    load_region()
    assert CrewTaskTemplate.objects.get().tasks == []
    load_region(replace_terms=True)
    assert len(CrewTaskTemplate.objects.get().tasks) == 22
