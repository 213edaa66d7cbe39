"""A room is closed while fifty want it, over HTTP: it is never both taken and closed unknowingly."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Booking, Notice
from tests.guarantees import operations
from tests.guarantees.served import Call, all_at_once, serving, token_of, tour_ahead
from tests.races import wishes
from tests.world import World
from tours.windows import midnight
from venues.models import Closure

pytestmark = pytest.mark.django_db(transaction=True)
HALF = 25
DAY = timedelta(days=1)


@pytest.fixture
def address(transactional_db: None, tmp_path: Path) -> Iterator[tuple[str, int]]:
    with serving(tmp_path) as (found, _server):
        yield found


@pytest.fixture
def at(world: World) -> datetime:
    """The time that everybody wants."""
    return tour_ahead(world)


def mixed(some: list[Call], others: list[Call]) -> list[Call]:
    """In turns, so that neither kind comes first as a whole."""
    return [call for pair in zip(some, others, strict=True) for call in pair]


def closings(world: World, at: datetime, **more: Any) -> list[Call]:
    """The presenter closes the room on that day, so many times over."""
    day = midnight(at.date())
    body = {
        "venue": world.venue.slug,
        "starts_at": day.isoformat(),
        "ends_at": (day + DAY).isoformat(),
        **more,
    }
    return [Call(token_of(world.presenter), "closures", body)] * HALF


def test_fifty_hold_and_close_one_way_stands(world: World, at: datetime, address: tuple[str, int]) -> None:
    """Either one hold stands and nobody closes without knowing of it, or it is closed and nobody holds it."""
    token = token_of(world.producer)
    body = {"tour": world.tour.slug, "starts_at": at.isoformat(), "first_only": True}
    holds = [Call(token, "bookings", {**body, "wish": wish.pk}) for wish in wishes(world, HALF)]
    outcome = all_at_once(address, mixed(holds, closings(world, at)))
    stands = Booking.objects.reserving().count()
    assert outcome in (
        {(201, ""): 1, (409, "slot_taken"): HALF - 1, (422, "visits_booked"): HALF},
        {(201, ""): HALF, (409, "slot_taken"): HALF},
    )
    assert (stands, Closure.objects.count(), operations.wrong()) in ((1, 0, []), (0, HALF, []))


def test_fifty_confirm_and_close_nobody_is_left_untold(
    world: World, at: datetime, address: tuple[str, int]
) -> None:
    """Whoever closes knowingly may close over a confirmed visit, of which its producer hears; never the other way."""
    now = timezone.now()
    wanted = {"tour": world.tour, "starts_at": at, "by": world.producer, "now": now}
    held = [lifecycle.hold(wish=wish, rank=2, **wanted) for wish in wishes(world, HALF)]
    token = token_of(world.producer)
    confirmations = [Call(token, f"bookings/{one.pk}/confirm", {}) for one in held]
    outcome = all_at_once(address, mixed(confirmations, closings(world, at, despite=True)))
    confirmed = Booking.objects.filter(status="confirmed").count()
    assert outcome == Counter({(201, ""): HALF, (200, ""): confirmed, (409, "slot_taken"): HALF - confirmed})
    told = Notice.objects.filter(kind="visit_closed").count()
    assert (confirmed, told, operations.wrong()) in ((1, HALF, []), (0, 0, []))
