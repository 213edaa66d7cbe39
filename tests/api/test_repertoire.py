"""Productions, seasons and matches: who sees what is not announced yet, and what is said of what is."""

from typing import Any

import pytest

from tests.api.callers import API, caller
from tests.bookings.visits import visit
from tests.factories import ProductionFactory, RiderFactory, SeasonFactory
from tests.world import World
from venues.models import Venue

pytestmark = pytest.mark.usefixtures("season_is_open")
COMING = {"opens_at": "2027-09-01T00:00Z", "closes_at": "2027-12-01T00:00Z"}


def titles(world: World, role: str | None = None) -> list[str]:
    client = caller(getattr(world, role) if role else None)
    return [row["title"] for row in client.get(f"{API}/productions").json()["results"]]


@pytest.fixture
def coming(world: World) -> Any:
    """A production that is only on the menu of a season that has not opened."""
    production = ProductionFactory(ensemble=world.ensemble, title="Norrsken", slug="norrsken")
    season = SeasonFactory(slug="hosten-2027", **COMING)
    season.productions.add(production)
    return production


def test_a_production_is_shown_with_its_rider(world: World) -> None:
    type(world.production.rider).objects.update(stage_w_m=6, power="16a")
    found = caller().get(f"{API}/productions/{world.production.slug}").json()
    rider = {name: found["rider"][name] for name in ("get_in_min", "stage_w_m", "stage_h_m", "power")}
    assert rider == {"get_in_min": 75, "stage_w_m": "6.00", "stage_h_m": None, "power": "16a"}
    assert (found["fee"], found["currency"], found["seasons"]) == ("9800.00", "SEK", ["varen-2027"])


def test_what_is_not_announced_is_its_producers_and_the_seasons(world: World, coming: Any) -> None:
    roles = (None, "stranger", "presenter", "producer", "officer")
    assert {role for role in roles if "Norrsken" in titles(world, role)} == {"producer", "officer"}


def test_a_coming_season_is_not_told_through_a_production(world: World, coming: Any) -> None:
    coming.seasons.add(world.season)
    assert caller().get(f"{API}/productions/norrsken").json()["seasons"] == ["varen-2027"]
    assert set(caller(world.producer).get(f"{API}/productions/norrsken").json()["seasons"]) == {
        "varen-2027",
        "hosten-2027",
    }


def test_a_production_on_no_menu_is_its_producers(world: World) -> None:
    ProductionFactory(ensemble=world.ensemble, title="Utkast")
    assert [role for role in (None, "producer") if "Utkast" in titles(world, role)] == ["producer"]


def test_what_has_been_played_in_public_stays_visible(world: World) -> None:
    world.season.productions.clear()
    assert titles(world) == []
    visit(world)
    assert titles(world) == ["Trumman och tystnaden"]


def test_a_season_says_whether_it_takes_wishes(world: World) -> None:
    found = caller().get(f"{API}/seasons/{world.season.slug}").json()
    assert (found["is_open"], found["closes_at"]) == (True, "2026-12-15T01:00:00+01:00")
    assert found["productions"] == [world.production.slug]


def matches(world: World, query: str = "") -> list[dict[str, Any]]:
    path = f"seasons/{world.season.slug}/productions/{world.production.slug}/matches{query}"
    found: list[dict[str, Any]] = caller(world.producer).get(f"{API}/{path}").json()["results"]
    return found


def test_matches_are_best_first_with_their_parts(world: World) -> None:
    found = matches(world)
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert {row["wish"] for row in found} == {world.wish.pk, world.neighbour_wish.pk, world.school_wish.pk}
    assert list(found[0]["parts"]) == ["rank", "room", "audience", "equity", "distance", "price", "crew"]


def test_a_need_that_nobody_has_answered_is_unknown(world: World) -> None:
    type(world.production.rider).objects.update(needs_piano=True)
    Venue.objects.filter(pk=world.venue.pk).update(piano=True)
    found = {row["organisation"]["slug"]: row for row in matches(world)}
    verdicts = {slug: row["verdict"] for slug, row in found.items()}
    assert (verdicts["backe-bygdegard"], verdicts["krokoms-skola"]) == ("fits", "unknown")
    assert found["krokoms-skola"]["lines"][1]["text"] == "Tuned piano: nobody has said"


def test_matches_are_given_for_a_production_of_the_menu(world: World) -> None:
    other = ProductionFactory(ensemble=world.ensemble, slug="off-the-menu")
    RiderFactory(production=other)
    path = f"seasons/{world.season.slug}/productions/off-the-menu/matches"
    assert caller(world.producer).get(f"{API}/{path}").status_code == 404


def test_a_production_without_a_rider_has_no_matches(world: World) -> None:
    world.production.rider.delete()
    path = f"seasons/{world.season.slug}/productions/{world.production.slug}/matches"
    assert caller(world.producer).get(f"{API}/{path}").status_code == 404
    assert caller().get(f"{API}/productions/{world.production.slug}").json()["rider"] is None
