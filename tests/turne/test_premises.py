"""What an owner tells of a venue: its facts, and where it lies."""

import pytest

from tests.turne.pages import said
from venues import geocoding
from venues.errors import GeocoderOutage
from venues.models import Venue

pytestmark = pytest.mark.usefixtures("in_january")
VENUE = "/lokaler/backe-bygdegard-salen/"


def test_ones_own_venues_come_first(world, as_user):
    context = as_user(world.presenter).get("/lokaler/").context
    assert [row["venue"] for row in context["mine"]] == [world.venue]
    assert context["others"] == []


def test_a_producer_reads_every_venue(world, as_user):
    assert len(as_user(world.producer).get("/lokaler/").context["others"]) == 3


def test_a_venue_is_found_whatever_the_letters(world, as_user):
    found = as_user(world.producer).get("/lokaler/", {"namn": "STRÖMSUND"}).context["others"]
    assert [row["venue"] for row in found] == [world.neighbour_venue]


@pytest.mark.parametrize(("value", "known"), [("True", True), ("False", False), ("", None)])
def test_a_fact_is_yes_no_or_not_known(world, as_user, value, known):
    as_user(world.presenter).post(VENUE, {"name": "Salen", "kind": "theatre", "hearing_loop": value})
    assert Venue.objects.get(pk=world.venue.pk).hearing_loop is known


def test_what_is_left_empty_is_not_known(world, as_user):
    as_user(world.presenter).post(VENUE, {"name": "Salen", "kind": "theatre", "seats": ""})
    assert Venue.objects.get(pk=world.venue.pk).seats is None


def test_the_form_shows_what_is_known(world, as_user):
    Venue.objects.filter(pk=world.venue.pk).update(hearing_loop=False, lift=True)
    page = as_user(world.presenter).get(VENUE).content.decode()
    checked = [line for line in page.split("<label>") if "checked" in line]
    assert any('name="hearing_loop" value="False"' in line for line in checked)
    assert any('name="lift" value="True"' in line for line in checked)
    assert any('name="shower" value=""' in line for line in checked)


def test_every_fact_stands_in_the_form_once(world, as_user):
    form = as_user(world.presenter).get(VENUE).context["form"]
    shown = [field.name for _heading, fields in form.sections() for field in fields]
    assert sorted(shown) == sorted(set(form.fields) - {"name", "kind"})


def test_an_impossible_fact_is_refused_beside_it(world, as_user):
    data = {"name": "Salen", "kind": "theatre", "seats": "-4", "width_m": "bred"}
    answer = as_user(world.presenter).post(VENUE, data)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["seats", "width_m"])
    assert Venue.objects.get(pk=world.venue.pk).seats == 120


def test_what_producers_ask_and_nobody_told_is_shown(world, as_user):
    world.production.rider.needs_piano = True
    world.production.rider.save()
    questions = as_user(world.presenter).get(VENUE).context["questions"]
    assert [question.fact for question, _field in questions] == ["piano"]


class TestAsked:
    ASKED = f"{VENUE}efterfragat/"

    @pytest.fixture(autouse=True)
    def piano(self, world):
        world.production.rider.needs_piano = True
        world.production.rider.blackout_need = "full"
        world.production.rider.save()

    @pytest.mark.parametrize(("value", "known"), [("True", True), ("False", False), ("", None)])
    def test_is_told_in_one_go(self, world, as_user, value, known):
        as_user(world.presenter).post(self.ASKED, {"piano": value, "blackout": "dim"})
        venue = Venue.objects.get(pk=world.venue.pk)
        assert (venue.piano, venue.blackout, venue.seats, venue.checked_on) == (known, "dim", 120, None)

    def test_says_how_many_fit_now(self, world, en):
        answer = en(world.presenter).post(self.ASKED, {"piano": "True", "blackout": "full"}, follow=True)
        assert said(answer) == ["Saved. 1 of 1 productions on the menu fit the room now; before it was 0."]

    def test_and_for_how_many_something_is_missing(self, world, en):
        answer = en(world.presenter).post(self.ASKED, {"piano": "True"}, follow=True)
        assert said(answer)[0].endswith("For 1 more something is not known yet.")

    def test_nothing_filled_in_is_said(self, world, en):
        answer = en(world.presenter).post(self.ASKED, {"piano": ""}, follow=True)
        assert said(answer) == ["Nothing was filled in, so nothing is changed."]

    def test_a_fault_stands_beside_its_field(self, world, as_user):
        world.production.rider.dressing_rooms = 1
        world.production.rider.save()
        answer = as_user(world.presenter).post(self.ASKED, {"dressing_rooms": "-2"})
        assert (answer.status_code, list(answer.context["asked_form"].errors)) == (422, ["dressing_rooms"])

    def test_who_may_only_read_is_not_asked(self, world, as_user):
        assert "efterfragat" not in as_user(world.producer).get(VENUE).content.decode()


def test_the_gazetteer_finds_the_place_of_an_address(world, as_user):
    matches = as_user(world.presenter).get(VENUE, {"adress": "Storgatan 1, Strömsund"}).context["matches"]
    assert matches[0].place == world.places["Strömsund"]


def test_a_place_that_was_found_is_taken(world, as_user):
    as_user(world.presenter).post(f"{VENUE}ort/", {"place": world.places["Åre"].slug, "address": "Torget 1"})
    venue = Venue.objects.select_related("place").get(pk=world.venue.pk)
    assert (venue.place.name, venue.address) == ("Åre", "Torget 1")


def test_the_address_server_is_offered_only_where_there_is_one(world, as_user, settings):
    client = as_user(world.presenter)
    before = "sok-adress" in client.get(VENUE).content.decode()
    settings.GEOCODER = "nominatim"
    assert (before, "sok-adress" in client.get(VENUE).content.decode()) == (False, True)


def test_a_position_from_the_address_server_is_kept(world, en, monkeypatch):
    monkeypatch.setattr(geocoding, "look_up", lambda address: geocoding.Spot(63.8, 16.4, "Byvägen, Backe"))
    answer = en(world.presenter).post(f"{VENUE}sok-adress/", follow=True)
    assert said(answer) == ["Found: Byvägen, Backe."]
    assert Venue.objects.get(pk=world.venue.pk).lat == 63.8


def test_an_unknown_address_is_told_from_an_outage(world, en, monkeypatch):
    def out(address):
        raise GeocoderOutage("The address server does not answer.")

    client, answers = en(world.presenter), []
    for look_up in (lambda address: None, out):
        monkeypatch.setattr(geocoding, "look_up", look_up)
        answers += said(client.post(f"{VENUE}sok-adress/", follow=True))
    assert answers == ["The address server does not know Backe.", "The address server does not answer."]
