"""A show that was published and is no more: calendars strike it out until its day has passed."""

from datetime import timedelta

from bookings import checking_feeds, placing
from bookings.models import DroppedShow, Performance
from tests.bookings.ical_reader import Block, vevents
from tests.bookings.stored import address, body_at
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.world import World

HOUR = timedelta(hours=1)


def two_shows(world: World, **fields: object) -> tuple[Performance, Performance]:
    first = visit(world, **fields)
    second = Performance.objects.create(
        booking=first.booking,
        number=2,
        starts_at=STARTS_AT + HOUR,
        ends_at=STARTS_AT + 2 * HOUR,
        changed_at=first.changed_at,
    )
    return first, second


def told(world: World, kind: str = "tour") -> dict[str, Block]:
    return {event.text("UID"): event for event in vevents(body_at(address(world, kind), NOW + HOUR))}


def drop(first: Performance) -> None:
    placing.set_performances(first.booking, 1, STARTS_AT, NOW)


def test_it_stays_in_its_place_as_cancelled(world: World) -> None:
    first, second = two_shows(world)
    before = told(world)[f"{second.uid}@turne"]
    drop(first)
    after = told(world)[f"{second.uid}@turne"]
    assert (after.text("DTSTART"), after.text("STATUS")) == (before.text("DTSTART"), "CANCELLED")
    assert after.text("SUMMARY").startswith("INSTÄLLT:")
    assert int(after.text("SEQUENCE")) == int(before.text("SEQUENCE")) + 1
    assert len(told(world)) == 2


def test_it_is_so_in_every_feed_of_the_visit(world: World) -> None:
    first, second = two_shows(world)
    drop(first)
    assert [f"{second.uid}@turne" in told(world, kind) for kind in ("region", "presenter", "venue")] == [
        True
    ] * 3
    assert list(checking_feeds.differences(NOW + HOUR)) == []


def test_it_is_gone_once_it_is_thirty_days_old(world: World) -> None:
    first, _second = two_shows(world)
    drop(first)
    body = body_at(address(world, "tour"), STARTS_AT + timedelta(days=32))
    assert vevents(body) == []


def test_one_that_nobody_had_been_told_of_leaves_nothing(world: World) -> None:
    first, _second = two_shows(world, published_at=None)
    drop(first)
    assert (DroppedShow.objects.count(), Performance.objects.count()) == (0, 1)
