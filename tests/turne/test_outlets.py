"""Lists for other sites and readers: the same performances as in the .ics, in five forms, for everybody alike."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from bookings import feed_links
from bookings.models import Booking, Feed
from tests.api.fed import moment
from tests.bookings.visits import CHANGED_AT, NOW, STARTS_AT, change, visit
from tests.world import World
from tours.models import Production

pytestmark = pytest.mark.usefixtures("in_january")

BASE = "/lista/turne/trumman-varen-2027"
FORMS = {
    "/": "text/html",
    ".json": "application/json",
    ".jsonfeed": "application/feed+json",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
}
DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = 'Å </script><script>alert("1")</script> & \'x\' ]]> "y"'
forms = pytest.mark.parametrize("form", FORMS)


def uids(response) -> list[str]:
    """The performances of an answer, in its order."""
    form = response["Content-Type"].partition(";")[0]
    text = response.content.decode()
    if form == "text/html":
        return [f"urn:uuid:{uid}" for uid in re.findall(r"/forestallning/([0-9a-f-]{36})/", text)]
    if form == "application/rss+xml":
        return [guid.text or "" for guid in ElementTree.fromstring(text).iter("guid")]
    if form == "application/atom+xml":
        return [
            entry.findtext(f"{ATOM}id", "") for entry in ElementTree.fromstring(text).iter(f"{ATOM}entry")
        ]
    told = json.loads(text)
    return [entry["id"] for entry in told.get("performances", told.get("items"))]


@forms
def test_every_form_has_the_coming_performances_in_order(world: World, client: Client, form: str):
    later, first = visit(world, STARTS_AT + DAY), visit(world)
    visit(world, NOW - DAY)
    response = client.get(BASE + form)
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, FORMS[form])
    assert uids(response) == [f"urn:uuid:{found.uid}" for found in (first, later)]


@forms
def test_what_is_not_published_is_in_none(world: World, client: Client, form: str):
    visit(world, published_at=None)
    visit(world, STARTS_AT + DAY, status="offered")
    assert uids(client.get("/lista/kommun/kommun-2313" + form)) == []


@forms
def test_what_is_narrowed_is_that_of_the_calendar(world: World, client: Client, form: str):
    school = visit(world, audience="school")
    visit(world, STARTS_AT + DAY)
    assert uids(client.get(f"{BASE}{form}?audience=school")) == [f"urn:uuid:{school.uid}"]


@forms
def test_a_name_that_is_said_twice_means_both(world: World, client: Client, form: str):
    """As checkboxes of a form are sent; the last alone would be a list of too little."""
    shows = [visit(world, STARTS_AT + n * DAY, audience=each) for n, each in enumerate(["family", "school"])]
    visit(world, STARTS_AT + 2 * DAY, audience="public")
    got = client.get(f"{BASE}{form}?audience=family&audience=school")
    assert uids(got) == [f"urn:uuid:{show.uid}" for show in shows]


@forms
@pytest.mark.parametrize(
    "query", ["venue=%00", "held=0", "held=1", "age=x", "x=1", "audience=", "art_form=opera"]
)
def test_what_is_not_understood_is_refused_in_words(world: World, client: Client, form: str, query: str):
    response = client.get(f"{BASE}{form}?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")


@forms
@pytest.mark.parametrize("path", ["/lista/turne/ingen", "/lista/galax/trumman-varen-2027", "/lista/kommun/-"])
def test_what_is_not_there_is_not_found(world: World, client: Client, form: str, path: str):
    response = client.get(path + form)
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")


@forms
def test_everybody_gets_the_same_bytes_without_a_cookie(world: World, as_user, form: str):
    visit(world)
    stranger = Client().get(BASE + form, headers={"Accept-Language": "en"})
    member = as_user(world.presenter).get(BASE + form)
    assert member.content == stranger.content
    assert (member.cookies, stranger.cookies) == ({}, {})
    assert "Cookie" not in member["Vary"]
    assert member["Cache-Control"] == "public, max-age=900"


@forms
def test_an_answer_is_not_sent_twice(world: World, client: Client, form: str):
    visit(world)
    got = client.get(BASE + form)
    again = client.get(BASE + form, headers={"If-None-Match": got["ETag"]})
    since = client.get(BASE + form, headers={"If-Modified-Since": got["Last-Modified"]})
    assert [(one.status_code, one.content) for one in (again, since)] == [(304, b"")] * 2
    assert client.get(BASE + form, headers={"If-None-Match": '"other"'}).status_code == 200


@forms
def test_a_change_is_another_answer(world: World, client: Client, form: str):
    shown = visit(world)
    before = client.get(BASE + form)
    change(shown, NOW, status="cancelled")
    after = client.get(BASE + form, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, "Inställt" in after.content.decode()) == (200, form != ".json")
    assert after["ETag"] != before["ETag"]


@forms
def test_head_is_get_without_a_body(world: World, client: Client, form: str):
    visit(world)
    got, head = client.get(BASE + form), client.head(BASE + form)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])
    assert client.post(BASE + form).status_code == 405


@forms
def test_hostile_names_are_text(world: World, client: Client, form: str):
    visit(world)
    Production.objects.update(title=HOSTILE + "\x0b\x1f")
    response = client.get(BASE + form)
    text = response.content.decode()
    assert len(uids(response)) == 1
    if form in {".json", ".jsonfeed"}:
        found = json.loads(text)
        entry = found.get("performances", found.get("items"))[0]
        assert entry["title"].startswith(HOSTILE)
    else:
        assert "<script" not in text


@pytest.mark.parametrize(("form", "element"), [(".atom", f"{ATOM}summary"), (".rss", "description")])
def test_what_readers_take_for_html_is_escaped_html(world: World, client: Client, form: str, element: str):
    """Atom says so (type="html") and readers of RSS do so: a name would be markup in them, and line ends nothing."""
    visit(world)
    type(world.venue).objects.update(name="<img src=x> & co")
    listed = ElementTree.fromstring(client.get(BASE + form).content)
    [text] = [found.text for found in listed.iter(element) if "2027" in (found.text or "")]
    assert text.split("<br>")[1:] == [
        "&lt;img src=x&gt; &amp; co, Backe",
        "Teater · alla åldrar · Backe bygdegård",
    ]


@forms
def test_what_may_be_read_by_other_sites_may_be_so_without_a_change(world: World, client: Client, form: str):
    visit(world)
    got = client.get(BASE + form)
    again = client.get(BASE + form, headers={"If-None-Match": got["ETag"]})
    who = [one.headers.get("Access-Control-Allow-Origin") for one in (got, again)]
    assert (again.status_code, who) == (304, [None if form == "/" else "*"] * 2)


def test_it_looks_a_hundred_days_ahead_and_shows_fifty(world: World, client: Client):
    shows = [visit(world, STARTS_AT + number * timedelta(hours=8)) for number in range(52)]
    visit(world, NOW + 101 * DAY)
    assert uids(client.get(BASE + ".json")) == [f"urn:uuid:{show.uid}" for show in shows[:50]]


def test_an_empty_list_says_so(world: World, client: Client):
    visit(world, NOW - DAY)
    response = client.get(BASE + "/")
    assert (response.status_code, uids(response), "<ul>" in response.content.decode()) == (200, [], False)


# -- HTML inside another site ---------------------------------------


def test_only_the_list_may_stand_in_a_frame(world: World, client: Client):
    visit(world)
    listed, other = client.get(BASE + "/"), client.get("/")
    assert "frame-ancestors *" in listed["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert ("X-Frame-Options" in listed.headers, other["X-Frame-Options"]) == (False, "DENY")
    assert "script-src 'self'" in listed["Content-Security-Policy"]


def test_links_open_windows_of_their_own(world: World, client: Client):
    visit(world)
    text = client.get(BASE + "/").content.decode()
    assert "<script" not in text
    links = re.findall(r"<a [^>]+>", text)
    assert len(links) == 2
    assert all('target="_blank" rel="noopener"' in link for link in links)


# -- JSON, feeds ---------------------------------------


def test_json_says_what_the_api_says(world: World, client: Client):
    shown = visit(world)
    response = client.get(BASE + ".json")
    told = response.json()
    entry = told["performances"][0]
    assert (told["title"], told["url"].partition("?")[2]) == (
        "Trumman våren 2027",
        "vad=turne&vilken=trumman-varen-2027",
    )
    assert (entry["title"], entry["status"], entry["starts_at"], entry["place"]) == (
        "Trumman och tystnaden",
        "confirmed",
        "2027-02-04T18:00:00+01:00",
        "Backe",
    )
    assert entry["url"].endswith(f"/forestallning/{shown.uid}/")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_json_feed_is_version_1_1(world: World, client: Client):
    visit(world)
    told = client.get(BASE + ".jsonfeed").json()
    assert (told["version"], told["language"]) == ("https://jsonfeed.org/version/1.1", "sv")
    assert told["feed_url"].endswith(BASE + ".jsonfeed")
    item = told["items"][0]
    assert set(item) == {"id", "url", "title", "content_text", "date_published", "date_modified", "tags"}
    assert item["title"] == "Trumman och tystnaden, Backe tors 4 feb"


@pytest.mark.parametrize(("status", "word"), [("cancelled", "Inställt: "), ("postponed", "Uppskjutet: ")])
def test_what_is_called_off_says_so_first(world: World, client: Client, status: str, word: str):
    visit(world, status=status)
    assert client.get(BASE + ".jsonfeed").json()["items"][0]["title"].startswith(word)


def test_atom_keeps_id_and_tells_when_it_changed(world: World, client: Client):
    shown = visit(world)
    before = ElementTree.fromstring(client.get(BASE + ".atom").content).find(f"{ATOM}entry")
    change(shown, NOW, status="cancelled")
    after = ElementTree.fromstring(client.get(BASE + ".atom").content).find(f"{ATOM}entry")
    assert before is not None
    assert after is not None
    times = [entry.findtext(f"{ATOM}updated") for entry in (before, after)]
    assert times == [at.strftime("%Y-%m-%dT%H:%M:%S+00:00") for at in (CHANGED_AT, NOW)]
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id") == f"urn:uuid:{shown.uid}"


def test_last_modified_never_goes_back(world: World, client: Client, later):
    shown = visit(world)
    visit(world, STARTS_AT + DAY)
    before = client.get(BASE + ".atom")
    later(NOW + timedelta(minutes=1))
    Booking.objects.filter(pk=shown.booking_id).delete()
    after = client.get(BASE + ".atom")
    assert (len(uids(after)), moment(after) > moment(before)) == (1, True)


def test_a_private_link_has_no_list(world: World, client: Client):
    _feed, token = feed_links.create_feed(
        feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Vaktmästaren", world.presenter
    )
    assert client.get(f"/lista/privat/{token}.json").status_code == 404
