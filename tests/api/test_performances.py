"""Performances: what has been published, and nothing else."""

import pytest

from tests.agreements import in_state
from tests.api.callers import API, caller
from tests.bookings.visits import CHANGED_AT, change, visit
from tests.world import World


def test_a_performance_says_what_where_when_and_for_whom(world: World) -> None:
    performance = visit(world)
    found = caller().get(f"{API}/performances/{performance.uid}").json()
    assert found == {
        "uid": str(performance.uid),
        "starts_at": "2027-02-04T18:00:00+01:00",
        "ends_at": "2027-02-04T18:45:00+01:00",
        "status": "confirmed",
        "audience": "public",
        "production": {"slug": "trumman-och-tystnaden", "name": "Trumman och tystnaden"},
        "art_form": "theatre",
        "age_min": 0,
        "age_max": None,
        "ensemble": {"slug": "trio-norr", "name": "Trio Norr"},
        "presenter": {"slug": "backe-bygdegard", "name": "Backe bygdegård"},
        "venue": {"slug": "backe-bygdegard-salen", "name": "Backe bygdegård, salen"},
        "place": {"slug": "ort-3", "name": "Backe"},
        "municipality": {"slug": "kommun-2313", "name": "Strömsund"},
        "access_services": [],
        "sequence": 0,
        "changed_at": "2027-01-10T13:00:00+01:00",
    }


@pytest.mark.parametrize(
    "status", ["held", "offered", "declined", "withdrawn", "released", "expired", "cancelled", "confirmed"]
)
def test_what_was_never_published_is_not_there_whoever_asks(world: World, status: str) -> None:
    performance = in_state(world, status).performances.get()
    for user in (None, world.producer):
        assert caller(user).get(f"{API}/performances").json()["count"] == 0
        assert caller(user).get(f"{API}/performances/{performance.uid}").status_code == 404


def test_a_published_one_that_is_cancelled_says_so(world: World) -> None:
    change(visit(world), CHANGED_AT, status="cancelled")
    (row,) = caller().get(f"{API}/performances").json()["results"]
    assert row["status"] == "cancelled"


def test_days_are_local_ones(world: World) -> None:
    performance = visit(world, starts_at=CHANGED_AT.replace(month=7, hour=22, minute=30))
    assert performance.starts_at.isoformat() == "2027-07-10T22:30:00+00:00"
    found = [
        caller().get(f"{API}/performances?from={day}&to={day}").json()["count"]
        for day in ("2027-07-10", "2027-07-11")
    ]
    assert found == [0, 1]
