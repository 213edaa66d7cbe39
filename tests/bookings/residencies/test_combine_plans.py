"""Days out to schools, from plain values: in time, never twice, and the best first."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bookings.residencies.combine_plans import (
    BACK_BY,
    BASE,
    LEAVES_FROM,
    SESSIONS_MAX,
    Class,
    DayPlan,
    Ground,
    NearSchool,
    Offer,
    Session,
    earliest,
    order,
    proposals,
)
from tests.bookings.residencies.fit_options import LOADED

MONDAY, TUESDAY = date(2027, 5, 3), date(2027, 5, 4)
WORKSHOP = Offer("workshop", "Workshop", 60, 15, 15)
SHOW = Offer("p1", "Trumman", 45, 75, 45, most=60, between_min=30, production=1)
MORNING = ((540, 780),)


def klass(number: int, pupils: int = 20, *, offer: Offer = WORKSHOP, **more: tuple) -> Class:
    windows, days = more.get("windows", MORNING), more.get("days", (MONDAY,))
    known = {(offer.key, day): windows for day in days}
    return Class(number, f"{number}A", "4", pupils, pupils + 2, known)


def school(number: int, *classes: Class) -> NearSchool:
    return NearSchool(number, f"Skola {number}", classes)


def ground(*schools: NearSchool, minutes: int = 30, **changes: object) -> Ground:
    keys = [BASE, *(one.school for one in schools)]
    drives = {(here, there): 0 if here == there else minutes for here in keys for there in keys}
    values = {"days": (MONDAY,), "offers": (WORKSHOP,), "schools": schools, "drives": drives}
    return Ground(**{**values, **changes})


def told(plans: list[DayPlan]) -> list[tuple]:
    """The days, each with its sessions: school, start and classes."""
    return [(plan.day, [_met(session) for session in plan.sessions]) for plan in plans]


def _met(session: Session) -> tuple:
    return session.school.school, session.start_min, [one.group for one in session.classes]


def test_two_classes_of_a_school_one_after_the_other() -> None:
    [plan] = proposals(ground(school(1, klass(1), klass(2, 25))))
    assert told([plan]) == [(MONDAY, [(1, 540, [2]), (1, 615, [1])])]
    assert (plan.leaves_min, plan.back_min, plan.legs, plan.pupils) == (495, 720, (30, 30), 45)


def test_two_schools_with_the_road_between_them() -> None:
    [plan] = proposals(ground(school(1, klass(1)), school(2, klass(2))))
    assert told([plan]) == [(MONDAY, [(1, 540, [1]), (2, 660, [2])])]
    assert (plan.legs, plan.road_min) == ((30, 30, 30), 90)


def test_a_show_takes_as_many_classes_as_fit() -> None:
    classes = [klass(number, offer=SHOW) for number in (1, 2, 3)]
    [plan] = proposals(ground(school(1, *classes), offers=(SHOW,), sessions_max=1))
    assert told([plan]) == [(MONDAY, [(1, 540, [1, 2])])]


def test_a_class_that_is_larger_than_the_show_takes_is_left_out() -> None:
    assert proposals(ground(school(1, klass(1, 90, offer=SHOW)), offers=(SHOW,))) == []


def test_the_day_that_meets_most_comes_first() -> None:
    few, many = school(1, klass(1, 9, days=(MONDAY,))), school(2, klass(2, 28, days=(TUESDAY,)))
    plans = proposals(ground(few, many, days=(MONDAY, TUESDAY)))
    assert [plan.day for plan in plans] == [TUESDAY, MONDAY]


def test_who_has_been_met_on_the_best_day_is_not_met_again() -> None:
    both = (MONDAY, TUESDAY)
    plans = proposals(
        ground(school(1, klass(1, days=both), klass(2, days=both), klass(3, days=both)), days=both)
    )
    assert [sorted(plan.groups) for plan in plans] == [[1, 2], [3]]


def test_nobody_goes_where_no_road_leads() -> None:
    lost = ground(school(1, klass(1)))
    assert proposals(replace(lost, drives={})) == []


def test_a_day_that_would_end_too_late_is_none() -> None:
    assert proposals(ground(school(1, klass(1, windows=((930, 960),))), minutes=30)) == []


def test_the_nearer_of_two_alike() -> None:
    near, far = school(1, klass(1)), school(2, klass(2))
    drives = {(BASE, 1): 10, (1, BASE): 10, (BASE, 2): 50, (2, BASE): 50}
    plans = proposals(ground(near, far, drives=drives, days=(MONDAY,)))
    assert [one.school.school for one in plans[0].sessions] == [1]


def test_warnings_of_a_day_are_told_once() -> None:
    warned = replace(school(1, klass(1), klass(2)), warnings=("Ring först.",))
    [plan] = proposals(ground(warned))
    assert plan.warnings == ["Ring först."]


@LOADED
@given(st.integers(0, 700))
def test_sessions_start_on_even_minutes(ready: int) -> None:
    start = earliest(((541, 600), (640, 680)), ready)
    assert start is None or (start % 5 == 0 and start >= ready)


_windows = st.lists(
    st.tuples(st.integers(480, 780), st.integers(0, 90)).map(lambda at: (at[0], at[0] + at[1])), max_size=2
).map(lambda found: tuple(sorted(found)))
_known = st.dictionaries(
    st.tuples(st.sampled_from(["workshop", "p1"]), st.sampled_from([MONDAY, TUESDAY])), _windows, max_size=4
)


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    number, schools = 0, []
    for key in range(1, draw(st.integers(1, 3)) + 1):
        classes = []
        for _class in range(draw(st.integers(0, 3))):
            number += 1
            pupils = draw(st.integers(1, 40))
            classes.append(Class(number, "", "4", pupils, pupils + 2, draw(_known)))
        schools.append(school(key, *classes))
    keys = [BASE, *(one.school for one in schools)]
    drives = {(a, b): 0 if a == b else draw(st.integers(0, 12)) * 5 for a in keys for b in keys}
    return Ground((MONDAY, TUESDAY), (WORKSHOP, SHOW), tuple(schools), drives)


@LOADED
@given(grounds())
def test_what_every_plan_keeps(ground: Ground) -> None:
    plans = proposals(ground)
    assert len({plan.day for plan in plans}) == len(plans)
    groups = [
        group for plan in plans for session in plan.sessions for group in (c.group for c in session.classes)
    ]
    assert len(set(groups)) == len(groups)
    for plan in plans:
        assert 1 <= len(plan.sessions) <= SESSIONS_MAX
        assert plan.leaves_min >= LEAVES_FROM
        assert plan.back_min <= BACK_BY
        _keeps_time(ground, plan)


def _keeps_time(ground: Ground, plan: DayPlan) -> None:
    """Each session lies in every class's windows, and after the one before it with the road between."""
    before = None
    for session in plan.sessions:
        for one in session.classes:
            windows = one.windows[session.offer.key, plan.day]
            assert any(low <= session.start_min <= high for low, high in windows)
        if before and before.school == session.school and before.offer == session.offer:
            assert session.start_min >= before.end_min + session.offer.between_min
        elif before:
            drive = ground.drives[before.school.school, session.school.school]
            leaves = before.end_min + before.offer.after_min
            assert session.start_min >= leaves + drive + session.offer.before_min
        before = session


@LOADED
@given(grounds())
def test_the_best_is_first_and_no_other_day_out_beats_it(ground: Ground) -> None:
    plans = proposals(ground)
    assert [plan.rate for plan in plans] == sorted((plan.rate for plan in plans), reverse=True)
    assert plans == sorted(plans, key=order)


@LOADED
@given(grounds())
def test_fewer_sessions_a_day_never_meet_more_on_the_best_day(ground: Ground) -> None:
    whole, single = proposals(ground), proposals(replace(ground, sessions_max=1))
    assert bool(whole) == bool(single)
    assert not single or whole[0].rate >= single[0].rate
