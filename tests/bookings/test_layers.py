"""Calendars in layers: which of them says no, in which words, and what is left; the planner reads the same."""

from datetime import date, datetime, time

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.availability import Availability, visit_of
from bookings.layers import Day, Layers, asked_by_school, asked_for, first_no
from bookings.models import Booking, VisitGroup
from tests import factories as make
from tests.agreements import held
from tests.world import World
from tours.layer_words import Layer, No
from tours.models import Tour, Wish, WishGroup
from venues.models import Closure, Group, School, SchoolBreak, SchoolHours

WEDNESDAY = date(2027, 2, 3)


def at(hour: int, minute: int = 0, day: int = 3) -> datetime:
    return timezone.make_aware(datetime(2027, 2, day, hour, minute))


def hours(school: School, weekday: int = 2, *, lunch: bool = True) -> SchoolHours:
    return SchoolHours.objects.create(
        school=school,
        weekday=weekday,
        starts=time(8),
        ends=time(14),
        lunch_starts=time(10, 45) if lunch else None,
        lunch_ends=time(11, 30) if lunch else None,
    )


def group(school: School, name: str = "Klass 4") -> Group:
    return Group.objects.create(
        school=school, name=name, grade="4", school_year="2026/27", pupils_count=20, adults_count=2
    )


def day_of(world: World, on: date = WEDNESDAY, groups: tuple[int, ...] = ()) -> Day:
    school = School.objects.select_related("organisation", "place").get(pk=world.school.school.pk)
    asked = asked_by_school(school, world.school_venue, groups)
    (found,) = Layers([asked], on, on, "SE").days(asked)
    return found


def another_visit(world: World) -> Booking:
    """Another tour's visit to the school on the Wednesday, from 10.00 to 12.45 with get-in and get-out."""
    other = make.TourFactory(production=world.production, season=world.season)
    return held(world, tour=other, wish=world.school_wish)


def windows(world: World) -> list[tuple[date, int, int]]:
    wish = Wish.objects.with_ground().get(pk=world.school_wish.pk)
    return Availability(Tour.objects.with_ground().get(pk=world.tour.pk), [wish]).windows(wish)


def test_a_day_of_which_nothing_is_said_is_open(world: World) -> None:
    assert day_of(world) == Day(WEDNESDAY, None, (), ((0, 1440),))


def test_weekends_and_red_days_come_first(world: World) -> None:
    SchoolBreak.objects.create(
        school=world.school.school, name="Lov", starts_on=date(2027, 5, 6), ends_on=date(2027, 5, 8)
    )
    days = [day_of(world, date(2027, 5, 6)), day_of(world, date(2027, 5, 8))]
    assert [(day.no.layer, day.no.text, len(day.nos)) for day in days if day.no] == [
        ("holiday", "Ascension Day", 2),
        ("holiday", "weekend", 2),
    ]


@pytest.mark.parametrize("whose", ["municipality", "school"])
def test_breaks_say_whose_they_are(world: World, whose: str) -> None:
    owner = {"municipality": world.school.municipality, "school": world.school.school}[whose]
    SchoolBreak.objects.create(**{whose: owner}, name="Lov", starts_on=WEDNESDAY, ends_on=WEDNESDAY)
    day = day_of(world)
    assert (day.no, day.open) == (
        No({"municipality": "municipality", "school": "own"}[whose], name="Lov", whose=str(owner)),
        (),
    )


def test_hours_and_lunch_leave_the_rest_open(world: World) -> None:
    hours(world.school.school)
    day = day_of(world)
    assert [no.text for no in day.nos] == [
        "Krokoms skola receives 08:00–14:00",
        "lunch 10:45–11:30 at Krokoms skola",
    ]
    assert (day.no, day.open) == (None, ((480, 645), (690, 840)))


def test_a_weekday_that_a_school_leaves_out_is_none(world: World) -> None:
    hours(world.school.school, weekday=1)
    assert str(day_of(world).no and day_of(world).no.text) == "Krokoms skola receives nobody on this weekday"


def test_a_closed_room_says_why(world: World) -> None:
    Closure.objects.create(venue=world.school_venue, starts_at=at(9), ends_at=at(12), reason="Golvslipning")
    assert [no.text for no in day_of(world).nos] == ["Krokoms skola, salen: Golvslipning"]


def test_another_visit_takes_room_and_school(world: World) -> None:
    another_visit(world)
    assert [no.text for no in day_of(world).nos] == [
        "Krokoms skola, salen is taken by another visit 10:00–12:45",
        "Krokoms skola has another visit 10:00–12:45",
    ]


def test_pupils_have_one_visit_a_day(world: World) -> None:
    booking = another_visit(world)
    own, other = group(world.school.school), group(world.school.school, "Klass 5")
    VisitGroup.objects.create(booking=booking, group=own, pupils_count=20)
    on = timezone.localdate(booking.occupied_from)
    served = [
        [no.text for no in day_of(world, on, (one.pk,)).nos if no.layer == "served"] for one in (own, other)
    ]
    assert served == [["Klass 4 has another visit that day"], []]


def test_the_planner_keeps_to_hours_and_lunch(world: World) -> None:
    """Shows of 45 min and hours of Wednesday alone: the wish's own times are 9 to 13."""
    hours(world.school.school)
    assert windows(world) == [
        (day, low, high) for day in (WEDNESDAY, date(2027, 2, 10)) for low, high in ((540, 600), (690, 780))
    ]


def test_a_wish_for_pupils_who_have_another_visit_has_no_window_that_day(world: World) -> None:
    booking, own = another_visit(world), group(world.school.school)
    VisitGroup.objects.create(booking=booking, group=own, pupils_count=20)
    WishGroup.objects.create(wish=world.school_wish, group=own, pupils_count=20)
    assert timezone.localdate(booking.occupied_from) not in {day for day, _low, _high in windows(world)}


def test_what_says_no_is_told_of_a_wish_without_a_day(world: World) -> None:
    hours(world.school.school)
    world.school_wish.spans.update(
        starts_on=WEDNESDAY, ends_on=WEDNESDAY, earliest=time(10, 15), latest=time(11)
    )
    wish = Wish.objects.with_ground().get(pk=world.school_wish.pk)
    ground = Availability(Tour.objects.with_ground().get(pk=world.tour.pk), [wish])
    assert [no.text for no in ground.says_no(wish)] == ["lunch 10:45–11:30 at Krokoms skola"]


def test_the_public_is_bound_by_the_room_alone(world: World) -> None:
    hours(world.school.school)
    Closure.objects.create(venue=world.school_venue, starts_at=at(9), ends_at=at(12), reason="Golvslipning")
    asked = asked_for(world.school, world.school_venue, "public")
    layers = Layers([asked], WEDNESDAY, WEDNESDAY, "SE")
    assert {bar.no.layer for bar in layers.bars(asked)} == {Layer.ROOM}


def test_a_school_that_has_ceased_says_so(world: World) -> None:
    School.objects.filter(pk=world.school.school.pk).update(ceased_on=WEDNESDAY)
    assert [no.text for no in day_of(world).nos] == ["Krokoms skola has ceased"]
    assert {day for day, _low, _high in windows(world)} == {date(2027, 2, 1), date(2027, 2, 2)}


# -- The planner's windows are what the layers leave ---------------------------------------

CLOCK = st.integers(7 * 12, 17 * 12).map(lambda step: step * 5)
SPAN = st.tuples(CLOCK, st.integers(1, 40)).map(lambda pair: (pair[0], min(pair[0] + 5 * pair[1], 1435)))


@st.composite
def grounds(draw: st.DrawFn) -> dict[str, object]:
    opens = draw(st.integers(7 * 12, 10 * 12)) * 5
    closes = opens + draw(st.integers(24, 100)) * 5
    lunch = draw(st.none() | st.integers(0, (closes - opens) // 5 - 6).map(lambda step: opens + 5 * step))
    return {
        "hours": (opens, closes, lunch),
        "weekdays": draw(st.sets(st.integers(0, 4))),
        "closed": draw(st.lists(st.tuples(st.integers(1, 5), SPAN), max_size=3)),
        "off": draw(st.sets(st.integers(1, 5), max_size=2)),
        "shows": draw(st.integers(1, 2)),
    }


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def lay(world: World, ground: dict) -> None:
    opens, closes, lunch = ground["hours"]
    for weekday in ground["weekdays"]:
        SchoolHours.objects.create(
            school=world.school.school,
            weekday=weekday,
            starts=clock(opens),
            ends=clock(closes),
            lunch_starts=clock(lunch) if lunch else None,
            lunch_ends=clock(lunch + 30) if lunch else None,
        )
    for day, (start, end) in ground["closed"]:
        Closure.objects.create(
            venue=world.school_venue,
            starts_at=at(start // 60, start % 60, day),
            ends_at=at(end // 60, end % 60, day),
        )
    for day in ground["off"]:
        SchoolBreak.objects.create(
            school=world.school.school, name="Lov", starts_on=date(2027, 2, day), ends_on=date(2027, 2, day)
        )
    Wish.objects.filter(pk=world.school_wish.pk).update(shows_count=ground["shows"])


def free_by_hand(
    ground: dict, day: int, start: int, shows: list[tuple[int, int]], get_in: int, after: int
) -> bool:
    """Whether the visit may start then, by the rows alone: neither bars nor windows."""
    opens, closes, lunch = ground["hours"]
    weekday = date(2027, 2, day).weekday()
    if day in ground["off"] or weekday > 4 or (ground["weekdays"] and weekday not in ground["weekdays"]):
        return False
    if any(
        on == day and start - get_in < end and start + after > begin for on, (begin, end) in ground["closed"]
    ):
        return False
    if not ground["weekdays"]:
        return True
    played = [(start + a, start + b) for a, b in shows]
    inside = all(opens <= a and b <= closes for a, b in played)
    return inside and not (lunch and any(a < lunch + 30 and b > lunch for a, b in played))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ground=grounds())
def test_the_planners_windows_are_what_the_layers_leave(world: World, ground: dict) -> None:
    """Minute by minute and both ways: rows -> free, rows -> layers, rows -> windows of the planner."""
    with transaction.atomic():
        lay(world, ground)
        wish = Wish.objects.with_ground().get(pk=world.school_wish.pk)
        tour = Tour.objects.with_ground().get(pk=world.tour.pk)
        availability, visit = Availability(tour, [wish]), visit_of(tour, wish.shows_count)
        asked = asked_for(wish.organisation, wish.venue, wish.audience)
        found = {(day, m) for day, low, high in availability.windows(wish) for m in range(low, high + 1)}
        bars = availability.layers.bars(asked)
        for day in range(1, 6):
            on = date(2027, 2, day)
            for start in range(540, 781, 5):
                free = free_by_hand(ground, day, start, list(visit.shows), visit.get_in_min, visit.after_min)
                said = first_no(bars, visit, on, start)
                assert ((on, start) in found, said is None) == (free, free)
        transaction.set_rollback(True)
