"""The practical facts of a visit: what was told, and else what follows from the room and the rider."""

from decimal import Decimal

from bookings import advancing, practical
from bookings.states import PRESENTER, PRODUCER
from tests.agreements import NOW
from tests.checklists import fresh, prepared
from tests.world import World

NEEDS = {"helpers_in": 2, "helpers_out": 1, "needs_lunch": True, "accommodation_rooms": 3}
ROOM = {
    "vehicle_access": True, "parking_m_to_entrance": 20, "loading_door_w_m": Decimal("1.8"), "loading_steps": 0,
    "power_position": "till vänster",
}  # fmt: skip


def texts(booking) -> dict[str, str]:
    return {fact.name: fact.text for fact in practical.facts(booking)}


def test_what_follows_from_the_room_and_the_rider(world: World) -> None:
    assert texts(prepared(world, needs=NEEDS, **ROOM)) == {
        "parking": "20\u00a0m from the entrance, a vehicle reaches the door",
        "load_in": "A vehicle reaches the door, loading door 1.8\u00a0m wide, 0 steps, power: till vänster",
        "helpers": "2 helpers at get-in, 1 helper at get-out",
        "meals": "Lunch for 2 persons",
        "lodging": "3 hotel rooms",
    }


def test_nothing_where_nobody_knows(world: World) -> None:
    assert set(texts(prepared(world)).values()) == {""}


def test_a_no_is_known_too(world: World) -> None:
    assert texts(prepared(world, vehicle_access=False))["parking"] == "No vehicle reaches the door"


def test_what_was_told_goes_first(world: World) -> None:
    booking = prepared(world, needs=NEEDS)
    advancing.tell(booking, {"meals": "Soup at noon"}, version=0, by=world.presenter, now=NOW)
    found = {fact.name: (fact.text, fact.told) for fact in practical.facts(fresh(booking))}
    assert (found["meals"], found["lodging"]) == (("Soup at noon", True), ("3 hotel rooms", False))


def test_the_house_is_the_presenters_to_tell() -> None:
    assert practical.fields_for([PRODUCER]) == ["helpers", "meals", "lodging"]
    assert practical.fields_for([PRESENTER]) == ["parking", "load_in", "helpers", "meals", "lodging"]
    assert practical.fields_for([]) == []
