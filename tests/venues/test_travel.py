"""The road graph: fastest ways, closures, overrides, legs of venues, and places that no road reaches."""

from datetime import date
from decimal import Decimal
from math import ceil

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.world import World
from venues.errors import BadOverride, NoRoad
from venues.loading import load_region
from venues.models import Place, Road, TravelOverride, Venue
from venues.reach import roadless
from venues.travel import (
    Edge,
    Graph,
    Leg,
    Override,
    TravelPoint,
    clear_override,
    leg,
    own_metres,
    point,
    set_override,
    table,
    travel_table,
)

WINTER, SUMMER = date(2027, 2, 1), date(2027, 7, 1)
DAYS = (SUMMER, SUMMER)
HERE, THERE, BEYOND = (TravelPoint(number, name) for number, name in enumerate(["Här", "Där", "Bortom"]))


def drive(edges: list[Edge], start: TravelPoint = HERE, end: TravelPoint = BEYOND, **options) -> Leg:
    found = table([start, end], edges, **{"days": DAYS, **options})
    return Leg(found.drive_min[0][1], found.drive_km[0][1])


# -- The pure part ---------------------------------------


def test_a_way_goes_over_the_fastest_roads_not_the_shortest():
    edges = [Edge(0, 2, 60_000, 40), Edge(0, 1, 40_000, 80), Edge(1, 2, 40_000, 80)]
    assert drive(edges) == Leg(60, 80.0)


def test_of_two_equally_fast_ways_the_shorter_is_taken():
    edges = [Edge(0, 2, 80_000, 80), Edge(0, 1, 30_000, 60), Edge(1, 2, 30_000, 60)]
    assert drive(edges) == Leg(60, 60.0)


def test_minutes_are_rounded_up():
    assert drive([Edge(0, 2, 20_100, 75)]) == Leg(17, 20.1)


def test_a_whole_number_of_minutes_stays_whole_over_odd_parts():
    edges = [Edge(0, 1, 1000, 90), Edge(1, 2, 2000, 90)]  # 2/3 + 4/3 minutes
    assert drive(edges) == Leg(2, 3.0)


@pytest.mark.parametrize("factor", [1.21, 1.1 * 1.1, Decimal("1.10") * Decimal("1.10")])
def test_the_factor_is_exact_in_whichever_number_it_comes(factor):
    assert drive([Edge(0, 2, 100_000, 60)], factor=factor) == Leg(121, 100.0)


@pytest.mark.parametrize("factor", [0, -1, Decimal(0)])
def test_a_factor_must_be_above_nought(factor):
    with pytest.raises(ValueError, match="above 0"):
        drive([Edge(0, 2, 100_000, 60)], factor=factor)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 10, 14), False),
        (date(2026, 10, 15), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 6, 6), True),
        (date(2027, 6, 7), False),
    ],
)
def test_a_closure_runs_over_new_year_with_both_days_included(day, closed):
    assert Edge(0, 1, 1, 50, "10-15", "06-06").is_closed(day) is closed


@pytest.mark.parametrize(("day", "closed"), [(date(2027, 4, 30), False), (date(2027, 5, 1), True)])
def test_a_closure_within_the_year(day, closed):
    assert Edge(0, 1, 1, 50, "05-01", "05-31").is_closed(day) is closed


def test_a_closed_road_is_driven_round():
    edges = [Edge(0, 2, 10_000, 60, "10-15", "06-06"), Edge(0, 1, 60_000, 60), Edge(1, 2, 60_000, 60)]
    assert [drive(edges, days=(day, day)) for day in (SUMMER, WINTER)] == [Leg(10, 10.0), Leg(120, 120.0)]


def test_a_road_that_closes_during_the_days_is_not_used():
    edges = [Edge(0, 2, 10_000, 60, "10-15", "06-06"), Edge(0, 1, 60_000, 60), Edge(1, 2, 60_000, 60)]
    assert drive(edges, days=(date(2027, 10, 1), date(2027, 10, 15))) == Leg(120, 120.0)


def test_an_override_wins_in_both_directions_and_takes_the_factor():
    found = table(
        [HERE, BEYOND],
        [Edge(0, 2, 60_000, 60)],
        days=DAYS,
        overrides={(0, 2): Override(90, 71.5)},
        factor=Decimal("1.10"),
    )
    assert (found.drive_min, found.drive_km) == ([[0, 99], [99, 0]], [[0.0, 71.5], [71.5, 0.0]])


def test_an_override_is_not_a_road_for_other_pairs():
    edges = [Edge(0, 1, 60_000, 60), Edge(1, 2, 60_000, 60)]
    assert drive(edges, overrides={(0, 1): Override(1, 1.0)}) == Leg(120, 120.0)


def test_an_override_joins_two_places_without_a_road():
    assert drive([], overrides={(0, 2): Override(45, 30.0)}) == Leg(45, 30.0)


def test_own_legs_are_added_at_both_ends():
    start, end = TravelPoint(0, "A", own_metres=5000), TravelPoint(2, "B", own_metres=2500)
    assert drive([Edge(0, 2, 60_000, 60)], start, end) == Leg(60 + 9, 67.5)


def test_nobody_drives_from_a_spot_to_itself_whatever_it_is_called():
    one, other = (TravelPoint(0, name, 5000, (63.0, 14.0)) for name in ["Salen", "Lilla salen"])
    assert drive([], one, other) == Leg(0, 0.0)


def test_a_place_without_a_road_is_named():
    with pytest.raises(NoRoad, match="No road reaches Bortom. Add the road") as caught:
        drive([Edge(0, 1, 1000, 60)])
    assert (caught.value.roadless, caught.value.start_id, caught.value.end_id) == (["Bortom"], 0, 2)


def test_two_parts_that_never_meet_are_named():
    edges = [Edge(0, 1, 1000, 60), Edge(2, 3, 1000, 60)]
    with pytest.raises(NoRoad, match="No road leads from Här to Bortom. Add the missing road"):
        drive(edges)


def test_a_place_behind_a_closed_road_says_which_road_is_closed():
    edges = [Edge(0, 2, 10_000, 60, "10-15", "06-06", name="Här–Bortom"), Edge(0, 1, 9, 60)]
    with pytest.raises(NoRoad, match="Här–Bortom is closed for the season. Choose other days"):
        drive(edges, days=(WINTER, WINTER))


roads = st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(100, 200_000), st.integers(5, 120)).map(
    lambda road: Edge(*road)
)
graphs = st.lists(roads, min_size=7, max_size=20).map(
    lambda some: [*some, *(Edge(n, n + 1, 50_000, 71) for n in range(7))]  # a chain: everything is joined
)
factors = st.decimals("1.00", "2.00", places=2)
points = st.lists(
    st.builds(TravelPoint, st.integers(0, 7), st.just("X"), st.sampled_from([0, 0, 1281, 7777])),
    min_size=3,
    max_size=8,
)


@settings(deadline=None)
@given(points, graphs, factors)
def test_a_table_is_symmetric_with_noughts_on_the_diagonal(some, edges, factor):
    found = table(some, edges, days=DAYS, factor=factor)
    for matrix in (found.drive_min, found.drive_km):
        assert matrix == [list(column) for column in zip(*matrix, strict=True)]
        assert {matrix[at][at] for at in range(len(some))} == {0}


@settings(deadline=None)
@given(points, graphs, factors)
def test_no_detour_is_faster_than_the_way(some, edges, factor):
    minutes = table(some, edges, days=DAYS, factor=factor).drive_min
    order = range(len(some))
    assert [
        (a, b, c)
        for a in order
        for b in order
        for c in order
        if minutes[a][b] + minutes[b][c] < minutes[a][c]
    ] == []


@settings(deadline=None)
@given(graphs)
def test_no_way_is_slower_than_a_road_between_the_two(edges):
    graph = Graph(edges)
    assert [e for e in edges if graph.ways(e.start)[e.end].time > graph.time(e.metres, e.kmh)] == []


# -- The database part ---------------------------------------


def test_a_drive_between_places_of_the_world(world: World):
    found = leg(world.places["Krokom"], world.places["Strömsund"], on=WINTER)
    assert found == Leg(ceil(20 / 75 * 60 + 103 / 84 * 60), 123.0)


def test_a_table_mixes_venues_and_places_in_the_order_given(world: World):
    some = [world.places["Åre"], world.venue, world.places["Krokom"]]
    found = travel_table(some, on=WINTER)
    assert [p.name for p in found.points] == ["Åre", f"{world.venue} ({world.venue.place})", "Krokom"]
    assert found.drive_min[0][2] == found.drive_min[2][0] == 60


def test_a_table_takes_two_queries_however_many_places(world: World, django_assert_num_queries):
    for some in (list(world.places.values())[:2], list(world.places.values())):
        with django_assert_num_queries(2):
            travel_table(some, on=WINTER)


def away(venue: Venue, north: float) -> Venue:
    venue.lat, venue.lon = venue.place.lat + north, venue.place.lon
    return venue


def test_a_venue_away_from_its_place_adds_its_own_leg(world: World):
    venue = away(world.venue, 0.05)
    straight = geodesic((venue.place.lat, venue.place.lon), (venue.lat, venue.lon)).km
    metres = ceil(straight * 1.28 * 1000)
    assert own_metres(venue) == metres
    assert leg(venue.place, venue, on=WINTER) == Leg(ceil(metres / 1000 / 50 * 60), round(metres / 1000, 1))


@pytest.mark.parametrize("north", [0, 0.008])
def test_a_venue_in_its_place_has_no_leg_of_its_own(world: World, north):
    assert own_metres(away(world.venue, north)) == 0


def test_a_venue_whose_position_nobody_knows_stands_in_its_place(world: World):
    assert point(world.venue) == point(world.venue.place)


def test_two_wishes_for_one_far_venue_are_the_same_spot(world: World):
    venue = away(world.venue, 0.05)
    assert leg(venue, venue, on=WINTER) == Leg(0, 0.0)


def test_an_override_is_noted_with_who_and_when_and_wins(world: World):
    krokom, are = world.places["Krokom"], world.places["Åre"]
    override = set_override(are, krokom, 75, 81.5, "roadworks at Mattmar", world.producer)
    assert (override.start, override.end, override.by, override.at is not None) == (
        krokom,
        are,
        world.producer,
        True,
    )
    assert leg(krokom, are, on=WINTER) == leg(are, krokom, on=WINTER) == Leg(75, 81.5)


def test_typing_a_pair_again_replaces_the_note(world: World):
    krokom, are = world.places["Krokom"], world.places["Åre"]
    set_override(krokom, are, 75, 81.5, "", world.producer)
    set_override(are, krokom, 70, Decimal("80.5"), "", world.neighbour)
    assert list(TravelOverride.objects.values_list("drive_min", "km", "by")) == [
        (70, 80.5, world.neighbour.pk)
    ]


def test_clearing_an_override_lets_the_graph_decide(world: World):
    krokom, are = world.places["Krokom"], world.places["Åre"]
    set_override(krokom, are, 75, 81.5, "", world.producer)
    assert [clear_override(are, krokom), clear_override(are, krokom)] == [True, False]
    assert leg(krokom, are, on=WINTER) == Leg(60, 80.0)


@pytest.mark.parametrize(
    ("minutes", "km", "reason", "says"),
    [
        (0, 80, "", "minutes as a whole number from 1 to 1440"),
        (1441, 80, "", "minutes as a whole number from 1 to 1440"),
        (60, 0, "", "km, from 0.1 to 2000"),
        (60, float("nan"), "", "km, from 0.1 to 2000"),
        (60, 2001, "", "km, from 0.1 to 2000"),
        (6, 80, "", "80 km in 6 minutes is faster than 120 km/h"),
        (60, 80, "x" * 201, "at most 200 characters"),
    ],
)
def test_figures_that_can_not_be_right_are_refused_and_not_written(world: World, minutes, km, reason, says):
    with pytest.raises(BadOverride, match=says):
        set_override(world.places["Krokom"], world.places["Åre"], minutes, km, reason, world.producer)
    assert TravelOverride.objects.count() == 0


def test_an_override_needs_two_places(world: World):
    with pytest.raises(BadOverride, match="two different places"):
        set_override(world.places["Åre"], world.places["Åre"], 5, 5, "", world.producer)


def test_a_place_that_no_road_touches_is_known_and_named(world: World):
    island = make.PlaceFactory(name="Verkön", municipality=world.places["Krokom"].municipality)
    assert roadless() == {island.pk}
    with pytest.raises(NoRoad, match="No road reaches Verkön"):
        leg(world.places["Krokom"], island, on=WINTER)


@pytest.fixture
def region(db):
    return load_region().region


def between(start: str, end: str, on: date) -> Leg:
    return leg(Place.objects.get(name=start), Place.objects.get(name=end), on=on)


def test_all_pairs_of_the_real_places_in_two_queries(region, django_assert_num_queries):
    places = list(Place.objects.all())
    with django_assert_num_queries(2):
        found = travel_table(places, on=WINTER, factor=Decimal("1.10"))
    assert (len(found.drive_min), {len(row) for row in found.drive_km}) == (83, {83})


def test_the_road_over_stekenjokk_is_open_in_summer_only(region):
    found = [between("Stora Blåsjön", "Klimpfjäll", day) for day in (SUMMER, WINTER)]
    assert found == [Leg(60, 62.0), Leg(328, 422.0)]


def test_a_road_that_may_close_in_storms_stays_open(region):
    assert between("Ljungdalen", "Funäsdalen", WINTER) == Leg(47, 40.0)


def test_a_tour_may_cross_the_border(region):
    assert between("Östersund", "Trondheim", WINTER).km == 266.5


def test_an_isolated_region_beside_the_first_is_an_error_not_a_straight_line(region):
    far = make.RoadFactory(start__name="Visby", end__name="Hemse")
    with pytest.raises(NoRoad, match="No road leads from Krokom to Visby"):
        leg(Place.objects.get(name="Krokom"), far.start, on=WINTER)
    assert Road.objects.count() == 106
