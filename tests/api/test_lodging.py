"""Towns without beds through the API: noted, narrowed, ended, refused."""

from datetime import date

import pytest

from tests.api.callers import API, caller
from tests.world import World
from venues.models import NoBeds

pytestmark = pytest.mark.usefixtures("season_is_open")
URL = f"{API}/no-beds"


def note(world: World, name: str, first: date, last: date | None = None) -> NoBeds:
    return NoBeds.objects.create(
        place=world.places[name], first_night=first, last_night=last or first, by=world.producer
    )


def test_one_night_is_noted_by_its_first(world: World) -> None:
    sent = {"place": world.places["Backe"].slug, "first_night": "2027-02-03", "reason": "Marknad"}
    answer = caller(world.producer).post(URL, sent, "json")
    noted = NoBeds.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "id": noted.pk,
            "place": {"slug": world.places["Backe"].slug, "name": "Backe"},
            "first_night": "2027-02-03",
            "last_night": "2027-02-03",
            "reason": "Marknad",
            "at": answer.json()["at"],
        },
    )
    assert noted.by == world.producer


def test_what_can_not_be_right_points_at_its_field(world: World) -> None:
    sent = {"place": world.places["Backe"].slug, "first_night": "2027-02-03", "last_night": "2027-02-01"}
    answer = caller(world.producer).post(URL, sent, "json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/last_night")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Åre", "Backe"]),
        ("?from=2027-02-07", ["Backe"]),
        ("?to=2027-02-05", ["Åre"]),
        ("?from=2027-02-04&to=2027-02-09", ["Åre", "Backe"]),
    ],
)
def test_the_list_is_narrowed_by_nights(world: World, query: str, expected: list[str]) -> None:
    note(world, "Backe", date(2027, 2, 9))
    note(world, "Åre", date(2027, 2, 3), date(2027, 2, 6))
    rows = caller(world.producer).get(f"{URL}{query}").json()["results"]
    assert [row["place"]["name"] for row in rows] == expected


def test_the_list_is_narrowed_by_place(world: World) -> None:
    note(world, "Backe", date(2027, 2, 9))
    note(world, "Åre", date(2027, 2, 3))
    rows = caller(world.producer).get(URL, {"place": world.places["Backe"].slug}).json()["results"]
    assert [row["place"]["name"] for row in rows] == ["Backe"]


def test_who_is_no_producer_reads_an_empty_list(world: World) -> None:
    note(world, "Backe", date(2027, 2, 9))
    assert caller(world.presenter).get(URL).json()["results"] == []


def test_beds_again_leave_the_nights_before(world: World) -> None:
    noted = note(world, "Backe", date(2027, 2, 3), date(2027, 2, 8))
    caller(world.producer).post(f"{URL}/{noted.pk}/end", {"on": "2027-02-06"}, "json")
    noted.refresh_from_db()
    assert noted.last_night == date(2027, 2, 5)
