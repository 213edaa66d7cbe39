"""Programs of others read the calendars of the demo region, and all of them see the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bookings import feeds, lifecycle
from bookings.feeds import Address
from bookings.ical import Entry, calendar, render, render_span, render_sub_event
from bookings.models import Booking
from tests.bookings.ical_entries import BASE, ENTRY, SPAN, SUB_EVENT
from tests.clients import readers
from tests.clients.conftest import Served
from tests.clients.khal import Subscriber
from tests.clients.readers import Reader, Reading, moment
from tests.conftest import DEMO_NOON
from venues.models import User

#: The demo is loaded for SQLite only: what programs make of bytes is the same whatever the database is.
pytestmark = [pytest.mark.django_db, pytest.mark.process]
PROGRAMS = [
    pytest.param(readers.with_libical, id="libical", marks=pytest.mark.libical),
    pytest.param(readers.with_icaljs, id="ical.js", marks=pytest.mark.icaljs),
]
READERS = [
    pytest.param(readers.with_icalendar, id="icalendar"),
    pytest.param(readers.with_recurrences, id="recurring-ical-events"),
    *PROGRAMS,
]
#: The nights on which clocks are turned (25 October 2026, 28 March 2027) by half hours, and a day in summer.
NIGHTS = (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2027, 3, 27, 22, tzinfo=UTC))
STARTS = [
    *(night + timedelta(minutes=30 * n) for night in NIGHTS for n in range(12)),
    NIGHTS[1].replace(month=7),
]
REGION = "region med hela dagar"


# -- the demo region ---------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_every_entry_of_every_feed_is_read_alike(bodies, read_by_us: Reading, reader: Reader) -> None:
    assert reader(bodies) == read_by_us


def test_every_feed_has_something_to_read(read_by_us: Reading) -> None:
    assert [name for name, seen in read_by_us.items() if not seen] == []


def test_the_region_reads_what_stands_in_the_database(served: Served, read_by_us: Reading) -> None:
    calendar = Address("region", served.addresses["region"].split("/")[-1].removesuffix(".ics")).calendar()
    assert calendar
    assert calendar.stays
    periods, sub_events, *_rest = feeds.stays(calendar.stays, DEMO_NOON)
    assert [row[:3] for row in read_by_us["region"]] == sorted(
        [
            *(
                (f"{show.uid}@turne", moment(show.starts_at), moment(show.ends_at))
                for show in (*feeds.shown(calendar, DEMO_NOON), *sub_events)
            ),
            *(
                (f"{days.uid}@turne", moment(days.starts_on), moment(days.ends_on + timedelta(days=1)))
                for days in periods
            ),
        ]
    )


def test_one_thing_has_one_uid_and_one_time_in_all_feeds(read_by_us: Reading) -> None:
    everywhere = {seen[:4] for rows in read_by_us.values() for seen in rows}
    assert len(everywhere) == len({uid for uid, *_rest in everywhere})


# -- the hours that are hard ---------------------------------------


def entries(zone: str) -> list[Entry]:
    """A performance of 45 minutes at each of the times."""
    return [
        replace(ENTRY, uid=UUID(int=n), starts_at=at, ends_at=at + timedelta(minutes=45), time_zone=zone)
        for n, at in enumerate(STARTS)
    ]


def hours() -> dict[str, bytes]:
    """A calendar in each time zone."""
    return {
        zone: calendar("Timmarna", [render(entry, BASE) for entry in entries(zone)])
        for zone in ("Europe/Stockholm", "Europe/Oslo")
    }


def times(reading: Reading) -> dict[str, list[tuple[str, ...]]]:
    return {name: [row[:3] for row in rows] for name, rows in reading.items()}


@pytest.mark.parametrize("reader", [pytest.param(readers.ours, id="ours"), *READERS])
def test_every_half_hour_around_the_turning_of_clocks_is_the_right_one(reader: Reader) -> None:
    right = {
        zone: sorted(
            (f"{entry.uid}@turne", moment(entry.starts_at), moment(entry.ends_at)) for entry in entries(zone)
        )
        for zone in hours()
    }
    assert times(reader(hours())) == right


@pytest.mark.parametrize("reader", PROGRAMS)
def test_programs_go_by_the_time_zone_in_the_file(reader: Reader) -> None:
    """The control: they would notice if ours were wrong."""
    wrong = {zone: body.replace(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0300") for zone, body in hours().items()}
    assert times(reader(wrong)) != times(reader(hours()))


@pytest.mark.parametrize("reader", [readers.with_icalendar, *PROGRAMS])
def test_readers_are_strict(reader: Reader) -> None:
    """The control: a time that is none is told, not passed over."""
    broken: Mapping[str, bytes] = {"fel": hours()["Europe/Oslo"].replace(b":20270728T000000", b":20270728T")}
    with pytest.raises(AssertionError):
        reader(broken)


# -- stays ---------------------------------------

#: Over a year's end, over a leap day, a single day, and over the night on which clocks are turned.
WHOLE_DAYS = [
    (date(2026, 12, 28), date(2027, 1, 3)),
    (date(2028, 2, 27), date(2028, 2, 29)),
    (date(2027, 5, 1), date(2027, 5, 1)),
    (date(2026, 10, 19), date(2026, 10, 30)),
]
HARD_TITLE = "Ljud av is; åsen, älven \\N och " + "Härjedalen " * 12


def stays() -> dict[str, bytes]:
    """Residencies as whole days, and what they do around the nights on which clocks are turned."""
    days = [
        replace(SPAN, uid=UUID(int=n), kind="Residens", title=HARD_TITLE, starts_on=first, ends_on=last)
        for n, (first, last) in enumerate(WHOLE_DAYS)
    ]
    timed = [
        replace(SUB_EVENT, uid=UUID(int=100 + n), starts_at=at, ends_at=at + timedelta(hours=1))
        for n, at in enumerate(STARTS)
    ]
    vevents = [render_span(one, BASE) for one in days] + [render_sub_event(one, BASE) for one in timed]
    return {"residens": calendar("Residens", vevents)}


def test_we_read_stays_as_they_are() -> None:
    read = readers.ours(stays())["residens"]
    whole = [(first.isoformat(), (last + timedelta(days=1)).isoformat()) for first, last in WHOLE_DAYS]
    timed = [(moment(at), moment(at + timedelta(hours=1))) for at in STARTS]
    assert [(seen.start, seen.end) for seen in read] == [*whole, *timed]
    assert {seen.summary for seen in read} == {
        f"Residens: {HARD_TITLE.strip()}",
        "Visning: Första lyssningen",
    }


@pytest.mark.parametrize("reader", READERS)
def test_stays_are_read_alike(reader: Reader) -> None:
    assert reader(stays()) == readers.ours(stays())


# -- a subscription ---------------------------------------


@pytest.fixture(scope="module")
def subscriber(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Subscriber:
    """Somebody who subscribes to the whole region, once for all who look."""
    somebody = Subscriber(tmp_path_factory.mktemp("subscriber"))
    somebody.subscribe(served.addresses[REGION])
    return somebody


def listed(subscriber: Subscriber) -> list[list[str]]:
    start, end = feeds.window(DEMO_NOON)
    return subscriber.listed(start.date() - timedelta(days=60), (end - start).days + 60)


@pytest.mark.khal
def test_a_subscriber_sees_the_same(subscriber: Subscriber, read_by_us: Reading) -> None:
    subscriber.sync()
    assert listed(subscriber) == sorted(list(seen[1:]) for seen in read_by_us[REGION])


@pytest.mark.khal
def test_a_subscriber_sees_what_was_called_off(subscriber: Subscriber) -> None:
    visit = Booking.objects.filter(status="confirmed", occupied_from__gt=DEMO_NOON).order_by("occupied_from")[
        0
    ]
    lifecycle.cancel(visit, by=User.objects.order_by("pk")[0], now=DEMO_NOON, reason="Sjukdom.")
    before = listed(subscriber)
    subscriber.sync()
    news = [row for row in listed(subscriber) if row not in before]
    assert [row[:3] for row in news] == [
        [moment(show.starts_at), moment(show.ends_at), "CANCELLED"] for show in visit.performances.all()
    ]
    assert {row[3].split(": ")[0] for row in news} == {"INSTÄLLT"}
