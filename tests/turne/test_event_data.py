"""What search engines read on the page of a performance."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bookings.models import Booking, Performance
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World
from tours.models import Production
from venues.models import Venue

pytestmark = pytest.mark.usefixtures("in_january")

SCHEMA = "https://schema.org/"
#: What Google asks of an event, and what each may be.
SHAPE: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "url": str,
    "description": str,
    "startDate": str,
    "endDate": str,
    "eventStatus": str,
    "eventAttendanceMode": str,
    "location": (dict, list),
    "organizer": dict,
    "performer": dict,
}


def event(client: Client, performance: Performance) -> dict[str, Any]:
    """The data on its page."""
    page = client.get(f"/forestallning/{performance.uid}/").content.decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(scripts) == 1
    found: dict[str, Any] = json.loads(scripts[0])
    return found


def test_it_has_the_shape_of_an_event(world: World, client: Client):
    told = event(client, visit(world))
    assert (told["@context"], told["@type"]) == ("https://schema.org", "TheaterEvent")
    assert {name: told[name] for name in SHAPE if not isinstance(told.get(name), SHAPE[name])} == {}
    assert not [name for name, value in told.items() if value in ("", None, [], {})]


def test_it_says_when_in_the_region_s_time(world: World, client: Client):
    told = event(client, visit(world))
    assert (told["startDate"], told["endDate"]) == ("2027-02-04T18:00+01:00", "2027-02-04T18:45+01:00")


def test_it_says_where_and_who(world: World, client: Client):
    Venue.objects.filter(pk=world.venue.pk).update(address="Storgatan 1", lat=63.8, lon=16.4)
    told = event(client, visit(world))
    assert told["location"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Storgatan 1",
        "addressLocality": "Backe",
        "addressRegion": "Jämtland Härjedalen",
        "addressCountry": "SE",
    }
    assert told["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 63.8, "longitude": 16.4}
    assert (told["organizer"]["name"], told["performer"]["name"]) == ("Backe bygdegård", "Trio Norr")


def test_what_nobody_has_told_is_left_out(world: World, client: Client):
    Venue.objects.filter(pk=world.venue.pk).update(address="", lat=None, lon=None)
    Production.objects.update(languages=["none"], age_min=0, age_max=None)
    told = event(client, visit(world))
    assert {"inLanguage", "typicalAgeRange", "offers", "image", "previousStartDate"} & set(told) == set()
    assert {"geo", "streetAddress"} & {*told["location"], *told["location"]["address"]} == set()


@pytest.mark.parametrize(("low", "high", "said"), [(6, 9, "6-9"), (6, None, "6-"), (0, 3, "0-3")])
def test_ages_and_languages(world: World, client: Client, low: int, high: int | None, said: str):
    Production.objects.update(age_min=low, age_max=high, languages=["sv", "sma", "none"])
    told = event(client, visit(world))
    assert (told["typicalAgeRange"], told["inLanguage"]) == (said, ["sv", "sma"])


@pytest.mark.parametrize(
    ("status", "said"),
    [("confirmed", "EventScheduled"), ("cancelled", "EventCancelled"), ("postponed", "EventPostponed")],
)
def test_it_says_how_it_stands(world: World, client: Client, status: str, said: str):
    assert event(client, visit(world, status=status))["eventStatus"] == SCHEMA + said


def test_a_move_tells_what_was(world: World, client: Client):
    performance = visit(world)
    Performance.objects.update(was_at=STARTS_AT - timedelta(days=2))
    told = event(client, performance)
    assert (told["eventStatus"], told["previousStartDate"]) == (
        SCHEMA + "EventRescheduled",
        "2027-02-02T18:00+01:00",
    )
    assert told["startDate"] == "2027-02-04T18:00+01:00"


def test_one_that_was_moved_and_is_cancelled_is_cancelled(world: World, client: Client):
    performance = visit(world, status="cancelled")
    Performance.objects.update(was_at=STARTS_AT - timedelta(days=2))
    assert event(client, performance)["eventStatus"] == SCHEMA + "EventCancelled"


@pytest.mark.parametrize(
    ("kind", "stream", "mode", "types"),
    [
        ("assembly_hall", "", "Offline", ["Place"]),
        ("assembly_hall", "https://stream.example.org/1", "Mixed", ["Place", "VirtualLocation"]),
        ("digital", "https://stream.example.org/1", "Online", ["VirtualLocation"]),
    ],
)
def test_a_room_a_screen_or_both(
    world: World, client: Client, kind: str, stream: str, mode: str, types: list[str]
):
    performance = visit(world, stream_url=stream)
    Venue.objects.filter(pk=world.venue.pk).update(kind=kind)
    told = event(client, performance)
    places = told["location"] if isinstance(told["location"], list) else [told["location"]]
    assert told["eventAttendanceMode"] == f"{SCHEMA}{mode}EventAttendanceMode"
    assert [place["@type"] for place in places] == types


def test_a_digital_one_without_a_link_still_has_a_place(world: World, client: Client):
    Venue.objects.filter(pk=world.venue.pk).update(kind="digital")
    told = event(client, visit(world))
    assert (told["eventAttendanceMode"], told["location"]["@type"]) == (
        f"{SCHEMA}OnlineEventAttendanceMode",
        "VirtualLocation",
    )


def test_hostile_words_end_no_script(world: World, client: Client):
    hostile = '</script><script>alert("1")</script><!-- \u2028 & '
    Production.objects.update(title=hostile, synopsis=hostile)
    told = event(client, visit(world))
    assert (told["name"], told["description"]) == (hostile, hostile)


def test_a_school_s_own_performance_is_not_announced(world: World, client: Client):
    performance = visit(world, audience="school")
    assert b"ld+json" not in client.get(f"/forestallning/{performance.uid}/").content


def test_what_is_not_published_says_nothing(world: World, client: Client):
    performance = visit(world)
    Booking.objects.update(published_at=None)
    assert client.get(f"/forestallning/{performance.uid}/").status_code == 404
