"""Feeds over the full stack of middleware: tests carry the ids of the HTTP rules."""

import gzip
import logging
from datetime import UTC, timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from structlog.stdlib import ProcessorFormatter

from bookings import feed_links, stored_feeds
from bookings.models import Feed, Performance
from tests.api.fed import HOUR, OPEN, TOUR, Clock
from tests.bookings.ical_reader import read, vevents
from tests.bookings.visits import NOW, STARTS_AT, change, visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("clock")


# -- H01-H05, H16-H27: the answer ---------------------------------------


@pytest.mark.parametrize(("name", "address"), OPEN.items())
def test_H01_every_kind_answers_at_its_address(client: Client, shown: Performance, name: str, address: str):
    assert reverse(name, args=[address.split("/")[-1].removesuffix(".ics")]) == address
    response = client.get(address)
    assert (response.status_code, len(vevents(response.content)) >= 1) == (200, True)


def test_H01_a_private_address_needs_no_login(client: Client, shown: Performance, secret: str):
    assert client.get(secret).status_code == 200


def test_H02_content_type(client: Client, shown: Performance):
    assert client.get(TOUR)["Content-Type"] == "text/calendar; charset=utf-8"


def test_H03_file_name_is_inline_and_ends_in_ics(client: Client, shown: Performance):
    assert client.get(TOUR)["Content-Disposition"] == 'inline; filename="trumman-varen-2027.ics"'


def test_H03_file_name_of_a_private_feed_keeps_the_secret(client: Client, shown: Performance, secret: str):
    assert client.get(secret)["Content-Disposition"] == 'inline; filename="turne.ics"'


def test_H05_two_answers_are_equal_byte_for_byte(client: Client, shown: Performance):
    first, second = client.get(TOUR), client.get(TOUR, headers={"Accept-Language": "en"})
    assert (first.content, first["ETag"]) == (second.content, second["ETag"])
    assert first["ETag"].startswith('"')


def test_H05_another_content_has_another_tag(client: Client, shown: Performance):
    before = client.get(TOUR)["ETag"]
    change(shown, NOW, status="cancelled")
    assert client.get(TOUR)["ETag"] != before


def test_H16_head_is_get_without_a_body(client: Client, shown: Performance):
    got, head = client.get(TOUR), client.head(TOUR)
    for response in (got, head):
        del response.headers["X-Request-ID"]
    assert (head.status_code, head.content, head.headers) == (200, b"", got.headers)


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "*", "GZIP"])
def test_H17_gzip_when_it_is_accepted(client: Client, shown: Performance, accepted: str):
    plain = client.get(TOUR)
    packed = client.get(TOUR, headers={"Accept-Encoding": accepted})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity", "gzip; q=0.0"])
def test_H17_plain_when_gzip_is_not_accepted(client: Client, shown: Performance, accepted: str):
    response = client.get(TOUR, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_H17_caches_are_told_that_it_varies(client: Client, shown: Performance, accepted: str):
    response = client.get(TOUR, headers={"Accept-Encoding": accepted})
    assert response["Vary"] == "Accept-Encoding"


def test_H17_gzip_has_the_same_bytes_each_time(client: Client, shown: Performance, clock: Clock):
    headers = {"Accept-Encoding": "gzip"}
    first = client.get(TOUR, headers=headers).content
    clock.now += HOUR
    assert client.get(TOUR, headers=headers).content == first


ANSWERS = {
    "open": (200, {}),
    "private": (200, {}),
    "not modified": (304, {"If-None-Match": "*"}),
    "unknown": (404, {}),
    "unknown private": (404, {}),
    "revoked": (410, {}),
}


@pytest.mark.parametrize("case", ANSWERS)
@pytest.mark.parametrize("logged_in", [False, True])
def test_H19_no_cookies_for_anybody(world, shown, secret, as_user, client, case: str, logged_in: bool):
    if logged_in:
        as_user(world.presenter)
    if case == "revoked":
        feed_links.revoke_feed(Feed.objects.get(), NOW)
    address = {"private": secret, "revoked": secret, "unknown private": "/ical/privat/nej.ics"}.get(
        case, TOUR
    )
    status, headers = ANSWERS[case]
    client.cookies.load({"django_language": "en", "csrftoken": "broken", "messages": "broken"})
    if not logged_in:
        client.cookies["sessionid"] = "broken"
    response = client.get(
        address.replace("trumman", "nej") if case == "unknown" else address, headers=headers
    )
    assert response.status_code == status
    assert (dict(response.cookies), response["Vary"]) == ({}, "Accept-Encoding")


def test_H20_open_feeds_may_be_cached_by_all(client: Client, shown: Performance):
    assert client.get(TOUR)["Cache-Control"] == "public, max-age=900"


def test_H20_secret_feeds_only_by_the_reader(client: Client, shown: Performance, secret: str):
    assert client.get(secret)["Cache-Control"] == "private, max-age=900"


@pytest.mark.parametrize("accepted", ["text/html", "text/calendar", "application/json", ""])
def test_H23_whatever_is_accepted_gets_the_calendar(client: Client, shown: Performance, accepted: str):
    assert client.get(TOUR, headers={"Accept": accepted})["Content-Type"].startswith("text/calendar")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_H25_other_methods_are_refused(shown: Performance, secret: str, method: str):
    strict = Client(enforce_csrf_checks=True)
    for address in (TOUR, secret):
        response = getattr(strict, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("state", ["in use", "not modified", "revoked", "unknown"])
def test_H27_secret_addresses_are_not_indexed_nor_passed_on(client, shown, secret, state: str):
    if state == "revoked":
        feed_links.revoke_feed(Feed.objects.get(), NOW)
    headers = {"If-None-Match": "*"} if state == "not modified" else {}
    response = client.get("/ical/privat/nej.ics" if state == "unknown" else secret, headers=headers)
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex", "no-referrer")


def test_H27_unknown_is_404(client: Client, shown: Performance):
    response = client.get("/ical/privat/nej.ics")
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_H27_revoked_is_410(client: Client, shown: Performance, secret: str):
    feed_links.revoke_feed(Feed.objects.get(), NOW)
    assert client.get(secret).status_code == 410


def test_H27_secret_is_not_logged(client, shown, secret: str, caplog: pytest.LogCaptureFixture):
    (lines,) = {
        h.formatter for h in logging.getLogger().handlers if isinstance(h.formatter, ProcessorFormatter)
    }
    with caplog.at_level(logging.INFO):
        client.get(secret)
    written = "\n".join(lines.format(record) for record in caplog.records)
    assert "/ical/privat/[secret]" in written
    assert secret.split("/")[-1].removesuffix(".ics") not in written


def test_H27_robots_may_read_feeds(client: Client, db: None):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Allow: /ical/" in lines
    assert "Disallow: /" not in lines


# -- Content through the door ---------------------------------------


def test_R35_a_cancelled_performance_is_shown_as_cancelled(client: Client, shown: Performance):
    change(shown, NOW, status="cancelled")
    found = vevents(client.get(OPEN["feed-presenter"]).content)
    assert [(e.text("STATUS"), e.text("SUMMARY")) for e in found] == [
        ("CANCELLED", "INSTÄLLT: Trumman och tystnaden")
    ]


def test_R34_tentative_is_for_private_feeds_only(world: World, client: Client, secret: str):
    visit(world)
    visit(world, STARTS_AT + 24 * HOUR, status="offered", published_at=None)
    shown = [e.text("STATUS") for e in vevents(client.get(secret).content)]
    assert shown == ["CONFIRMED", "TENTATIVE"]
    assert len(vevents(client.get(OPEN["feed-presenter"]).content)) == 1


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (OPEN["feed-municipality"], "Scenkonst i Strömsund"),
        (OPEN["feed-presenter"], "Backe bygdegård"),
        (OPEN["feed-school"], "Krokoms skola"),
        (OPEN["feed-production"], "Trumman och tystnaden"),
        (TOUR, "Trumman våren 2027"),
        (OPEN["feed-region"], "Scenkonst i Jämtland Härjedalen"),
    ],
)
def test_R13_name_says_whose_calendar_it_is(client, shown, address: str, name: str):
    assert read(client.get(address).content).text("X-WR-CALNAME") == name


def test_R44_links_lead_to_this_site(client: Client, shown: Performance, settings):
    settings.BASE_URL = "https://turne.example.org"
    link = f"https://turne.example.org/forestallning/{shown.uid}/"
    assert link in [e.text("URL") for e in vevents(client.get(TOUR).content)]


def test_R48_no_address_or_telephone_of_anybody(
    world: World, client: Client, shown: Performance, secret: str
):
    world.presenting.phone = "0640-12 34 56"
    world.presenting.save()
    for address in (*OPEN.values(), secret):
        body = client.get(address).content
        assert b"@example" not in body
        assert b"0640" not in body


# -- Failing, counting ---------------------------------------


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
@pytest.mark.parametrize("step", ["look", "bytes_of", "make"])
def test_a_failing_database_is_503_and_never_an_empty_calendar(client, shown, monkeypatch, error, step: str):
    def fail(*args: object, **more: object) -> None:
        raise error

    if step == "bytes_of":
        client.get(TOUR)
    monkeypatch.setattr(stored_feeds, step, fail)
    response = client.get(TOUR)
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_use_that_can_not_be_noted_does_not_hide_the_calendar(client, shown, secret, monkeypatch):
    def fail(*args: object) -> None:
        raise OperationalError("read-only")

    monkeypatch.setattr(feed_links, "mark_used", fail)
    assert client.get(secret).status_code == 200


def test_use_is_noted_for_a_304_too(client: Client, shown: Performance, secret: str):
    client.get(secret, headers={"If-None-Match": "*"})
    assert Feed.objects.get().last_used_at == NOW


def test_reading_again_within_the_hour_writes_nothing(client: Client, shown: Performance, secret: str):
    client.get(secret)
    with CaptureQueriesContext(connection) as queries:
        client.get(secret)
    assert [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


@pytest.mark.parametrize("which", ["open", "private"])
def test_queries_do_not_grow_with_the_feed(world, client, shown, secret, which: str):
    address = secret if which == "private" else TOUR
    client.get(address)
    counts = []
    for days in (1, 2, 3):
        for _more in range(days):
            visit(world, STARTS_AT + timedelta(days=days))
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        counts.append(len(made))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(("etag", "count"), [("", 2), ("*", 1)])
def test_a_stored_feed_takes_one_read_and_its_bytes_one_more(
    client, shown, django_assert_num_queries, etag: str, count: int
):
    client.get(TOUR)
    with django_assert_num_queries(count):
        client.get(TOUR, headers={"If-None-Match": etag})


def test_a_feed_of_an_empty_but_known_place_is_a_calendar(client: Client, world: World):
    response = client.get("/ical/kommun/kommun-2321.ics")
    assert (response.status_code, vevents(response.content)) == (200, [])


def test_a_stamp_is_in_utc_whatever_the_zone_of_the_change(client: Client, shown: Performance):
    (event, *_rest) = vevents(client.get(TOUR).content)
    assert event.text("DTSTAMP") == shown.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
