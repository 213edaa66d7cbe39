"""Open calls through the API: who sees which, and what is said of them."""

import pytest

from programmes import calls
from tests.api.callers import API, caller
from tests.programmes.open_calls import OPEN, draft, grant, published
from tests.world import World


@pytest.fixture(autouse=True)
def while_it_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: OPEN)


def test_a_call_is_told_whole(world: World) -> None:
    call = published(world)
    found = caller().get(f"{API}/calls/{call.slug}").json()
    assert (found["kind"], found["state"], found["stipend"], found["art_forms"]) == (
        "residency",
        "open",
        "30000.00",
        ["music"],
    )
    assert found["criteria"] == [
        {"title": "Kvalitet", "title_en": "Quality", "weight": 60},
        {"title": "Genomförbarhet", "title_en": "", "weight": 40},
    ]
    assert [
        (row["municipality"]["name"], row["host"] and row["host"]["name"]) for row in found["places"]
    ] == [
        ("Krokom", None),
        ("Strömsund", "Backe bygdegård"),
    ]
    assert found["periods"][0] == {"starts_on": "2027-05-03", "ends_on": "2027-05-16"}


def test_a_draft_is_told_to_those_who_run_it(world: World) -> None:
    published(world)
    grant(world, title="Arbetsstipendium")
    roles = (None, "stranger", "presenter", "producer", "officer")
    counts = [
        caller(getattr(world, role) if role else None).get(f"{API}/calls").json()["count"] for role in roles
    ]
    assert counts == [1, 1, 1, 1, 2]


def test_a_withdrawn_call_says_why(world: World) -> None:
    call = published(world)
    calls.withdraw(call, why="Värden har stängt.", version=call.version, by=world.officer, now=OPEN)
    found = caller().get(f"{API}/calls/{call.slug}").json()
    assert (found["state"], found["withdrawn_why"]) == ("withdrawn", "Värden har stängt.")


def test_a_call_that_is_not_there(world: World) -> None:
    draft(world)
    assert caller().get(f"{API}/calls/nowhere").status_code == 404
