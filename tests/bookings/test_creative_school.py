"""Promised and reached: each pupil once a year, visits with their evidence, and what endangers the grant."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings import creative_school, grants
from bookings.creative_school import Came, Reach, Report, is_below, reach_of, report_of
from bookings.models import Booking, SchoolGrant
from tests.bookings.buses import coming, school_in
from tests.bookings.granted import LATER, NOW, YEAR_OVER, granted, proof, to_the_school, told
from tests.world import World
from tours.money import Money

some_came = st.builds(
    Came, st.integers(1, 4), st.integers(1, 30), st.none() | st.integers(0, 30), st.booleans()
)


def tagged(world: World, grant: SchoolGrant, *bookings: Booking) -> Report:
    for booking in bookings:
        grants.tag(booking, grant, by=world.officer, now=NOW)
    return report_of(grant, LATER)


@given(st.lists(some_came, max_size=12))
def test_nobody_is_reached_who_did_not_come_and_nobody_twice(came: list[Came]) -> None:
    reach = reach_of(came)
    per_group = [max((c.came or 0 for c in came if c.group == g and c.counts), default=0) for g in range(5)]
    assert reach.reached == sum(per_group)
    assert reach.reached <= reach.encounters
    assert reach.reached <= reach.hoped


@given(st.lists(some_came, max_size=8), some_came)
def test_a_visit_more_never_means_fewer_pupils(came: list[Came], more: Came) -> None:
    before, after = reach_of(came), reach_of([*came, more])
    assert (before.reached <= after.reached, before.hoped <= after.hoped) == (True, True)


@pytest.mark.parametrize(("count", "below"), [(89, True), (90, False), (100, False), (110, False)])
def test_below_by_more_than_the_percent(count: int, below: bool) -> None:
    assert is_below(count, 100, 10) is below


def test_a_group_that_comes_twice_counts_once_and_two_encounters(world: World) -> None:
    grant, first = granted(world), to_the_school(world, 0, 24)
    second = to_the_school(world, 7)
    group = first.groups.get().group
    second.groups.create(group=group, pupils_count=24, adults_count=1)
    told(first, 20)
    told(second, 23)
    assert tagged(world, grant, first, second).reach == Reach(reached=23, hoped=23, encounters=43)


def test_what_is_not_told_is_hoped_for_and_not_reached(world: World) -> None:
    grant, booking = granted(world), told(to_the_school(world, 0, 24, 25), 20, None)
    report = tagged(world, grant, booking)
    assert report.reach == Reach(reached=20, hoped=45, encounters=20)
    assert "How many pupils came is not told for every group." in report.lines[0].missing


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"outcome": "not_held"}])
def test_what_was_not_played_does_not_count(world: World, fields: dict[str, Any]) -> None:
    grant, booking = granted(world), to_the_school(world, 0, 24)
    grants.tag(booking, grant, by=world.officer, now=NOW)
    Booking.objects.filter(pk=booking.pk).update(**fields)
    report = report_of(grant, LATER)
    assert (report.reach, report.covered) == (Reach(0, 0, 0), Money(Decimal(0), "SEK"))
    assert report.lines[0].missing[0].startswith("It was not played")


def test_groups_of_another_owner_are_left_out(world: World) -> None:
    grant, booking = granted(world), to_the_school(world, 0, 24)
    coming(booking, school_in(world, "Krokom", "Fria skolan"), 30)
    line = tagged(world, grant, told(booking, 24, 30)).lines[0]
    assert (line.expected, line.came, line.schools) == (24, 24, ["Krokoms skola"])


def test_what_the_grant_pays_is_the_price_or_as_noted(world: World) -> None:
    grant, one, other = granted(world), to_the_school(world, 0, 24), to_the_school(world, 7, 24)
    tagged(world, grant, one)
    grants.tag(other, grant, by=world.officer, now=NOW, amount=Decimal(5000))
    report = report_of(grant, NOW)
    assert [line.covered.amount for line in report.lines] == [9800, 5000]
    assert report.left == Money(Decimal(185_200), "SEK")


def test_without_a_proof_that_somebody_has_seen_it_is_said(world: World) -> None:
    grant, booking = granted(world, 24), told(to_the_school(world, 0, 24), 24)
    assert tagged(world, grant, booking).warnings == [
        "1 visit has no proof of professionalism that somebody has seen."
    ]
    proof(world)
    report = report_of(grant, LATER)
    assert (report.warnings, report.lines[0].is_proved) == ([], True)


@pytest.mark.parametrize(("valid_to", "is_proved"), [(date(2027, 2, 4), True), (date(2027, 2, 3), False)])
def test_a_proof_holds_on_the_day_of_the_visit(world: World, valid_to: date, is_proved: bool) -> None:
    grant, booking = granted(world), to_the_school(world, 0, 24)
    proof(world, valid_to=valid_to)
    assert tagged(world, grant, booking).lines[0].is_proved is is_proved


def test_visits_that_could_be_paid_and_are_not_are_listed(world: World) -> None:
    grant = granted(world, 24)
    tagged(world, grant, to_the_school(world, 0, 24))
    left = to_the_school(world, 7, 24)
    to_the_school(world, 14, 24, status="cancelled")
    to_the_school(world, 200, 24)
    to_the_school(world, 21)
    assert list(creative_school.could_be(grant)) == [left]


def test_what_could_pay_a_visit_is_what_could_be_paid_by_a_grant(world: World) -> None:
    grant = granted(world, 24)
    paid, left = to_the_school(world, 0, 24), to_the_school(world, 7, 24)
    tagged(world, grant, paid)
    others = [
        to_the_school(world, 14, 24, status="cancelled"),
        to_the_school(world, 21, 24, outcome="not_held"),
        to_the_school(world, 200, 24),
        to_the_school(world, 28),
    ]
    seen = [booking for booking in (paid, left, *others) if creative_school.could_pay(booking) == [grant]]
    assert seen == list(creative_school.could_be(grant)) == [left]


def test_too_few_pupils_are_warned_of(world: World) -> None:
    grant, booking = granted(world, 100), to_the_school(world, 0, 24)
    proof(world)
    assert tagged(world, grant, booking).warnings == [
        "With all visits that are tagged 24 pupils are reached, of 100 promised."
    ]


def test_after_the_year_only_those_who_came_count(world: World) -> None:
    grant, booking = granted(world, 24), told(to_the_school(world, 0, 24), 20)
    proof(world)
    tagged(world, grant, booking)
    assert report_of(grant, YEAR_OVER).warnings == [
        "20 pupils were reached of 24 promised: the grant may have to be paid back."
    ]


def test_an_empty_grant_is_reported_too(world: World) -> None:
    report = report_of(granted(world), NOW)
    assert (report.lines, report.reach, report.covered.amount) == ([], Reach(0, 0, 0), 0)


def test_a_report_is_read_in_few_queries(world: World, django_assert_max_num_queries) -> None:
    grant = granted(world)
    for days in range(0, 35, 7):
        tagged(world, grant, to_the_school(world, days, 24, 25))
    with django_assert_max_num_queries(18):
        assert len(report_of(grant, LATER + timedelta(days=60)).lines) == 5
