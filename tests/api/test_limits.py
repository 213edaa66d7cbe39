"""Who asks too often waits; each counts for themselves."""

from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle

from tests.api.callers import API, caller
from tests.api.matrix import PROBLEM
from tests.world import World
from turne import settings


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> Any:
    rates = {"anon": "2/min", "user": "3/min", "planner": "1/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    cache.clear()
    yield
    cache.clear()


def statuses(client: Any, path: str, times: int) -> list[int]:
    return [client.get(f"{API}/{path}").status_code for _time in range(times)]


def test_whoever_is_not_logged_in_counts_by_address(db: None) -> None:
    assert statuses(caller(), "places", 3) == [200, 200, 429]
    assert statuses(caller(**{"X-Forwarded-For": "192.0.2.7"}), "places", 1) == [200]


def test_what_a_caller_claims_before_the_proxys_word_does_not_count(db: None) -> None:
    claims = [f"198.51.100.{number}, 192.0.2.8" for number in range(3)]
    found = [statuses(caller(**{"X-Forwarded-For": claim}), "places", 1) for claim in claims]
    assert found == [[200], [200], [429]]


def test_a_person_counts_for_themselves(world: World) -> None:
    assert statuses(caller(world.presenter), "wishes", 4) == [200, 200, 200, 429]
    assert statuses(caller(world.neighbour), "wishes", 1) == [200]


def test_the_planner_counts_apart(world: World) -> None:
    client = caller(world.producer)
    answers = [client.post(f"{API}/planner/solve?seconds=0", PROBLEM) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1]["Retry-After"]) > 0


def test_the_rates_that_hold() -> None:
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    assert rates == {"anon": "120/min", "user": "600/min", "planner": "6/min"}
