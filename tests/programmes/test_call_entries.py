"""Public calls as a calendar: the last day of each, what changed, and what was withdrawn."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from programmes import call_entries, calls
from programmes.calls import standing
from tests.bookings.ical_reader import Block, vevents
from tests.programmes.open_calls import CLOSES, NOW, OPEN, draft, published
from tests.world import World


def entries(now: datetime = OPEN) -> list[Block]:
    return vevents(call_entries.calendar(now))


def test_the_last_day_is_a_whole_day_that_takes_no_time(world: World) -> None:
    published(world)
    (entry,) = entries()
    assert [entry.one(name).value for name in ("DTSTART", "DTEND", "TRANSP", "STATUS", "SEQUENCE")] == [
        "20270203",
        "20270204",
        "TRANSPARENT",
        "CONFIRMED",
        "0",
    ]
    assert entry.text("SUMMARY") == "Sista dag att söka: Residens för folkmusik"
    assert "Öppen ons 13 jan 2027 kl. 10.00 till ons 3 feb 2027 kl. 10.00." in entry.text("DESCRIPTION")
    assert entry.text("LOCATION") == "Krokom, Backe bygdegård"


def test_what_closes_at_midnight_has_the_day_before(world: World) -> None:
    midnight = timezone.localtime(CLOSES).replace(hour=0)
    published(world, closes_at=midnight)
    assert entries()[0].one("DTSTART").value == f"{(midnight.date() - timedelta(days=1)):%Y%m%d}"


def test_a_change_keeps_the_uid_and_counts(world: World) -> None:
    call = published(world)
    before = entries()[0].one("UID").value
    longer = replace(standing(call), closes_at=CLOSES + timedelta(days=2))
    calls.change(call, longer, version=call.version, by=world.officer, now=OPEN)
    (after,) = entries()
    assert (after.one("UID").value, after.one("SEQUENCE").value, after.one("DTSTART").value) == (
        before,
        "1",
        "20270205",
    )


def test_a_withdrawn_call_is_cancelled_with_its_reason(world: World) -> None:
    call = published(world)
    calls.withdraw(call, why="Värden har stängt.", version=call.version, by=world.officer, now=OPEN)
    (entry,) = entries()
    assert (entry.one("STATUS").value, "Värden har stängt." in entry.text("DESCRIPTION")) == (
        "CANCELLED",
        True,
    )


def test_drafts_and_what_closed_more_than_a_year_ago_are_not_in_it(world: World) -> None:
    draft(world)
    assert entries() == []
    published(world)
    year = call_entries.KEPT
    assert [len(entries(CLOSES + year - timedelta(seconds=1))), len(entries(CLOSES + year))] == [1, 0]


def test_it_depends_on_the_calls_alone(world: World) -> None:
    published(world)
    assert call_entries.calendar(NOW) == call_entries.calendar(OPEN)
