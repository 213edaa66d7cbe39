"""The room check: every line in three values, and unknown never counts as fitting."""

from decimal import Decimal

import pytest
from django.utils import translation

from tours.models import Production, Rider
from tours.rooms import RiderLine, Verdict, capacity_of, metres_text, needs_check, room_check, verdict_of
from venues.models import Venue

FITS, NOT, UNKNOWN = Verdict.FITS, Verdict.DOES_NOT_FIT, Verdict.UNKNOWN


def lines(needs: dict, facts: dict, audience: int | None = None) -> list[RiderLine]:
    """All lines but the audience's."""
    production = Production(audience_max=120)
    rider = Rider(**needs)
    found = room_check(rider, production, Venue(seats=100, **facts), audience=audience)
    return found[1:]


CASES = [
    # need, facts of the room, verdict, sentence
    (
        {"stage_w_m": Decimal(6)},
        {"stage_width_m": Decimal(6)},
        FITS,
        "Stage width: needs 6 m, the room has 6 m",
    ),
    (
        {"stage_w_m": Decimal("6.5")},
        {"stage_width_m": Decimal(6)},
        NOT,
        "Stage width: needs 6.5 m, the room has 6 m",
    ),
    (
        {"stage_w_m": Decimal(6)},
        {},
        UNKNOWN,
        "Stage width: needs 6 m, nobody has said what the room has",
    ),
    # a room without a stage: its own measures; with one: the stage's, though the room is bigger
    ({"stage_w_m": Decimal(6)}, {"width_m": Decimal(10)}, FITS, "Stage width: needs 6 m, the room has 10 m"),
    (
        {"stage_w_m": Decimal(6)},
        {"stage_width_m": Decimal(5), "width_m": Decimal(10)},
        NOT,
        "Stage width: needs 6 m, the room has 5 m",
    ),
    (
        {"stage_d_m": Decimal(4)},
        {"playing_depth_m": Decimal(3), "stage_depth_m": Decimal(5)},
        NOT,
        "Stage depth: needs 4 m, the room has 3 m",
    ),
    (
        {"stage_d_m": Decimal(4)},
        {"stage_depth_m": Decimal(5)},
        FITS,
        "Stage depth: needs 4 m, the room has 5 m",
    ),
    ({"stage_d_m": Decimal(4)}, {"depth_m": Decimal(9)}, FITS, "Stage depth: needs 4 m, the room has 9 m"),
    (
        {"stage_h_m": Decimal("3.5")},
        {"usable_height_m": Decimal("3.2"), "ceiling_m": Decimal(4)},
        NOT,
        "Height: needs 3.5 m, the room has 3.2 m",
    ),
    ({"stage_h_m": Decimal("3.5")}, {"ceiling_m": Decimal(4)}, FITS, "Height: needs 3.5 m, the room has 4 m"),
    ({"power": "16a"}, {"power_16a": 2}, FITS, "Power: needs CEE 16 A, the room has 2 such outlets"),
    ({"power": "32a"}, {"power_32a_cee": 0}, NOT, "Power: needs CEE 32 A, the room has no such outlet"),
    (
        {"power": "63a"},
        {"power_32a_cee": 4},
        UNKNOWN,
        "Power: needs CEE 63 A, nobody has said what the room has",
    ),
    (
        {"blackout_need": "full"},
        {"blackout": "dim"},
        NOT,
        "Blackout: needs really dark, the room has dim",
    ),
    ({"blackout_need": "dim"}, {"blackout": "full"}, FITS, "Blackout: needs dim, the room has really dark"),
    (
        {"blackout_need": "dim"},
        {"blackout": ""},
        UNKNOWN,
        "Blackout: needs dim, nobody has said what the room has",
    ),
    ({"floor_need": "wood"}, {"floor_type": "sprung"}, FITS, "Floor: needs wood, the room has sprung wood"),
    ({"floor_need": "sprung"}, {"floor_type": "wood"}, NOT, "Floor: needs sprung wood, the room has wood"),
    ({"floor_need": "sprung"}, {}, UNKNOWN, "Floor: needs sprung wood, nobody has said what the room has"),
    ({"dressing_rooms": 2}, {"dressing_rooms": 1}, NOT, "Dressing rooms: needs 2, the room has 1"),
    ({"dressing_rooms": 2}, {"dressing_rooms": 2}, FITS, "Dressing rooms: needs 2, the room has 2"),
    ({"dressing_rooms": 1}, {}, UNKNOWN, "Dressing rooms: needs 1, nobody has said what the room has"),
    ({"needs_light": True}, {"lighting_lines": 0}, NOT, "Stage lights: no"),
    ({"needs_light": True}, {"lighting_lines": 0, "lighting_fixtures": 8}, FITS, "Stage lights: yes"),
    ({"needs_light": True}, {}, UNKNOWN, "Stage lights: nobody has said"),
]


@pytest.mark.parametrize(("needs", "facts", "verdict", "text"), CASES)
def test_a_line(needs: dict, facts: dict, verdict: Verdict, text: str) -> None:
    told = [(line.verdict, line.text.replace("\N{NO-BREAK SPACE}", " ")) for line in lines(needs, facts)]
    assert told == [(verdict, text)]


@pytest.mark.parametrize(
    ("need", "fact", "label"),
    [
        ("needs_flat_floor", "floor_flat", "Flat floor"),
        ("needs_piano", "piano", "Tuned piano"),
        ("needs_sound", "sound_system", "Sound system"),
        ("needs_warm_floor", "temperature_ok_dance", "At least 22 °C"),
        ("needs_vehicle_access", "vehicle_access", "Vehicle to the door"),
    ],
)
def test_what_a_room_has_or_has_not(need: str, fact: str, label: str) -> None:
    told = [lines({need: True}, {fact: known})[0] for known in (True, False, None)]
    assert [(line.verdict, line.text) for line in told] == [
        (FITS, f"{label}: yes"),
        (NOT, f"{label}: no"),
        (UNKNOWN, f"{label}: nobody has said"),
    ]


def test_a_need_that_is_not_there_has_no_line() -> None:
    assert lines({"blackout_need": "none", "dressing_rooms": 0}, {}) == []


def test_every_need_of_a_room_has_a_line() -> None:
    """What people bring and how long it takes is no matter of the room; a new field must be placed."""
    not_of_the_room = {
        *("id", "production", "get_in_min", "get_out_min", "changeover_min", "notes", "crew_size"),
        *("call_min", "arrival_min", "seating_min"),
        *("needs_lunch", "helpers_in", "helpers_out", "accommodation_rooms"),
    }
    of_the_room = {
        **{name: Decimal(1) for name in ("stage_w_m", "stage_d_m", "stage_h_m")},
        **dict.fromkeys(("needs_flat_floor", "needs_piano", "needs_sound", "needs_light"), True),
        "needs_warm_floor": True,
        "needs_vehicle_access": True,
        "power": "16a",
        "blackout_need": "dim",
        "floor_need": "wood",
        "dressing_rooms": 1,
    }
    assert {field.name for field in Rider._meta.get_fields()} == not_of_the_room | set(of_the_room)
    assert len(lines(of_the_room, {})) == len(of_the_room)


@pytest.mark.parametrize(
    ("seats", "audience", "verdict", "text"),
    [
        (80, None, FITS, "Audience: 80 persons, the production takes at most 120"),
        (None, None, UNKNOWN, "Audience: nobody has said"),
        (80, 80, FITS, "Audience: needs 80 persons, the room has 80 persons"),
        (80, 81, NOT, "Audience: needs 81 persons, the room has 80 persons"),
        (None, 80, UNKNOWN, "Audience: needs 80 persons, nobody has said what the room has"),
    ],
)
def test_the_audience(seats: int | None, audience: int | None, verdict: Verdict, text: str) -> None:
    line = room_check(Rider(), Production(audience_max=120), Venue(seats=seats), audience=audience)[0]
    assert (line.key, line.verdict, line.text) == ("capacity", verdict, text)


def test_the_lowest_known_number_is_what_the_room_takes() -> None:
    assert capacity_of(Venue(seats=120, max_persons=150, fire_approved_capacity=90)) == 90
    assert capacity_of(Venue(max_persons=150)) == 150
    assert capacity_of(Venue()) is None


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        ([], FITS),
        ([FITS, FITS], FITS),
        ([FITS, UNKNOWN], UNKNOWN),
        ([UNKNOWN, NOT, FITS], NOT),
    ],
)
def test_the_whole_room(verdicts: list[Verdict], whole: Verdict) -> None:
    assert verdict_of(RiderLine("key", "label", "", "", verdict) for verdict in verdicts) == whole


def test_metres_are_written_as_the_language_does() -> None:
    with translation.override("sv"):
        assert [metres_text(Decimal(n)) for n in ("6.00", "5.50", "10")] == [
            f"{n}\N{NO-BREAK SPACE}m" for n in ("6", "5,5", "10")
        ]


def test_for_work_without_an_audience_nobody_asks_how_many_it_takes() -> None:
    rider = Rider(needs_piano=True)
    assert [line.key for line in needs_check(rider, Venue(piano=True))] == ["piano"]
    assert needs_check(Rider(), Venue()) == []
