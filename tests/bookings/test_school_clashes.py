"""What lies on days without school, before and after they are written; nothing of it is cancelled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bookings import school_clashes
from bookings.errors import SchoolOffOverVisits
from bookings.models import Booking
from tests.bookings.visits import STARTS_AT, visit
from tests.venues.school_days import AUTUMN, YEAR, draft, municipality_of
from tests.world import World
from venues import school_years
from venues.models import SchoolBreak
from venues.school_years import Draft, Entry, Owner

TODAY = date(2027, 1, 20)
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
THAT_DAY = Entry("staff", "Studiedag", date(2027, 2, 4), date(2027, 2, 4))


@pytest.fixture
def booking(world: World) -> Booking:
    """The school's visit on Thursday 4 February; its wish has become of it."""
    booked = visit(world, presenter=world.school, venue=world.school_venue, audience="school")
    Booking.objects.filter(pk=booked.booking_id).update(wish=world.school_wish)
    return booked.booking


def found(owner: Owner, wanted: Draft) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:
    clashes = school_clashes.clashes_of(owner, YEAR, wanted, TODAY)
    return (
        [(clash.booking.pk, clash.off.text) for clash in clashes.visits],
        [(clash.wish.pk, clash.gone_count, clash.left_count) for clash in clashes.wishes],
    )


def keep(world: World, owner: Owner, wanted: Draft, *, despite: bool = False) -> None:
    school_clashes.keep(owner, YEAR, wanted, by=world.officer, now=NOW, how="hand", despite=despite)


def test_a_visit_on_a_new_day_off(world: World, booking: Booking) -> None:
    assert found(world.school.school, draft(THAT_DAY)) == ([(booking.pk, "Studiedag (Krokoms skola)")], [])
    assert found(municipality_of(world.school.school), draft(THAT_DAY)) == (
        [(booking.pk, "Studiedag (Krokom)")],
        [],
    )


def test_a_wish_that_loses_days(world: World) -> None:
    week = replace(THAT_DAY, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 5))
    assert found(world.school.school, draft(week)) == ([], [(world.school_wish.pk, 5, 5)])


@pytest.mark.parametrize(("off", "gone", "left"), [(3, 1, 3), (6, 0, 0)])
def test_a_red_day_is_neither_lost_nor_left(world: World, off: int, gone: int, left: int) -> None:
    """Ascension Day is Thursday 6 May 2027."""
    world.school_wish.spans.update(starts_on=date(2027, 5, 3), ends_on=date(2027, 5, 7))
    day = replace(THAT_DAY, starts_on=date(2027, 5, off), ends_on=date(2027, 5, off))
    expected = [(world.school_wish.pk, gone, left)] if gone else []
    assert found(world.school.school, draft(day)) == ([], expected)


def test_what_is_noted_already_is_not_new(world: World, booking: Booking) -> None:
    keep(world, world.school.school, draft(THAT_DAY), despite=True)
    renamed = draft(replace(THAT_DAY, name="Planeringsdag"), AUTUMN)
    assert found(world.school.school, renamed) == ([], [])
    now = school_clashes.clashes_now(world.school.school, YEAR, TODAY)
    assert [clash.booking.pk for clash in now.visits] == [booking.pk]


def test_other_schools_municipalities_and_audiences_are_no_concern(world: World, booking: Booking) -> None:
    assert found(world.places["Åre"].municipality, draft(THAT_DAY)) == ([], [])
    Booking.objects.update(audience="public")
    assert found(world.school.school, draft(THAT_DAY))[0] == []


def test_what_is_over_is_no_clash(world: World, booking: Booking) -> None:
    after = STARTS_AT.date() + timedelta(days=20)
    clashes = school_clashes.clashes_of(world.school.school, YEAR, draft(THAT_DAY), after)
    assert not clashes


def test_a_school_that_has_school_all_the_same_has_no_clash(world: World, booking: Booking) -> None:
    keep(world, world.school.school, draft(replace(THAT_DAY, kind="open")))
    assert found(municipality_of(world.school.school), draft(THAT_DAY)) == ([], [])


def test_a_schools_audience_in_another_house_follows_the_municipality_there(world: World) -> None:
    booked = visit(world, audience="school").booking
    clashes, _wishes = found(world.places["Backe"].municipality, draft(THAT_DAY))
    assert [pk for pk, _why in clashes] == [booked.pk]


def test_it_is_not_written_until_somebody_knows(world: World, booking: Booking) -> None:
    with pytest.raises(SchoolOffOverVisits) as caught:
        keep(world, world.school.school, draft(THAT_DAY))
    assert caught.value.ids == {"bookings": [booking.pk], "wishes": []}
    assert SchoolBreak.objects.count() == 0


def test_written_knowingly_the_visit_stands(world: World, booking: Booking) -> None:
    keep(world, world.school.school, draft(THAT_DAY), despite=True)
    assert school_years.standing(world.school.school, YEAR) == draft(THAT_DAY)
    assert Booking.objects.get(pk=booking.pk).status == "confirmed"


def test_visits_off_are_found_among_many(world: World, booking: Booking) -> None:
    visit(world, STARTS_AT + timedelta(days=1), audience="public", venue=world.neighbour_venue)
    keep(world, municipality_of(world.school.school), draft(THAT_DAY), despite=True)
    ground = Booking.objects.with_ground().order_by("pk")
    assert [(clash.booking.pk, clash.off.name) for clash in school_clashes.visits_off(ground)] == [
        (booking.pk, "Studiedag")
    ]


def test_visits_to_the_public_need_no_query(world: World, django_assert_num_queries) -> None:
    booked = visit(world).booking
    with django_assert_num_queries(0):
        assert school_clashes.visits_off([booked]) == []
