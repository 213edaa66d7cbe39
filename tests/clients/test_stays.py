"""Somebody who subscribes to a residency with vdirsyncer and khal, while it lives its life."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bookings import feed_links
from bookings.models import Residency
from bookings.residencies import day_plans
from tests.api.fed import Clock
from tests.bookings.stays import STARTS_AT, cancelled, day_line, period, stay, sub_event
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


def test_whoever_stays_sees_the_day_plan_as_it_is_said_anew(
    world: World, made: Residency, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Residency.objects.update(artist=world.stranger)
    lines = [day_line(made), day_line(made, words="Ankomst", starts=time(14), ends=None)]
    day_line(made, words="Ledigt", starts=None, ends=None)
    clock = Clock()
    clock.now = NOW
    monkeypatch.setattr("django.utils.timezone.now", clock)
    token = feed_links.create_feed(feed_links.keeps(world.stranger)[0], "Telefonen", world.stranger)[1]
    somebody = Subscriber(tmp_path)

    def told() -> list[list[str]]:
        return [row for row in somebody.listed(date(2027, 2, 1), 1) if ": " not in row[3]]

    with serving() as site:
        somebody.subscribe(f"{site}/ical/privat/{token}.ics")
        assert told() == [
            ["2027-02-01", "2027-02-02", "CONFIRMED", "Ledigt"],
            ["2027-02-01T08:00:00Z", "2027-02-01T11:00:00Z", "CONFIRMED", "Repetition"],
            ["2027-02-01T13:00:00Z", "2027-02-01T13:30:00Z", "CONFIRMED", "Ankomst"],
        ]
        more = {"on": lines[0].on, "starts": time(10), "ends": time(11), "words": "Möte med kören"}
        day_plans.change(lines[0], **more, version=1, now=NOW + HOUR)
        day_plans.remove(lines[1], version=1)
        somebody.sync()
        assert told() == [
            ["2027-02-01", "2027-02-02", "CONFIRMED", "Ledigt"],
            ["2027-02-01T09:00:00Z", "2027-02-01T10:00:00Z", "CONFIRMED", "Möte med kören"],
        ]
