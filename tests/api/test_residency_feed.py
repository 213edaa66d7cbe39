"""Residencies in calendars over HTTP: a calendar of one and of all, files to keep, and an artist's private link."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings import feed_links
from bookings.models import Feed, Residency, SubEvent
from tests.api.fed import Clock
from tests.bookings.ical_reader import vevents
from tests.bookings.stays import AGREED, period, stay, sub_event
from tests.bookings.visits import NOW
from tests.world import World

pytestmark = pytest.mark.usefixtures("clock")
OF_ONE, OF_ALL = "/ical/residens/fjallvind-1.ics", "/ical/residenser/jamtland-harjedalen.ics"
HOUR = timedelta(hours=1)


@pytest.fixture
def made(world: World) -> Residency:
    found = stay(world, artist=world.stranger)
    period(found)
    sub_event(found)
    return found


@pytest.mark.parametrize("path", [OF_ONE, OF_ALL])
def test_anybody_gets_it(client: Client, made: Residency, path: str) -> None:
    got = client.get(path)
    assert (got.status_code, got["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (len(vevents(got.content)), got.cookies, got["Vary"]) == (2, {}, "Accept-Encoding")
    assert got["Cache-Control"] == "public, max-age=900"


@pytest.mark.parametrize("path", [OF_ONE, OF_ALL])
def test_it_is_not_sent_twice_until_something_changes(
    client: Client, made: Residency, clock: Clock, path: str
) -> None:
    first = client.get(path)
    tag = {"If-None-Match": first["ETag"]}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    SubEvent.objects.update(title="Andra lyssningen", changed_at=NOW + HOUR)
    clock.now = NOW + HOUR
    after = client.get(path, headers=tag)
    assert after.status_code == 200
    assert "Andra lyssningen" in after.content.decode()


def test_one_that_is_not_public_is_not_found(client: Client, made: Residency) -> None:
    client.get(OF_ONE)
    Residency.objects.update(published_at=None)
    assert client.get(OF_ONE).status_code == 404
    assert vevents(client.get(OF_ALL).content) == []


def test_narrowed_by_what_is_not_known_it_is_refused_in_words(client: Client, made: Residency) -> None:
    got = client.get(OF_ONE, {"colour": "red"})
    assert (got.status_code, got["Content-Type"]) == (400, "text/plain; charset=utf-8")


# -- files to keep ---------------------------------------


def files(made: Residency) -> dict[str, str]:
    """Path -> what the file is called."""
    return {
        f"/ical/delaktivitet/{made.sub_events.get().uid}.ics": "fjallvind-1-2027-02-12.ics",
        f"/ical/residensdagar/{made.periods.get().uid}.ics": "fjallvind-1-2027-02-01.ics",
    }


def test_a_file_has_the_bytes_of_the_feed(client: Client, made: Residency) -> None:
    feed = client.get(OF_ONE).content
    for path, name in files(made).items():
        got = client.get(path)
        assert got["Content-Disposition"] == f'attachment; filename="{name}"'
        vevent = got.content.partition(b"BEGIN:VEVENT")[2].partition(b"END:VEVENT")[0]
        assert vevent in feed
        assert client.get(path, headers={"If-None-Match": got["ETag"]}).status_code == 304


def test_what_is_closed_has_no_file(client: Client, made: Residency) -> None:
    paths = files(made)
    SubEvent.objects.update(is_public=False)
    assert [client.get(path).status_code for path in paths] == [404, 200]
    Residency.objects.update(published_at=None)
    assert [client.get(path).status_code for path in paths] == [404, 404]


# -- an artist's link ---------------------------------------


@pytest.fixture
def secret(world: World, made: Residency) -> str:
    (whose,) = feed_links.keeps(world.stranger)
    return f"/ical/privat/{feed_links.create_feed(whose, 'Min telefon', world.stranger)[1]}.ics"


def test_an_artist_s_link_shows_what_is_not_agreed(client: Client, secret: str) -> None:
    Residency.objects.update(status="offered", published_at=None)
    got = client.get(secret)
    assert {event.text("STATUS") for event in vevents(got.content)} == {"TENTATIVE"}
    assert (got["Cache-Control"], got["X-Robots-Tag"]) == ("private, max-age=900", "noindex")


def test_it_follows_when_it_is_agreed(client: Client, secret: str, clock: Clock) -> None:
    Residency.objects.update(status="offered")
    tag = {"If-None-Match": client.get(secret)["ETag"]}
    assert client.get(secret, headers=tag).status_code == 304
    Residency.objects.update(status="confirmed", changed_at=NOW + HOUR, **AGREED)
    clock.now = NOW + HOUR
    got = client.get(secret, headers=tag)
    assert {event.text("STATUS") for event in vevents(got.content)} == {"CONFIRMED"}


def test_one_that_was_revoked_says_so(client: Client, secret: str) -> None:
    feed_links.revoke_feed(Feed.objects.get(), NOW)
    assert client.get(secret).status_code == 410
