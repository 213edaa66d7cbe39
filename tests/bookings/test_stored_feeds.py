"""Stored calendars: the same bytes everywhere, made anew after a change, and right after any history."""

import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from bookings import portions, stored_feeds
from bookings.feed_scopes import canonical
from bookings.feeds import Address, Calendar, private_address
from bookings.models import RenderedEntry, StoredFeed
from tests.bookings.ical_reader import vevents
from tests.bookings.stored import address, body_at
from tests.bookings.visits import NOW, STARTS_AT, change, visit
from tests.world import World
from tours.errors import Refused

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KINDS = ["municipality", "place", "presenter", "venue", "production", "ensemble", "tour", "season", "region"]


def modified_s(where: Address) -> int:
    return StoredFeed.objects.get(address=str(where)).modified_s


# -- Bytes ---------------------------------------


def test_a_postponed_performance_stays_as_cancelled_with_plain_words(world: World):
    performance = visit(world, status="postponed")
    body = body_at(address(world, "presenter"), NOW)
    assert str(performance.uid).encode() in body
    assert b"STATUS:CANCELLED" in body
    assert b"SUMMARY:UPPSKJUTET: Trumman" in body


def test_R50_bytes_do_not_depend_on_the_readers_language_or_the_hour(world: World):
    visit(world, audience="school")
    swedish = body_at(address(world, "tour"), NOW)
    RenderedEntry.objects.all().delete()
    StoredFeed.objects.all().delete()
    with translation.override("en"):
        assert body_at(address(world, "tour"), NOW + 13 * HOUR) == swedish


def test_R20_the_same_performance_has_the_same_bytes_in_every_feed(world: World):
    visit(world)
    events = set()
    for kind in KINDS:
        body = body_at(address(world, kind), NOW)
        events.add(body[body.index(b"BEGIN:VEVENT") : body.index(b"END:VCALENDAR")])
    assert len(events) == 1


def test_R20_it_is_rendered_once_for_all_of_them(world: World):
    visit(world)
    for kind in KINDS:
        body_at(address(world, kind), NOW)
    assert RenderedEntry.objects.count() == 1


def test_more_than_one_statement_takes_is_rendered_in_portions(world: World, monkeypatch):
    monkeypatch.setattr(portions, "ROWS_AT_ONCE", 2)
    for days in range(5):
        visit(world, STARTS_AT + days * DAY)
    starts = [event.text("DTSTART")[:8] for event in vevents(body_at(address(world, "region"), NOW))]
    assert starts == ["20270204", "20270205", "20270206", "20270207", "20270208"]


def test_what_is_kept_is_written_in_one_order_whoever_reads(world: World, monkeypatch):
    """Two who read calendars of other orders would wait for each other's rows for ever."""
    monkeypatch.setattr(portions, "ROWS_AT_ONCE", 2)
    for days in range(6):
        visit(world, STARTS_AT + days * DAY)
    written, keep = [], RenderedEntry.objects.bulk_create

    def noted(rows: list[RenderedEntry], **options: Any) -> list[RenderedEntry]:
        written.extend(row.entry_id for row in rows)
        return keep(rows, **options)

    monkeypatch.setattr(RenderedEntry.objects, "bulk_create", noted)
    body_at(address(world, "region"), NOW)
    assert (len(written), written) == (6, sorted(written))


def test_a_tour_stands_as_whole_days_where_it_is_asked_for(world: World):
    visit(world)
    plain, spanned = (vevents(body_at(address(world, "tour", query), NOW)) for query in ("", "spans=1"))
    assert [event.text("SUMMARY") for event in spanned[len(plain) :]] == ["Turné: Trumman och tystnaden"]
    assert spanned[-1].text("TRANSP") == "TRANSPARENT"


# -- Reading ---------------------------------------


def test_a_stored_feed_is_found_by_one_read(world: World, django_assert_num_queries):
    visit(world)
    made = stored_feeds.make(address(world, "tour"), NOW)
    with django_assert_num_queries(1):
        assert stored_feeds.look(address(world, "tour"), NOW.date()) == made.found


def test_it_is_not_found_once_something_in_it_was_written(world: World):
    performance = visit(world)
    stored_feeds.make(address(world, "tour"), NOW)
    change(performance, NOW)
    assert stored_feeds.look(address(world, "tour"), NOW.date()) is None


def test_it_is_not_found_on_the_next_day(world: World):
    stored_feeds.make(address(world, "region"), NOW)
    assert stored_feeds.look(address(world, "region"), (NOW + DAY).date()) is None


def test_it_is_not_found_by_a_program_that_writes_otherwise(world: World, monkeypatch):
    stored_feeds.make(address(world, "region"), NOW)
    monkeypatch.setattr("bookings.rendered.style", lambda: "another")
    assert stored_feeds.look(address(world, "region"), NOW.date()) is None


def test_another_things_change_is_made_good_without_a_write(world: World):
    visit(world)
    made = stored_feeds.make(address(world, "tour"), NOW)
    world.neighbouring.save()
    assert stored_feeds.make(address(world, "tour"), NOW + HOUR) == made


def test_bytes_that_were_replaced_in_between_are_not_given_under_the_old_tag(world: World):
    performance = visit(world)
    made = stored_feeds.make(address(world, "tour"), NOW)
    change(performance, NOW, status="cancelled")
    stored_feeds.make(address(world, "tour"), NOW + HOUR)
    assert stored_feeds.bytes_of(made.found, packed=False) is None


def test_a_name_that_has_no_feed_is_not_stored(world: World):
    assert stored_feeds.make(Address("municipality", "finns-inte"), NOW) is None
    assert not StoredFeed.objects.exists()


def test_a_feed_that_is_no_more_is_forgotten(world: World):
    performance = visit(world)
    stored_feeds.make(address(world, "tour"), NOW)
    change(performance, NOW, published_at=None)
    assert stored_feeds.make(address(world, "tour"), NOW) is None
    assert not StoredFeed.objects.exists()


def test_what_is_not_understood_is_refused_and_not_stored(world: World):
    with pytest.raises(Refused):
        stored_feeds.make(address(world, "region", "art_form=opera"), NOW)
    assert not StoredFeed.objects.exists()


@pytest.mark.parametrize("bound", ["VARIANTS_MAX", "NARROWED_MAX"])
def test_beyond_so_many_narrowed_addresses_they_are_given_and_not_stored(
    world: World, monkeypatch, bound: str
):
    visit(world)
    monkeypatch.setattr(stored_feeds, bound, 1)
    stored_feeds.make(address(world, "tour", "age=9"), NOW)
    made = stored_feeds.make(address(world, "tour", "age=10"), NOW)
    assert (len(vevents(made.body)), StoredFeed.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_stored_keeps_nobody_from_writing(world: World, monkeypatch):
    """SQLite lets one in at a time: who asks for ever new addresses would keep everybody else waiting."""
    visit(world)
    monkeypatch.setattr(stored_feeds, "NARROWED_MAX", 0)
    held, assemble = [], stored_feeds.assemble

    def watched(calendar: Calendar, now: datetime) -> tuple[bytes, int]:
        held.append(connection.in_atomic_block)
        return assemble(calendar, now)

    monkeypatch.setattr(stored_feeds, "assemble", watched)
    stored_feeds.make(address(world, "tour"), NOW)
    stored_feeds.make(address(world, "tour", "age=9"), NOW)
    assert held == [True, False]


def test_so_many_are_of_one_thing_or_of_all(world: World, monkeypatch):
    monkeypatch.setattr(stored_feeds, "VARIANTS_MAX", 1)
    for kind in ("place", "region", "place"):
        stored_feeds.make(address(world, kind, f"age={StoredFeed.objects.count()}"), NOW)
    assert StoredFeed.objects.count() == 2


def test_what_strangers_ask_for_takes_no_room_of_whole_and_private_calendars(world: World, monkeypatch):
    monkeypatch.setattr(stored_feeds, "VARIANTS_MAX", 0)
    monkeypatch.setattr(stored_feeds, "NARROWED_MAX", 0)
    stored_feeds.make(address(world, "presenter"), NOW)
    stored_feeds.make(private_address("presenter", world.presenting.pk, "held=0"), NOW)
    assert StoredFeed.objects.count() == 2


def test_an_address_that_is_longer_than_is_stored_is_given_all_the_same(world: World):
    visit(world)
    world.tour.slug = "t" * 160
    world.tour.save()
    ages = ",".join(f"{age}-{100 + age % 9}" for age in range(10, 50))
    asked = canonical({"age": ages, "art_form": "theatre,dance,music", "audience": "public,family,school"})
    made = stored_feeds.make(address(world, "tour", asked), NOW)
    assert (len(vevents(made.body)), StoredFeed.objects.count()) == (1, 0)


def test_a_making_that_is_broken_off_leaves_nothing_to_send(world: World, monkeypatch):
    visit(world)
    with monkeypatch.context() as broken:
        broken.setattr(stored_feeds, "assemble", lambda *_: sys.exit())
        with pytest.raises(SystemExit):
            stored_feeds.make(address(world, "tour"), NOW)
    assert stored_feeds.look(address(world, "tour"), NOW.date()) is None
    assert len(vevents(body_at(address(world, "tour"), NOW))) == 1


# -- H06: when it changed ---------------------------------------


def test_H06_it_changed_when_its_bytes_did(world: World):
    performance = visit(world)
    where = address(world, "tour")
    body_at(where, NOW)
    change(performance, NOW + HOUR, status="cancelled")
    body_at(where, NOW + 2 * HOUR)
    assert modified_s(where) == (NOW + 2 * HOUR).timestamp()


def test_H06_a_write_that_changes_no_byte_changes_no_time(world: World):
    performance = visit(world)
    where = address(world, "tour")
    body_at(where, NOW)
    performance.booking.save(update_fields=["reminded_at"])
    body_at(where, NOW + HOUR)
    assert modified_s(where) == NOW.timestamp()


@pytest.mark.parametrize(
    "leaving", ["moves away", "is unpublished", "goes to another presenter", "comes to nothing"]
)
def test_H06_it_goes_forward_when_a_performance_leaves(world: World, leaving: str):
    performance, where = visit(world), address(world, "presenter")
    before = body_at(where, NOW)
    fields = {
        "moves away": {"venue": world.neighbour_venue, "presenter": world.neighbouring},
        "is unpublished": {"published_at": None},
        "goes to another presenter": {"presenter": world.neighbouring},
        "comes to nothing": {"status": "withdrawn"},
    }[leaving]
    change(performance, NOW, **fields)
    assert [len(vevents(body)) for body in (before, body_at(where, NOW + HOUR))] == [1, 0]
    assert modified_s(where) == (NOW + HOUR).timestamp()


def test_H06_two_changes_within_a_second_have_two_times(world: World):
    performance, where = visit(world), address(world, "tour")
    body_at(where, NOW)
    change(performance, NOW, status="cancelled")
    body_at(where, NOW)
    assert modified_s(where) == NOW.timestamp() + 1


def test_R23_a_new_title_is_a_later_change_of_the_entry(world: World):
    visit(world)
    before = vevents(body_at(address(world, "tour"), NOW))[0]
    world.production.title = "Trumman"
    world.production.save()
    after = vevents(body_at(address(world, "tour"), NOW + HOUR))[0]
    assert before.text("LAST-MODIFIED") < after.text("LAST-MODIFIED") == f"{NOW + HOUR:%Y%m%dT%H%M%SZ}"
    assert before.text("SEQUENCE") == after.text("SEQUENCE")


# -- The night ---------------------------------------


def test_the_windows_of_feeds_that_are_read_move_at_night(world: World):
    body_at(address(world, "region"), NOW)
    assert [stored_feeds.move_windows(NOW + DAY), stored_feeds.move_windows(NOW + DAY)] == [1, 0]
    assert stored_feeds.look(address(world, "region"), (NOW + DAY).date()) is not None


def test_those_that_nobody_has_read_for_long_are_left(world: World):
    body_at(address(world, "region"), NOW)
    assert stored_feeds.move_windows(NOW + 11 * DAY) == 0


def test_the_clock_keeps_no_feed_alive(world: World):
    body_at(address(world, "region"), NOW)
    for days in range(1, 122):
        stored_feeds.move_windows(NOW + days * DAY)
    assert not StoredFeed.objects.exists()


def test_one_that_can_not_be_made_keeps_no_other_waiting(world: World, monkeypatch):
    visit(world)
    for kind in ("region", "tour"):
        body_at(address(world, kind), NOW)
    assemble = stored_feeds.assemble

    def but_not_the_regions(calendar: Calendar, now: datetime) -> tuple[bytes, int]:
        return 1 / 0 if calendar.kind == "region" else assemble(calendar, now)

    monkeypatch.setattr(stored_feeds, "assemble", but_not_the_regions)
    assert stored_feeds.move_windows(NOW + DAY) == 1
    assert stored_feeds.look(address(world, "tour"), (NOW + DAY).date()) is not None


def test_one_whose_narrowing_is_no_more_is_forgotten(world: World):
    visit(world)
    body_at(address(world, "region", f"venue={world.venue.slug}"), NOW)
    type(world.venue).objects.filter(pk=world.venue.pk).update(slug="annan")
    stored_feeds.move_windows(NOW + DAY)
    assert not StoredFeed.objects.exists()
