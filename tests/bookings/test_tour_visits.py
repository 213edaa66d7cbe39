"""A tour with visits in it: its frame changed, and its offers sent."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bookings import lifecycle, tour_visits
from bookings.briefing import make_brief
from bookings.models import Notice
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import NOW, held, offered
from tests.world import World
from tours import planner
from tours.errors import NotNow, Refused
from tours.frames import Frame
from tours.models import Production, Tour, Wish
from tours.models.production import SESSIONS_MAX

FRAME = Frame(name="Trumman i norr", starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 12))


def test_the_largest_amounts_that_a_frame_takes_can_be_planned(world: World) -> None:
    dearest = Decimal("99999999.99")
    Production.objects.update(fee=dearest, fee_next_show=dearest, kind="session", shows_per_day_max=6)
    Wish.objects.update(shows_count=SESSIONS_MAX, rank=1)
    amounts = ("municipality_bonus", "cost_per_night", "cost_per_change", "cost_per_offered_change")
    frame = replace(
        FRAME, **dict.fromkeys(amounts, 10**9), cost_per_km=10**5, wish_worth=4 * 10**8, moves_offered=True
    )
    tour = tour_visits.edit_tour(world.tour, frame, version=1)
    offered(world)
    document = make_brief(Tour.objects.with_ground().get(pk=tour.pk)).problem
    assert planner.Problem.from_json(document).to_json() == document


def test_a_change_raises_the_version_and_keeps_the_address(world: World) -> None:
    changed = tour_visits.edit_tour(world.tour, FRAME, version=1)
    assert (changed.name, changed.slug, changed.version) == ("Trumman i norr", "trumman-varen-2027", 2)


def test_a_change_over_somebody_elses_is_refused(world: World) -> None:
    tour_visits.edit_tour(world.tour, FRAME, version=1)
    with pytest.raises(NotNow, match="Somebody has changed the tour"):
        tour_visits.edit_tour(world.tour, replace(FRAME, name="Annat"), version=1)
    assert Tour.objects.get(pk=world.tour.pk).name == "Trumman i norr"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((date(2027, 2, 4), date(2027, 2, 12)), "starts_on"),
        ((date(2027, 2, 1), date(2027, 2, 2)), "ends_on"),
    ],
)
def test_standing_visits_stay_within_the_days(world: World, days: tuple[date, date], field: str) -> None:
    held(world)
    with pytest.raises(Refused, match="Backe bygdegård is held for Wed 3 Feb 2027") as refusal:
        tour_visits.edit_tour(world.tour, replace(FRAME, starts_on=days[0], ends_on=days[1]), version=1)
    assert refusal.value.field == field


def test_a_released_visit_is_in_nobodys_way(world: World) -> None:
    lifecycle.release(held(world), by=world.producer, now=NOW)
    changed = tour_visits.edit_tour(world.tour, replace(FRAME, starts_on=date(2027, 2, 8)), version=1)
    assert changed.starts_on == date(2027, 2, 8)


# -- Offers ---------------------------------------


ANSWER_BY = NOW + timedelta(days=10)


def two_held(world: World) -> dict[int, int]:
    later = timezone.make_aware(datetime(2027, 2, 4, 18))
    both = [held(world), held(world, wish=world.neighbour_wish, starts_at=later)]
    return {booking.pk: booking.version for booking in both}


def offer(world: World, versions: dict[int, int]) -> list:
    return tour_visits.offer_stops(world.tour, versions, by=world.producer, now=NOW, answer_by=ANSWER_BY)


def test_several_offers_are_sent_at_once(world: World) -> None:
    sent = offer(world, two_held(world))
    assert [(booking.status, booking.answer_by) for booking in sent] == [(Status.OFFERED, ANSWER_BY)] * 2
    assert Notice.objects.filter(kind="offered").count() == 2


def test_if_one_cannot_be_sent_none_is(world: World) -> None:
    versions = two_held(world)
    world.neighbouring.memberships.all().delete()
    type(world.neighbouring).objects.filter(pk=world.neighbouring.pk).update(email="")
    with pytest.raises(Refused, match="No mail reaches Folkets hus Strömsund"):
        offer(world, versions)
    assert set(world.tour.bookings.values_list("status", flat=True)) == {Status.HELD}
    assert not Notice.objects.exists()


def test_a_visit_that_has_changed_stops_them_all(world: World) -> None:
    versions = two_held(world)
    first = world.tour.bookings.first()
    lifecycle.offer(first, by=world.producer, now=NOW)
    with pytest.raises(NotNow, match="Somebody has changed this visit"):
        offer(world, versions)
    assert world.tour.bookings.filter(status=Status.OFFERED).count() == 1


@pytest.mark.parametrize("versions", [{}, {999_999: 1}])
def test_without_a_visit_nothing_is_offered(world: World, versions: dict[int, int]) -> None:
    with pytest.raises(Refused, match="Choose at least one"):
        offer(world, versions)


def test_another_tours_visit_is_not_offered(world: World) -> None:
    versions = two_held(world)
    other = make.TourFactory(production=world.production, season=world.season)
    with pytest.raises(Refused, match="Choose at least one"):
        tour_visits.offer_stops(other, versions, by=world.producer, now=NOW, answer_by=ANSWER_BY)


@pytest.mark.parametrize(
    ("cut_off_on", "today", "expected"),
    [
        (None, date(2026, 12, 18), date(2027, 1, 1)),
        (date(2026, 12, 28), date(2026, 12, 18), date(2026, 12, 28)),
        (date(2026, 12, 1), date(2026, 12, 18), date(2027, 1, 1)),
        (None, date(2027, 1, 28), date(2027, 1, 31)),
        (None, date(2027, 2, 3), date(2027, 2, 4)),
    ],
)
def test_the_suggested_answer_day(cut_off_on: date | None, today: date, expected: date) -> None:
    tour = Tour(starts_on=date(2027, 2, 1), cut_off_on=cut_off_on)
    assert tour_visits.default_answer_day(tour, today) == expected
