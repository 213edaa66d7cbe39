"""A change of what is confirmed: proposed by either side, answered by the other, and both versions kept until then."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import changing, lifecycle, postponing, slots
from bookings.errors import SlotTaken
from bookings.models import Allocation, Booking, ChangeProposal, ChecklistItem, Notice
from bookings.models.booking import Status
from bookings.permissions import steps_for
from bookings.states import shown_state
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.bookings.rivals import make_rival
from tests.checklists import prepared
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Venue

THURSDAY, FRIDAY = SHOW_AT + DAY, SHOW_AT + 2 * DAY
HOUR = timedelta(hours=1)
WHY = "En skådespelare är sjuk."


def propose(world: World, booking: Booking, **values: Any) -> Booking:
    """The producer asks for Thursday, unless told otherwise."""
    given = {"by": world.producer, "now": NOW, "reason": WHY, "starts_at": THURSDAY, **values}
    return changing.propose_change(booking, **given)


def waiting(world: World, **values: Any) -> Booking:
    return propose(world, confirmed(world), **values)


def accept(world: World, booking: Booking, **values: Any) -> Booking:
    changing.accept_change(booking, **{"by": world.presenter, "now": NOW, **values})
    return fresh(booking)


def fresh(booking: Booking) -> Booking:
    return Booking.objects.with_ground().get(pk=booking.pk)


def done(items: Any, world: World) -> None:
    items.update(state="done", note="Klart.", by=world.presenter, at=NOW)


def other_room(world: World) -> Venue:
    found: Venue = make.VenueFactory(
        organisation=world.presenting, place=world.places["Backe"], seats=120, max_persons=150
    )
    return found


def taken(booking: Booking) -> set[tuple[str, datetime, datetime]]:
    """What blocks because of the visit, by kind of thing."""
    return {
        ("venue" if row.venue_id else "ensemble", row.occupied_from, row.occupied_to)
        for row in Allocation.objects.filter(booking=booking, is_blocking=True)
    }


class TestPropose:
    def test_the_visit_stays_and_is_shown_as_waiting(self, world: World) -> None:
        booking = fresh(waiting(world))
        assert (booking.status, booking.starts_at, shown_state(booking, NOW)) == (
            Status.CONFIRMED,
            SHOW_AT,
            "change_waits",
        )

    def test_both_versions_are_reserved(self, world: World) -> None:
        booking = fresh(waiting(world))
        start, end = booking.occupied_from, booking.occupied_to
        assert taken(booking) == {
            (kind, at, until)
            for kind in ("venue", "ensemble")
            for at, until in [(start, end), (start + DAY, end + DAY)]
        }

    def test_of_an_hour_later_only_what_is_more_is_reserved(self, world: World) -> None:
        booking = fresh(waiting(world, starts_at=SHOW_AT + HOUR))
        more = (booking.occupied_to, booking.occupied_to + HOUR)
        assert taken(booking) - {
            (k, booking.occupied_from, booking.occupied_to) for k in ("venue", "ensemble")
        } == {
            ("venue", *more),
            ("ensemble", *more),
        }

    def test_nobody_else_gets_the_new_time_meanwhile(self, world: World) -> None:
        waiting(world)
        rival = make_rival(world, "Lyran")
        assert rival.held(starts_at=THURSDAY).hold_rank == 2

    def test_another_room_is_reserved_at_the_same_time(self, world: World) -> None:
        booking, room = confirmed(world), other_room(world)
        propose(world, booking, starts_at=None, venue=room)
        assert Allocation.objects.filter(venue=room, is_blocking=True, change__isnull=False).count() == 1

    def test_more_shows_cost_what_the_price_list_says(self, world: World) -> None:
        change = waiting(world, starts_at=None, shows_count=2).open_change
        assert change is not None
        assert (change.price, change.next_shows) == (Decimal(9800 + 4900), Decimal(4900))

    def test_the_presenter_may_ask_too(self, world: World) -> None:
        booking = fresh(waiting(world, by=world.presenter))
        assert booking.waiting_change.side == "presenter"
        (mail,) = Notice.objects.filter(kind="change_proposed")
        assert mail.to_email == world.producing.email

    def test_the_presenter_gets_a_link_where_the_producer_asks(self, world: World) -> None:
        waiting(world)
        (mail,) = Notice.objects.filter(kind="change_proposed")
        assert (mail.to_email, WHY in mail.body_text) == (world.presenting.email, True)
        assert "/svar/andring/" in mail.body_text

    def test_a_second_one_waits_for_the_first(self, world: World) -> None:
        booking = waiting(world)
        with pytest.raises(NotNow, match="waits for an answer already|väntar redan"):
            propose(world, booking, starts_at=FRIDAY)

    def test_the_database_keeps_one_too(self, world: World) -> None:
        change = waiting(world).waiting_change
        change.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            change.save(force_insert=True)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"starts_at": SHOW_AT}, "starts_at"),
            ({"starts_at": NOW - DAY}, "starts_at"),
            ({"starts_at": SHOW_AT + 60 * DAY}, "starts_at"),
            ({"starts_at": SHOW_AT + DAY + timedelta(minutes=2)}, "starts_at"),
            ({"shows_count": 9}, "shows_count"),
            ({"answer_by": NOW}, "answer_by"),
        ],
    )
    def test_bad_input_is_refused_at_its_field(
        self, world: World, values: dict[str, Any], field: str
    ) -> None:
        booking = confirmed(world)
        with pytest.raises(Refused) as refusal:
            propose(world, booking, **values)
        assert (refusal.value.field, ChangeProposal.objects.count()) == (field, 0)

    def test_a_room_of_somebody_else_is_refused(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(Refused) as refusal:
            propose(world, booking, venue=world.neighbour_venue)
        assert refusal.value.field == "venue"

    def test_a_visit_that_has_begun_is_not_changed(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(NotNow, match="passed already|redan passerat"):
            propose(world, booking, now=SHOW_AT)

    def test_a_taken_slot_is_refused_by_name(self, world: World) -> None:
        booking, rival = confirmed(world), make_rival(world, "Lyran")
        rival.held(starts_at=THURSDAY)
        with pytest.raises(SlotTaken, match="Lyran"):
            propose(world, booking)
        assert not ChangeProposal.objects.exists()

    def test_what_the_law_forbids_is_refused_with_its_rule(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(Refused) as refusal:
            propose(world, booking, starts_at=SHOW_AT.replace(hour=2, minute=0) + DAY)
        assert refusal.value.field == "starts_at"
        assert not Allocation.objects.filter(change__isnull=False).exists()

    def test_it_waits_a_week_but_not_beyond_the_evening_before(self, world: World) -> None:
        deadlines = []
        for now in (NOW, SHOW_AT - 3 * DAY):
            with transaction.atomic():
                booking = confirmed(world)
                deadlines.append(propose(world, booking, now=now).change_answer_by)
                transaction.set_rollback(True)
        assert [str(at.date()) for at in deadlines if at] == ["2026-12-25", "2027-02-02"]


class TestAccept:
    def test_the_visit_is_set_down_anew(self, world: World) -> None:
        booking = accept(world, waiting(world))
        assert (booking.starts_at, booking.status, booking.open_change) == (THURSDAY, Status.CONFIRMED, None)
        assert taken(booking) == {
            (k, booking.occupied_from, booking.occupied_to) for k in ("venue", "ensemble")
        }

    def test_calendars_follow(self, world: World) -> None:
        before = confirmed(world).performances.get()
        booking = accept(world, propose(world, before.booking))
        after = booking.performances.get()
        assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)

    def test_another_room_lets_go_of_the_old_one(self, world: World) -> None:
        booking, room = confirmed(world), other_room(world)
        booking = accept(world, propose(world, booking, starts_at=None, venue=room))
        blocking = booking.allocations.filter(is_blocking=True, venue__isnull=False)
        assert [row.venue for row in blocking] == [room] == [booking.venue]

    def test_two_shows_with_their_price(self, world: World) -> None:
        booking = accept(world, waiting(world, starts_at=None, shows_count=2))
        assert (booking.price, booking.performances.count()) == (Decimal(14700), 2)
        assert [line.kind for line in booking.price_lines.all()] == ["fee", "next_shows"]

    def test_and_one_again(self, world: World) -> None:
        booking = accept(world, waiting(world, starts_at=None, shows_count=2))
        booking = accept(world, propose(world, booking, starts_at=None, shows_count=1))
        assert (booking.price, booking.performances.count()) == (Decimal(9800), 1)
        assert [line.kind for line in booking.price_lines.all()] == ["fee"]

    def test_the_old_slot_goes_to_the_next_in_line(self, world: World) -> None:
        booking, option = confirmed(world), make_rival(world, "Lyran").held()
        accept(world, propose(world, booking))
        option.refresh_from_db()
        assert option.hold_rank == 1

    def test_what_was_done_for_the_old_time_is_open_again(self, world: World) -> None:
        booking = prepared(world)
        done(ChecklistItem.objects.filter(checklist__booking=booking, key="times"), world)
        accept(world, propose(world, booking))
        assert ChecklistItem.objects.get(checklist__booking=booking, key="times").state == "open"

    def test_what_was_agreed_about_the_old_room_is_open_again(self, world: World) -> None:
        booking = prepared(world, needs={"needs_piano": True}, piano=False)
        lines = ChecklistItem.objects.filter(checklist__booking=booking).exclude(rider_line="")
        done(lines, world)
        accept(world, propose(world, booking))
        assert set(lines.values_list("state", flat=True)) == {"done"}
        accept(world, propose(world, fresh(booking), starts_at=None, venue=other_room(world)))
        assert set(lines.values_list("state", flat=True)) == {"open"}

    def test_both_sides_hear_of_it(self, world: World) -> None:
        accept(world, waiting(world))
        mails = Notice.objects.filter(kind="change_answered")
        assert {mail.to_email for mail in mails} == {world.presenting.email, world.producing.email}

    def test_twice_is_told(self, world: World) -> None:
        booking = waiting(world)
        accept(world, booking)
        with pytest.raises(NotNow, match="No change waits|Ingen ändring"):
            accept(world, booking)

    def test_not_after_its_deadline(self, world: World) -> None:
        booking = waiting(world)
        with pytest.raises(NotNow, match="not answered in time|besvarades inte i tid"):
            accept(world, booking, now=booking.change_answer_by)

    def test_it_is_tried_again_against_what_stands_by_then(self, world: World) -> None:
        booking = waiting(world)
        make.ClosureFactory(venue=world.venue, starts_at=THURSDAY - DAY / 4, ends_at=THURSDAY + DAY / 4)
        with pytest.raises((Refused, SlotTaken)):
            accept(world, booking)
        booking = fresh(booking)
        assert (booking.starts_at, booking.open_change is not None) == (SHOW_AT, True)


class TestOtherEnds:
    def test_a_no_leaves_the_old(self, world: World) -> None:
        booking = waiting(world)
        changing.refuse_change(booking, by=world.presenter, now=NOW, reason="Salen är uthyrd.")
        booking = fresh(booking)
        assert (booking.starts_at, shown_state(booking, NOW)) == (SHOW_AT, "confirmed")
        assert len(taken(booking)) == 2
        mail = Notice.objects.filter(kind="change_answered", to_email=world.producing.email).get()
        assert "Salen är uthyrd." in mail.body_text

    def test_a_no_says_why(self, world: World) -> None:
        booking = waiting(world)
        with pytest.raises(Refused) as refusal:
            changing.refuse_change(booking, by=world.presenter, now=NOW, reason=" ")
        assert refusal.value.field == "reason"

    def test_taken_back_it_can_be_asked_for_anew(self, world: World) -> None:
        booking = waiting(world)
        changing.take_back_change(booking, by=world.producer, now=NOW)
        assert propose(world, fresh(booking), starts_at=FRIDAY).open_change is not None

    def test_the_time_that_was_kept_goes_to_the_next_in_line(self, world: World) -> None:
        booking, option = waiting(world), make_rival(world, "Lyran").held(starts_at=THURSDAY)
        changing.take_back_change(booking, by=world.producer, now=NOW)
        option.refresh_from_db()
        assert option.hold_rank == 1

    def test_it_lapses_by_the_clock_and_once(self, world: World) -> None:
        booking = waiting(world)
        assert booking.change_answer_by is not None
        at = booking.change_answer_by
        assert [changing.lapse_due(at - HOUR), changing.lapse_due(at), changing.lapse_due(at)] == [0, 1, 0]
        assert (fresh(booking).starts_at, fresh(booking).open_change) == (SHOW_AT, None)
        assert Notice.objects.filter(kind="change_answered").count() == 2

    @pytest.mark.parametrize("verb", [lifecycle.cancel, postponing.postpone])
    def test_a_visit_that_is_called_off_takes_it_along(self, world: World, verb: Any) -> None:
        booking, option = waiting(world), make_rival(world, "Lyran").held(starts_at=THURSDAY)
        verb(booking, by=world.presenter, now=NOW, reason="Vi kan inte.")
        option.refresh_from_db()
        assert (ChangeProposal.objects.get().outcome, option.hold_rank, taken(booking)) == (
            "dropped",
            1,
            set(),
        )


def names(world: World, who: str, booking: Booking) -> set[str]:
    return {a.name for a in steps_for(getattr(world, who), booking, NOW) if a.name.endswith("_change")}


@pytest.mark.parametrize(("asks", "answers"), [("producer", "presenter"), ("presenter", "producer")])
def test_only_the_other_side_answers(world: World, asks: str, answers: str) -> None:
    booking = fresh(waiting(world, by=getattr(world, asks)))
    assert names(world, answers, booking) == {"accept_change", "refuse_change"}
    assert names(world, asks, booking) == {"take_back_change"}


def test_a_waiting_change_keeps_its_shared_things(world: World) -> None:
    booking = waiting(world)
    slots.lock_resources([world.ensemble.pk], [world.venue.pk])
    assert held(world, wish=world.school_wish, starts_at=THURSDAY, rank=None).hold_rank == 2
    assert fresh(booking).open_change is not None
