"""A school's own side through the API: groups, hours, days in layers, and the yearly confirmation."""

import pytest

from tests.api.callers import API, caller
from tests.api.matrix_of_school_homes import GROUP, HOURS
from tests.world import World
from venues import groups
from venues.groups import GroupInput

pytestmark = pytest.mark.usefixtures("season_is_open")
URL = f"{API}/schools/krokoms-skola"


def test_a_group_is_added_read_changed_and_taken_away(world: World) -> None:
    program = caller(world.school_contact)
    made = program.post(f"{URL}/groups", GROUP | {"school_year": "2026/27"}, "json").json()
    read = program.get(f"{URL}/groups?school_year=2026/27").json()
    changed = program.put(f"{URL}/groups/{made['id']}", GROUP | {"pupils_count": 23}, "json").json()
    gone = program.delete(f"{URL}/groups/{made['id']}")
    assert (read, changed["pupils_count"], gone.status_code) == ([made], 23, 204)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"pupils_count": 0}, "#/pupils_count"),
        ({"pupils_count": 10_000}, "#/pupils_count"),
        ({"grade": "9"}, "#/grade"),
        ({"school_year": "2026/25"}, "#/school_year"),
    ],
)
def test_what_can_not_be_right_points_at_its_field(world: World, change: dict, pointer: str) -> None:
    sent = GROUP | {"school_year": "2026/27"} | change
    answer = caller(world.school_contact).post(f"{URL}/groups", sent, "json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_a_year_in_the_address_that_is_none(world: World) -> None:
    answer = caller(world.school_contact).get(f"{URL}/groups?school_year=2026")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "school_year")


def test_hours_are_set_whole_or_not_at_all(world: World) -> None:
    program = caller(world.school_contact)
    program.put(f"{URL}/hours", HOURS, "json")
    bad = {"weekdays": [*HOURS["weekdays"], {"weekday": 1, "starts": "09:00", "ends": "08:00"}]}
    answer = program.put(f"{URL}/hours", bad, "json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/weekdays/1/ends")
    assert [row["weekday"] for row in program.get(f"{URL}/hours").json()["weekdays"]] == [0]


def test_days_name_the_layer_that_says_no(world: World) -> None:
    program = caller(world.school_contact)
    program.put(f"{URL}/hours", HOURS, "json")
    told = program.get(f"{URL}/days?from=2027-02-06&to=2027-02-08").json()
    assert told["are_hours_known"] is True
    assert [(day["no"] and day["no"]["layer"], day["open"]) for day in told["days"]] == [
        ("holiday", []),
        ("holiday", []),
        (None, [{"starts": "08:00", "ends": "14:00"}]),
    ]


def test_days_are_asked_for_in_order(world: World) -> None:
    answer = caller(world.school_contact).get(f"{URL}/days?from=2027-02-06&to=2027-02-01")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "to")


def test_a_school_is_confirmed_for_its_year(world: World) -> None:
    groups.add(world.school.school, 2026, GroupInput("4A", "4", 24))
    answer = caller(world.school_contact).post(f"{URL}/confirm")
    assert (answer.status_code, answer.json()["confirmed_for"]) == (200, 2026)
