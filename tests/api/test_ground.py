"""Places, organisations, venues and roads: facts as they are, and unknown as null."""

from decimal import Decimal

import pytest

from tests.api.callers import API, caller
from tests.world import World
from venues.models import Venue


def test_an_unknown_fact_is_null_and_a_no_is_false(world: World) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(hearing_loop=False, step_free_entrance=True, ramp_slope="")
    access = caller().get(f"{API}/venues/{world.venue.slug}").json()["access"]
    found = {name: access[name] for name in ("hearing_loop", "step_free_entrance", "lift", "ramp_slope")}
    assert found == {"hearing_loop": False, "step_free_entrance": True, "lift": None, "ramp_slope": None}


def test_the_room_is_for_those_who_plan_and_who_own_it(world: World) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(stage_width_m=Decimal("6.5"), blackout="full")
    room = caller(world.producer).get(f"{API}/venues/{world.venue.slug}/room").json()
    found = {name: room[name] for name in ("seats", "stage_width_m", "blackout", "floor_type", "piano")}
    assert found == {
        "seats": 120,
        "stage_width_m": "6.50",
        "blackout": "full",
        "floor_type": None,
        "piano": None,
    }


def test_the_public_does_not_read_the_room(world: World) -> None:
    assert "seats" not in caller().get(f"{API}/venues/{world.venue.slug}").content.decode()


def test_an_organisation_is_shown_without_addresses(world: World) -> None:
    answer = caller().get(f"{API}/organisations/{world.school.slug}")
    assert answer.json() == {
        "slug": "krokoms-skola",
        "name": "Krokoms skola",
        "region": {"slug": "jamtland-harjedalen", "name": "Jämtland Härjedalen"},
        "municipality": {"slug": "kommun-2309", "name": "Krokom"},
        "roles": ["school"],
        "school": {
            "unit_code": None,
            "own_id": None,
            "status": "active",
            "opened_on": None,
            "ceased_on": None,
            "forms": [
                {"form": "preschool_class", "grades": ["F"]},
                {"form": "compulsory", "grades": ["1", "2", "3", "4", "5", "6"]},
            ],
            "owner": None,
            "place": {"slug": "ort-1", "name": "Krokom"},
        },
        "is_demo": False,
    }


def test_no_list_holds_a_persons_address(world: World) -> None:
    lists = ("organisations", "venues", "productions", "seasons", "places", "municipalities", "performances")
    found = [name for name in lists if b"@" in caller().get(f"{API}/{name}").content]
    assert found == []


def test_a_drive_is_in_minutes_and_km(world: World) -> None:
    places = world.places
    query = {"from": places["Östersund"].slug, "to": places["Backe"].slug, "on": "2027-02-01"}
    assert caller().get(f"{API}/travel", query).json() == {**query, "drive_min": 120, "drive_km": 158.0}


def test_a_drive_may_end_at_a_venue(world: World) -> None:
    query = {"from": world.places["Östersund"].slug, "to": world.venue.slug}
    assert caller().get(f"{API}/travel", query).json()["drive_km"] == 158.0


def test_where_no_road_leads_one_is_told(world: World) -> None:
    world.places["Åre"].roads_in.all().delete()
    query = {"from": world.places["Östersund"].slug, "to": world.places["Åre"].slug}
    answer = caller().get(f"{API}/travel", query)
    assert (answer.status_code, answer.json()["code"]) == (422, "no_road")
    assert answer.json()["detail"].startswith("No road reaches Åre.")


@pytest.mark.parametrize("name", ["municipalities", "places", "organisations", "venues"])
def test_what_has_no_such_slug_is_not_there(world: World, name: str) -> None:
    assert caller().get(f"{API}/{name}/nowhere").status_code == 404
