"""One performance as a file to keep: the bytes of the feeds, for everybody, past the door of the pages."""

import uuid

import pytest
from django.test import Client

from bookings.models import Booking, Performance
from tests.api.fed import TOUR, Clock
from tests.bookings.visits import NOW, change

pytestmark = pytest.mark.usefixtures("clock")


def path_of(performance: Performance) -> str:
    return f"/ical/forestallning/{performance.uid}.ics"


def vevent(body: bytes, performance: Performance) -> bytes:
    """Its entry as it is written."""
    found = [part for part in body.split(b"BEGIN:VEVENT\r\n")[1:] if str(performance.uid).encode() in part]
    assert len(found) == 1
    return found[0].partition(b"END:VEVENT")[0]


def test_it_has_the_bytes_of_the_feed(client: Client, shown: Performance):
    kept, feed = client.get(path_of(shown)).content, client.get(TOUR).content
    assert vevent(kept, shown) == vevent(feed, shown)
    assert kept.count(b"BEGIN:VEVENT") == 1


def test_it_is_a_file_to_keep(client: Client, shown: Performance):
    response = client.get(path_of(shown))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    name = 'attachment; filename="trumman-och-tystnaden-2027-02-04.ics"'
    assert (response["Content-Disposition"], response["Cache-Control"]) == (name, "public, max-age=900")
    assert (response.cookies, response["Vary"]) == ({}, "Accept-Encoding")


@pytest.mark.parametrize("fields", [{"published_at": None}, {"status": "offered"}, {"status": "withdrawn"}])
def test_what_is_not_public_is_not_found(client: Client, shown: Performance, fields: dict):
    Booking.objects.update(**fields)
    response = client.get(path_of(shown))
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_one_that_is_not_there_is_not_found(client: Client, clock: Clock, db: None):
    assert client.get(f"/ical/forestallning/{uuid.uuid4()}.ics").status_code == 404
    assert client.get("/ical/forestallning/x.ics").status_code == 404


def test_a_change_is_in_it(client: Client, shown: Performance):
    before = client.get(path_of(shown))
    change(shown, NOW, status="cancelled")
    after = client.get(path_of(shown), headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, b"STATUS:CANCELLED" in after.content) == (200, True)


def test_it_is_not_sent_twice_and_only_read(client: Client, shown: Performance):
    got = client.get(path_of(shown))
    again = client.get(path_of(shown), headers={"If-None-Match": got["ETag"]})
    head = client.head(path_of(shown))
    assert (again.status_code, again.content, head.content, head["ETag"]) == (304, b"", b"", got["ETag"])
    assert client.post(path_of(shown)).status_code == 405


def test_the_old_address_leads_there(client: Client, shown: Performance):
    response = client.get(f"/forestallning/{shown.uid}.ics")
    assert (response.status_code, response["Location"]) == (301, path_of(shown))
