"""The visits that a house has had, and their sums."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bookings import past_visits
from bookings.models import Booking
from bookings.past_visits import Sums
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World
from venues.models import User

pytestmark = pytest.mark.django_db
AFTER = datetime(2027, 6, 1, tzinfo=UTC)


def played(
    world: World, day: int, audience: int | None = None, young: int | None = None, **fields: object
) -> Booking:
    show = visit(world, STARTS_AT.replace(day=day), outcome="held", **fields)
    show.attendance, show.attendance_young = audience, young
    show.save()
    return show.booking


def numbers(user: User, order: str = "") -> list[int | None]:
    return [one.audience_count for one in past_visits.ordered(past_visits.of_houses(user, AFTER), order)]


def test_confirmed_ones_that_are_over(world: World) -> None:
    visit(world, status="cancelled")
    over = played(world, 3)
    assert list(past_visits.of_houses(world.presenter, AFTER)) == [over]
    assert not past_visits.of_houses(world.presenter, STARTS_AT.replace(day=2)).exists()


def test_of_ones_own_house_only(world: World) -> None:
    played(world, 3)
    for person in (world.neighbour, world.producer, world.officer):
        assert not past_visits.of_houses(person, AFTER).exists()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("day", [80, None, 40]),
        ("-day", [40, None, 80]),
        ("audience", [40, 80, None]),
        ("-audience", [80, 40, None]),
    ],
)
def test_what_is_not_known_comes_last(world: World, order: str, expected: list[int | None]) -> None:
    for day, audience in ((3, 80), (4, None), (5, 40)):
        played(world, day, audience)
    assert numbers(world.presenter, order) == expected


def test_sums_of_a_season_count_what_was_played(world: World) -> None:
    played(world, 3, 80, 70)
    played(world, 4)
    visit(world, STARTS_AT.replace(day=5), outcome="not_held")
    [season] = past_visits.sums_by_season(past_visits.of_houses(world.presenter, AFTER))
    assert season == Sums("Våren 2027", 2, 2, 1, 80, 70, {"SEK": Decimal(19600)})


def test_a_visit_of_new_years_eve_belongs_to_the_local_year(world: World) -> None:
    late = visit(world, datetime(2026, 12, 31, 23, 45, tzinfo=UTC), outcome="held")
    found = past_visits.of_houses(world.presenter, AFTER)
    Booking.objects.filter(pk=late.booking_id).update(
        occupied_from=datetime(2026, 12, 31, 23, 15, tzinfo=UTC)
    )
    assert [one.name for one in past_visits.sums_by_year(found)] == ["2027"]
    assert past_visits.years_of(found) == [2027]


def test_currencies_are_not_added(world: World) -> None:
    played(world, 3)
    played(world, 4, currency="NOK")
    sums = past_visits.sums_of(past_visits.of_houses(world.presenter, AFTER))
    assert sums.prices == {"SEK": Decimal(9800), "NOK": Decimal(9800)}
