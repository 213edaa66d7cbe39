"""The lines of the objective."""

from __future__ import annotations

from typing import Any

from tours.planner import Account, Plan, Problem, account


def test_every_line_of_a_tour(two_places: dict[str, Any]) -> None:
    two_places["baseline"] = [{"candidate": "n", "day": 0}, {"candidate": "s", "day": 1}]
    stops = [{"candidate": "n", "day": 0, "start_min": 600}, {"candidate": "s", "day": 2, "start_min": 600}]
    plan = Plan.from_json({"stops": stops, "nights": ["north", "north", "home"]})
    assert account(Problem.from_json(two_places), plan) == Account(
        value=20_000, municipalities=("m1", "m2"), bonus=2000, km=400, km_cost=4000, nights_away=2, night_cost=1000,
        changes=1, change_cost=300, objective=16_700,
    )  # fmt: skip


def test_a_stop_with_a_price_of_its_own_costs_that_when_it_moves(two_places: dict[str, Any]) -> None:
    two_places["baseline"] = [{"candidate": "n", "day": 1, "price": 900}, {"candidate": "s", "day": 1}]
    stops = [{"candidate": "n", "day": 0, "start_min": 600}, {"candidate": "s", "day": 2, "start_min": 600}]
    plan = Plan.from_json({"stops": stops, "nights": ["north", "north", "home"]})
    found = account(Problem.from_json(two_places), plan)
    assert (found.changes, found.change_cost) == (2, 1200)
