"""A residency combined with visits to schools near by: what is read of the ground."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bookings.models import Allocation, Booking, SubEvent, VisitGroup
from bookings.residencies import combining
from bookings.residencies.combining import Combined
from tests import factories as make
from tests.bookings.matched import played
from tests.bookings.residencies.moments import planned
from tests.bookings.residencies.stays_made import Stay
from tests.world import World
from venues.models import Group, School, SchoolBreak, SchoolHours

TODAY = date(2027, 1, 11)
#: Monday to Wednesday.
DAYS = (date(2027, 5, 3), date(2027, 5, 5))


@pytest.fixture
def stay(world: World) -> Stay:
    return planned(world, periods=[DAYS])


def school(world: World, name: str = "Backe skola", place: str = "Backe") -> School:
    where = world.places[place]
    house = make.OrganisationFactory(name=name, roles=["school"], municipality=where.municipality)
    found: School = make.SchoolFactory(place=where, organisation=house)
    return found


def group(school: School, name: str = "4A", **more: object) -> Group:
    found: Group = make.GroupFactory(school=school, name=name, **more)
    return found


def combined(stay: Stay, *only: str) -> Combined:
    return combining.combine(stay.residency, TODAY, only)


def met(found: Combined) -> list[tuple[int, str, str]]:
    """Day, class and start of each session."""
    return [
        (plan.day.day, one.name, f"{session.start_min // 60}.{session.start_min % 60:02d}")
        for plan in found.days
        for session in plan.sessions
        for one in session.classes
    ]


def test_a_class_near_by_that_meets_nothing(world: World, stay: Stay) -> None:
    group(school(world))
    found = combined(stay)
    assert met(found) == [(3, "4A", "9.00")]
    assert (found.pupils, found.schools, found.road_min) == (24, 1, 0)


def test_a_class_that_has_a_visit_this_year_is_left_out(world: World, stay: Stay) -> None:
    one = group(school(world))
    played(world, world.neighbour_venue)
    VisitGroup.objects.create(
        booking=Booking.objects.latest("pk"), group=one, show_number=1, pupils_count=24, adults_count=2
    )
    assert met(combined(stay)) == []


def test_so_is_one_that_comes_to_something_of_the_residency(world: World, stay: Stay) -> None:
    event(stay, 5).groups.add(group(school(world)))
    assert met(combined(stay)) == []


def event(stay: Stay, day: int, hour: int = 7) -> SubEvent:
    """The hour is UTC, two before that in Sweden."""
    start = datetime(2027, 5, day, hour, tzinfo=UTC)
    made: SubEvent = SubEvent.objects.create(
        residency=stay.residency,
        kind="showing",
        title="Visning",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        changed_at=start,
    )
    return made


def test_the_artists_are_not_in_two_places(world: World, stay: Stay) -> None:
    group(school(world))
    event(stay, 3)
    assert met(combined(stay)) == [(3, "4A", "11.15")]


def test_a_visit_of_the_ensemble_takes_its_day(world: World) -> None:
    stay = planned(world, periods=[(DAYS[0], DAYS[0])], ensemble=world.ensemble)
    group(school(world))
    played(world, world.neighbour_venue)
    start = datetime(2027, 5, 3, 5, tzinfo=UTC)
    Allocation.objects.create(
        booking=Booking.objects.latest("pk"), ensemble=world.ensemble, occupied_from=start,
        occupied_to=start + timedelta(hours=12), is_blocking=True,
    )  # fmt: skip
    assert met(combined(stay)) == []


def test_schools_of_another_year_and_far_away_are_left_out(world: World, stay: Stay) -> None:
    group(school(world), school_year="2027/28")
    group(school(world, "Åre skola", "Åre"))
    assert met(combined(stay)) == []


def test_each_period_has_the_classes_of_its_school_year(world: World) -> None:
    stay = planned(world, periods=[(DAYS[0], DAYS[0]), (date(2027, 8, 23), date(2027, 8, 23))])
    one = school(world)
    group(one, "4A"), group(one, "1B", school_year="2027/28")
    assert sorted(met(combined(stay))) == [(3, "4A", "9.00"), (23, "1B", "9.00")]


def test_days_off_hours_and_lunch_are_kept_free(world: World, stay: Stay) -> None:
    one = school(world)
    group(one)
    SchoolBreak.objects.create(
        school=one, kind="study_day", name="Studiedag", starts_on=DAYS[0], ends_on=DAYS[0]
    )
    SchoolHours.objects.create(school=one, weekday=1, starts=time(10), ends=time(12))
    assert met(combined(stay)) == [(4, "4A", "10.00")]


def test_days_that_are_over_are_left_out(world: World, stay: Stay) -> None:
    group(school(world))
    assert combining.combine(stay.residency, DAYS[1]).days == []


def test_unknown_hours_are_a_warning(world: World, stay: Stay) -> None:
    group(school(world))
    [plan] = combined(stay).days
    assert plan.warnings == ["Backe skola has not said when it receives: usual hours are reckoned with."]


def test_a_school_of_another_municipality_is_not_invited(world: World) -> None:
    stay = planned(world, periods=[DAYS], place=world.places["Östersund"])
    group(school(world, "Krokoms andra skola", "Krokom"))
    [plan] = combined(stay).days
    [session] = plan.sessions
    assert not combining.becomes_sub_event(session)
    told = "Krokoms andra skola is in Krokom: agree with the school, and write it among the day's lines."
    assert told in plan.warnings


class TestProductions:
    @pytest.fixture
    def stay(self, world: World) -> Stay:
        return planned(world, periods=[DAYS], ensemble=world.ensemble)

    def test_several_classes_come_to_a_show(self, world: World, stay: Stay) -> None:
        one = school(world)
        make.VenueFactory(organisation=one.organisation, place=one.place, seats=120)
        group(one, "4A"), group(one, "4B"), group(one, "5A")
        found = combined(stay, f"p{world.production.pk}")
        assert met(found) == [(3, "4A", "9.00"), (3, "4B", "9.00"), (3, "5A", "9.00")]
        assert not combining.becomes_sub_event(found.days[0].sessions[0])

    def test_a_class_of_another_age_does_not(self, world: World, stay: Stay) -> None:
        world.production.age_min, world.production.age_max = 13, 15
        world.production.save()
        group(school(world), grade="4")
        assert met(combined(stay, f"p{world.production.pk}")) == []

    def test_a_room_that_does_not_fit_is_none(self, world: World, stay: Stay) -> None:
        world.production.rider.needs_piano = True
        world.production.rider.save()
        one = school(world)
        make.VenueFactory(organisation=one.organisation, place=one.place, seats=120, piano=False)
        group(one)
        assert met(combined(stay, f"p{world.production.pk}")) == []

    def test_a_school_without_a_known_room_is_a_warning(self, world: World, stay: Stay) -> None:
        group(school(world))
        [plan] = combined(stay, f"p{world.production.pk}").days
        assert (
            "No room of Backe skola is known in which Trumman och tystnaden could be played." in plan.warnings
        )

    def test_what_the_ensemble_has_is_offered(self, world: World, stay: Stay) -> None:
        assert [offer.title for offer in combining.offers_of(stay.residency)] == [
            "Workshop with a class",
            "Trumman och tystnaden",
        ]


def test_without_ensemble_or_production_there_is_the_workshop(stay: Stay) -> None:
    assert [offer.key for offer in combining.offers_of(stay.residency)] == ["workshop"]
