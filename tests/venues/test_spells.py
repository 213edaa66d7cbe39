"""Drives of many days: cut where a road closes or opens, joined where that changes nothing."""

from datetime import date

import pytest

from venues.errors import NoRoad
from venues.loading import load_region
from venues.models import Place
from venues.spells import Spell, spells, travel_spells
from venues.travel import Edge, Override, TravelPoint, table

HERE, THERE, BEYOND = (TravelPoint(number, name) for number, name in enumerate(["Här", "Där", "Bortom"]))
#: The long way round is always open.
PASS = Edge(0, 2, 20_000, 60, "10-15", "06-06", name="Fjällvägen")
ROUND = [Edge(0, 1, 40_000, 60), Edge(1, 2, 40_000, 60)]


def found(*edges: Edge, days: tuple[date, date], **more) -> list[Spell]:
    return spells([HERE, THERE, BEYOND], edges, days=days, **more)


def told(some: list[Spell]) -> list[tuple[str, str, int]]:
    return [(f"{one.first:%m-%d}", f"{one.last:%m-%d}", one.table.drive_min[0][2]) for one in some]


def test_the_days_are_cut_where_a_road_closes():
    assert told(found(PASS, *ROUND, days=(date(2026, 10, 12), date(2026, 10, 18)))) == [
        ("10-12", "10-14", 20),
        ("10-15", "10-18", 80),
    ]


def test_the_days_are_cut_where_a_road_opens():
    assert told(found(PASS, *ROUND, days=(date(2027, 6, 6), date(2027, 6, 7)))) == [
        ("06-06", "06-06", 80),
        ("06-07", "06-07", 20),
    ]


def test_a_year_comes_back_to_the_open_road():
    some = found(PASS, *ROUND, days=(date(2026, 10, 14), date(2027, 6, 7)))
    assert [minutes for _first, _last, minutes in told(some)] == [20, 80, 20]


def test_days_within_one_season_are_one_spell_as_the_table_has_it():
    days = date(2027, 1, 1), date(2027, 3, 1)
    (only,) = found(PASS, *ROUND, days=days)
    assert (only.first, only.last, only.days) == (*days, 60)
    assert only.table == table([HERE, THERE, BEYOND], [PASS, *ROUND], days=days)


def test_a_road_that_nobody_takes_cuts_nothing():
    aside = Edge(0, 1, 90_000, 60, "10-15", "06-06")
    assert len(found(aside, *ROUND, days=(date(2026, 10, 12), date(2026, 10, 18)))) == 1


def test_a_correction_holds_whatever_is_closed():
    known = {(0, 2): Override(25, 30.0)}
    assert len(found(PASS, *ROUND, days=(date(2026, 10, 12), date(2026, 10, 18)), overrides=known)) == 1


def test_a_place_that_is_cut_off_keeps_the_drives_of_open_roads_and_says_why():
    edges = [PASS, Edge(0, 1, 40_000, 60)]
    before, after = found(*edges, days=(date(2026, 10, 12), date(2026, 10, 18)))
    assert (dict(before.cut_off), list(after.cut_off)) == ({}, [2])
    assert after.table == before.table
    assert "Fjällvägen is closed for the season" in str(after.cut_off[2])


@pytest.mark.parametrize("points", [[HERE, THERE, BEYOND], [HERE, BEYOND, THERE]])
def test_a_correction_from_the_first_alone_cuts_off_its_end_not_the_others(points: list[TravelPoint]):
    edges = [Edge(0, 1, 40_000, 60), Edge(1, 2, 20_000, 60, "10-15", "06-06")]
    days = date(2026, 10, 12), date(2026, 10, 18)
    some = spells(points, edges, days=days, overrides={(0, 2): Override(25, 30.0)})
    assert [list(one.cut_off) for one in some] == [[], [2]]


def test_a_place_that_is_cut_off_all_the_time_is_an_error():
    with pytest.raises(NoRoad, match="Fjällvägen is closed"):
        found(PASS, Edge(0, 1, 40_000, 60), days=(date(2027, 1, 1), date(2027, 3, 1)))


def test_a_place_without_any_road_is_an_error_on_open_days_too():
    with pytest.raises(NoRoad, match="No road reaches Bortom"):
        found(Edge(0, 1, 40_000, 60, "10-15", "06-06"), days=(date(2026, 10, 12), date(2026, 10, 18)))


def test_the_others_drive_on_the_roads_of_the_day():
    other = TravelPoint(3, "Annorstädes")
    edges = [PASS, Edge(0, 1, 40_000, 60), Edge(0, 3, 10_000, 60, "10-15", "06-06"), Edge(1, 3, 90_000, 60)]
    days = date(2026, 10, 14), date(2026, 10, 15)
    before, after = spells([HERE, THERE, BEYOND, other], edges, days=days)
    assert [one.table.drive_min[0][3] for one in (before, after)] == [10, 130]
    assert [one.table.drive_min[2][3] for one in (before, after)] == [30, 30]


@pytest.mark.django_db
def test_the_road_over_stekenjokk_opens_on_7_june_and_closes_on_15_october(django_assert_num_queries):
    load_region()
    places = [Place.objects.get(name=name) for name in ["Östersund", "Stora Blåsjön", "Klimpfjäll"]]
    with django_assert_num_queries(2):
        some = travel_spells(places, on=date(2027, 6, 1), until=date(2027, 10, 20))
    assert [(one.first, one.last, one.table.drive_km[1][2]) for one in some] == [
        (date(2027, 6, 1), date(2027, 6, 6), 422.0),
        (date(2027, 6, 7), date(2027, 10, 14), 62.0),
        (date(2027, 10, 15), date(2027, 10, 20), 422.0),
    ]
    assert [dict(one.cut_off) for one in some] == [{}, {}, {}]
