"""A presenter closes a room or the house, at other times, and opens again: what stands, who is told, who moves up."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings import closing, lifecycle
from bookings.errors import ClosedOverVisits, SlotTaken
from bookings.models import Booking, Notice
from tests.agreements import DAY, NOW, SHOW_AT, STOCKHOLM, confirmed, held, offered
from tests.bookings.rivals import make_rival
from tests.world import World
from tours.errors import Refused
from venues.models import Closure

HOUR = timedelta(hours=1)
SPAN = (SHOW_AT - 12 * HOUR, SHOW_AT + 12 * HOUR)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.filter(kind__contains="closed").values_list("kind", "to_email"))


def rank(booking: Booking) -> int:
    return Booking.objects.get(pk=booking.pk).hold_rank


class TestClose:
    def test_a_room(self, world: World) -> None:
        [made] = closing.close(world.venue, *SPAN, " Golvet slipas ", now=NOW)
        assert (made.venue, made.organisation, made.reason) == (world.venue, None, "Golvet slipas")

    @pytest.mark.parametrize("what", ["venue", "presenting"])
    def test_nothing_is_held_there_any_more(self, world: World, what: str) -> None:
        closing.close(getattr(world, what), *SPAN, "Årsmöte", now=NOW)
        with pytest.raises(SlotTaken, match="Årsmöte"):
            held(world)

    def test_what_was_held_before_cannot_be_offered(self, world: World) -> None:
        booking = held(world)
        closing.close(world.venue, *SPAN, "Årsmöte", now=NOW, despite=True)
        with pytest.raises(SlotTaken, match="Årsmöte"):
            lifecycle.offer(booking, by=world.producer, now=NOW)

    @pytest.mark.parametrize(("start", "end"), [(2, 1), (1, 1), (-3, -2)])
    def test_ahead_and_in_order(self, world: World, start: int, end: int) -> None:
        with pytest.raises(Refused) as caught:
            closing.close(world.venue, NOW + start * DAY, NOW + end * DAY, "", now=NOW)
        assert (caught.value.field, Closure.objects.count()) == ("ends_on", 0)

    def test_the_coming_years_too(self, world: World) -> None:
        first = datetime(2028, 2, 29, 8, 30, tzinfo=STOCKHOLM)
        made = closing.close(world.venue, first, first + 3 * DAY, "Marknad", now=NOW, years=2)
        assert [closure.starts_at.astimezone(STOCKHOLM) for closure in made] == [
            first,
            datetime(2029, 2, 28, 8, 30, tzinfo=STOCKHOLM),
            datetime(2030, 2, 28, 8, 30, tzinfo=STOCKHOLM),
        ]

    def test_whole_days_stay_whole_days_whatever_the_clock(self, world: World) -> None:
        start, end = datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC)
        _first, later = closing.close(world.venue, start, end, "", now=NOW, years=1)
        assert (later.starts_at, later.ends_at) == (
            datetime(2028, 3, 27, 22, tzinfo=UTC),
            datetime(2028, 3, 28, 22, tzinfo=UTC),
        )

    @pytest.mark.parametrize("years", [-1, 6])
    def test_not_too_many_years(self, world: World, years: int) -> None:
        with pytest.raises(Refused):
            closing.close(world.venue, *SPAN, "", now=NOW, years=years)


class TestVisits:
    def test_an_offer_is_answered_first(self, world: World) -> None:
        booking = offered(world)
        with pytest.raises(ClosedOverVisits) as caught:
            closing.close(world.venue, *SPAN, "", now=NOW, despite=True)
        assert (caught.value.code, caught.value.ids) == ("offers_to_answer", {"bookings": [booking.pk]})

    @pytest.mark.parametrize("made", [held, confirmed])
    @pytest.mark.parametrize("what", ["venue", "presenting"])
    def test_what_is_booked_is_named(self, world: World, made, what: str) -> None:
        booking = made(world)
        with pytest.raises(ClosedOverVisits) as caught:
            closing.close(getattr(world, what), *SPAN, "", now=NOW)
        assert (caught.value.code, caught.value.ids) == ("visits_booked", {"bookings": [booking.pk]})
        assert Closure.objects.count() == 0

    @pytest.mark.parametrize(("made", "kind"), [(held, "hold_closed"), (confirmed, "visit_closed")])
    def test_it_stands_and_its_producer_is_told(self, world: World, made, kind: str) -> None:
        booking = made(world)
        closing.close(world.venue, *SPAN, "", now=NOW, despite=True)
        assert told() == [(kind, "scenlaget@example.org")]
        assert Booking.objects.get(pk=booking.pk).status == booking.status

    def test_a_visit_in_a_later_year_counts_too(self, world: World) -> None:
        confirmed(world)
        then = [moment.replace(year=2026) for moment in SPAN]
        with pytest.raises(ClosedOverVisits):
            closing.close(world.venue, *then, "", now=NOW - 360 * DAY, years=1)

    def test_visits_of_other_houses_are_none_of_ones_own(self, world: World) -> None:
        confirmed(world)
        assert not closing.visits_in(world.neighbouring, *SPAN).exists()
        assert not closing.visits_in(world.venue, SPAN[1], SPAN[1] + DAY).exists()


class TestChange:
    def test_time_and_reason(self, world: World) -> None:
        [closure] = closing.close(world.venue, *SPAN, "", now=NOW)
        closing.change(closure, SPAN[0] + DAY, SPAN[1] + DAY, "Bröllop", now=NOW)
        closure.refresh_from_db()
        assert (closure.starts_at, closure.reason) == (SPAN[0] + DAY, "Bröllop")

    def test_onto_a_visit_is_refused(self, world: World) -> None:
        confirmed(world)
        [closure] = closing.close(world.venue, SPAN[0] + DAY, SPAN[1] + DAY, "", now=NOW)
        with pytest.raises(ClosedOverVisits):
            closing.change(closure, *SPAN, "", now=NOW)

    def test_what_is_known_already_is_not_asked_again(self, world: World) -> None:
        confirmed(world)
        [closure] = closing.close(world.venue, *SPAN, "", now=NOW, despite=True)
        closing.change(closure, *SPAN, "Bröllop", now=NOW)
        assert (Closure.objects.get().reason, len(told())) == ("Bröllop", 1)


class TestLine:
    @pytest.fixture
    def waiting(self, world: World) -> Booking:
        """An option behind one that is released while the room is closed."""
        first, second = held(world), make_rival(world, "Lyran").held()
        closing.close(world.venue, *SPAN, "", now=NOW, despite=True)
        lifecycle.release(first, by=world.producer, now=NOW)
        return second

    def test_nobody_moves_up_into_a_closed_room(self, waiting: Booking) -> None:
        assert rank(waiting) == 2

    def test_who_waits_moves_up_when_it_opens(self, waiting: Booking) -> None:
        closing.reopen(Closure.objects.get(), now=NOW)
        assert rank(waiting) == 1
        assert [line.action for line in waiting.changes.all()][-1] == "promote"
        assert Notice.objects.filter(kind="hold_promoted", booking=waiting).count() == 1

    def test_or_when_other_days_are_closed_instead(self, waiting: Booking) -> None:
        closing.change(Closure.objects.get(), SPAN[0] + DAY, SPAN[1] + DAY, "", now=NOW)
        assert rank(waiting) == 1

    def test_not_while_the_house_is_closed_as_well(self, world: World, waiting: Booking) -> None:
        closing.close(world.presenting, *SPAN, "", now=NOW, despite=True)
        closing.reopen(Closure.objects.get(venue=world.venue), now=NOW)
        assert rank(waiting) == 2
        closing.reopen(Closure.objects.get(), now=NOW)
        assert rank(waiting) == 1

    def test_not_past_a_first_option_that_stands(self, world: World) -> None:
        held(world)
        second = make_rival(world, "Lyran").held()
        [closure] = closing.close(world.venue, *SPAN, "", now=NOW, despite=True)
        closing.reopen(closure, now=NOW)
        assert (rank(second), Closure.objects.count()) == (2, 0)


def test_the_closures_of_a_house_and_its_rooms(world: World) -> None:
    [room] = closing.close(world.venue, SPAN[0] + DAY, SPAN[1] + DAY, "", now=NOW)
    [house] = closing.close(world.presenting, *SPAN, "", now=NOW)
    closing.close(world.neighbour_venue, *SPAN, "", now=NOW)
    assert list(closing.closures_of([world.presenting])) == [house, room]
