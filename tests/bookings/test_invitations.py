"""A confirmed visit goes into the receiver's calendar: RFC 5545, 5546 and 6047, and the feeds' own UID and SEQUENCE."""

from datetime import UTC, timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from bookings import counters, feed_links, ical, lifecycle, postponing, relay
from bookings.invitations import Party, invitation
from bookings.models import Booking, Feed
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held
from tests.bookings.ical_entries import ENTRY
from tests.bookings.stored import body_of
from tests.world import World

PRODUCER, PRESENTER = (
    Party("turne@example.org", 'Scenen "Norr"; AB'),
    Party("boka@example.org", "Bygdegården"),
)


def made(method: Any = "REQUEST") -> bytes:
    return invitation(ENTRY, method, PRODUCER, PRESENTER, "https://turne.example.org")


def calendars(booking: Booking, kind: str) -> list[Any]:
    notice = booking.notices.get(kind=kind)
    return [Calendar.from_ical(text) for text in notice.invitation["calendars"]]


def in_feed(world: World) -> dict[str, Any]:
    """UID -> VEVENT of the presenter's private feed."""
    feed, _token = feed_links.create_feed(
        feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Kansliet", world.presenter
    )
    body = body_of(feed, NOW)
    return {str(event["UID"]): event for event in Calendar.from_ical(body).walk("VEVENT")}


class TestRendering:
    @pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
    def test_one_event_with_its_method_and_both_parties(self, method: str) -> None:
        calendar = Calendar.from_ical(made(method))
        [event] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], calendar["VERSION"]) == (method, "2.0")
        assert (event["ORGANIZER"], event["ATTENDEE"]) == (
            "mailto:turne@example.org",
            "mailto:boka@example.org",
        )
        assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"

    def test_a_name_cannot_end_its_parameter(self) -> None:
        [event] = Calendar.from_ical(made()).walk("VEVENT")
        assert event["ORGANIZER"].params["CN"] == "Scenen 'Norr'; AB"

    def test_all_else_is_the_feeds_own_vevent(self) -> None:
        plain = ical.render(ENTRY, "https://turne.example.org", "presenter").removesuffix(b"END:VEVENT\r\n")
        assert plain in made()

    def test_lines_are_folded_and_end_in_crlf(self) -> None:
        lines = made().split(b"\r\n")
        assert lines[-1] == b""
        assert b"\n" not in b"".join(lines)
        assert max(map(len, lines)) <= 75

    def test_the_time_zone_that_it_names_stands_in_it(self) -> None:
        calendar = Calendar.from_ical(made())
        named = {event["DTSTART"].params.get("TZID") for event in calendar.walk("VEVENT")} - {None}
        assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == named


class TestAgreement:
    def test_a_yes_asks_the_presenters_calendar(self, world: World) -> None:
        [calendar] = calendars(confirmed(world), "confirmed")
        [event] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], event["STATUS"]) == ("REQUEST", "CONFIRMED")
        assert event["DTSTART"].dt == SHOW_AT
        assert event["ORGANIZER"] == f"mailto:{world.producing.email}"
        assert event["ATTENDEE"] == f"mailto:{world.presenting.email}"

    def test_a_cancellation_strikes_it_out_with_a_higher_sequence(self, world: World) -> None:
        booking = confirmed(world)
        lifecycle.cancel(booking, by=world.producer, now=NOW + DAY, reason="Sjukdom.")
        [asked], [struck] = calendars(booking, "confirmed"), calendars(booking, "cancelled")
        before, after = asked.walk("VEVENT")[0], struck.walk("VEVENT")[0]
        assert (struck["METHOD"], after["STATUS"], after["UID"]) == ("CANCEL", "CANCELLED", before["UID"])
        assert (after["SEQUENCE"], after["DTSTAMP"].dt) == (
            before["SEQUENCE"] + 1,
            (NOW + DAY).astimezone(UTC),
        )

    def test_a_visit_that_was_moved_before_it_was_agreed_goes_on_counting(self, world: World) -> None:
        booking = lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        booking = lifecycle.confirm(booking, by=world.producer, now=NOW)
        [calendar] = calendars(booking, "confirmed")
        assert calendar.walk("VEVENT")[0]["SEQUENCE"] == 1

    @pytest.mark.parametrize("end", ["confirmed", "cancelled"])
    def test_uid_sequence_and_times_are_those_of_the_feed(self, world: World, end: str) -> None:
        booking = confirmed(world)
        if end == "cancelled":
            lifecycle.cancel(booking, by=world.producer, now=NOW + DAY, reason="Sjukdom.")
        [calendar] = calendars(booking, end)
        mailed = calendar.walk("VEVENT")[0]
        fed = in_feed(world)[str(mailed["UID"])]
        names = ["UID", "SEQUENCE", "DTSTART", "DTEND", "DTSTAMP", "STATUS", "SUMMARY"]
        assert [
            mailed[name].to_ical() if hasattr(mailed[name], "to_ical") else mailed[name] for name in names
        ] == [fed[name].to_ical() if hasattr(fed[name], "to_ical") else fed[name] for name in names]

    def test_two_shows_are_two_calendars_of_one_uid_each(self, world: World) -> None:
        """RFC 5546, 3.2.2: all components of a message have the same UID."""
        world.wish.shows_count = 2
        found = calendars(confirmed(world), "confirmed")
        uids = [{str(event["UID"]) for event in calendar.walk("VEVENT")} for calendar in found]
        assert [len(each) for each in uids] == [1, 1]
        assert len(uids[0] | uids[1]) == 2

    def test_the_producers_copy_and_the_offer_carry_none(self, world: World) -> None:
        booking = confirmed(world)
        bare = booking.notices.filter(kind__in=["answered", "offered"])
        assert [notice.invitation for notice in bare] == [{}, {}]


class TestMime:
    def parts(self, world: World) -> list[Message]:
        confirmed(world)
        relay.send_pending(NOW)
        [message] = [m for m in mail.outbox if m.to == [world.presenting.email]]
        return [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]

    def test_the_method_stands_in_the_part_as_in_the_calendar(self, world: World) -> None:
        for part in self.parts(world):
            assert (part.get_param("method"), part.get_param("charset")) == ("REQUEST", "utf-8")
            calendar = Calendar.from_ical(part.get_payload(decode=True))
            assert calendar["METHOD"] == "REQUEST"

    def test_once_beside_text_and_html_and_once_as_a_named_file(self, world: World) -> None:
        names = [part.get_filename() for part in self.parts(world)]
        assert names == [None, "turne-1.ics"]


class TestAnotherDate:
    def test_a_time_that_was_asked_for_and_is_taken_goes_into_the_calendar(self, world: World) -> None:
        booking = counters.take(countered(world), by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        [calendar] = calendars(booking, "confirmed")
        [event] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], event["DTSTART"].dt) == ("REQUEST", SHOW_AT + DAY)

    def test_a_postponement_strikes_the_day_out(self, world: World) -> None:
        booking = postponing.postpone(confirmed(world), by=world.presenter, now=NOW, reason="Taket läcker.")
        [asked] = calendars(booking, "confirmed")
        notice = booking.notices.get(kind="postponed", to_email=world.presenting.email)
        [struck] = [Calendar.from_ical(text) for text in notice.invitation["calendars"]]
        [before], [after] = asked.walk("VEVENT"), struck.walk("VEVENT")
        assert (struck["METHOD"], after["STATUS"], after["UID"]) == ("CANCEL", "CANCELLED", before["UID"])
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert in_feed(world)[str(after["UID"])]["STATUS"] == "CANCELLED"

    def test_the_producers_copy_of_it_carries_none(self, world: World) -> None:
        booking = postponing.postpone(confirmed(world), by=world.presenter, now=NOW, reason="Taket läcker.")
        assert booking.notices.get(kind="postponed", to_email=world.producing.email).invitation == {}

    def test_the_new_date_is_the_same_entry_with_a_higher_sequence(self, world: World) -> None:
        booking = postponing.postpone(confirmed(world), by=world.presenter, now=NOW, reason="Taket läcker.")
        [struck] = booking.notices.exclude(invitation={}).filter(kind="postponed")
        anew = {"by": world.producer, "now": NOW + DAY, "starts_at": SHOW_AT + 5 * DAY}
        booking = postponing.reschedule(booking, **anew)
        booking = lifecycle.confirm(booking, by=world.presenter, now=NOW + 2 * DAY)
        asked = booking.notices.get(kind="confirmed", run_at=NOW + 2 * DAY)
        found = [Calendar.from_ical(mail.invitation["calendars"][0]) for mail in (struck, asked)]
        [before], [after] = (calendar.walk("VEVENT") for calendar in found)
        assert (found[1]["METHOD"], after["UID"]) == ("REQUEST", before["UID"])
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["DTSTART"].dt == SHOW_AT + 5 * DAY


def test_an_offer_that_lapses_leaves_nothing_in_a_calendar(world: World) -> None:
    booking = lifecycle.offer(held(world), by=world.producer, now=NOW)
    lifecycle.expire_due(NOW + 15 * DAY + timedelta(hours=12))
    assert set(map(len, booking.notices.values_list("invitation", flat=True))) == {0}
