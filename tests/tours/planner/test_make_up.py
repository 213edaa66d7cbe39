"""Make-up days: when visits that cannot be played as agreed could be played instead, beside all the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tests.tours.planner.conftest import Document, document, wish
from tests.tours.planner.problems import documents
from tours.planner import (
    Clash,
    Hindrance,
    MakeUp,
    PlanError,
    Problem,
    Stop,
    arranged,
    best_make_up,
    check,
    clashes,
    make_up,
    solve,
)

MISSED = Stop(0, 600, "a")


def made_up(problem: Document, *kept: Stop, chosen: tuple[Stop, ...] = ()) -> MakeUp:
    """The other days of what was missed on the first day."""
    read = Problem.from_json(problem)
    (made,) = make_up(read, kept, [MISSED], range(1, len(read.days)), chosen)
    return made


def days(made: MakeUp) -> list[int]:
    return [other.day for other in made.days]


def week(*wishes: Document, **more: Any) -> Document:
    """Five days; the missed one may be played in the north on each of them."""
    return document(5, wish("a", "north", *([day, 600, 900] for day in range(5))), *wishes, **more)


def test_each_of_its_other_days_is_priced_against_the_tour_without_it() -> None:
    (other,) = made_up(document(2, wish("a", "north", [0, 600, 600], [1, 600, 600]))).days
    told = other.detour
    assert (other.day, other.start_min) == (1, 600)
    assert (told.minutes, told.km, told.nights, told.costs, told.gain) == (120, 200, 0, 2000, 9_000)


def test_of_equally_dear_days_the_nearest_comes_first() -> None:
    assert days(made_up(week())) == [1, 2, 3, 4]


def test_a_day_on_which_somebody_near_is_played_costs_less() -> None:
    assert days(made_up(week(wish("b", "north", [3, 600, 600])), Stop(3, 600, "b")))[0] == 3


def test_only_the_days_that_are_asked_for_count() -> None:
    read = Problem.from_json(week())
    (made,) = make_up(read, [], [MISSED], [2, 4])
    assert days(made) == [2, 4]


def test_no_other_visit_is_moved() -> None:
    kept = Stop(1, 600, "b")
    made = made_up(week(wish("b", "south", [1, 500, 900], [4, 600, 600])), kept)
    assert {kept in other.detour.plan.stops for other in made.days} == {True}


def test_a_day_that_would_break_a_rule_is_no_other_day() -> None:
    rules = {"performances_per_day": 1}
    problem = document(
        3,
        wish("a", "north", [0, 600, 600], [1, 600, 900], [2, 600, 900]),
        wish("b", "north", [1, 600, 600]),
        rules=rules,
    )
    made = made_up(problem, Stop(1, 600, "b"))
    assert made.hindered is not None
    assert made.hindered.breach is not None
    assert (days(made), made.hindered.day, made.hindered.breach.rule) == ([2], 1, "performances_per_day")


def test_the_night_before_a_full_house_is_not_slept_there() -> None:
    """The get-in begins as early as they may leave: they must have slept there."""
    early = wish("a", "north", [0, 600, 600], [1, 420, 420])
    problem = document(2, early, rules={"day_open_min": 360})
    full = {**problem, "no_beds": [["north", 0]]}
    assert (days(made_up(problem)), days(made_up(full))) == ([1], [])


def test_without_another_day_there_is_nothing_in_the_way_either() -> None:
    assert made_up(document(2, wish("a", "north", [0, 600, 600]))) == MakeUp("a", (), None)


def test_what_was_chosen_for_another_takes_its_day() -> None:
    both = week(wish("b", "south", *([day, 600, 900] for day in range(5))), rules={"performances_per_day": 1})
    read = Problem.from_json(both)
    missed = [MISSED, Stop(0, 900, "b")]
    one, other = make_up(read, [], missed, range(1, 5), [Stop(1, 700, "a")])
    assert (days(one), days(other)) == ([1, 2, 3, 4], [2, 3, 4])


def test_a_chosen_minute_is_kept() -> None:
    made = made_up(week(), chosen=(Stop(2, 777, "a"),))
    assert {other.day: other.start_min for other in made.days}[2] == 777


def test_who_has_fewest_days_chooses_first() -> None:
    problem = week(wish("b", "north", [0, 600, 900], [1, 600, 900]), rules={"performances_per_day": 1})
    chosen = best_make_up(Problem.from_json(problem), [], [MISSED, Stop(0, 800, "b")], range(1, 5))
    assert [(stop.candidate, stop.day) for stop in chosen] == [("b", 1), ("a", 2)]


def test_who_has_no_day_is_not_among_the_best() -> None:
    problem = week(wish("b", "north", [0, 600, 900]))
    chosen = best_make_up(Problem.from_json(problem), [], [MISSED, Stop(0, 800, "b")], range(1, 5))
    assert [stop.candidate for stop in chosen] == ["a"]


def test_of_two_that_clash_the_later_is_named() -> None:
    problem = Problem.from_json(week(wish("b", "south", [1, 600, 900])))
    first, second = Stop(1, 600, "a"), Stop(1, 650, "b")
    fitting, (clash,) = clashes(problem, [], [first, second])
    assert clash.breach is not None
    assert (fitting, clash.stop, clash.breach.rule) == ((first,), second, "overlap")


def test_a_choice_outside_its_windows_clashes_with_them() -> None:
    outside = Stop(1, 300, "a")
    assert clashes(Problem.from_json(week()), [], [outside]) == ((), (Clash(outside, None),))


def test_a_visit_that_the_problem_does_not_have_is_named() -> None:
    with pytest.raises(PlanError, match="x is not a candidate"):
        make_up(Problem.from_json(week()), [], [Stop(0, 600, "x")], range(5))


def test_nothing_is_made_up_for_on_a_day_without_work() -> None:
    problem = week()
    problem["days"][1]["kind"] = "no_work"
    assert days(made_up(problem)) == [2, 3, 4]


def test_beside_stops_that_break_a_rule_what_breaks_nothing_further_is_legal() -> None:
    problem = week(wish("b", "north", [2, 600, 600]), rules={"drive_max_min": 50})
    made = made_up(problem, Stop(2, 600, "b"))
    assert (days(made), isinstance(made.hindered, Hindrance)) == ([2], True)


@settings(max_examples=25, deadline=None)
@given(documents(fixed=False))
def test_every_other_day_is_legal_and_the_best_are_legal_together(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    stops = solve(read, seconds=0).stops
    missed = [stop for stop in stops if stop.day == stops[0].day] if stops else []
    kept = [stop for stop in stops if stop not in missed]
    others = [day for day in range(len(read.days)) if not missed or day != missed[0].day]
    plain = replace(read, baseline=())
    for made in make_up(read, kept, missed, others):
        assert [check(plain, other.detour.plan) for other in made.days] == [[]] * len(made.days)
    best = best_make_up(read, kept, missed, others)
    assert (clashes(read, kept, best), arranged(plain, [*kept, *best]).breaches) == ((best, ()), ())
