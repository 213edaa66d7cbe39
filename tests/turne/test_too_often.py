"""Links without an account: who opens them too often in a minute waits, and reads for how long."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from bookings import class_links
from tests.crews import crew_of
from tests.turne.pages import get, text_of
from tests.world import World
from turne import settings as real

#: Ten seconds before the minute ends.
AT = datetime(2026, 12, 18, 9, 0, 50, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.LINK_RATES = {"link": 2, "address": 4}
    monkeypatch.setattr(timezone, "now", lambda: AT)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def address(world: World) -> str:
    crew = crew_of(world.presenting)
    return f"/crewet/{class_links.make_crew_link(crew, by=world.presenter, now=AT)}/"


def statuses(client: Client, addresses: list[str], **more: Any) -> list[int]:
    return [client.get(one, **more).status_code for one in addresses]


def test_a_link_is_opened_so_often_a_minute(client: Client, address: str) -> None:
    assert statuses(client, [address] * 3) == [200, 200, 429]


def test_the_page_says_when_to_try_again(client: Client, address: str) -> None:
    statuses(client, [address] * 2)
    answer = get(client, address)
    assert (answer.status_code, answer["Retry-After"]) == (429, "10")
    assert "in 10 seconds" in text_of(answer)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_the_next_minute_it_opens_again(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses(client, [address] * 3)
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(seconds=10))
    assert statuses(client, [address]) == [200]


def test_other_links_from_elsewhere_are_not_hit(client: Client, address: str, world: World) -> None:
    statuses(client, [address] * 3)
    other = crew_of(world.neighbouring, name="Andra")
    link = f"/crewet/{class_links.make_crew_link(other, by=world.neighbour, now=AT)}/"
    assert statuses(client, [link], headers={"X-Forwarded-For": "192.0.2.7"}) == [200]


def test_from_one_address_many_links_are_too_many(client: Client, db: None) -> None:
    assert statuses(client, [f"/svar/{number}/" for number in range(5)]) == [404, 404, 404, 404, 429]


def test_what_a_caller_claims_before_the_proxys_word_does_not_count(client: Client, db: None) -> None:
    found = [
        client.get(
            f"/svar/{number}/", headers={"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.8"}
        ).status_code
        for number in range(5)
    ]
    assert found[-1] == 429


def test_nothing_is_written_while_one_waits(client: Client, address: str) -> None:
    statuses(client, [address] * 2)
    assert client.post(f"{address}besok/1/", {"task": "doors-0", "state": "done"}).status_code == 429


def test_pages_with_an_account_are_not_counted(client: Client, world: World) -> None:
    client.force_login(world.presenter)
    assert statuses(client, ["/crew/"] * 6) == [200] * 6


def test_every_page_by_a_link_is_counted(client: Client, db: None) -> None:
    """Whatever has a secret in its address, but for calendars, which programs ask for."""
    found = {}
    for number, pattern in enumerate(_by_link(get_resolver().url_patterns)):
        address = "/" + re.sub(r"<(\w+):\w+>", lambda kind: "1" if kind[1] == "int" else "abc", pattern)
        elsewhere = {"X-Forwarded-For": f"192.0.2.{number}"}
        found[pattern] = statuses(client, [address] * 3, headers=elsewhere)[-1]
        cache.clear()
    assert len(found) > 10
    assert set(found.values()) == {429}, found


def test_the_rates_that_hold() -> None:
    assert real.LINK_RATES == {"link": 120, "address": 300}


def _by_link(found: Any) -> list[str]:
    every = [inner for one in found for inner in _flat(one)]
    return [path for path in every if "<str:token>" in path and not path.startswith("ical/")]


def _flat(found: URLPattern | URLResolver) -> list[str]:
    if isinstance(found, URLPattern):
        return [str(found.pattern)]
    return [str(found.pattern) + path for inner in found.url_patterns for path in _flat(inner)]
