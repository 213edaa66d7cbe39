"""Another name in the address of a calendar, and where the old one leads."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from bookings import feed_addresses
from bookings.feed_scopes import row_of
from tests.bookings.visits import visit
from tests.world import World
from tours.errors import Refused
from venues.models import FormerName, Organisation
from venues.people import create_organisation


def follow(client: Client, path: str) -> list[object]:
    answer = client.get(path)
    return [answer.status_code, answer.headers.get("Location")]


def test_a_new_name_of_the_thing_is_no_new_address(world: World, client: Client) -> None:
    world.presenting.name = "Backe kulturhus"
    world.presenting.save()
    assert follow(client, "/ical/arrangor/backe-bygdegard.ics") == [200, None]


def test_the_old_address_leads_to_the_new_one(world: World, client: Client) -> None:
    feed_addresses.rename("presenter", "backe-bygdegard", "backe-kulturhus")
    assert follow(client, "/ical/arrangor/backe-bygdegard.ics?age=7") == [
        301,
        "/ical/arrangor/backe-kulturhus.ics?age=7",
    ]
    assert follow(client, "/ical/arrangor/backe-kulturhus.ics?age=7") == [200, None]


def test_each_older_one_leads_there_at_once(world: World, client: Client) -> None:
    for old, new in (("trumman-varen-2027", "trumman"), ("trumman", "trumman-pa-turne")):
        visit(world)
        feed_addresses.rename("tour", old, new)
    assert follow(client, "/ical/turne/trumman-varen-2027.ics") == [301, "/ical/turne/trumman-pa-turne.ics"]


def test_what_is_narrowed_by_the_old_name_stays_what_it_was(world: World, client: Client) -> None:
    visit(world)
    address = "/ical/region/jamtland-harjedalen.ics?venue=" + world.venue.slug
    before = client.get(address)
    feed_addresses.rename("venue", world.venue.slug, "stora-salen")
    after = client.get(address)
    assert (after.status_code, after.content) == (200, before.content)
    assert before.content.count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/arrangor/backe-bygdegard/", "/arrangor/backe/"),
        ("/lista/arrangor/backe-bygdegard.json?age=7", "/lista/arrangor/backe.json?age=7"),
        ("/lista/arrangor/backe-bygdegard/", "/lista/arrangor/backe/"),
    ],
)
def test_pages_and_lists_lead_on_too(world: World, client: Client, old: str, new: str) -> None:
    feed_addresses.rename("presenter", "backe-bygdegard", "backe")
    assert follow(client, old) == [301, new]
    assert (follow(client, new), client.get(old)["Cache-Control"]) == ([200, None], "public, max-age=900")


def test_a_poster_with_the_old_name_still_leads_to_the_calendar(world: World, client: Client) -> None:
    feed_addresses.rename("school", "krokoms-skola", "hissmofors-skola")
    answer = client.get("/skola/krokoms-skola/kalender/", follow=True)
    narrowed = client.get("/prenumerera/?vad=skola&vilken=krokoms-skola&grade=4")
    assert [one.context["links"].name for one in (answer, narrowed)] == ["Krokoms skola"] * 2
    assert narrowed.context["links"].https.endswith("/ical/skola/hissmofors-skola.ics?grade=4")


@pytest.mark.parametrize("name", ["\0", "a b", "å"])
def test_no_name_at_all_is_nobodys(world: World, name: str) -> None:
    assert row_of("venue", name) is None


def test_back_again_leads_nowhere_else(world: World, client: Client) -> None:
    feed_addresses.rename("place", "ort-0", "backe")
    feed_addresses.rename("place", "backe", "ort-0")
    assert follow(client, "/ical/ort/ort-0.ics") == [200, None]
    assert [str(moved) for moved in FormerName.objects.all()] == ["place/backe"]


def test_a_school_gets_another_code(world: World, client: Client) -> None:
    world.school.school.unit_code = "11111111"
    world.school.school.save()
    feed_addresses.rename("school", "11111111", "22222222")
    assert follow(client, "/ical/skola/11111111.ics") == [301, "/ical/skola/22222222.ics"]
    assert follow(client, "/ical/skola/krokoms-skola.ics") == [200, None]


def test_one_that_is_gone_leads_nowhere(world: World, client: Client) -> None:
    visit(world)
    feed_addresses.rename("tour", "trumman-varen-2027", "trumman")
    world.tour.bookings.all().delete()
    assert follow(client, "/ical/turne/trumman-varen-2027.ics") == [404, None]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("finns-inte", "ny", "old"),
        ("backe-bygdegard", "Åre bygdegård", "new"),
        ("backe-bygdegard", "", "new"),
        ("backe-bygdegard", "folkets-hus-stromsund", "new"),
        ("backe-bygdegard", "krokoms-skola", "new"),
    ],
)
def test_what_is_no_name_or_anothers_is_refused(world: World, old: str, new: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        feed_addresses.rename("presenter", old, new)
    assert (refusal.value.field, FormerName.objects.count()) == (field, 0)


def test_nobody_gets_a_name_that_another_had(world: World) -> None:
    """Who asks at the old address would get a stranger's calendar."""
    feed_addresses.rename("presenter", "backe-bygdegard", "backe")
    with pytest.raises(Refused) as refusal:
        feed_addresses.rename("presenter", "folkets-hus-stromsund", "backe-bygdegard")
    assert refusal.value.field == "new"
    Organisation.objects.filter(slug="backe").update(name="Backe")
    place = {"municipality": world.presenting.municipality}
    other = create_organisation(world.presenting.region, "Backe bygdegård", ["presenter"], **place)
    assert other.slug != "backe-bygdegard"
    assert row_of("presenter", "backe-bygdegard") == world.presenting


def test_the_command_says_what_it_did_or_why_not(world: World, capsys: pytest.CaptureFixture) -> None:
    call_command("rename_address", "presenter", "backe-bygdegard", "backe")
    assert capsys.readouterr().out == "presenter backe-bygdegard is backe now.\n"
    with pytest.raises(CommandError, match="no calendar at this address"):
        call_command("rename_address", "presenter", "backe-bygdegard", "backe")
