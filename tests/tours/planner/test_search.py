"""Openings: what is kept stays, what comes is legal and better, and the same numbers give the same search."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.tours.planner.runs import Run
from tours.planner.beam import Sweep
from tours.planner.duals import plain_prices
from tours.planner.flow import NEVER, Stretch
from tours.planner.search import Search, rested_until
from tours.planner.settle import Route, duty_starts, worth, worth_of


@pytest.fixture(scope="module", params=range(3))
def run(request: pytest.FixtureRequest) -> Run:
    run = Run(20, 16, request.param)
    run.pursuit()
    return run


def search_for(run: Run, seed: int = 1) -> Search:
    pursuit = run.pursuit()
    return Search(pursuit.ground, pursuit.prices(), np.random.default_rng(seed))


def test_each_better_route_is_legal_and_worth_more(run: Run) -> None:
    found: list[Route] = []
    search_for(run).run(run.first, 40, lambda: False, found.append)
    worths = [worth(run.table, route) for route in [run.first, *found]]
    assert all(duty_starts(run.table, route) is not None for route in found)
    assert worths == sorted(set(worths))
    assert len(worths) > 1


def test_the_same_numbers_give_the_same_search(run: Run) -> None:
    found = [search_for(run, 7).run(run.first, 15, lambda: False, lambda route: None) for _ in range(2)]
    assert found[0] == found[1]


def test_who_asks_to_stop_gets_the_route_back(run: Run) -> None:
    assert search_for(run).run(run.first, 40, lambda: True, lambda route: None) == run.first


def test_days_that_are_not_opened_play_what_they_did(run: Run) -> None:
    search, days = search_for(run), set(range(run.table.days))
    windows = [frozenset(range(first, first + 8)) for first in range(run.table.days - 7)]
    found = {opened: search.reopened(run.first, opened, lambda: False) for opened in windows}
    better = {opened: route for opened, route in found.items() if route is not None}
    assert better
    for opened, route in better.items():
        assert all(route[day].block == run.first[day].block for day in days - opened)


def test_openings_lie_within_the_window(run: Run) -> None:
    search = search_for(run)
    for _ in range(200):
        opened = search.opening(run.first)
        assert opened
        assert opened <= set(range(run.table.days))


def only(search: Search, route: Route, days: range) -> Stretch:
    """Days on which nothing may be played but what the route plays."""
    ways = []
    for day in days:
        block, way = route[day].block, search.plain[day]
        own = np.full(len(way.own), NEVER)
        if block is not None:
            kept = search.by_block[day][block]
            own[kept] = way.own[kept]
        ways.append(way._replace(own=own))
    begin, end = (search.number[place] for place in (route[days.start].origin, route[-1].goal))
    return Stretch(days, ways, search.flow.beds_only(begin), search.flow.beds_only(end))


def test_from_any_evening_on_the_rest_of_a_route_is_found_again(run: Run) -> None:
    """The state of rest in which a route goes to bed is not stricter than the route itself."""
    search, route = search_for(run), run.first
    prices = plain_prices(run.table)
    for day in range(1, run.table.days):
        begun = rested_until(run.table, route, day, search.ground.begun())
        begun = replace(begun, worth=np.zeros(1), bed=np.array([search.number[route[day].origin]]))
        stretch = only(search, route, range(day, run.table.days))
        swept = Sweep(search.ground, stretch, prices, begun, 30, -1e9).run(lambda: False)
        assert swept is not None
        assert swept.ends.worth.max() >= worth_of(run.table, route[day:], frozenset(), day) - 1e-6
