"""The calendar of open calls over HTTP: for everybody, not sent twice, only read."""

import pytest
from django.test import Client

from programmes import calls
from tests.programmes.open_calls import OPEN, published
from tests.world import World

FEED = "/ical/utlysningar.ics"


@pytest.fixture(autouse=True)
def while_it_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: OPEN)


def test_anybody_gets_it(client: Client, world: World) -> None:
    published(world)
    got = client.get(FEED)
    assert (got.status_code, got["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (got.content.count(b"BEGIN:VEVENT"), got.cookies, got["Vary"]) == (1, {}, "Accept-Encoding")


def test_without_calls_it_is_a_calendar_all_the_same(client: Client, db: None) -> None:
    assert client.get(FEED).content.startswith(b"BEGIN:VCALENDAR")


def test_it_is_not_sent_twice_until_something_changes(client: Client, world: World) -> None:
    call = published(world)
    tag = {"If-None-Match": client.get(FEED)["ETag"]}
    assert client.get(FEED, headers=tag).status_code == 304
    calls.withdraw(call, why="Värden har stängt.", version=call.version, by=world.officer, now=OPEN)
    assert client.get(FEED, headers=tag).status_code == 200


def test_it_is_only_read(client: Client, db: None) -> None:
    head = client.head(FEED)
    assert (head.status_code, head.content, client.post(FEED).status_code) == (200, b"", 405)
