"""Which rooms and periods fit a residency: the order, and what is read of the ground."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import Allocation, Booking
from bookings.residencies import fitting
from bookings.residencies.fit_asked import Needs
from bookings.residencies.fit_ground import days_touched, nights_touched
from bookings.residencies.fit_parts import HARD, ORDER
from bookings.residencies.fit_values import Option, Period
from bookings.residencies.fitting import Fit
from tests import factories as make
from tests.bookings.matched import host, people, played
from tests.bookings.residencies.fit_options import LOADED, OPTIONS, WEEK, day, good
from tests.bookings.residencies.moments import planned
from tests.bookings.residencies.stays_made import MAY
from tests.own_calendars import busy_at
from tests.world import World
from tours.rooms import Verdict
from venues.models import Municipality, NoBeds, Road, SchoolBreak, SchoolYear, Venue

STAY = Period(*MAY)


def fits(world: World, *periods: Period, needs: Needs | None = None) -> dict[str, Fit]:
    """By the room's house, of one period."""
    residency = world.presenting.residencies.first() or planned(world).residency
    found = fitting.fits_of(residency, periods or [STAY], needs)
    return {fit.option.room.host_name: fit for fit in found}


def reason(fit: Fit, name: str) -> str:
    return fit.parts[name].reason.replace("\N{NO-BREAK SPACE}", " ")


# -- The order ---------------------------------------


@LOADED
@given(st.lists(OPTIONS, max_size=5))
def test_a_no_never_stands_above_an_unknown_nor_that_above_a_yes(options: list[Option]) -> None:
    verdicts = [ORDER.index(fit.verdict) for fit in fitting.rank(options)]
    assert verdicts == sorted(verdicts, reverse=True)


@LOADED
@given(OPTIONS)
def test_one_hard_no_decides_and_then_one_unknown(option: Option) -> None:
    fit = fitting.judged(option)
    hard = [fit.parts[name].verdict for name in HARD if name in fit.parts]
    assert fit.verdict == min(hard, key=ORDER.index)


def _key(option: Option) -> tuple[int, int]:
    fit = fitting.judged(option)
    return ORDER.index(fit.verdict), fit.score


@LOADED
@given(OPTIONS)
def test_a_fact_that_is_told_to_be_good_never_lowers_it(option: Option) -> None:
    better = [
        replace(option, step_free=True),
        replace(option, taken=frozenset()),
        replace(option, closed=frozenset()),
        replace(option, busy=frozenset()),
        replace(option, lines=tuple(replace(one, verdict=Verdict.FITS) for one in option.lines)),
        replace(option, homes=tuple(replace(one, taken=frozenset(), beds=4) for one in option.homes)),
        replace(option, town_beds=True, full=frozenset()),
    ]
    assert all(_key(one) >= _key(option) for one in better)


@LOADED
@given(OPTIONS)
def test_a_fact_that_is_told_to_be_bad_never_raises_it(option: Option) -> None:
    worse = [
        replace(option, step_free=False),
        replace(option, taken=frozenset(WEEK.days)),
        replace(option, homes=(), town_beds=False),
        replace(option, lines=tuple(replace(one, verdict=Verdict.DOES_NOT_FIT) for one in option.lines)),
    ]
    assert all(_key(one) <= _key(option) for one in worse)


@LOADED
@given(st.permutations(range(4)))
def test_the_order_is_the_same_however_they_come(order: list[int]) -> None:
    rooms = [good(room=replace(good().room, venue=n, name=f"Sal {n}")) for n in range(4)]
    assert [fit.option.room.venue for fit in fitting.rank(rooms[n] for n in order)] == [0, 1, 2, 3]


def test_everything_fits() -> None:
    fit = fitting.judged(good())
    assert (fit.verdict, fit.score, fit.questions, fit.mends) == (Verdict.FITS, 96, [], [])


# -- The ground ---------------------------------------


def test_rooms_of_presenters_and_producers(world: World) -> None:
    assert set(fits(world)) == {"Backe bygdegård", "Folkets hus Strömsund"}


@pytest.mark.parametrize("facts", [{"is_closed_down": True}, {"kind": "outdoor"}])
def test_rooms_in_which_nobody_works_are_left_out(world: World, facts: dict) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(**facts)
    assert set(fits(world)) == {"Folkets hus Strömsund"}


def test_the_production_says_what_is_needed(world: World) -> None:
    rider = world.production.rider
    rider.stage_w_m, rider.needs_piano = 6, True
    rider.save()
    residency = planned(world, production=world.production).residency
    assert fitting.needs_of(residency) == Needs(width_m=6, piano=True)


def test_so_does_the_one_production_of_its_ensemble(world: World) -> None:
    world.production.rider.power = "16a"
    world.production.rider.save()
    residency = planned(world, ensemble=world.ensemble).residency
    assert fitting.needs_of(residency) == Needs(power="16a")
    make.RiderFactory(production=make.ProductionFactory(ensemble=world.ensemble))
    assert fitting.needs_of(residency) == Needs()


def test_unknown_facts_are_questions(world: World) -> None:
    fit = fits(world, needs=Needs(width_m=Decimal(6), step_free=True, kitchen=True))["Folkets hus Strömsund"]
    assert fit.verdict == Verdict.UNKNOWN
    assert fit.questions == [
        "Stage width (6\N{NO-BREAK SPACE}m is needed)",
        "Where can they live in Strömsund?",
        "Is the way in step-free?",
    ]


def test_a_visit_and_a_closure_take_the_room(world: World) -> None:
    at = datetime(2027, 5, 5, 10, tzinfo=UTC)
    reserve(world, at, at + timedelta(hours=4))
    make.ClosureFactory(
        organisation=world.presenting, starts_at=at + timedelta(days=2), ends_at=at + timedelta(days=3)
    )
    assert reason(fits(world)["Backe bygdegård"], "free") == "Taken Wed 5 May 2027; closed 7–8 May 2027"


def reserve(world: World, start: datetime, end: datetime, **whose: object) -> None:
    """Somebody else has the room then, or what is named."""
    played(world, world.neighbour_venue)
    values = whose or {"venue": world.venue}
    booking = Booking.objects.latest("pk")
    Allocation.objects.create(
        booking=booking, occupied_from=start, occupied_to=end, is_blocking=True, **values
    )


def test_what_the_residency_has_itself_is_in_nobodys_way(world: World) -> None:
    made = planned(world)
    span = {
        "occupied_from": datetime(2027, 5, 3, tzinfo=UTC),
        "occupied_to": datetime(2027, 5, 17, tzinfo=UTC),
    }
    for what in ({"venue": world.venue}, {"dwelling": made.dwelling}):
        Allocation.objects.create(residency=made.residency, is_blocking=True, **span, **what)
    assert fits(world)["Backe bygdegård"].verdict == Verdict.FITS


def test_own_calendars_are_a_question(world: World) -> None:
    busy_at(world, "venue", (datetime(2027, 5, 4, 8, tzinfo=UTC), datetime(2027, 5, 4, 9, tzinfo=UTC)))
    fit = fits(world)["Backe bygdegård"]
    assert (fit.verdict, fit.questions) == (
        Verdict.UNKNOWN,
        ["Is the room free all the same Tue 4 May 2027?"],
    )


def test_one_lives_in_the_houses_dwelling(world: World) -> None:
    assert reason(fits(world)["Backe bygdegård"], "beds") == "Lägenheten i Backe, 3 beds"


def test_a_taken_dwelling_leaves_the_towns_beds(world: World) -> None:
    made = planned(world)
    start = datetime(2027, 5, 7, 13, tzinfo=UTC)
    reserve(world, start, start + timedelta(hours=20), dwelling=made.dwelling)
    assert reason(fits(world)["Backe bygdegård"], "beds") == "No dwelling, but beds in Backe"


def test_full_nights_take_the_towns_beds(world: World) -> None:
    NoBeds.objects.create(
        place=world.places["Strömsund"],
        first_night=date(2027, 5, 4),
        last_night=date(2027, 5, 4),
        by=world.producer,
    )
    fit = fits(world)["Folkets hus Strömsund"]
    told = "No dwelling, and Strömsund is full the nights after Tue 4 May 2027"
    assert (fit.verdict, reason(fit, "beds")) == (Verdict.DOES_NOT_FIT, told)


def test_a_dwelling_half_an_hour_away_will_do(world: World) -> None:
    made = planned(world, place=world.places["Strömsund"])
    made.dwelling.place = world.places["Strömsund"]
    made.dwelling.save()
    assert reason(fits(world)["Backe bygdegård"], "beds") == "No dwelling, but beds in Backe"
    Road.objects.filter(end=world.places["Backe"]).update(km=20)
    assert reason(fits(world)["Backe bygdegård"], "beds") == "Lägenheten i Backe, 3 beds, 17 min away"


def test_school_days_of_the_municipality(world: World) -> None:
    town = Municipality.objects.get(name="Strömsund")
    assert fits(world)["Backe bygdegård"].parts["school_days"].verdict == Verdict.UNKNOWN
    SchoolYear.objects.create(municipality=town, year=2026, spring_ends_on=date(2027, 6, 11))
    SchoolBreak.objects.create(
        municipality=town,
        kind="study_day",
        name="Studiedag",
        starts_on=date(2027, 5, 12),
        ends_on=date(2027, 5, 12),
    )
    told = "School on 8 of 10 weekdays: Ascension Day, Studiedag (Strömsund)"
    assert sorted(reason(fits(world)["Backe bygdegård"], "school_days")) == sorted(told)


def near_by(world: World, **more: object) -> None:
    """A school in Backe with twenty pupils."""
    place = world.places["Backe"]
    house = make.OrganisationFactory(roles=["school"], municipality=place.municipality)
    make.GroupFactory(school=make.SchoolFactory(place=place, organisation=house), pupils_count=20, **more)


def test_pupils_near_by_who_have_met_nothing(world: World) -> None:
    near_by(world)
    told = "1 school within an hour has met nothing this school year: 20 pupils, 20 within half an hour"
    assert reason(fits(world)["Backe bygdegård"], "schools") == told
    near, far = (
        fits(world)[name].parts["schools"].value for name in ("Backe bygdegård", "Folkets hus Strömsund")
    )
    assert (near, round(far, 2)) == (1, 0.33)


def test_a_school_of_the_next_year_counts_in_the_next_year(world: World) -> None:
    near_by(world, school_year="2027/28")
    assert fits(world)["Backe bygdegård"].parts["schools"].verdict == Verdict.UNKNOWN
    august = Period(date(2027, 8, 9), date(2027, 8, 22))
    assert fits(world, august)["Backe bygdegård"].parts["schools"].verdict == Verdict.FITS


def test_municipalities_without_anything_this_year_come_first(world: World) -> None:
    people(Strömsund=10000, Krokom=10000)
    host(world, "Krokoms bygdegård", "Krokom")
    played(world, world.neighbour_venue, count=2)
    found = fits(world)
    assert reason(found["Backe bygdegård"], "equity") == (
        "Strömsund has no residency this year, 0.2 shows per 1,000 inhabitants"
    )
    assert found["Krokoms bygdegård"].parts["equity"].value > found["Backe bygdegård"].parts["equity"].value


def test_a_performance_in_the_place_is_told(world: World) -> None:
    played(world, world.venue, published_at=datetime(2027, 1, 1, tzinfo=UTC))
    february = Period(date(2027, 2, 1), date(2027, 2, 7))
    told = "Something to be part of: Trumman och tystnaden Tue 2 Feb"
    assert reason(fits(world, february)["Backe bygdegård"], "events") == told
    assert reason(fits(world, february)["Folkets hus Strömsund"], "events").startswith("Nothing else")


def test_the_road_from_home(world: World) -> None:
    planned(world, ensemble=world.ensemble)
    assert reason(fits(world)["Folkets hus Strömsund"], "travel") == "1 h 14 min from Östersund"


def test_a_county_asks_as_many_questions_as_a_village(world: World) -> None:
    residency = planned(world).residency

    def count(periods: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            fitting.fits_of(residency, fitting.periods_ahead(date(2027, 2, 1), 5, periods), Needs())
        return len(queries)

    few = count(1)
    for number in range(5):
        host(world, f"Bygdegård {number}", "Åre")
    assert (count(12), few <= 22) == (few, True)


# -- Periods, days and nights ---------------------------------------


def test_periods_begin_on_mondays() -> None:
    first, second = fitting.periods_ahead(date(2027, 5, 4), 12, 2)
    assert (first, second) == (
        Period(date(2027, 5, 10), date(2027, 5, 21)),
        Period(date(2027, 5, 17), date(2027, 5, 28)),
    )


@LOADED
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-5, 100), st.integers(-5, 100))
def test_periods_stay_within_reason(first: date, days: int, count: int) -> None:
    found = fitting.periods_ahead(first, days, count)
    assert 1 <= len(found) <= fitting.PERIODS_MAX
    assert all(first <= one.starts_on and 1 <= len(one.days) <= fitting.DAYS_MAX for one in found)


def test_a_time_until_midnight_does_not_touch_the_next_day() -> None:
    assert days_touched(datetime(2027, 5, 3, 8, tzinfo=UTC), datetime(2027, 5, 3, 22, tzinfo=UTC)) == [day(1)]


@pytest.mark.parametrize(
    ("start", "end", "nights"),
    [((3, 13), (5, 9), [1, 2]), ((3, 10), (4, 10), [1]), ((3, 13), (3, 20), [1]), ((3, 6), (3, 9), [0])],
)
def test_a_night_runs_from_noon_to_noon(start: tuple, end: tuple, nights: list[int]) -> None:
    """The hours are UTC, two before those of May in Sweden."""
    span = (datetime(2027, 5, *at, tzinfo=UTC) for at in (start, end))
    assert nights_touched(*span) == [day(number) for number in nights]
