"""When a visit can start on a day, given everything that is taken."""

from datetime import UTC, date, datetime

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tours.windows import (
    Bar,
    Span,
    Visit,
    calendar_days,
    left_of,
    midnight,
    minutes_by_day,
    starts,
)

DAY = date(2027, 2, 3)
VISIT = Visit(get_in_min=60, show_min=45, get_out_min=30)
ALL_DAY = [Span(DAY, DAY, 0, 1440)]


def at(hour: float) -> datetime:
    return timezone.make_aware(datetime(2027, 2, 3, int(hour), int(hour % 1 * 60)))


Taken = tuple[datetime, datetime]


def windows(taken: list[Taken], spans: list[Span] = ALL_DAY) -> list:
    bars = [Bar(*found, of_shows=False) for span in taken for found in minutes_by_day(*span)]
    return starts(spans, bars, VISIT, first_day=DAY, last_day=DAY)


def school_windows(bars: list[tuple[int, int]], *, visit: Visit = VISIT) -> list[tuple[int, int]]:
    shut = [Bar(DAY, start, end, of_shows=True) for start, end in bars]
    return [window[1:] for window in starts(ALL_DAY, shut, visit, first_day=DAY, last_day=DAY)]


def test_the_whole_visit_lies_within_its_day() -> None:
    assert windows([]) == [(DAY, 60, 1440 - 75)]


def test_what_is_taken_keeps_get_in_and_get_out_clear() -> None:
    assert windows([(at(12), at(14))]) == [(DAY, 60, 720 - 75), (DAY, 840 + 60, 1365)]


def test_a_visit_may_begin_the_minute_that_another_ends() -> None:
    taken = [(at(0), at(12))]
    assert windows(taken) == [(DAY, 720 + 60, 1365)]


def test_a_closed_day_has_no_window() -> None:
    assert school_windows([(0, 1440)]) == []


def test_hours_and_lunch_bind_the_shows_and_not_the_get_in() -> None:
    """From 8 to 14, lunch from 11 to 11.30, a show of 45 min: its get-in of an hour may begin at 7."""
    assert school_windows([(0, 480), (660, 690), (840, 1440)]) == [(480, 615), (690, 795)]


def test_lunch_may_lie_between_two_shows() -> None:
    """Shows at 0 and at 75 min after the first start: the break of half an hour holds the lunch at one start only."""
    two = Visit(get_in_min=60, show_min=120, get_out_min=30, shows=((0, 45), (75, 120)))
    assert school_windows([(0, 480), (660, 690), (840, 1440)], visit=two) == [
        (480, 540),
        (615, 615),
        (690, 720),
    ]


def test_what_no_bar_touches_is_left() -> None:
    bars = [Bar(DAY, 0, 480, True), Bar(DAY, 660, 690, True), Bar(DAY, 640, 670, False)]
    assert left_of(bars) == [(480, 640), (690, 1440)]


def test_spans_that_touch_are_joined() -> None:
    spans = [Span(DAY, DAY, 540, 600), Span(DAY, DAY, 600, 660)]
    assert windows([], spans) == [(DAY, 540, 660)]


def test_days_outside_the_tour_are_left_out() -> None:
    span = Span(date(2027, 1, 1), date(2027, 1, 31), 540, 600)
    assert windows([], [span]) == []


def test_a_closure_over_several_days_takes_the_middle_one_whole() -> None:
    taken = (timezone.make_aware(datetime(2027, 2, 1)), timezone.make_aware(datetime(2027, 2, 6)))
    assert windows([taken]) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 1400), st.integers(1, 300)).map(lambda p: (p[0], min(p[0] + p[1], 1439))),
        max_size=5,
    )
)
def test_no_start_in_a_window_ever_touches_what_is_taken(blocks: list[tuple[int, int]]) -> None:
    blocks = [block for block in blocks if block[0] < block[1]]
    taken = [(at(start / 60), at(end / 60)) for start, end in blocks]
    allowed = {minute for _day, low, high in windows(taken) for minute in range(low, high + 1)}
    real = [(timezone.localtime(start), timezone.localtime(end)) for start, end in taken]
    busy = [(a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in real]
    free = {
        minute
        for minute in range(60, 1366)
        if all(minute + 75 <= start or minute - 60 >= end for start, end in busy if start < end)
    }
    assert allowed == free


def test_calendar_days_include_both_ends() -> None:
    assert calendar_days(DAY, date(2027, 2, 5)) == [DAY, date(2027, 2, 4), date(2027, 2, 5)]


def test_no_calendar_days_back_in_time() -> None:
    assert calendar_days(DAY, date(2027, 2, 2)) == []


def test_a_day_begins_at_local_midnight() -> None:
    assert midnight(DAY) == datetime(2027, 2, 2, 23, tzinfo=UTC)
