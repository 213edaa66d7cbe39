"""Which towns a tour may sleep in, and what it takes that some of them are full."""

from datetime import date

from tours.beds import beds_by, nights_in, worth_sleeping_in
from venues.models import Place
from venues.travel import Edge, TravelPoint, table

FEB_1, FEB_2, FEB_3 = (date(2027, 2, day) for day in (1, 2, 3))
HOME = 1


def place(pk: int, lon: float, population: int = 0) -> Place:
    return Place(pk=pk, name=f"Ort {pk}", lat=63.0, lon=lon, population=population)


#: Along one road; 0.1 degrees of longitude are 5 km.
TOWN, NEXT, THIRD = place(2, 15.0, 900), place(3, 15.4, 500), place(4, 15.8, 90)
BEDS = [TOWN, NEXT, THIRD]


def by(*stops: Place, full: dict[Place, list[date]] | None = None) -> list[int]:
    nights = {town.pk: frozenset(days) for town, days in (full or {}).items()}
    return [bed.pk for bed in beds_by(stops, BEDS, nights)]


def worth(*beds: Place, full: dict[Place, list[date]] | None = None) -> set[int]:
    points = [TravelPoint(HOME, "Hemma"), *(TravelPoint(bed.pk, bed.name) for bed in BEDS)]
    edges = [Edge(HOME, 2, 90_000, 80), Edge(2, 3, 20_000, 80), Edge(3, 4, 20_000, 80)]
    nights = {town.pk: frozenset(days) for town, days in (full or {}).items()}
    return worth_sleeping_in(table(points, edges, days=(FEB_1, FEB_3)), beds, nights)


def test_a_stop_with_beds_is_slept_in() -> None:
    assert by(NEXT) == [3]


def test_a_stop_without_beds_takes_the_nearest() -> None:
    assert by(place(9, 15.3)) == [3]


def test_a_full_town_brings_the_next_one_along() -> None:
    assert by(TOWN, full={TOWN: [FEB_1]}) == [2, 3]


def test_the_nearest_to_a_stop_without_beds_may_be_full_too() -> None:
    assert by(place(9, 15.3), full={NEXT: [FEB_1]}) == [2, 3]


def test_one_that_is_full_on_the_same_night_does_not_help() -> None:
    assert by(TOWN, full={TOWN: [FEB_1], NEXT: [FEB_1]}) == [2, 4]


def test_two_that_are_full_on_different_nights_help_each_other() -> None:
    assert by(TOWN, full={TOWN: [FEB_1], NEXT: [FEB_2]}) == [2, 3]


def test_where_all_are_full_there_is_the_nearest_all_the_same() -> None:
    assert by(TOWN, full=dict.fromkeys(BEDS, [FEB_1])) == [2]


def test_of_towns_near_each_other_the_largest_will_do() -> None:
    assert worth(*BEDS) == {2, 4}


def test_a_full_town_does_not_stand_in_for_its_neighbour() -> None:
    assert worth(*BEDS, full={TOWN: [FEB_1]}) == {2, 3}


def test_it_stands_in_for_one_that_is_full_then_too() -> None:
    assert worth(*BEDS, full={TOWN: [FEB_1], NEXT: [FEB_1, FEB_2]}) == {2, 4}


def test_nobody_sleeps_away_near_home() -> None:
    points = [TravelPoint(HOME, "Hemma"), TravelPoint(2, "Ort 2")]
    near = table(points, [Edge(HOME, 2, 50_000, 80)], days=(FEB_1, FEB_3))
    assert worth_sleeping_in(near, [TOWN], {}) == set()


def test_nights_are_numbered_by_the_tours_days_and_the_last_one_is_at_home() -> None:
    full = {4: frozenset([FEB_2]), 2: frozenset([date(2027, 1, 31), FEB_1, FEB_2, FEB_3])}
    assert nights_in(full, FEB_1, 3) == [(2, 0), (2, 1), (4, 1)]
