"""The calendar of open calls over HTTP: for everybody, not sent twice, only read."""

import pytest
from django.test import Client

from programmes import calls
from tests import factories as make
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


# -- of one region ---------------------------------------


def of(slug: str) -> str:
    return f"/ical/utlysningar/{slug}.ics"


def test_a_region_has_its_own(client: Client, world: World) -> None:
    published(world)
    make.RegionFactory(slug="vasternorrland", name="Västernorrland", code="22")
    here, there = client.get(of("jamtland-harjedalen")), client.get(of("vasternorrland"))
    assert (here.status_code, there.status_code) == (200, 200)
    assert [got.content.count(b"BEGIN:VEVENT") for got in (here, there)] == [1, 0]
    assert "X-WR-CALNAME:Utlysningar i Västernorrland" in there.content.decode()
    assert here["Content-Disposition"] == 'inline; filename="utlysningar-jamtland-harjedalen.ics"'


def test_one_that_is_not_served_has_none(client: Client, db: None) -> None:
    make.RegionFactory(slug="vasternorrland", name="Västernorrland", code="22", is_served=False)
    for slug in ("vasternorrland", "atlantis"):
        got = client.get(of(slug))
        assert (got.status_code, got["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_it_is_not_sent_twice_either(client: Client, world: World) -> None:
    published(world)
    got = client.get(of("jamtland-harjedalen"))
    again = client.get(of("jamtland-harjedalen"), headers={"If-None-Match": got["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", got["ETag"])
    assert client.post(of("jamtland-harjedalen")).status_code == 405
