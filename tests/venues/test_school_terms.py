"""Terms of schools' visits in a region's directory: what an entry must say, and what becomes of it."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tests.venues.test_bus_terms import RULE
from venues.facts import DATA, read_facts
from venues.loading import load_region
from venues.models import BusRule, GrantScheme
from venues.school_terms import bus_rule, grant_scheme

BUS: dict[str, Any] = {
    "region": "23", "id": "vart", "label": "Vårt", "valid_from": "2026-01-01", "source": "beslut", "parameters": RULE,
}  # fmt: skip
GRANT: dict[str, Any] = {
    "region": "23", "id": "bidrag", "label": "Bidrag", "valid_from": "2026-01-01", "source": "beslut",
    "rules": {
        "currency": "SEK", "apply_month": 1, "covers": ["fee"], "needs_proof": True, "warn_below_percent": 10,
        "conditions": [{"sv": "A", "en": "A", "source": "b"}],
    },
}  # fmt: skip


def changed(**rules: Any) -> dict[str, Any]:
    """The grant with other rules."""
    found = deepcopy(GRANT)
    found["rules"] |= rules
    return found


def test_the_committed_terms_have_one_default_and_others_rules_beside_it() -> None:
    terms = read_facts(DATA).of_schools
    assert [(rule.key, rule.is_default) for rule in terms.bus_rules] == [
        ("antagande", True),
        ("dks-telemark", False),
        ("kulturkatalogen-vast", False),
    ]
    assert [(grant.key, grant.valid_from) for grant in terms.grants] == [("skapande_skola", date(2022, 1, 1))]


def test_a_rule_is_read_as_it_stands() -> None:
    fact = bus_rule({**BUS, "default": True}, {"23"})
    assert (fact.key, fact.parameters, fact.is_default, fact.valid_to) == ("vart", RULE, True, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Å!"}, "must be small letters"),
        ({"region": "99"}, "no region 99"),
        ({"valid_to": "2025-01-01"}, "comes before valid_from"),
        ({"parameters": {**RULE, "bus_seats": 0}}, "bus_seats"),
    ],
)
def test_a_fault_of_a_rule_is_told(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bus_rule({**BUS, **change}, {"23"})


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"covers": ["wages"]}, "covers must be one of fee, travel, lodging"),
        ({"apply_month": 13}, "apply_month must be 1 to 12"),
        ({"warn_below_percent": 101}, "warn_below_percent must be"),
        ({"needs_proof": "yes"}, "needs_proof must be true or false"),
        ({"conditions": [{"sv": "", "en": "A", "source": "b"}]}, "each condition needs its words"),
    ],
)
def test_a_fault_of_a_grant_is_told(rules: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        grant_scheme(changed(**rules), {"23"})


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    load_region()
    again = {tally.what: tally for tally in load_region().tallies}
    assert (BusRule.objects.count(), GrantScheme.objects.count()) == (3, 1)
    assert [again[what].unchanged for what in ("rules about buses", "grants to schools' owners")] == [3, 1]
