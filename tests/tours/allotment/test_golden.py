"""Small allotments computed by hand."""

from __future__ import annotations

from tests.tours.allotment.problems import problem, production, site, unit
from tours.allotment import Problem, account, solve


def joined() -> Problem:
    """Two villages of 12 and 20 pupils; the room in the east is the only one that fits."""
    return problem(
        [unit("e", "east", 20), unit("t", "town", 12, adults=2)],
        [production("p")],
        [site("hall", "east", "p")],
    )


def test_a_small_school_joins_its_neighbour_by_bus() -> None:
    """1000 for the show, 200 for the ensemble's 20 km, 100 + 20 for the bus."""
    plan = solve(joined(), seconds=5)
    assert [(one.unit, one.how, one.shows) for one in plan.assignments] == [
        ("e", "own", (1,)),
        ("t", "bus", (1,)),
    ]
    assert (plan.reached, plan.cost, plan.cost_bound, plan.status) == (32, 1320, 1320, "optimal")


def test_the_lines_say_what_it_costs() -> None:
    problem_ = joined()
    lines = account(problem_, solve(problem_, seconds=5))
    assert [(line.kind, line.count, line.price, line.amount) for line in lines] == [
        ("fee", 1, 1000, 1000), ("travel", 20, 10, 200), ("bus", 1, 120, 120),
    ]  # fmt: skip


def test_a_show_has_its_guests_and_the_ride_its_school() -> None:
    plan = solve(joined(), seconds=5)
    [show], [ride] = plan.shows, plan.rides
    assert (show.seats, show.capacity, show.classes) == (34, 60, (("e", 0), ("t", 0)))
    assert (ride.school, ride.seats, ride.buses, ride.km) == ("school town", 14, 1, 20)


def test_a_whole_grade_may_need_two_shows() -> None:
    """Three classes of 25 do not go into one show of 60: two go, the third sees the second one, on the same day."""
    one = problem([unit("t", "town", 25, 25, 25)], [production("p")], [site("hall", "town", "p")])
    plan = solve(one, seconds=5)
    assert [(show.number, show.day, show.seats) for show in plan.shows] == [(1, 1, 50), (2, 1, 25)]
    assert plan.cost == 1400


def test_classes_that_do_not_share_need_a_show_each() -> None:
    """Three classes of 40: 120 seats would be two shows of 60, but no two classes go into one."""
    one = problem([unit("t", "town", 40, 40, 40)], [production("p")], [site("hall", "town", "p")])
    plan = solve(one, seconds=5)
    assert (len(plan.shows), plan.shows[-1].day, plan.cost) == (3, 2, 2400)


def test_nobody_gets_what_they_had_before() -> None:
    one = problem(
        [unit("t", "town", 20, had=["cheap"])],
        [production("cheap", fee=500), production("dear")],
        [site("hall", "town", "cheap", "dear")],
    )
    assert [given.production for given in solve(one, seconds=5).assignments] == ["dear"]


def test_a_far_day_costs_a_night() -> None:
    rules = {"day_trip_max_min": 15, "per_night": 700, "bus_max_km": 0}
    one = problem([unit("w", "west", 20)], [production("p")], [site("hall", "west", "p")], rules=rules)
    assert solve(one, seconds=5).cost == 1000 + 400 + 700


def test_more_pupils_come_before_less_cost() -> None:
    """One show is left: the 30 in the west, at 40 km for the ensemble, and not the 20 in town."""
    one = problem(
        [unit("t", "town", 20), unit("w", "west", 30)],
        [production("p", shows_max=1)],
        [site("th", "town", "p"), site("wh", "west", "p")],
        rules={"bus_max_km": 0},
    )
    plan = solve(one, seconds=5)
    assert [given.unit for given in plan.assignments] == ["w"]
    assert (plan.reached, plan.reached_bound, plan.cost, plan.status) == (30, 30, 1400, "optimal")


def test_a_room_that_nobody_knows_counts_only_where_the_rules_say_so() -> None:
    hall = site("hall", "town", unknown={"p": ["height"]})
    parts = ([unit("t", "town", 20)], [production("p")], [hall])
    assert solve(problem(*parts), seconds=5).assignments == ()
    [given] = solve(problem(*parts, rules={"unknown_fits": True}), seconds=5).assignments
    assert given.unknown == ("height",)


def test_without_units_there_is_nothing_to_do() -> None:
    plan = solve(problem([], [], []), seconds=5)
    assert (plan.pupils, plan.reached, plan.cost, plan.status) == (0, 0, 0, "optimal")


def test_grades_share_a_day_only_where_they_have_a_week_in_common() -> None:
    """Three classes that one show would hold: 1000 for each of two days, since nobody shares a week with all."""
    one = problem(
        [
            unit("u", "town", 10, weeks=["8"]),
            unit("v", "town", 10, weeks=["8", "9"]),
            unit("w", "town", 10, weeks=["9"]),
        ],
        [production("p")],
        [site("hall", "town", "p")],
    )
    plan = solve(one, seconds=5)
    assert (plan.status, plan.cost, len(plan.shows)) == ("optimal", 2000, 2)
    days = [{unit for unit, _ in show.classes} for show in plan.shows]
    assert {"u", "w"} not in days
    assert sorted(show.day for show in plan.shows) == [1, 2]
