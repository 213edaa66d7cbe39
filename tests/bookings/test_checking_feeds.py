"""`manage.py check_feeds`: finds what differs, and mends it."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bookings.models import RenderedEntry, StoredFeed
from tests.bookings.stored import address, body_at
from tests.bookings.visits import visit
from tests.world import World


@pytest.fixture
def now(world: World, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A moment at which the feed of a tour with a visit is made."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    visit(world, moment + timezone.timedelta(days=20))
    body_at(address(world, "tour"), moment)
    return moment


def test_what_is_right_is_said_so(now: datetime, capsys: pytest.CaptureFixture):
    call_command("check_feeds")
    assert capsys.readouterr().out == "All stored calendars are right.\n"


@pytest.mark.parametrize("column", ["body", "packed"])
def test_a_stored_feed_that_differs_is_named(now: datetime, column: str, capsys: pytest.CaptureFixture):
    StoredFeed.objects.update(**{column: b"\x1f\x8b" if column == "packed" else b"BEGIN:VCALENDAR"})
    with pytest.raises(CommandError, match="^1 stored calendars differ"):
        call_command("check_feeds")
    assert capsys.readouterr().out == "differs: tour/trumman-varen-2027\n"


def test_a_kept_entry_that_differs_is_found_and_mended(world: World, now: datetime):
    before = body_at(address(world, "tour"), now)
    RenderedEntry.objects.update(vevent=b"BEGIN:VEVENT\r\nEND:VEVENT\r\n")
    StoredFeed.objects.update(body=b"")
    call_command("check_feeds", mend=True)
    assert body_at(address(world, "tour"), now) == before
    call_command("check_feeds")


def test_a_dirty_feed_is_no_difference(world: World, now: datetime, capsys: pytest.CaptureFixture):
    world.production.title = "Ny titel"
    world.production.save()
    call_command("check_feeds")
    assert capsys.readouterr().out == "All stored calendars are right.\n"
