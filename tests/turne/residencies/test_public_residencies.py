"""The public's pages of residencies: what everybody reads, and what nobody does who is not in it."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bookings.models import ResidencyContact, ResidencyCost, SubEvent
from bookings.residencies import day_plans, ending, news_words, publishing, sub_events
from tests.bookings.residencies.moments import DAY, added, confirmed, workshop
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.turne.pages import get, text_of
from tests.world import World
from venues.models import Organisation

#: Before the stay in May.
APRIL = datetime(2027, 4, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_april(later: Any, client: Client) -> None:
    later(APRIL)
    client.cookies["django_language"] = "en"


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world)


def publish(stay: Stay) -> None:
    publishing.publish(stay.residency, version=1, by=stay.world.presenter, now=NOW)


def test_nobody_reads_of_one_that_is_not_public(stay: Stay, client: Client) -> None:
    assert client.get("/residens/vindens-vag/").status_code == 404
    assert "No residency is public right now" in text_of(get(client, "/residens/"))


def test_everybody_reads_of_a_public_one(stay: Stay, client: Client) -> None:
    added(stay, is_public=True)
    publish(stay)
    told = text_of(get(client, "/residens/vindens-vag/"))
    for words in ("Vindens väg", "Låtar om vind.", "Trion", "Backe", "Öppen repetition", "3–16 May 2027"):
        assert words in told


def test_the_place_in_which_the_hosts_name_ends_is_told_once(stay: Stay, client: Client) -> None:
    event = added(stay, is_public=True)
    Organisation.objects.filter(pk=stay.residency.host_id).update(name="Bygdescenen, Backe")
    publish(stay)
    assert news_words.where(SubEvent.objects.get(pk=event.pk)) == "Bygdescenen, Backe"
    assert "Backe, Backe" not in text_of(get(client, "/residens/"))


def test_its_calendar_and_each_part_of_it_may_be_had(stay: Stay, client: Client) -> None:
    event, off = added(stay, is_public=True), added(stay, is_public=True, title="Samtal")
    sub_events.cancel(off, why="Sjuk.", version=1, by=stay.world.presenter, now=NOW)
    publish(stay)
    page = get(client, "/residens/vindens-vag/")
    periods = [f"/ical/residensdagar/{one.uid}.ics" for one in stay.fresh().periods.all()]
    files = [*periods, f"/ical/delaktivitet/{event.uid}.ics"]
    assert re.findall(r'href="(/ical/[^"]+)"', page.content.decode()) == files[2:] + files[:2]
    assert page.context["links"].https.endswith("/ical/residens/vindens-vag.ics")
    for address in [*files, "/ical/residens/vindens-vag.ics"]:
        assert get(client, address)["Content-Type"].startswith("text/calendar")


def test_of_a_cancelled_one_nothing_is_added(stay: Stay, client: Client) -> None:
    added(stay, is_public=True)
    publish(stay)
    ending.cancel(stay.residency, "host", why="Huset är sålt.", **stay.act())
    page = get(client, "/residens/vindens-vag/")
    assert re.findall(r'href="(/ical/[^"]+)"', page.content.decode()) == []


def test_why_something_is_cancelled_is_not_everybodys(stay: Stay, client: Client) -> None:
    off = added(stay, is_public=True)
    sub_events.cancel(off, why="Konstnären är sjuk.", version=1, by=stay.world.presenter, now=NOW)
    publish(stay)
    addresses = ("/residens/vindens-vag/", "/kalender/?manad=2027-05", "/ical/residens/vindens-vag.ics")
    read = [get(client, address).content.decode() for address in addresses]
    assert [("sjuk" in page, "CANCEL" in page or "INSTÄLLT" in page) for page in read] == [(False, True)] * 3


def test_nothing_private_stands_there(stay: Stay, client: Client) -> None:
    """Needs, contacts, costs, days' plans, classes, sub-events that are not open, and the artist's address."""
    ResidencyContact.objects.create(
        residency=stay.residency, number=1, role="Värd", name="Vaktmästaren", phone="070-1740605"
    )
    ResidencyCost.objects.create(
        residency=stay.residency, number=1, kind="stipend", paid_by="region", planned=Decimal(31_415)
    )
    day_plans.add(stay.residency, on=DAY, starts=None, ends=None, words="Nyckeln i lådan", now=NOW)
    workshop(stay, about="Med 4A.")
    publish(stay)
    page = "".join(
        get(client, address).content.decode() for address in ("/residens/vindens-vag/", "/residens/")
    )
    found = {
        private
        for private in (
            "Hiss",
            "Vaktmästaren",
            "1740605",
            "31415",
            "31\N{NO-BREAK SPACE}415",
            "Nyckeln",
            "Låtskrivande",
            "Med 4A",
            "4A<",
            " 4A",
            stay.artist.email,
        )
        if private in page
    }
    assert found == set()


def test_it_is_told_to_search_engines_with_its_sub_events(stay: Stay, client: Client) -> None:
    off = added(stay, is_public=True)
    sub_events.cancel(off, why="Sjuk.", version=1, by=stay.world.presenter, now=NOW)
    publish(stay)
    page = get(client, "/residens/vindens-vag/").content.decode()
    told = json.loads(page.partition('application/ld+json">')[2].partition("</script>")[0])
    assert (told["@type"], told["startDate"], told["performer"]["name"]) == ("Event", "2027-05-03", "Trion")
    [part] = told["subEvent"]
    assert part["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_list_is_narrowed_in_its_address(stay: Stay, client: Client) -> None:
    publish(stay)
    found = [
        len(get(client, f"/residens/{query}").context["sections"])
        for query in (
            "",
            "?konstform=music",
            "?konstform=dance",
            "?kommun=kommun-2313",
            "?kommun=kommun-2321",
        )
    ]
    assert found == [1, 1, 0, 1, 0]


@pytest.mark.parametrize("query", ["?kommun=%00", "?konstform=<b>", "?kommun=" + "x" * 3000])
def test_an_odd_address_shows_none(stay: Stay, client: Client, query: str) -> None:
    assert client.get(f"/residens/{query}").status_code == 200


def test_open_sub_events_stand_beside_the_performances_and_are_not_counted(
    stay: Stay, client: Client
) -> None:
    added(stay, is_public=True)
    workshop(stay)
    publish(stay)
    found = get(client, "/kalender/?manad=2027-05").context
    assert ([one["title"] for one in found["open_events"]], found["count"]) == (["Öppen repetition"], 0)
    assert get(client, "/kalender/?manad=2027-05&publik=school").context["open_events"] == []
    assert len(get(client, "/kommun/kommun-2313/").context["open_events"]) == 1
    assert len(get(client, f"/arrangor/{stay.world.presenting.slug}/").context["open_events"]) == 1
