"""The drawn region: where things land, what is a link, and that the words do not collide."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from turne.web import maps
from turne.web.geometry import is_inside
from turne.web.map_labels import touches
from turne.web.maps import Leg, Shade, Stop, area_map, frame_of, ground, route_map, scale

ÖSTERSUND, ÅRE, STRÖMSUND = (63.1792, 14.63566), (63.39911, 13.07995), (63.85206, 15.55583)
TRONDHEIM = (63.4305, 10.3951)
#: A tour with its stops close together round Storsjön and far apart elsewhere.
TOUR = [
    Stop("Östersund", *ÖSTERSUND, "home"),
    Stop("Krokom", 63.32589, 14.44883, "confirmed", 1),
    Stop("Åre", *ÅRE, "offered", 2),
    Stop("Järpen", 63.3462, 13.46572, "held", 3),
    Stop("Strömsund", *STRÖMSUND, "confirmed", 4),
    Stop("Brunflo", 63.07586, 14.83203, "confirmed", 5),
]


def test_the_eight_municipalities_are_the_regions_own():
    own = sorted(area.code for area in maps.areas() if not area.is_beyond)
    assert own == ["2303", "2305", "2309", "2313", "2321", "2326", "2361", "2380"]


def test_north_is_up_and_east_is_right():
    frame = frame_of()
    here, north_east = frame.at(63.0, 14.0), frame.at(63.5, 14.5)
    assert north_east[0] > here[0]
    assert north_east[1] < here[1]


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    frame = frame_of()
    (x, y), (east, _y), (_x, south) = frame.at(63, 14), frame.at(63, 15), frame.at(62, 14)
    assert (east - x) / (south - y) == pytest.approx(0.451, abs=0.003)  # cos 63.2°


def test_the_frame_shows_the_whole_region():
    frame = frame_of()
    points = [frame.at(lat, lon) for a in maps.areas() if not a.is_beyond for r in a.rings for lon, lat in r]
    assert all(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in points)


def test_the_frame_grows_to_a_stop_beyond_the_region():
    x, y = frame_of([TRONDHEIM]).at(*TRONDHEIM)
    assert x == 10
    assert 0 < y < frame_of([TRONDHEIM]).height


def test_each_name_stands_in_its_municipality():
    frame = frame_of()
    own = {a.code: [frame.ring(ring) for ring in a.rings] for a in maps.areas() if not a.is_beyond}
    assert all(is_inside(ground(frame).middles[code], rings) for code, rings in own.items())


def test_storsjön_is_water():
    assert len(ground(frame_of()).waters) == 1


def test_path_data_have_one_decimal_at_the_most():
    paths = "".join(ground(frame_of()).paths.values())
    assert not re.search(r"\.\d\d", paths)


def test_the_ground_is_drawn_once():
    assert ground(frame_of()) is ground(frame_of())


def test_a_route_has_a_dot_for_each_stop_and_a_line_for_each_leg():
    drawn = route_map(TOUR, [[(a.lat, a.lon), (b.lat, b.lon)] for a, b in pairwise(TOUR)])
    assert (len(drawn["stops"]), len(drawn["legs"])) == (6, 5)


def test_plain_tuples_are_stops_too():
    drawn = route_map([("Åre", *ÅRE, "held")], [])
    assert [(stop["name"], stop["state"]) for stop in drawn["stops"]] == [("Åre", "held")]


def test_a_place_visited_twice_has_one_dot_in_the_least_settled_state():
    drawn = route_map([Stop("Åre", *ÅRE, "confirmed", 1), Stop("Åre", *ÅRE, "offered", 4)], [])
    assert [(stop["state"], stop["number"]) for stop in drawn["stops"]] == [("offered", 1)]


def test_the_way_home_is_marked():
    drawn = route_map([], [Leg([ÅRE, ÖSTERSUND], is_home=True), [ÖSTERSUND, STRÖMSUND]])
    assert [leg["home"] for leg in drawn["legs"]] == [True, False]


def test_every_stop_of_a_tour_is_named_without_collisions():
    drawn = route_map(TOUR, [])
    assert sorted(label["text"] for label in drawn["labels"]) == sorted(stop.label for stop in TOUR)


def test_names_of_municipalities_and_places_do_not_collide():
    shades = {code: Shade(value="12") for code in ground(frame_of()).paths}
    frame, dots = frame_of(), maps._dots(frame_of(), TOUR)
    names = maps._area_names(frame, shades, None, [maps._room_of(dot) for dot in dots])
    boxes = [label.box for label in names]
    assert len(names) == 8
    assert not any(touches(a, b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_municipality_with_an_address_is_a_link():
    html = render_to_string(
        "maps/area_map.html",
        {"map": area_map({"2309": Shade(url="/kalender/?kommun=krokom")}, title="Karta")},
    )
    assert html.count("<a ") == 1
    assert '<a href="/kalender/?kommun=krokom" aria-label="Krokom">' in html


def test_neighbours_can_be_left_out():
    with_them, without = area_map({}, title=""), area_map({}, title="", has_beyond=False)
    assert len(without["municipalities"]) == 8
    assert len(with_them["municipalities"]) > 12


def test_a_road_out_of_the_region_is_cut_at_the_edge():
    drawn = area_map({}, title="", roads=[[ÖSTERSUND, TRONDHEIM]])
    numbers = [float(n) for n in re.findall(r"[\d.]+", drawn["roads"][0]["d"])]
    assert min(numbers) == 0


def test_the_map_needs_no_style_and_no_script():
    html = render_to_string("maps/route_map.html", {"map": route_map(TOUR, [])})
    assert not re.search(r"style=|<script|onclick", html)


def test_numbers_are_written_for_svg_in_swedish_too():
    html = render_to_string("maps/route_map.html", {"map": route_map(TOUR, [])})
    assert not re.search(r'c[xy]="\d+,', html)


def test_a_scale_goes_in_equal_steps_to_the_highest():
    levels, steps = scale({"a": 0, "b": 1, "c": 8, "d": 16})
    assert levels == {"a": 0, "b": 1, "c": 2, "d": 4}
    assert [step["label"] for step in steps] == ["0", "1–4", "5–8", "9–12", "13–16"]


def test_a_scale_of_few_has_few_steps():
    levels, steps = scale({"a": 0, "b": 2})
    assert (levels, [step["label"] for step in steps]) == ({"a": 0, "b": 2}, ["0", "1", "2"])


def test_a_scale_of_nothing_has_one_step():
    assert scale({"a": 0}) == ({"a": 0}, [{"level": 0, "label": "0"}])


def test_a_scale_of_rates_counts_in_tenths():
    with translation.override("sv"):
        _levels, steps = scale({"a": 0.0, "b": 0.8}, decimals=1)
    assert [step["label"] for step in steps] == ["0", "0,1–0,2", "0,3–0,4", "0,5–0,6", "0,7–0,8"]


def test_little_is_not_drawn_as_nothing():
    levels, _steps = scale({"a": 0.03, "b": 1.6, "c": 0}, decimals=1)
    assert (levels["a"], levels["c"]) == (1, 0)
