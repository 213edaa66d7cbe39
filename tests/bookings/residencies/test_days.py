"""Periods: in order, with no day in common, moved and split; what they reserve moves with them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.errors import SlotTaken
from bookings.models import Allocation, ResidencyPeriod
from bookings.residencies import days, reserving
from bookings.residencies.days import Days
from tests.bookings.residencies.stays_made import AUGUST, MAY, NOW, Stay, planned, reserved
from tests.world import World
from tours.errors import NotNow, Refused

JUNE = (date(2027, 6, 7), date(2027, 6, 13))


@pytest.fixture
def stay(world: World) -> Stay:
    return reserved(world)


def spans(stay: Stay) -> list[tuple[date, date]]:
    return [(row.starts_on, row.ends_on) for row in stay.fresh().periods.all()]


def periods(stay: Stay) -> list[ResidencyPeriod]:
    return list(stay.fresh().periods.all())


def set_days(stay: Stay, *wanted: Days, **more: object) -> None:
    days.set_days(stay.residency, wanted, **stay.act(**more))


def rooms(stay: Stay) -> list[tuple[str, str]]:
    rows = Allocation.objects.filter(residency=stay.residency, venue__isnull=False).order_by("occupied_from")
    return [(hour(row.occupied_from), hour(row.occupied_to)) for row in rows]


def hour(at: datetime) -> str:
    return f"{timezone.localtime(at):%m-%d %H}"


def test_a_moved_period_keeps_its_uid_and_is_told_anew(stay: Stay) -> None:
    may, august = periods(stay)
    set_days(stay, Days(*JUNE, may.pk), Days(*AUGUST, august.pk))
    moved, stood = periods(stay)
    assert (moved.uid, moved.sequence, stood.sequence) == (may.uid, 1, 0)
    assert spans(stay) == [JUNE, AUGUST]


def test_rooms_and_dwellings_move_with_their_period(stay: Stay) -> None:
    may, august = periods(stay)
    set_days(stay, Days(*JUNE, may.pk), Days(*AUGUST, august.pk))
    assert rooms(stay) == [("06-07 00", "06-14 00"), ("08-09 00", "08-23 00")]
    nights = Allocation.objects.filter(residency=stay.residency, dwelling=stay.dwelling).earliest(
        "occupied_from"
    )
    assert hour(nights.occupied_from) == "06-07 15"


def test_a_period_that_is_left_out_lets_its_rooms_go(stay: Stay) -> None:
    _may, august = periods(stay)
    set_days(stay, Days(*AUGUST, august.pk))
    assert rooms(stay) == [("08-09 00", "08-23 00")]


def test_a_new_period_reserves_nothing_yet(stay: Stay) -> None:
    may, august = periods(stay)
    set_days(stay, Days(*MAY, may.pk), Days(*AUGUST, august.pk), Days(*JUNE))
    assert (spans(stay), rooms(stay)) == (
        [MAY, JUNE, AUGUST],
        [("05-03 00", "05-17 00"), ("08-09 00", "08-23 00")],
    )


def test_a_split_period_has_its_rooms_in_both_parts(stay: Stay) -> None:
    days.split(stay.residency, periods(stay)[0], date(2027, 5, 10), **stay.act())
    assert spans(stay) == [(MAY[0], date(2027, 5, 9)), (date(2027, 5, 10), MAY[1]), AUGUST]
    assert rooms(stay) == [("05-03 00", "05-10 00"), ("05-10 00", "05-17 00"), ("08-09 00", "08-23 00")]


@pytest.mark.parametrize("on", [MAY[0], MAY[1] + timedelta(days=1)])
def test_a_period_is_split_within_itself(stay: Stay, on: date) -> None:
    with pytest.raises(Refused) as refused:
        days.split(stay.residency, periods(stay)[0], on, **stay.act())
    assert refused.value.field == "on"


def test_two_that_share_a_day_are_refused(stay: Stay) -> None:
    may, august = periods(stay)
    with pytest.raises(Refused, match="share the day"):
        set_days(stay, Days(*MAY, may.pk), Days(MAY[1], AUGUST[1], august.pk))
    assert spans(stay) == [MAY, AUGUST]


def test_days_that_somebody_else_has_are_refused_and_nothing_is_moved(stay: Stay) -> None:
    other = planned(stay.world, spans=[JUNE])
    reserving.reserve_room(other.residency, stay.world.venue, **other.act())
    may, august = periods(stay)
    with pytest.raises(SlotTaken, match="Vindens väg"):
        set_days(stay, Days(*JUNE, may.pk), Days(*AUGUST, august.pk))
    assert (spans(stay), rooms(stay)[0]) == ([MAY, AUGUST], ("05-03 00", "05-17 00"))


def test_each_may_move_into_the_others_former_days_in_their_order(stay: Stay) -> None:
    may, august = periods(stay)
    later = (date(2027, 10, 4), date(2027, 10, 10))
    set_days(stay, Days(*AUGUST, may.pk), Days(*later, august.pk))
    assert spans(stay) == [AUGUST, later]


def test_two_do_not_change_places(stay: Stay) -> None:
    may, august = periods(stay)
    with pytest.raises(Refused, match="change places"):
        set_days(stay, Days(*AUGUST, may.pk), Days(*MAY, august.pk))
    assert spans(stay) == [MAY, AUGUST]


class TestOnceItHasBegun:
    IN_JUNE = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    IN_MAY = datetime(2027, 5, 10, 9, 0, tzinfo=UTC)

    def test_what_is_over_stays(self, stay: Stay) -> None:
        may, august = periods(stay)
        for wanted in ([Days(*AUGUST, august.pk)], [Days(*JUNE, may.pk), Days(*AUGUST, august.pk)]):
            with pytest.raises(Refused, match="is over"):
                set_days(stay, *wanted, now=self.IN_JUNE)
        assert spans(stay) == [MAY, AUGUST]

    def test_it_may_end_earlier(self, stay: Stay) -> None:
        may, _august = periods(stay)
        set_days(stay, Days(MAY[0], date(2027, 5, 12), may.pk), now=self.IN_MAY)
        assert (spans(stay), rooms(stay)) == ([(MAY[0], date(2027, 5, 12))], [("05-03 00", "05-13 00")])

    def test_but_not_before_today(self, stay: Stay) -> None:
        may, august = periods(stay)
        with pytest.raises(Refused, match="are over"):
            set_days(stay, Days(MAY[0], date(2027, 5, 9), may.pk), Days(*AUGUST, august.pk), now=self.IN_MAY)


def test_a_period_that_is_gone_is_told(stay: Stay) -> None:
    with pytest.raises(NotNow, match="is gone"):
        set_days(stay, Days(*JUNE, 999_999))


@pytest.mark.parametrize("first", [date(2027, 5, 1), date(2027, 5, 10), date(2027, 5, 16)])
def test_the_database_itself_refuses_days_in_common(stay: Stay, first: date) -> None:
    row = ResidencyPeriod(
        residency=stay.residency, starts_on=first, ends_on=first + timedelta(days=5), changed_at=NOW
    )
    with pytest.raises(IntegrityError, match="residency_days_once"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="residency_days_once"), transaction.atomic():
        ResidencyPeriod.objects.filter(starts_on=AUGUST[0]).update(starts_on=MAY[1])


def test_days_beside_each_other_are_none_in_common(stay: Stay) -> None:
    day = MAY[1] + timedelta(days=1)
    ResidencyPeriod.objects.create(residency=stay.residency, starts_on=day, ends_on=day, changed_at=NOW)
    assert ResidencyPeriod.objects.count() == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=4))
def test_whatever_is_asked_for_no_day_and_no_room_is_had_twice(
    stay: Stay, asked: list[tuple[int, int]]
) -> None:
    known = [row.pk for row in periods(stay)]
    wanted = [
        Days(
            MAY[0] + timedelta(days=start),
            MAY[0] + timedelta(days=start + length),
            known[number] if number < len(known) else None,
        )
        for number, (start, length) in enumerate(asked)
    ]
    try:
        set_days(stay, *wanted)
    except Refused:
        return
    rows = spans(stay)
    assert all(one[1] < after[0] for one, after in zip(rows, rows[1:], strict=False))
    kept = (
        Allocation.objects.filter(residency=stay.residency, venue__isnull=False)
        .values("period")
        .annotate(n=Count("pk"))
    )
    assert {row["n"] for row in kept} <= {1}
