"""Asking whether a feed has changed: tests carry the ids of the HTTP rules."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings.models import Performance
from tests.api.fed import HOUR, OPEN, TOUR, Clock, moment
from tests.bookings.ical_reader import vevents
from tests.bookings.visits import STARTS_AT, change

pytestmark = pytest.mark.usefixtures("clock")


FORMS = {
    "H08 strong": "{}",
    "H09 weak": "W/{}",
    "H10 list": '"other", {}',
    "H10 list with a weak one": '"other",W/{} , "third"',
    "any": "*",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_H08_H09_H10_H11_a_known_tag_is_answered_304_without_a_body(client, shown, form: str, accepted: str):
    headers = {"Accept-Encoding": accepted}
    etag = client.get(TOUR, headers=headers)["ETag"]
    response = client.get(TOUR, headers={**headers, "If-None-Match": form.format(etag)})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize("tags", ['"other"', 'W/"other"', "not-quoted", ""])
def test_H12_another_tag_is_answered_200(client: Client, shown: Performance, tags: str):
    assert client.get(TOUR, headers={"If-None-Match": tags}).status_code == 200


def test_H12_a_tag_of_the_packed_form_is_not_one_of_the_plain(client: Client, shown: Performance):
    packed = client.get(TOUR, headers={"Accept-Encoding": "gzip"})["ETag"]
    assert client.get(TOUR, headers={"If-None-Match": packed}).status_code == 200


def test_H13_same_date_is_answered_304(client: Client, shown: Performance):
    modified = client.get(TOUR)["Last-Modified"]
    assert client.get(TOUR, headers={"If-Modified-Since": modified}).status_code == 304


@pytest.mark.parametrize("since", ["Mon, 18 Jan 2027 00:00:00 GMT", "yesterday", ""])
def test_H14_an_older_date_or_none_is_answered_200(client: Client, shown: Performance, since: str):
    assert client.get(TOUR, headers={"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize(("tag", "status"), [('"other"', 200), ("garbage", 200), ("*", 304)])
def test_H15_tag_wins_over_date(client: Client, shown: Performance, tag: str, status: int):
    since = client.get(TOUR)["Last-Modified"] if status == 200 else "Mon, 18 Jan 2027 00:00:00 GMT"
    response = client.get(TOUR, headers={"If-None-Match": tag, "If-Modified-Since": since})
    assert response.status_code == status


def test_304_says_what_the_200_would_have_said(client: Client, shown: Performance):
    full = client.get(TOUR)
    response = client.get(TOUR, headers={"If-None-Match": full["ETag"]})
    same = ["ETag", "Last-Modified", "Cache-Control", "Vary"]
    assert [response[name] for name in same] == [full[name] for name in same]


@pytest.mark.parametrize("known", ["If-None-Match", "If-Modified-Since"])
def test_a_dirty_feed_is_never_answered_304(client: Client, shown: Performance, clock: Clock, known: str):
    full = client.get(TOUR)
    clock.now += HOUR
    change(shown, clock.now, status="cancelled")
    response = client.get(
        TOUR, headers={known: full["ETag" if known == "If-None-Match" else "Last-Modified"]}
    )
    assert (response.status_code, response["ETag"] != full["ETag"]) == (200, True)


@pytest.mark.parametrize("fields", [{"published_at": None}, {"status": "withdrawn"}, {"venue": "another"}])
def test_H06_date_goes_forward_when_an_event_leaves(world, client, shown, clock, fields: dict):
    address = OPEN["feed-presenter"]
    before = client.get(address)
    clock.now += HOUR
    if "venue" in fields:
        fields = {"venue": world.neighbour_venue, "presenter": world.neighbouring}
    change(shown, clock.now, **fields)
    after = client.get(address)
    assert (len(vevents(before.content)), len(vevents(after.content))) == (1, 0)
    assert moment(after) > moment(before)


def test_H06_date_goes_forward_when_an_event_grows_old(client: Client, shown: Performance, clock: Clock):
    clock.now = STARTS_AT + timedelta(days=30)
    before = client.get(TOUR)
    clock.now += timedelta(days=1)
    after = client.get(TOUR)
    assert (len(vevents(before.content)), len(vevents(after.content))) == (2, 0)
    assert moment(after) > moment(before)
