"""Somebody who subscribes to a residency with vdirsyncer and khal, while it lives its life."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bookings.models import Residency
from tests.api.fed import Clock
from tests.bookings.stays import STARTS_AT, cancelled, period, stay, sub_event
from tests.bookings.visits import NOW
from tests.clients.khal import Subscriber
from tests.clients.readers import moment
from tests.clients.serving import serving
from tests.world import World

pytestmark = pytest.mark.khal
HOUR = timedelta(hours=1)


@pytest.fixture
def made(world: World) -> Residency:
    found = stay(world)
    period(found, date(2027, 1, 30), date(2027, 2, 14))
    period(found, date(2027, 3, 25), date(2027, 3, 31))
    sub_event(found)
    return found


@pytest.fixture
def subscriber(made: Residency, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Subscriber]:
    clock = Clock()
    clock.now = NOW
    monkeypatch.setattr("django.utils.timezone.now", clock)
    with serving() as site:
        somebody = Subscriber(tmp_path)
        somebody.subscribe(f"{site}/ical/residens/{made.slug}.ics")
        yield somebody


def listed(subscriber: Subscriber) -> list[list[str]]:
    return subscriber.listed(date(2027, 1, 1), 120)


def test_days_are_whole_and_hours_are_right(subscriber: Subscriber) -> None:
    hours = [moment(STARTS_AT), moment(STARTS_AT + HOUR), "CONFIRMED", "Visning: Första lyssningen"]
    whole = [
        [first, last, "CONFIRMED", "Residens: Ljud av is"]
        for first, last in (("2027-01-30", "2027-02-15"), ("2027-03-25", "2027-04-01"))
    ]
    assert listed(subscriber) == sorted([*whole, hours])


def test_what_is_cancelled_is_so_after_the_next_fetch(subscriber: Subscriber, made: Residency) -> None:
    cancelled(made, NOW + HOUR)
    subscriber.sync()
    found = listed(subscriber)
    assert {row[2] for row in found} == {"CANCELLED"}
    assert all(row[3].startswith("INSTÄLLT: ") for row in found)
    assert len(found) == 3
