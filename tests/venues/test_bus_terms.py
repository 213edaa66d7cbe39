"""Rules about buses: when one is due, who pays, how many buses, and what a rule must say."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venues.bus_terms import BusTerms, OwnShare, Party, Plan

RULE: dict[str, Any] = {
    "from_km": "3", "orders": "school", "pays": {"region": "region", "school": "owner"}, "short": "school",
    "own_share": {"side": "school", "amount": "1000"}, "bus_seats": 50, "boarding_min": 10, "drive_factor": "1.1",
}  # fmt: skip
TERMS = BusTerms.read(RULE)


@pytest.mark.parametrize(
    ("km", "due", "payer"),
    [
        ("2.9", False, Party.SCHOOL),
        ("3", False, Party.SCHOOL),
        ("3.1", True, Party.REGION),
        (None, None, None),
    ],
)
def test_a_bus_is_due_beyond_the_rules_distance(
    km: str | None, due: bool | None, payer: Party | None
) -> None:
    far = None if km is None else Decimal(km)
    assert (TERMS.is_due(far), TERMS.payer(far, Plan.REGION)) == (due, payer)


def test_who_pays_depends_on_who_planned_the_trip() -> None:
    assert TERMS.payer(Decimal(10), Plan.SCHOOL) == Party.OWNER


def test_the_own_share_is_of_what_is_due_alone() -> None:
    share = OwnShare(Party.SCHOOL, Decimal(1000))
    assert [TERMS.share_of(km) for km in (Decimal(2), Decimal(4), None)] == [None, share, None]


@pytest.mark.parametrize(("seats", "buses"), [(0, 0), (1, 1), (50, 1), (51, 2), (101, 3)])
def test_buses_by_their_seats(seats: int, buses: int) -> None:
    assert TERMS.buses(seats) == buses


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_together_never_more_buses_than_apart(one: int, other: int) -> None:
    together = TERMS.buses(one + other)
    assert max(TERMS.buses(one), TERMS.buses(other)) <= together <= TERMS.buses(one) + TERMS.buses(other)


@given(st.integers(0, 5000))
def test_everybody_has_a_seat_and_no_bus_goes_empty(seats: int) -> None:
    buses = TERMS.buses(seats)
    assert seats <= buses * TERMS.bus_seats < seats + TERMS.bus_seats


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from_km": 3}, 'must be a number from 0 to 2000 in quotes, such as "3", not 3'),
        ({"from_km": "-1"}, "from_km must be"),
        ({"from_km": "NaN"}, "from_km must be"),
        ({"orders": "nobody"}, "orders must be one of school, owner, producer, region"),
        ({"pays": {"region": "moon", "school": "school"}}, "pays must be one of"),
        ({"short": ""}, "short must be one of"),
        ({"own_share": {"side": "school", "amount": "x"}}, "own_share must be a number"),
        ({"public_transport": {"side": "region", "percent": "101"}}, "from 0 to 100"),
        ({"bus_seats": 0}, "bus_seats must be a whole number from 1 to 120, not 0"),
        ({"bus_seats": True}, "bus_seats must be a whole number"),
        ({"boarding_min": 61}, "boarding_min must be a whole number from 0 to 60"),
        ({"drive_factor": "0.9"}, "drive_factor must be at least 1"),
    ],
)
def test_what_is_not_understood_is_told(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        BusTerms.read({**RULE, **change})


@pytest.mark.parametrize("missing", ["from_km", "orders", "pays", "short", "bus_seats", "drive_factor"])
def test_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        BusTerms.read({name: value for name, value in RULE.items() if name != missing})
