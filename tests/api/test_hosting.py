"""The presenter's side through the API: closures, and the visits of the past."""

from typing import Any

import pytest

from tests.agreements import confirmed, offered
from tests.api.callers import API, caller
from tests.bookings.visits import visit
from tests.factories import ClosureFactory
from tests.world import World
from venues.models import Closure

pytestmark = pytest.mark.usefixtures("season_is_open")
URL = f"{API}/closures"
DAY = {"starts_at": "2027-02-03T00:00:00+01:00", "ends_at": "2027-02-04T00:00:00+01:00"}


def close(world: World, **sent: Any) -> Any:
    return caller(world.presenter).post(URL, {**DAY, **sent}, "json")


@pytest.mark.parametrize(("name", "thing"), [("venue", "venue"), ("organisation", "presenting")])
def test_a_room_or_a_house_is_closed(world: World, name: str, thing: str) -> None:
    found = getattr(world, thing)
    answer = close(world, **{name: found.slug}, reason="Årsmöte")
    [row] = answer.json()
    assert (answer.status_code, row[name]["slug"], row["reason"]) == (201, found.slug, "Årsmöte")
    assert Closure.objects.count() == 1


def test_the_years_after_are_rows_of_their_own(world: World) -> None:
    assert len(close(world, venue=world.venue.slug, years=2).json()) == 3


@pytest.mark.parametrize("names", [(), ("venue", "organisation")])
def test_one_of_them_is_named(world: World, names: tuple[str, ...]) -> None:
    slugs = {"venue": world.venue.slug, "organisation": world.presenting.slug}
    answer = close(world, **{name: slugs[name] for name in names})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/venue")


def test_booked_visits_are_named_until_one_knows(world: World) -> None:
    booking = confirmed(world)
    answer = close(world, venue=world.venue.slug)
    assert (answer.status_code, answer.json()["code"], answer.json()["ids"]) == (
        422,
        "visits_booked",
        {"bookings": [booking.pk]},
    )
    assert close(world, venue=world.venue.slug, despite=True).status_code == 201


def test_offers_are_answered_first(world: World) -> None:
    offered(world)
    answer = close(world, venue=world.venue.slug, despite=True)
    assert (answer.status_code, answer.json()["code"]) == (422, "offers_to_answer")


def test_it_is_changed_and_taken_away(world: World) -> None:
    closure, client = ClosureFactory(venue=world.venue), caller(world.presenter)
    answer = client.put(f"{URL}/{closure.pk}", {**DAY, "reason": "Bröllop"}, "json")
    assert (answer.status_code, answer.json()["reason"]) == (200, "Bröllop")
    assert (client.delete(f"{URL}/{closure.pk}").status_code, Closure.objects.count()) == (204, 0)


@pytest.mark.parametrize(("query", "count"), [("", 2), ("?venue=backe-bygdegard-salen", 1)])
def test_the_list_is_of_ones_own(world: World, query: str, count: int) -> None:
    ClosureFactory(venue=world.venue)
    ClosureFactory(organisation=world.presenting)
    ClosureFactory(venue=world.neighbour_venue)
    assert len(caller(world.presenter).get(URL + query).json()["results"]) == count


@pytest.mark.parametrize(("moment", "count"), [("2027-02-08T12:00:00Z", 1), ("2027-02-09T00:00:00Z", 0)])
def test_the_list_from_a_moment_on(world: World, moment: str, count: int) -> None:
    ClosureFactory(venue=world.venue)
    answer = caller(world.presenter).get(URL, {"ends_after": moment})
    assert len(answer.json()["results"]) == count


def test_past_visits_with_who_came(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    show = visit(world, starts_at=world.season.opens_at, outcome="held")
    show.attendance, show.attendance_young = 80, 70
    show.save()
    rows = caller(world.presenter).get(f"{API}/past-visits").json()["results"]
    assert [(row["id"], row["audience_count"], row["young_count"]) for row in rows] == [
        (show.booking_id, 80, 70)
    ]
    assert caller(world.producer).get(f"{API}/past-visits").json()["results"] == []
