"""Fifty at once over HTTP, against a server of two processes: whatever they try, one has the time.

Without the guards the same race is lost: `tests/bookings/test_race.py` has the controls.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from bookings import lifecycle, planning, running
from bookings.models import Booking
from tests.bookings.rivals import Rival, make_rival
from tests.guarantees import operations
from tests.guarantees.served import Call, all_at_once, serving, token_of, tour_ahead
from tests.races import wishes
from tests.world import World
from tours.models import Proposal, WishSpan

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 50
DAY = timedelta(days=1)


@pytest.fixture
def address(transactional_db: None, tmp_path: Path) -> Iterator[tuple[str, int]]:
    with serving(tmp_path) as (found, _server):
        yield found


@pytest.fixture
def rivals(world: World) -> list[Rival]:
    return [make_rival(world, f"Hus{number}") for number in range(10)]


@pytest.fixture
def at(world: World, rivals: list[Rival]) -> datetime:
    """The time that all of them want."""
    found = tour_ahead(world)
    for rival in rivals:
        rival.tour.refresh_from_db()
    return found


def first_at(at: datetime) -> int:
    """How many have the venue at that moment."""
    return Booking.objects.reserving().between(at, at + timedelta(minutes=1)).count()


def test_fifty_create_one_stands(world: World, at: datetime, address: tuple[str, int]) -> None:
    token = token_of(world.producer)
    body = {"tour": world.tour.slug, "starts_at": at.isoformat(), "first_only": True}
    calls = [Call(token, "bookings", {**body, "wish": wish.pk}) for wish in wishes(world, RIVALS)]
    assert all_at_once(address, calls) == {(201, ""): 1, (409, "slot_taken"): RIVALS - 1}
    assert (first_at(at), operations.wrong()) == (1, [])


def test_fifty_confirm_one_stands(world: World, at: datetime, address: tuple[str, int]) -> None:
    token, now = token_of(world.producer), timezone.now()
    calls = []
    for wish in wishes(world, RIVALS):
        booking = lifecycle.hold(tour=world.tour, wish=wish, starts_at=at, by=world.producer, now=now, rank=2)
        lifecycle.offer(booking, by=world.producer, now=now)
        calls.append(Call(token, f"bookings/{booking.pk}/confirm", {}))
    assert all_at_once(address, calls) == {(200, ""): 1, (409, "slot_taken"): RIVALS - 1}
    assert (first_at(at), operations.wrong()) == (1, [])


def test_fifty_by_every_way_one_stands(
    world: World, rivals: list[Rival], at: datetime, address: tuple[str, int]
) -> None:
    """Creating, confirming, promoting, moving onto it and adopting a plan that plays there, all at the same moment."""
    calls = [
        *_creations(world, at),
        *_confirmations(rivals[:3], at),
        *_promotions(rivals[3:6], at),
        *_moves(rivals[6:9], at),
        *_adoptions(world, at),
    ]
    many = (calls * RIVALS)[:RIVALS]
    outcome = all_at_once(address, many)
    refusals = {(409, "slot_taken"), (409, "wrong_state"), (409, "plan_outdated"), (422, "refused")}
    assert set(outcome) <= {(200, ""), (201, ""), *refusals}, (
        outcome
    )  # 422: the wish has been held by its twin
    assert (first_at(at), operations.wrong()) == (1, [])


def _creations(world: World, at: datetime) -> list[Call]:
    body = {"tour": world.tour.slug, "starts_at": at.isoformat(), "first_only": True}
    token = token_of(world.producer)
    return [Call(token, "bookings", {**body, "wish": wish.pk}) for wish in wishes(world, 10)]


def _confirmations(rivals: list[Rival], at: datetime) -> list[Call]:
    return [
        Call(token_of(rival.producer), f"bookings/{_offered(rival, at).pk}/confirm", {}) for rival in rivals
    ]


def _offered(rival: Rival, at: datetime) -> Booking:
    booking = rival.held(now=timezone.now(), starts_at=at, rank=2)
    return lifecycle.offer(booking, by=rival.producer, now=timezone.now())


def _promotions(rivals: list[Rival], at: datetime) -> list[Call]:
    held = [(rival, rival.held(now=timezone.now(), starts_at=at, rank=2)) for rival in rivals]
    return [Call(token_of(rival.producer), f"bookings/{booking.pk}/promote", {}) for rival, booking in held]


def _moves(rivals: list[Rival], at: datetime) -> list[Call]:
    """First options of other days, to be moved here."""
    held = [
        (rival, rival.held(now=timezone.now(), starts_at=at + day * DAY))
        for day, rival in enumerate(rivals, start=1)
    ]
    body = {"starts_at": at.isoformat()}
    return [Call(token_of(rival.producer), f"bookings/{booking.pk}/move", body) for rival, booking in held]


def _adoptions(world: World, at: datetime) -> list[Call]:
    """A plan that plays the world's own wish at that time."""
    days = {"starts_on": world.tour.starts_on, "ends_on": world.tour.ends_on}
    WishSpan.objects.filter(wish__season=world.season).update(**days)
    planning.lock_stop(world.tour, world.wish, at, by=world.producer)
    proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    played = {stop["candidate"] for stop in Proposal.objects.get(pk=proposal.pk).plan["stops"]}
    assert f"w{world.wish.pk}" in played
    return [Call(token_of(world.producer), f"proposals/{proposal.pk}/adopt", {})]
