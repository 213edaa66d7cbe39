"""The clock's work, thing by thing."""

from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError

from bookings import lifecycle, notices
from bookings.clockwork import for_each
from bookings.models import Booking
from tests.agreements import DAY, NOW
from tests.bookings.test_offers import both_offered
from tests.world import World


def odd_only(thing: int, now: datetime) -> int:
    if thing % 2 == 0:
        raise ValueError(thing)
    return 1


def test_one_that_fails_does_not_keep_the_others_waiting() -> None:
    assert for_each(odd_only, [1, 2, 3], NOW) == 2


def test_a_database_that_is_away_ends_the_turn(world: World) -> None:
    def away(thing: int, now: datetime) -> int:
        raise OperationalError

    with pytest.raises(OperationalError):
        for_each(away, [1, 2], NOW)


def test_an_offer_whose_mail_fails_lets_the_others_lapse(world: World, monkeypatch: Any) -> None:
    first, second = both_offered(world)
    whole = notices.expired

    def broken(booking: Booking, now: datetime) -> None:
        if booking == first:
            raise ValueError("no such mail")
        whole(booking, now)

    monkeypatch.setattr(notices, "expired", broken)
    assert lifecycle.expire_due(NOW + 30 * DAY) == 1
    assert [Booking.objects.get(pk=one.pk).status for one in (first, second)] == ["offered", "expired"]
