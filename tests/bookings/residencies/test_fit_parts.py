"""The parts of a residency's fit, each from plain values: what is said, and that unknown is never yes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.residencies.fit_parts import ORDER, PARTS, WEIGHTS, lodging_of, longest_run
from bookings.residencies.fit_values import Event, Had, Home, Lacking, Option, Period, SchoolDays, Wished
from tests.bookings.residencies.fit_options import FLAT, LOADED, OPTIONS, WEEK, day, good, line
from tours.rooms import Verdict

YES, NO, UNKNOWN = Verdict.FITS, Verdict.DOES_NOT_FIT, Verdict.UNKNOWN


TUESDAY = frozenset({day(2)})


def flat(**changes: Any) -> Home:
    return replace(FLAT, **changes)


def said(name: str, **changes: object) -> tuple[Verdict, float, str]:
    part = PARTS[name](good(**changes))
    assert part is not None
    return part.verdict, round(part.value, 2), part.reason.replace("\N{NO-BREAK SPACE}", " ")


def test_every_part_has_a_weight() -> None:
    assert list(PARTS) == list(WEIGHTS)


@LOADED
@given(OPTIONS)
def test_values_are_shares(option: Option) -> None:
    parts = [part for judge in PARTS.values() if (part := judge(option))]
    assert all(0 <= part.value <= 1 and part.reason for part in parts)


@LOADED
@given(OPTIONS)
def test_what_is_unknown_is_asked_and_what_is_known_is_not(option: Option) -> None:
    for name in ("room", "free", "beds", "access"):
        part = PARTS[name](option)
        assert part is None or bool(part.ask) == (part.verdict == UNKNOWN) or part.verdict == NO


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), (YES, 1, "Nothing special is needed of the room")),
        ((line(),), (YES, 1, "1 of 1 needs fit")),
        ((line(), line(UNKNOWN)), (UNKNOWN, 0.5, "1 of 2 needs fit, 1 unknown")),
        ((line(NO), line(UNKNOWN)), (NO, 0, "Does not fit: stage width")),
    ],
)
def test_room(lines: tuple, expected: tuple) -> None:
    assert said("room", lines=lines) == expected


def test_an_unknown_need_is_a_question() -> None:
    part = PARTS["room"](good(lines=(line(UNKNOWN),)))
    assert part is not None
    assert part.ask == ("Stage width (6 m is needed)",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (YES, 1, "Free on all days")),
        ({"busy": frozenset({day(2)})}, (UNKNOWN, 0.5, "Busy in own calendar Tue 4 May 2027")),
        ({"taken": frozenset({day(1), day(2)})}, (NO, 0.36, "Taken 3–4 May 2027")),
        ({"closed": frozenset({day(6), day(8)})}, (NO, 0.43, "Closed Sat 8 May 2027")),
        (
            {"taken": frozenset({day(1)}), "closed": frozenset({day(1), day(3)})},
            (NO, 0.36, "Taken Mon 3 May 2027; closed Wed 5 May 2027"),
        ),
    ],
)
def test_free(changes: dict, expected: tuple) -> None:
    assert said("free", **changes) == expected


def test_what_is_taken_says_which_days_would_fit() -> None:
    part = PARTS["free"](good(taken=frozenset({day(2)})))
    assert part is not None
    assert part.mend == ("It would fit 5–9 May 2027.",)


def test_nothing_is_left_of_a_period_that_is_all_taken() -> None:
    assert longest_run(WEEK, frozenset(WEEK.days)) is None


@pytest.mark.parametrize(
    ("homes", "town", "expected"),
    [
        ((FLAT,), True, (YES, 1, "Lägenheten, 3 beds")),
        ((flat(drive_min=30),), True, (YES, 0.7, "Lägenheten, 3 beds, 30 min away")),
        ((), None, (UNKNOWN, 0.4, "No dwelling, and nobody has said whether Backe has beds that suit")),
        ((flat(facts=(("Kitchen", None),)),), False, (UNKNOWN, 0.4, "Lägenheten, 3 beds: nobody has said: kitchen")),
        ((flat(facts=(("Kitchen", False),)),), False, (NO, 0, "Lägenheten, 3 beds: without kitchen")),
        ((flat(taken=TUESDAY),), False, (NO, 0, "Lägenheten, 3 beds: taken the nights after Tue 4 May 2027")),
        ((flat(beds=1),), False, (NO, 0, "Lägenheten, 1 bed: too few for 2")),
        ((), True, (YES, 0.6, "No dwelling, but beds in Backe")),
        ((), False, (NO, 0, "Neither a dwelling nor beds in Backe")),
    ],
)  # fmt: skip
def test_beds(homes: tuple[Home, ...], town: bool | None, expected: tuple) -> None:
    assert said("beds", homes=homes, town_beds=town, needs_step_free=False) == expected


def test_a_full_town_has_no_beds() -> None:
    told = said("beds", homes=(), full=frozenset({day(2)}), needs_step_free=False)
    assert told == (NO, 0, "No dwelling, and Backe is full the nights after Tue 4 May 2027")


def test_the_night_after_the_last_day_is_slept_at_home() -> None:
    assert said("beds", homes=(replace(FLAT, taken=frozenset({WEEK.ends_on})),))[0] == YES


def test_of_two_dwellings_the_nearest_then_the_houses_own() -> None:
    near, own = replace(FLAT, dwelling=2, is_own=False), replace(FLAT, dwelling=3, drive_min=20)
    assert lodging_of(good(homes=(own, near, FLAT))).home == FLAT
    assert lodging_of(good(homes=(own, near))).home == near


def test_nobody_has_said_whether_hotels_are_step_free() -> None:
    assert said("beds", homes=())[0] == UNKNOWN


@pytest.mark.parametrize(("known", "verdict"), [(True, YES), (None, UNKNOWN), (False, NO)])
def test_step_free_is_a_need(known: bool | None, verdict: Verdict) -> None:
    assert said("access", step_free=known)[0] == verdict


def test_step_free_is_no_part_where_nobody_needs_it() -> None:
    assert PARTS["access"](good(needs_step_free=False, step_free=False)) is None


@pytest.mark.parametrize(
    ("wished", "expected"),
    [
        (Wished(2, 1, 2, 1), (YES, 1, "Place wished for as number 1; period wished for as number 1")),
        (Wished(2, 2), (YES, 0.75, "Place wished for as number 2")),
        (Wished(2, None), (NO, 0, "Another place was wished for")),
        (Wished(0, None, 3, None), (NO, 0, "Another period was wished for")),
    ],
)
def test_wish(wished: Wished, expected: tuple) -> None:
    assert said("wish", wished=wished) == expected


def test_nobody_has_wished() -> None:
    assert PARTS["wish"](good()) is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (SchoolDays(False), (UNKNOWN, 0.5, "Nobody has said when the schools of Strömsund have school")),
        (SchoolDays(True, 4, 5, ("Nyår",)), (YES, 0.8, "School on 4 of 5 weekdays: Nyår")),
        (SchoolDays(True, 0, 5, ("Lov",)), (NO, 0, "School on 0 of 5 weekdays: Lov")),
        (SchoolDays(True), (NO, 0, "No Monday to Friday is among the days")),
    ],
)  # fmt: skip
def test_school_days(told: SchoolDays, expected: tuple) -> None:
    assert said("school_days", school_days=told) == expected


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        (Lacking(), (UNKNOWN, 0.5, "No school within an hour has told how many pupils it has")),
        (Lacking(True, most=90.0), (NO, 0, "Every school within an hour has met something this school year")),
        (
            Lacking(True, (30, 30, 30), 2, 90.0),
            (
                YES,
                0.67,
                "2 schools within an hour have met nothing this school year: 90 pupils, 30 within half an hour",
            ),
        ),
    ],
)
def test_schools(lacking: Lacking, expected: tuple) -> None:
    assert said("schools", lacking=lacking) == expected


@pytest.mark.parametrize(
    ("had", "expected"),
    [
        (Had(0, 0.0, 0.5), (YES, 1, "Strömsund has no residency this year, 0 shows per 1,000 inhabitants")),
        (
            Had(1, 0.25, 0.5),
            (NO, 0.15, "Strömsund has 1 residency this year, 0.25 shows per 1,000 inhabitants"),
        ),
        (Had(0, None, 0.5), (YES, 0.85, "Strömsund has no residency this year")),
        (Had(2, 0.5, 0.5), (NO, 0, "Strömsund has 2 residencies this year, 0.5 shows per 1,000 inhabitants")),
    ],
)
def test_equity(had: Had, expected: tuple) -> None:
    assert said("equity", had=had) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), (YES, 0.75, "Nothing else is public in Backe in these days")),
        ((Event("Visor", day(2), False),), (YES, 1, "Something to be part of: Visor Tue 4 May")),
        ((Event("Visor", day(2), True),), (NO, 0.25, "Of the same art form, for the same audience: Visor Tue 4 May")),
    ],
)  # fmt: skip
def test_events(events: tuple, expected: tuple) -> None:
    assert said("events", events=events) == expected


@pytest.mark.parametrize(
    ("home", "minutes", "expected"),
    [
        ("", None, (UNKNOWN, 0.5, "Nobody has said where they travel from")),
        ("Åre", None, (NO, 0, "No open road leads there from Åre")),
        ("Åre", 60, (YES, 0.75, "1 h from Åre")),
        ("Åre", 300, (NO, 0, "5 h from Åre")),
        ("Åre", 0, (YES, 1, "At home")),
    ],
)
def test_travel(home: str, minutes: int | None, expected: tuple) -> None:
    assert said("travel", home=home, drive_min=minutes) == expected


@LOADED
@given(OPTIONS, st.data())
def test_one_more_dwelling_never_makes_it_worse(option: Option, data: st.DataObject) -> None:
    fewer = replace(option, homes=option.homes[1:])
    more, less = lodging_of(option), lodging_of(fewer)
    assert (ORDER.index(more.verdict), more.value) >= (ORDER.index(less.verdict), less.value)


def test_a_day_alone_has_no_nights() -> None:
    assert Period(day(1), day(1)).nights == []
