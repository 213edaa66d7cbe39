"""Addresses: the gazetteer with its tolerances, and a real client against a server of our own on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from tests import factories as make
from venues.errors import GeocoderOff, GeocoderOutage
from venues.geocoding import Gazetteer, Kind, Spot, find, folded, look_up
from venues.loading import load_region

# -- The gazetteer ---------------------------------------


@pytest.fixture
def region(db):
    return load_region().region


def named(text: str, region=None) -> list[tuple[str, str]]:
    return [(match.place.name, str(match.kind)) for match in find(text, region)]


@pytest.mark.django_db
def test_texts_lead_to_places(region):
    asked = {
        "Backe": [("Backe", "name")],
        "backe": [("Backe", "name")],
        "Ostersund": [("Östersund", "name")],
        "A\u030are": [("Åre", "name")],
        "Backe, Strömsund": [("Backe", "in_municipality")],
        "Folkets hus, Backe, Strömsunds kommun": [("Backe", "in_municipality")],
        "Backe, 2313": [("Backe", "in_municipality")],
        "Storgatan 4, 842 31 SVEG": [("Sveg", "post_town")],
        "S-880 50 Backe": [("Backe", "post_town")],
        "Kongens gate 2, 7030 Trondheim": [("Trondheim", "post_town")],
        "Kyrkgatan 45, Åre": [("Åre", "name")],
        "Krokoms kommun": [("Krokom", "municipality")],
        "Härjedalen": [("Sveg", "municipality")],
        "Lierne": [("Nordli (Lierne)", "municipality")],
        "Backe Folkets hus": [("Backe", "words")],
        "Backe, Krokom": [("Backe", "elsewhere"), ("Krokom", "elsewhere")],
        "Strömsnud": [("Strömsund", "similar")],
        "Stockholm": [],
        "": [],
        " , ,": [],
        "今": [],
    }
    assert {text: named(text, region) for text in asked} == asked


@pytest.mark.parametrize(
    ("text", "places"),
    [("Änge", ["Änge (Offerdal)"]), ("Ånge", ["Ånge"]), ("ange", ["Änge (Offerdal)", "Ånge"])],
)
def test_who_writes_the_marks_means_them_and_who_does_not_gets_all(region, text, places):
    assert [match.place.name for match in find(text, region)] == places


def test_an_ambiguous_name_gives_all_and_the_regions_own_first(region):
    other = make.PlaceFactory(
        name="Backe", municipality__code="2281", municipality__region__slug="vasternorrland", slug="backe-2"
    )
    assert [match.place.slug for match in find("Backe", region)] == ["backe", "backe-2"]
    assert [match.place for match in find("Backe, Sundsvall", region)] == [other]


def test_a_region_that_is_no_neighbour_is_not_looked_through(region):
    far = make.RegionFactory(slug="gotland", code="09", name="Gotland")
    make.PlaceFactory(name="Visby", municipality__region=far, municipality__code="0980")
    assert (named("Visby", region), named("Visby")) == ([], [("Visby", "name")])


def test_the_surest_match_has_the_highest_score(region):
    scores = [
        find(text, region)[0].score for text in ("Backe, Strömsund", "Backe", "880 50 Backe", "Strömsnud")
    ]
    assert scores == sorted(scores, reverse=True)


def test_the_gazetteer_is_read_in_one_query_for_many_texts(region, django_assert_num_queries):
    with django_assert_num_queries(1):
        gazetteer = Gazetteer(region)
        assert [len(gazetteer.find(text)) for text in ("Backe", "ange", "Visby")] == [1, 2, 0]


@pytest.mark.parametrize(("name", "municipality", "count"), [("Backe", "", 1), ("Backe", "Krokom", 0)])
def test_a_name_with_its_municipality(region, name, municipality, count):
    assert len(Gazetteer(region).named(name, municipality)) == count


@trials(deadline=None)
@given(st.text(max_size=400))
def test_folding_never_fails_and_is_stable(text):
    assert folded(folded(text)) == folded(text)


# -- The address server ---------------------------------------

FOUND = {
    "nominatim": [{"lat": "63.8166", "lon": "16.4001", "display_name": "Folkets hus, Backe"}],
    "photon": {
        "features": [
            {"properties": {"name": "Folkets hus, Backe"}, "geometry": {"coordinates": [16.4001, 63.8166]}}
        ]
    },
}
NOT_FOUND = {"nominatim": [], "photon": {"features": []}}
SPOT = Spot(63.8166, 16.4001, "Folkets hus, Backe")


class AddressServer:
    """An address server on loopback: it notes what it is asked and answers as the test wishes."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.status = 200
        self.body: object = NOT_FOUND["nominatim"]
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked += parse_qs(urlsplit(self.path).query)["q"]
                server.agents.add(self.headers["User-Agent"])
                body = server.body if isinstance(server.body, bytes) else json.dumps(server.body).encode()
                self.send_response(server.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[AddressServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = AddressServer()
    threading.Thread(target=running.http.serve_forever, args=(0.01,), daemon=True).start()
    settings.GEOCODER, settings.GEOCODER_DOMAIN = "nominatim", running.address
    settings.GEOCODER_USER_AGENT = "turne-test (kultur@example.org)"
    cache.clear()
    yield running
    running.http.shutdown()
    running.http.server_close()
    cache.clear()


@pytest.mark.parametrize("sort", ["nominatim", "photon"])
def test_both_sorts_of_server_give_a_position(server, settings, sort):
    settings.GEOCODER, server.body = sort, FOUND[sort]
    assert look_up("Folkets hus, Backe") == SPOT
    assert (server.asked, server.agents) == (["Folkets hus, Backe"], {"turne-test (kultur@example.org)"})


@pytest.mark.parametrize("sort", ["nominatim", "photon"])
def test_an_address_that_the_server_does_not_know_is_none(server, settings, sort):
    settings.GEOCODER, server.body = sort, NOT_FOUND[sort]
    assert look_up("Ingenstans 1") is None


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 502, 503])
def test_a_refusal_is_an_outage_not_a_missing_address(server, status):
    server.status = status
    with pytest.raises(GeocoderOutage, match="does not answer as it should"):
        look_up("Storgatan 1")


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize("sort", ["nominatim", "photon"])
@pytest.mark.parametrize(
    "body",
    [
        b"<html>Maintenance</html>",
        {"error": "down"},
        [{"lat": "north"}],
        [{"lat": "91", "lon": "14", "display_name": "?"}],
        {"features": [{"geometry": {}}]},
        [1],
        "no",
    ],
)
def test_nonsense_is_an_outage(server, settings, sort, body):
    settings.GEOCODER, server.body = sort, body
    with pytest.raises(GeocoderOutage):
        look_up("Storgatan 1")


def test_a_server_that_is_gone_is_an_outage(server):
    server.http.shutdown()
    server.http.server_close()
    with pytest.raises(GeocoderOutage):
        look_up("Storgatan 1")


def test_an_answer_is_asked_for_once(server):
    server.body = FOUND["nominatim"]
    assert [look_up(text, sleep=lambda s: None) for text in ("Backe 1", " backe  1 ")] == [SPOT, SPOT]
    assert server.asked == ["Backe 1"]


def test_not_found_is_remembered_too(server):
    assert [look_up("Ingenstans 1"), look_up("Ingenstans 1")] == [None, None]
    assert server.asked == ["Ingenstans 1"]


def test_an_outage_is_not_remembered(server):
    server.status = 503
    with pytest.raises(GeocoderOutage):
        look_up("Backe 1")
    server.status, server.body = 200, FOUND["nominatim"]
    cache.delete("geocoder-turn")
    assert look_up("Backe 1") == SPOT


def test_the_next_question_waits_for_its_turn(server):
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            cache.delete("geocoder-turn")  # the second is over

    look_up("Backe 1", sleep=sleep)
    assert waited == []
    look_up("Backe 2", sleep=sleep)
    assert waited == [0.1] * 3


def test_whoever_never_gets_a_turn_is_told_to_try_again(server):
    look_up("Backe 1")
    with pytest.raises(GeocoderOutage, match="Try again in a moment"):
        look_up("Backe 2", sleep=lambda seconds: cache.add("geocoder-turn", 1))
    assert server.asked == ["Backe 1"]


def test_nothing_is_asked_of_nobody_or_about_nothing(server, settings):
    assert look_up("  ") is None
    settings.GEOCODER = ""
    with pytest.raises(GeocoderOff, match="No address server is set up"):
        look_up("Storgatan 1")
    assert server.asked == []


def test_a_very_long_address_is_cut(server):
    look_up("x" * 1000)
    assert [len(asked) for asked in server.asked] == [300]


def test_the_kinds_are_ranked_from_sure_to_unsure():
    assert list(Kind)[0] == "in_municipality"
    assert list(Kind)[-1] == "similar"
