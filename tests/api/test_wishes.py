"""Wishes through the API: one's own, by the same verbs as the page."""

from typing import Any

import pytest

from tests.api.callers import API, caller, wish_document
from tests.factories import GroupFactory, MembershipFactory, ProductionFactory, RiderFactory, SeasonFactory
from tests.world import World
from tours.models import Wish

pytestmark = pytest.mark.usefixtures("season_is_open")
SPAN = {"starts_on": "2027-02-03", "ends_on": "2027-02-04", "earliest": "10:00", "latest": "13:30"}


@pytest.fixture
def another(world: World) -> str:
    """A second production on the menu; its slug."""
    production = ProductionFactory(ensemble=world.ensemble, title="Isens sånger", slug="isens-sanger")
    RiderFactory(production=production)
    world.season.productions.add(production)
    return "isens-sanger"


def submit(world: World, **changes: Any) -> Any:
    return caller(world.presenter).post(f"{API}/wishes", wish_document(world, **changes))


def test_a_wish_is_answered_with_its_address(world: World, another: str) -> None:
    answer = submit(world, production=another, rank=2, message=" Gärna kväll ")
    wish = Wish.objects.get(production__slug=another)
    assert (answer.status_code, answer["Location"]) == (201, f"http://testserver{API}/wishes/{wish.pk}")
    assert answer.json() == caller(world.presenter).get(answer["Location"]).json()
    assert (wish.message, wish.created_by, wish.organisation) == (
        "Gärna kväll",
        world.presenter,
        world.presenting,
    )


def test_a_wish_says_when(world: World, another: str) -> None:
    answer = submit(world, production=another, rank=2, spans=[SPAN])
    assert answer.json()["spans"] == [
        {"starts_on": "2027-02-03", "ends_on": "2027-02-04", "earliest": "10:00:00", "latest": "13:30:00"}
    ]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"audience_expected": 500}, "#/audience_expected"),
        ({"audience_expected": "many"}, "#/audience_expected"),
        ({"venue": "krokoms-skola-salen"}, "#/venue"),
        ({"venue": "nowhere"}, "#/venue"),
        ({"production": "nothing"}, "#/production"),
        ({"season": "varen-1999"}, "#/season"),
        ({"rank": 0}, "#/rank"),
        ({"rank": 21}, "#/rank"),
        ({"shows_count": 4}, "#/shows_count"),
        ({"audience": "friends"}, "#/audience"),
        ({"spans": []}, "#/spans"),
        ({"spans": [{"starts_on": "2027-04-31"}]}, "#/spans/0/starts_on"),
        ({"spans": [SPAN] * 101}, "#/spans"),
        ({"message": "x" * 1001}, "#/message"),
    ],
)
def test_a_wrong_wish_is_refused_where_it_is_wrong(
    world: World, another: str, changes: dict[str, Any], pointer: str
) -> None:
    answer = submit(world, **{"production": another, "rank": 2, **changes})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert Wish.objects.count() == 3


def test_a_time_inside_the_get_in_is_refused_in_words(world: World, another: str) -> None:
    span = {"starts_on": "2027-02-03", "ends_on": "2027-02-04", "earliest": "06:30", "latest": "13:30"}
    answer = submit(world, production=another, rank=2, spans=[span]).json()
    assert answer["errors"][0]["pointer"] == "#/spans"
    assert answer["detail"].endswith("so the show can start at 07:15 at the earliest.")


def test_a_closed_season_takes_no_wish(season_has_closed: Any, world: World, another: str) -> None:
    answer = submit(world, production=another, rank=2)
    assert (answer.status_code, answer.json()["code"]) == (409, "season_closed")


def test_a_season_that_has_not_opened_is_not_there(world: World) -> None:
    SeasonFactory(slug="varen-2031", opens_at="2030-09-01T00:00Z", closes_at="2030-12-01T00:00Z")
    assert submit(world, season="varen-2031").json()["errors"][0]["pointer"] == "#/season"
    assert caller(world.presenter).get(f"{API}/seasons/varen-2031").status_code == 404
    assert caller(world.producer).get(f"{API}/seasons/varen-2031").status_code == 200


def test_whoever_is_in_two_houses_wishes_for_the_one_that_is_named(world: World, another: str) -> None:
    MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
    answer = submit(
        world,
        production=another,
        rank=2,
        organisation=world.neighbouring.slug,
        venue=world.neighbour_venue.slug,
    )
    assert answer.json()["organisation"]["slug"] == world.neighbouring.slug


def test_a_wish_is_changed_as_a_whole(world: World) -> None:
    document = wish_document(world, rank=3, audience_expected=40)
    answer = caller(world.presenter).put(f"{API}/wishes/{world.wish.pk}", document)
    assert (answer.json()["rank"], answer.json()["audience_expected"]) == (3, 40)


def test_a_wish_is_withdrawn_once(world: World) -> None:
    client = caller(world.presenter)
    address = f"{API}/wishes/{world.wish.pk}/withdraw"
    assert client.post(address).json()["withdrawn_at"] == "2026-11-20T13:00:00+01:00"
    assert (client.post(address).status_code, client.post(address).json()["code"]) == (409, "wrong_state")


def test_a_house_sees_its_own_wishes_only(world: World) -> None:
    rows = caller(world.presenter).get(f"{API}/wishes").json()["results"]
    assert [row["id"] for row in rows] == [world.wish.pk]


@pytest.mark.parametrize("role", ["producer", "officer", "administrator"])
def test_who_runs_the_season_sees_all_its_wishes(world: World, role: str) -> None:
    assert caller(getattr(world, role)).get(f"{API}/wishes").json()["count"] == 3


def test_a_stranger_sees_none(world: World) -> None:
    assert caller(world.stranger).get(f"{API}/wishes").json()["count"] == 0


def school_wish(world: World, **changes: Any) -> Any:
    usual = {"organisation": world.school.slug, "venue": world.school_venue.slug, "audience": "school"}
    return caller(world.school_contact).post(f"{API}/wishes", wish_document(world, **(usual | changes)))


def test_a_school_wishes_with_groups(world: World, another: str) -> None:
    group = GroupFactory(school=world.school.school, name="4B")
    told = [{"group": group.pk, "needs": {"wheelchair": 1}}]
    answer = school_wish(world, production=another, rank=2, groups=told, audience_expected=1)
    counts = {"show_number": 1, "pupils_count": 24, "adults_count": 2}
    of = {"id": group.pk, "school": "krokoms-skola", "name": "4B", "grade": "4", "school_year": "2026/27"}
    assert (answer.json()["groups"], answer.json()["audience_expected"]) == ([{"group": of, **counts}], 26)
    assert Wish.objects.get(production__slug=another).groups.get().needs == {"wheelchair": 1}


def test_groups_that_can_not_be_are_refused_by_name(world: World, another: str) -> None:
    theirs = GroupFactory(name="1C")
    answer = school_wish(world, production=another, rank=2, groups=[{"group": theirs.pk}])
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/groups")


def test_neither_groups_nor_how_many(world: World, another: str) -> None:
    document = wish_document(world, production=another, rank=2)
    del document["audience_expected"]
    answer = caller(world.presenter).post(f"{API}/wishes", document)
    assert answer.json()["errors"][0]["pointer"] == "#/audience_expected"
