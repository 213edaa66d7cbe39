"""The pages about subscribing: choosing a public calendar, and keeping private links."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.feed_urls import WORDS
from bookings import feed_scopes
from tests import factories as make
from tests.bookings.stays import STARTS_AT as STAY_AT
from tests.bookings.stays import period, stay, sub_event
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.world import World
from turne.web import narrowing
from turne.web.feed_kinds import KINDS
from turne.web.ways_in import Chosen, Links, Outlets, qr

LINKS = Links("https://turne.example.org/ical/kommun/krokom.ics", "Scenkonst i Krokom")
CHOICES = {
    "kommun": ("kommun-2313", "Scenkonst i Strömsund"),
    "arrangor": ("backe-bygdegard", "Backe bygdegård"),
    "skola": ("krokoms-skola", "Krokoms skola"),
    "produktion": ("trumman-och-tystnaden", "Trumman och tystnaden"),
    "turne": ("trumman-varen-2027", "Trumman våren 2027"),
    "region": ("jamtland-harjedalen", "Scenkonst i Jämtland Härjedalen"),
    "residenser": ("jamtland-harjedalen", "Residens i Jämtland Härjedalen"),
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


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


def test_every_kind_of_feed_can_be_chosen_by_the_word_in_its_address():
    assert {kind.word: kind.key for kind in KINDS} == WORDS
    assert set(WORDS.values()) == set(feed_scopes.KINDS)


def test_without_a_choice_it_asks_for_a_municipality(world: World, client: Client):
    response = client.get("/prenumerera/")
    assert (response.status_code, "links" in response.context) == (200, False)
    assert '<option value="kommun-2309">Krokom</option>' in response.content.decode()


def test_the_only_region_is_not_asked_for(world: World, client: Client):
    response = client.get("/prenumerera/", {"vad": "region"})
    assert response.context["links"].name == "Scenkonst i Jämtland Härjedalen"
    assert "<select" not in response.content.decode()


def test_what_residencies_do_next_is_shown(world: World, client: Client):
    made = stay(world)
    period(made)
    sub_event(made, venue=world.venue)
    sub_event(made, title="Stängt", is_public=False)
    response = client.get("/prenumerera/", {"vad": "residens", "vilken": made.slug})
    assert [(row.title, row.at) for row in response.context["coming_stays"]] == [
        ("Ljud av is", None),
        (
            f"{made.sub_events.get(venue=world.venue).get_kind_display().capitalize()}: Första lyssningen",
            STAY_AT,
        ),
    ]
    assert response.context["links"].name == "Residens: Ljud av is"
    shown = response.content.decode()
    assert shown.count('href="/residens/fjallvind-1/"') == 2
    assert "<iframe" not in unescape(shown)
    assert "/lista/residens" not in shown


def test_what_residencies_do_stands_beside_performances(world: World, client: Client):
    visit(world)
    period(stay(world, status="cancelled", cancelled_at=NOW))
    response = client.get("/prenumerera/", {"vad": "region"})
    assert (len(response.context["coming"]), len(response.context["coming_stays"])) == (1, 1)
    assert 'class="status status--cancelled"' in response.content.decode()


def test_a_calendar_of_residencies_has_no_list(world: World, client: Client):
    period(stay(world))
    for path in ("/lista/residens/fjallvind-1/", "/lista/residenser/jamtland-harjedalen.json"):
        assert client.get(path).status_code == 404


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
    for address in [*addresses, "/prenumerera/privat/", "/prenumerera/blad/?vad=region"]:
        shown = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", shown)


# -- What narrows it ---------------------------------------


def chosen(client: Client, world: World, **query: object):
    """The page about the tour's calendar, narrowed."""
    return client.get("/prenumerera/", {"vad": "turne", "vilken": world.tour.slug, **query})


def test_what_is_chosen_stands_in_every_address(world: World, client: Client, settings):
    settings.BASE_URL = "https://turne.example.org"
    visit(world)
    context = chosen(client, world, art_form=["theatre", "dance"], age="6–9").context
    query = "age=6-9&art_form=dance,theatre"
    assert context["links"].https == f"https://turne.example.org/ical/turne/{world.tour.slug}.ics?{query}"
    assert context["outlets"].json == f"https://turne.example.org/lista/turne/{world.tour.slug}.json?{query}"
    assert context["page"].endswith(f"?vad=turne&vilken={world.tour.slug}&{query}")
    assert context["sheet_url"] == f"/prenumerera/blad/?vad=turne&vilken={world.tour.slug}&{query}"


def test_the_preview_shows_only_what_fits(world: World, client: Client):
    school = visit(world, audience="school")
    visit(world, STARTS_AT.replace(day=5))
    assert chosen(client, world, audience="school").context["coming"] == [school]


def test_the_page_and_the_feed_show_the_same(world: World, client: Client):
    visit(world, audience="school")
    visit(world, STARTS_AT.replace(day=5))
    response = chosen(client, world, audience="family,school")
    feed = client.get(response.context["links"].https.removeprefix(settings_base(response)))
    assert feed.content.count(b"BEGIN:VEVENT") == len(response.context["coming"]) == 1


def settings_base(response) -> str:
    """Where the site is, as the page has it."""
    return response.context["links"].https.partition("/ical/")[0]


def test_an_address_with_commas_ticks_the_same_boxes(world: World, client: Client):
    visit(world)
    shown = chosen(client, world, art_form="theatre,dance").content.decode()
    assert sorted(re.findall(r'name="art_form" value="(\w+)"[^>]*checked', shown)) == ["dance", "theatre"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("age", "gammal"), ("age", "9-6"), ("age", "7" * 50), ("art_form", "opera"), ("audience", "\x00")],
)
def test_what_is_not_understood_is_explained_beside_the_field(
    world: World, client: Client, name: str, value: str
):
    visit(world)
    response = chosen(client, world, **{name: value})
    assert (response.status_code, "links" in response.context) == (200, False)
    assert response.context["narrow"].errors[name]


def test_nothing_that_fits_is_told_from_nothing_at_all(world: World, client: Client):
    empty = chosen(client, world).content
    visit(world)
    assert chosen(client, world, audience="family").context["coming"] == []
    assert chosen(client, world, audience="family").content != empty


def test_other_kinds_keep_what_is_chosen(world: World, client: Client):
    chips = chosen(client, world, audience="school").context["chips"]
    assert {chip["url"].partition("&")[2] for chip in chips} == {"audience=school"}


def test_htmx_gets_what_is_chosen_alone(world: World, client: Client):
    visit(world)
    query = {"vad": "turne", "vilken": world.tour.slug}
    part = client.get("/prenumerera/", query, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert part.context["links"].name in part.content.decode()
    assert {"HX-Request", "HX-History-Restore-Request"} <= set(part["Vary"].split(", "))


def test_htmx_is_told_what_is_wrong(world: World, client: Client):
    query = {"vad": "turne", "vilken": world.tour.slug, "age": "gammal"}
    visit(world)
    part = client.get("/prenumerera/", query, headers={"HX-Request": "true"}).content.decode()
    told = part.partition('<div class="notice notice--error">')[2]
    assert (
        told
        == '<p><a href="#id_age">Ålder</a>: Skriv ett tal, eller två med bindestreck emellan.</p></div>\n'
    )


def test_every_name_that_is_asked_for_is_one_of_the_feeds():
    assert set(narrowing.NARROWERS) <= {*feed_scopes.NARROWED_BY, narrowing.SPANS}


# -- Short addresses, sheets and other sites ---------------------------------------


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/skola/krokoms-skola/kalender/", "vad=skola&vilken=krokoms-skola"),
        ("/arrangor/backe-bygdegard/kalender/", "vad=arrangor&vilken=backe-bygdegard"),
    ],
)
def test_a_short_address_leads_to_the_page(world: World, client: Client, address: str, asked: str):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/prenumerera/?{asked}")


def test_a_short_address_of_nothing_does_not_exist(world: World, client: Client):
    wrong = ["/skola/backe-bygdegard/kalender/", "/arrangor/ingen/kalender/"]
    assert [client.get(url).status_code for url in wrong] == [404, 404]


def test_the_sheet_has_the_page_as_code_and_words(world: World, client: Client, settings):
    settings.BASE_URL = "https://turne.example.org"
    response = client.get("/prenumerera/blad/", {"vad": "skola", "vilken": "krokoms-skola"})
    shown = response.content.decode()
    assert response.context["page"] == "https://turne.example.org/skola/krokoms-skola/kalender/"
    assert response.context["page"] in shown
    assert str(qr(response.context["page"])) in shown
    assert "https://turne.example.org/ical/skola/krokoms-skola.ics" in shown


def test_a_sheet_of_nothing_leads_to_the_page_that_says_why(world: World, client: Client):
    response = client.get("/prenumerera/blad/", {"vad": "arrangor", "vilken": "ingen"})
    assert (response.status_code, response["Location"]) == (302, "/prenumerera/?vad=arrangor&vilken=ingen")


def test_a_qr_code_is_a_drawing_without_style():
    drawn = str(qr("https://turne.example.org/<script>"))
    assert (drawn.startswith("<svg"), "style" in drawn, "script" in drawn) == (True, False, False)


def test_the_code_to_paste_is_escaped():
    outlets = Outlets(Chosen(KINDS[0], "krokom", "art_form=dance&age=7"), 'Bygdens "<hus>"')
    assert 'title="Bygdens &quot;&lt;hus&gt;&quot;"' in outlets.iframe
    assert "?art_form=dance&amp;age=7" in outlets.iframe


@pytest.mark.parametrize("address", ["/kommun/kommun-2313/", "/prenumerera/?vad=kommun&vilken=kommun-2313"])
def test_the_head_names_the_feeds(world: World, client: Client, address: str):
    shown = client.get(address).content.decode()
    types = re.findall(r'<link rel="alternate" type="([^"]+)" href="[^"]+/kommun-2313\.\w+"', shown)
    assert types == ["text/calendar", "application/atom+xml", "application/rss+xml", "application/feed+json"]


def test_ones_week_leads_to_the_calendars_of_ones_houses(world: World, as_user):
    shown = as_user(world.school_contact).get("/min-vecka/").content.decode()
    assert "/prenumerera/?vad=skola&amp;vilken=krokoms-skola" in shown
    assert "/prenumerera/blad/?vad=skola&amp;vilken=krokoms-skola" in shown
