"""How long a hold lasts: stored, changed by its producer, reminded of once, and let go by the clock."""

from datetime import date, timedelta

import pytest

from bookings import holds, lifecycle
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, held, offered
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Season
from tours.windows import evening

#: Thirty days from 18 December, and three days before that.
ENDS_AT = evening(date(2027, 1, 17))
REMIND_AT = ENDS_AT - 3 * DAY
MINUTE = timedelta(minutes=1)


def kinds(booking: Booking) -> list[str]:
    return sorted(booking.notices.values_list("kind", flat=True))


class TestEnd:
    def test_the_season_says_how_long(self, world: World) -> None:
        booking = held(world)
        assert (booking.hold_expires_at, booking.hold_remind_at) == (ENDS_AT, REMIND_AT)

    def test_another_season_says_otherwise(self, world: World) -> None:
        Season.objects.update(hold_days=10, hold_reminder_days=0)
        world.tour.season.refresh_from_db()
        booking = held(world)
        assert (booking.hold_expires_at, booking.hold_remind_at) == (evening(date(2026, 12, 28)), None)

    def test_it_is_stored_and_stays_when_the_season_changes(self, world: World) -> None:
        booking = held(world)
        Season.objects.update(hold_days=1)
        booking.refresh_from_db()
        assert booking.hold_expires_at == ENDS_AT

    def test_never_beyond_the_get_in(self, world: World) -> None:
        booking = held(world, now=SHOW_AT - 10 * DAY)
        assert booking.hold_expires_at == booking.occupied_from

    def test_a_moment_of_the_producers(self, world: World) -> None:
        assert held(world, expires_at=NOW + DAY).hold_expires_at == NOW + DAY

    def test_not_before_it_begins(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            held(world, expires_at=NOW)
        assert refusal.value.field == "expires_at"

    def test_moved_to_an_earlier_day_it_ends_with_its_get_in(self, world: World) -> None:
        booking = held(world, expires_at=SHOW_AT - 2 * DAY)
        moved = lifecycle.move(booking, by=world.producer, now=NOW, starts_at=SHOW_AT - 2 * DAY)
        assert moved.hold_expires_at == moved.occupied_from


class TestExtend:
    def test_longer_and_reminded_of_anew(self, world: World) -> None:
        booking = holds.extend(held(world), by=world.producer, now=NOW, expires_at=ENDS_AT + 7 * DAY)
        assert booking.hold_expires_at == ENDS_AT + 7 * DAY
        assert booking.hold_remind_at == REMIND_AT + 7 * DAY
        assert booking.changes.last().details == {"until": (ENDS_AT + 7 * DAY).isoformat()}

    def test_shorter_than_the_reminder_is_not_reminded_of(self, world: World) -> None:
        booking = holds.extend(held(world), by=world.producer, now=NOW, expires_at=NOW + DAY)
        assert booking.hold_remind_at is None

    def test_to_a_moment_that_has_passed(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            holds.extend(held(world), by=world.producer, now=NOW, expires_at=NOW)
        assert refusal.value.field == "expires_at"

    def test_when_it_has_run_out(self, world: World) -> None:
        booking = held(world)
        with pytest.raises(NotNow, match="run out"):
            holds.extend(booking, by=world.producer, now=ENDS_AT, expires_at=ENDS_AT + DAY)

    @pytest.mark.parametrize("verb", [lifecycle.offer, lifecycle.confirm])
    def test_what_has_run_out_is_not_offered_or_confirmed(self, world: World, verb: object) -> None:
        booking = held(world)
        with pytest.raises(NotNow, match="run out"):
            verb(booking, by=world.producer, now=ENDS_AT)  # type: ignore[operator]


class TestReminder:
    def test_once_before_the_end(self, world: World) -> None:
        booking = held(world)
        reminded = [holds.remind_due(now) for now in (REMIND_AT - MINUTE, REMIND_AT, REMIND_AT + DAY)]
        assert (reminded, kinds(booking)) == ([0, 1, 0], ["hold_ending"])

    def test_it_says_until_when_in_the_receivers_language(self, world: World) -> None:
        world.producing.language = "en"
        world.producing.save()
        held(world)
        holds.remind_due(REMIND_AT)
        mail = Notice.objects.get()
        assert mail.to_email == world.producing.email
        assert mail.subject.endswith("is held until Sun 17 Jan 2027 at 23:59 only")
        assert all("Send the offer, hold it longer" in part for part in (mail.body_text, mail.body_html))

    def test_not_of_what_was_offered_in_the_meantime(self, world: World) -> None:
        offered(world)
        assert holds.remind_due(REMIND_AT) == 0

    def test_not_of_what_is_held_longer_while_it_is_looked_for(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booking, lock = held(world), holds.slots.lock_booking

        def longer(found: Booking) -> Booking:
            Booking.objects.filter(pk=booking.pk).update(hold_remind_at=REMIND_AT + DAY)
            return lock(found)

        monkeypatch.setattr(holds.slots, "lock_booking", longer)
        assert (holds.remind_due(REMIND_AT), kinds(booking)) == (0, [])


class TestRunningOut:
    def test_the_slot_is_free_and_the_producer_told_once(self, world: World) -> None:
        booking = held(world)
        assert [lifecycle.expire_due(now) for now in (ENDS_AT - MINUTE, ENDS_AT, ENDS_AT)] == [0, 1, 0]
        booking.refresh_from_db()
        assert (booking.status, kinds(booking)) == (Status.EXPIRED, ["hold_ended"])
        assert not booking.allocations.filter(is_blocking=True).exists()

    def test_what_is_held_longer_while_it_is_looked_for_stays(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booking, begin = held(world), lifecycle.begin

        def longer(found: Booking, *rest: object) -> Booking:
            Booking.objects.filter(pk=booking.pk).update(hold_expires_at=ENDS_AT + DAY)
            return begin(found, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(lifecycle, "begin", longer)
        assert lifecycle.expire_due(ENDS_AT) == 0
        booking.refresh_from_db()
        assert booking.status == Status.HELD
