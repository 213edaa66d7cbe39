"""How far it is between points of which some are not joined."""

from datetime import date

from tests import factories as make
from tests.world import World
from venues.reach import between, reach
from venues.travel import point

SPRING = {"on": date(2027, 1, 11), "until": date(2027, 5, 28)}


def test_each_pair_has_its_drive_and_nobody_drives_to_oneself(world: World) -> None:
    found = reach([point(world.places["Östersund"]), point(world.places["Krokom"])], **SPRING)
    assert [[leg and leg.km for leg in row] for row in found] == [[0, 20], [20, 0]]


def test_where_no_road_leads_there_is_none(world: World) -> None:
    island = make.PlaceFactory(municipality=world.places["Krokom"].municipality)
    found = reach([point(world.places["Krokom"]), point(island)], **SPRING)
    assert (found[0][1], found[1][0]) == (None, None)


def test_a_road_that_is_closed_on_some_day_is_not_used(world: World) -> None:
    ends = [world.places["Östersund"], world.places["Krokom"]]
    ends[0].roads_out.filter(end=ends[1]).update(closed_from="03-01", closed_to="03-02")
    assert reach([point(end) for end in ends], **SPRING)[0][1] is None


def test_each_span_of_days_has_its_own_drives(world: World) -> None:
    start, end = point(world.places["Östersund"]), point(world.places["Krokom"])
    world.places["Östersund"].roads_out.filter(end=world.places["Krokom"]).update(
        closed_from="03-01", closed_to="03-02"
    )
    spans = [(date(2027, month, 1), date(2027, month, 5)) for month in (2, 3, 4)]
    february, march, april = between([start], [end, start], spans=spans)
    assert [[leg and leg.km for leg in table[0]] for table in (february, march)] == [[20, 0], [None, 0]]
    assert april is february
