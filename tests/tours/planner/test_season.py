"""Tours of one season: hosts' visits apart, neighbours in different weeks, every municipality by somebody."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from tests.tours.planner.conftest import Document, document, wish
from tours.planner import Manners, Problem, SeasonPlan, Touring, check, evaluate, instance, plan_season

HOSTS = {"n": "north-host", "s": "south-host", "n2": "north-host"}


def touring(key: str, problem: Document) -> Touring:
    read = Problem.from_json(problem)
    return Touring(key, read, {one.id: HOSTS.get(one.id, one.id) for one in read.candidates})


def planned(tours: list[Touring], **manners: object) -> SeasonPlan:
    return plan_season(tours, Manners(**manners), seconds=1)  # type: ignore[arg-type]


def days(season: SeasonPlan, key: str) -> dict[str, int]:
    return {stop.candidate: stop.day for stop in season.plans[key].stops}


def test_one_tour_alone_is_planned_as_ever(two_places: Document) -> None:
    season = planned([touring("a", two_places)])
    assert days(season, "a") == {"n": 0, "s": 2}
    assert season.total == season.plans["a"].objective


def test_two_tours_do_not_meet_at_a_host() -> None:
    tours = [touring(key, document(3, wish("n", "north", [0, 600, 900], [2, 600, 900]))) for key in "ab"]
    season = planned(tours, apart_days=1)
    assert sorted([days(season, "a")["n"], days(season, "b")["n"]]) == [0, 2]


def test_a_hosts_visits_lie_apart() -> None:
    tours = [
        touring(key, document(9, wish("n", "north", [0, 600, 900], [3, 600, 900], [8, 600, 900])))
        for key in "ab"
    ]
    season = planned(tours, apart_days=7)
    assert abs(days(season, "a")["n"] - days(season, "b")["n"]) == 8


def test_where_there_is_no_room_the_tighter_tour_goes_first() -> None:
    tight = document(1, wish("n", "north", [0, 600, 900]))
    roomy = document(2, wish("n", "north", [0, 600, 900]), wish("s", "south", [1, 600, 900]), first=1)
    roomy["candidates"] = roomy["candidates"][:1]
    season = planned([touring("roomy", roomy), touring("tight", tight)], apart_days=1)
    assert (days(season, "tight"), days(season, "roomy")) == ({"n": 0}, {})
    assert season.barred == {"tight": {}, "roomy": {"n": (0,)}}


def test_dates_are_compared_not_day_numbers() -> None:
    tours = [
        touring("a", document(3, wish("n", "north", [2, 600, 900]))),
        touring("b", document(3, wish("n", "north", [0, 600, 900]), first=3)),
    ]
    assert sum(len(plan.stops) for plan in planned(tours, apart_days=1).plans.values()) == 1


def test_tours_that_are_not_planned_here_keep_their_days() -> None:
    tour = touring("a", document(9, wish("n", "north", [0, 600, 900], [8, 600, 900])))
    season = planned([tour], apart_days=5, elsewhere={"north-host": [dt.date(2027, 2, 3)]})
    assert (days(season, "a"), season.barred) == ({"n": 8}, {"a": {"n": (0,)}})


def test_improving_lets_the_dearer_wish_have_the_day() -> None:
    cheap = document(1, wish("n", "north", [0, 600, 900], value=5_000))
    dear = document(2, wish("n", "north", [0, 600, 900], value=30_000))
    season = planned([touring("cheap", cheap), touring("dear", dear)], apart_days=3)
    assert (days(season, "cheap"), days(season, "dear")) == ({}, {"n": 0})
    assert season.total > season.in_turn


def test_neighbours_do_not_have_the_tour_in_one_week() -> None:
    fortnight = document(
        14, wish("n", "north", [0, 600, 900]), wish("s", "south", [1, 600, 900], [8, 600, 900])
    )
    pair = frozenset({frozenset({"north-host", "south-host"})})
    season = planned([touring("a", fortnight)], neighbours=pair)
    assert days(season, "a") == {"n": 0, "s": 8}


def test_of_two_neighbours_with_one_week_the_lesser_is_left_out() -> None:
    week = document(
        7, wish("n", "north", [0, 600, 900]), wish("s", "south", [1, 600, 900], [2, 600, 900], value=9_000)
    )
    pair = frozenset({frozenset({"north-host", "south-host"})})
    assert days(planned([touring("a", week)], neighbours=pair), "a") == {"n": 0}


def test_what_is_fixed_is_played_whatever_the_others_do() -> None:
    agreed = [{"candidate": "n", "day": 0, "start_min": 600}]
    tours = [touring(key, document(1, wish("n", "north", [0, 600, 900]), fixed=agreed)) for key in "ab"]
    season = planned(tours, apart_days=7)
    assert (days(season, "a"), days(season, "b")) == ({"n": 0}, {"n": 0})


def test_a_municipality_that_nobody_reaches_is_worth_a_detour_to_the_region() -> None:
    poor = document(1, wish("n", "north", [0, 600, 900], value=500))
    assert days(planned([touring("a", poor)], reach=0), "a") == {}
    assert days(planned([touring("a", poor)], reach=5_000), "a") == {"n": 0}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_plan_is_legal_and_the_sum_never_sinks(seed: int) -> None:
    tours = [
        Touring(str(i), problem, {one.id: f"h{n % 9}" for n, one in enumerate(problem.candidates)})
        for i, problem in enumerate(instance(12, 14, seed=seed + 10 * i) for i in range(3))
    ]
    season = planned(tours, apart_days=5)
    plans = [(tour, season.plans[tour.key]) for tour in tours]
    assert [check(tour.problem, plan) for tour, plan in plans] == [[], [], []]
    assert [plan.objective for _, plan in plans] == [evaluate(tour.problem, plan) for tour, plan in plans]
    assert season.total >= season.in_turn
    visits = [
        (tour.hosts[s.candidate], tour.problem.days[s.day].date, tour.key)
        for tour, p in plans
        for s in p.stops
    ]
    near = [
        (one, other)
        for one, other in itertools.combinations(visits, 2)
        if one[0] == other[0] and one[2] != other[2] and abs((one[1] - other[1]).days) < 5
    ]
    assert near == []


def test_a_plan_answers_its_own_problem(two_places: Document) -> None:
    season = planned([touring("a", two_places)], reach=9_000)
    plan = season.plans["a"]
    assert plan.objective == evaluate(Problem.from_json(two_places), plan)
    assert (plan.bound, plan.proven) == (None, False)
    assert replace(plan, bound=None) == plan
