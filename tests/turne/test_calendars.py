"""The pages about subscribing: choosing a public calendar, and keeping private links."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings import feeds
from bookings.models import Feed
from tests import factories as make
from tests.bookings.ical_reader import vevents
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.world import World
from turne.web.calendars import KINDS, Links

LINKS = Links("https://turne.example.org/ical/kommun/krokom.ics", "Scenkonst i Krokom")
PRIVATE = "/prenumerera/privat/"
CHOICES = {
    "kommun": ("kommun-2313", "Scenkonst i Strömsund"),
    "arrangor": ("backe-bygdegard", "Backe bygdegård"),
    "skola": ("krokoms-skola", "Krokoms skola"),
    "produktion": ("trumman-och-tystnaden", "Trumman och tystnaden"),
    "turne": ("trumman-varen-2027", "Trumman våren 2027"),
    "region": ("jamtland-harjedalen", "Scenkonst i Jämtland Härjedalen"),
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def words(response) -> str:
    """The page's text, without tags."""
    return unescape(re.sub(r"<[^>]+>|\s+", " ", response.content.decode()))


# -- Ways into programs ---------------------------------------


def test_H26_webcal_is_the_same_address():
    assert LINKS.webcal == "webcal://turne.example.org/ical/kommun/krokom.ics"


def test_H26_google_gets_the_webcal_address():
    address = urlsplit(LINKS.google)
    assert address._replace(query="").geturl() == "https://calendar.google.com/calendar/render"
    assert parse_qs(address.query) == {"cid": [LINKS.webcal]}


@pytest.mark.parametrize(
    ("way", "host"), [("outlook", "outlook.live.com"), ("outlook_work", "outlook.office.com")]
)
def test_H26_outlook_gets_address_and_name(way: str, host: str):
    address = urlsplit(getattr(LINKS, way))
    assert (address.hostname, address.path) == (host, "/calendar/0/addfromweb")
    assert parse_qs(address.query) == {"url": [LINKS.https], "name": ["Scenkonst i Krokom"]}


# -- Choosing a public calendar ---------------------------------------


@pytest.mark.parametrize(("word", "choice"), CHOICES.items())
def test_each_kind_leads_to_a_feed_that_answers(world: World, client: Client, settings, word: str, choice):
    settings.BASE_URL = "https://turne.example.org"
    visit(world)
    response = client.get("/prenumerera/", {"vad": word, "vilken": choice[0]})
    links = response.context["links"]
    assert links.name == choice[1]
    assert client.get(urlsplit(links.https).path).status_code == 200
    shown = unescape(response.content.decode())
    assert all(way in shown for way in (links.https, links.webcal, links.google, links.outlook))


def test_every_kind_of_feed_can_be_chosen():
    assert {kind.key for kind in KINDS} == set(feeds.KINDS)


def test_without_a_choice_it_asks_for_a_municipality(world: World, client: Client):
    response = client.get("/prenumerera/")
    assert (response.status_code, "links" in response.context) == (200, False)
    assert '<option value="kommun-2309">Krokom</option>' in response.content.decode()


def test_the_only_region_is_not_asked_for(world: World, client: Client):
    response = client.get("/prenumerera/", {"vad": "region"})
    assert response.context["links"].name == "Scenkonst i Jämtland Härjedalen"
    assert "<select" not in response.content.decode()


@pytest.mark.parametrize("query", [{"vad": "kommun", "vilken": "atlantis"}, {"vad": "kommun", "vilken": ""}])
def test_an_unknown_choice_is_explained_beside_the_field(world: World, client: Client, query: dict):
    response = client.get("/prenumerera/", query)
    assert response.context["form"].errors["vilken"]
    assert 'class="field-error"' in response.content.decode()


def test_an_unknown_kind_begins_from_the_start(world: World, client: Client):
    assert client.get("/prenumerera/", {"vad": "galax"}).context["kind"] == KINDS[0]


def test_presenters_stand_by_municipality(world: World, client: Client):
    choices = client.get("/prenumerera/", {"vad": "arrangor"}).context["form"].fields["vilken"].choices
    names = ("Backe bygdegård", "Folkets hus Strömsund")
    rows = [(organisation.slug, organisation.name) for organisation in (world.presenting, world.neighbouring)]
    assert tuple(name for _slug, name in rows) == names
    assert list(choices)[1:] == rows  # all in one municipality: no heading needed


def test_presenters_of_two_municipalities_have_headings(world: World, client: Client):
    make.OrganisationFactory(
        name="Åre teater", slug="are-teater", municipality=world.places["Åre"].municipality
    )
    choices = list(client.get("/prenumerera/", {"vad": "arrangor"}).context["form"].fields["vilken"].choices)
    assert [group for group, _rows in choices[1:]] == ["Strömsund", "Åre"]


def test_a_tour_that_is_being_planned_is_not_offered(world: World, client: Client):
    visit(world, status="offered")
    response = client.get("/prenumerera/", {"vad": "turne"})
    assert world.tour.name not in response.content.decode()


def test_the_next_ten_are_shown(world: World, client: Client):
    from_day = [visit(world, STARTS_AT.replace(day=day)) for day in range(1, 13)]
    coming = client.get("/prenumerera/", {"vad": "turne", "vilken": world.tour.slug}).context["coming"]
    assert coming == from_day[:10]


def test_what_is_over_is_not_among_the_next(world: World, client: Client):
    visit(world, NOW.replace(day=19))
    assert client.get("/prenumerera/", {"vad": "turne", "vilken": world.tour.slug}).context["coming"] == []


def test_a_cancelled_one_says_so(world: World, client: Client):
    visit(world, status="cancelled")
    shown = client.get("/prenumerera/", {"vad": "turne", "vilken": world.tour.slug}).content.decode()
    assert 'class="is-cancelled"' in shown
    assert 'class="status status--cancelled"' in shown


def test_an_empty_calendar_can_be_subscribed_to(world: World, client: Client):
    response = client.get("/prenumerera/", {"vad": "kommun", "vilken": "kommun-2321"})
    assert (response.context["coming"], response.context["links"].name) == ([], "Scenkonst i Åre")


def test_the_page_asks_as_many_questions_for_three_as_for_one(world: World, client: Client):
    query = {"vad": "turne", "vilken": world.tour.slug}
    visit(world)
    with CaptureQueriesContext(connection) as few:
        client.get("/prenumerera/", query)
    for day in (5, 6):
        visit(world, STARTS_AT.replace(day=day))
    with CaptureQueriesContext(connection) as more:
        client.get("/prenumerera/", query)
    assert len(more) == len(few)


def test_pages_hold_no_style_or_script_of_their_own(world: World, as_user):
    visit(world)
    client = as_user(world.presenter)
    addresses = [f"/prenumerera/?vad={word}&vilken={slug}" for word, (slug, _name) in CHOICES.items()]
    for address in [*addresses, PRIVATE]:
        shown = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", shown)


# -- Private links ---------------------------------------


def make_link(client: Client, world: World, **fields: str):
    key = f"presenter-{world.presenting.pk}"
    return client.post(PRIVATE, {"whose": key, "name": "Vaktmästaren", **fields})


def test_a_private_link_is_shown_once_and_works(world: World, as_user):
    visit(world, status="offered", published_at=None)
    client = as_user(world.presenter)
    response = make_link(client, world)
    address = response.context["made"]["links"].https
    assert address in response.content.decode()
    assert len(vevents(Client().get(urlsplit(address).path).content)) == 1
    assert address not in client.get(PRIVATE).content.decode()


def test_the_page_with_the_secret_is_not_kept_by_the_browser(world: World, as_user):
    assert "no-store" in make_link(as_user(world.presenter), world)["Cache-Control"]


def test_the_list_says_who_has_it_and_when_it_was_used(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world)
    Feed.objects.update(last_used_at=NOW)
    shown = words(client.get(PRIVATE))
    assert "Vaktmästaren" in shown
    assert "2027" in shown.partition("Vaktmästaren")[2]


def test_sending_the_form_again_makes_no_second_link(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world)
    again = make_link(client, world)
    assert (again.status_code, Feed.objects.count()) == (422, 1)
    assert again.context["form"].errors["name"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_link_without_a_proper_name_is_refused_beside_the_field(world: World, as_user, name: str):
    response = make_link(as_user(world.presenter), world, name=name)
    assert (response.status_code, Feed.objects.count()) == (422, 0)
    assert response.context["form"].errors["name"]


def test_nobody_makes_a_link_for_another_organisation(world: World, as_user):
    client = as_user(world.presenter)
    for key in (f"presenter-{world.neighbouring.pk}", f"producer-{world.producing.pk}", "presenter-0", ""):
        assert make_link(client, world, whose=key).status_code == 422
    assert Feed.objects.count() == 0


def test_a_link_is_revoked_by_its_organisation(world: World, as_user):
    client = as_user(world.presenter)
    path = urlsplit(make_link(client, world).context["made"]["links"].https).path
    response = client.post(reverse("private-feed-revoke", args=[Feed.objects.get().pk]))
    assert (response.status_code, response["Location"]) == (302, PRIVATE)
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("person", ["neighbour", "school_contact", "producer", "officer", "stranger"])
def test_nobody_else_sees_or_revokes_it(world: World, as_user, person: str):
    feed, _token = feeds.create_feed(
        feeds.Whose(world.presenting, Feed.Scope.PRESENTER), "Vaktmästaren", world.presenter
    )
    client = as_user(getattr(world, person))
    assert "Vaktmästaren" not in client.get(PRIVATE).content.decode()
    assert client.post(reverse("private-feed-revoke", args=[feed.pk])).status_code == 404
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_the_calendar_that_was_asked_for_is_chosen(world: World, as_user):
    key = f"ensemble-{world.ensemble.pk}"
    response = as_user(world.producer).get(PRIVATE, {"vems": key})
    assert response.context["form"]["whose"].initial == key
    assert as_user(world.producer).get(PRIVATE).context["form"]["whose"].initial != key


def test_a_producer_makes_a_link_for_an_ensemble(world: World, as_user):
    response = make_link(as_user(world.producer), world, whose=f"ensemble-{world.ensemble.pk}")
    assert (response.status_code, Feed.objects.get().ensemble) == (200, world.ensemble)


def test_looking_does_not_revoke(world: World, as_user):
    feed, _token = feeds.create_feed(
        feeds.Whose(world.presenting, Feed.Scope.PRESENTER), "Vaktmästaren", world.presenter
    )
    assert as_user(world.presenter).get(reverse("private-feed-revoke", args=[feed.pk])).status_code == 405


@pytest.mark.parametrize("person", ["officer", "administrator", "stranger"])
def test_who_keeps_no_links_is_told_whom_they_are_for(world: World, as_user, person: str):
    assert as_user(getattr(world, person)).get(PRIVATE).status_code == 403


def test_strangers_are_asked_to_log_in(world: World, client: Client):
    response = client.get(PRIVATE)
    assert (response.status_code, urlsplit(response["Location"]).path) == (302, reverse("account_login"))


def test_the_list_asks_as_many_questions_for_three_as_for_one(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world, name="1")
    client.get(PRIVATE)
    with CaptureQueriesContext(connection) as few:
        client.get(PRIVATE)
    for name in "23":
        make_link(client, world, name=name)
    client.get(PRIVATE)
    with CaptureQueriesContext(connection) as more:
        client.get(PRIVATE)
    assert len(more) == len(few)
