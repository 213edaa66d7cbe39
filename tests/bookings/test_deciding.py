"""A tour's own stage: by answers, by the clock, by its producer; and two clocks at once."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from bookings import deciding, lifecycle, reporting, stages
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.races import at_once
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Tour

CUT_OFF = date(2026, 12, 28)
AFTER = datetime(2026, 12, 29, 9, tzinfo=NOW.tzinfo)


def stage(world: World) -> str:
    world.tour.refresh_from_db()
    return world.tour.stage


def history(world: World) -> list[tuple[str, str, str]]:
    return list(world.tour.changes.values_list("action", "from_stage", "to_stage"))


@pytest.fixture
def short(world: World) -> Booking:
    """One has said yes of three, and the cut-off passes on 28 December."""
    Tour.objects.update(cut_off_on=CUT_OFF)
    world.tour.refresh_from_db()
    return confirmed(world)


class TestByAnswers:
    def test_the_first_offer_opens_it(self, world: World) -> None:
        offered(world)
        assert (stage(world), history(world)) == ("open", [("open", "draft", "open")])

    def test_enough_presenters_confirm_it(self, world: World) -> None:
        Tour.objects.update(presenters_min=1)
        confirmed(world)
        assert (stage(world), history(world)[-1]) == ("confirmed", ("confirm", "open", "confirmed"))

    def test_who_says_yes_twice_counts_once(self, world: World) -> None:
        Tour.objects.update(presenters_min=2)
        first = confirmed(world)
        Booking.objects.filter(pk=first.pk).update(wish=None)
        confirmed(world, starts_at=SHOW_AT + 2 * DAY)
        assert stage(world) == "open"


class TestCutOff:
    def test_the_producer_is_told_once_that_too_few_have_said_yes(self, world: World, short: Booking) -> None:
        assert [deciding.turn_due(AFTER), deciding.turn_due(AFTER)] == [1, 0]
        (mail,) = Notice.objects.filter(kind="cut_off")
        assert (mail.to_email, mail.tour) == (world.producing.email, world.tour)
        assert f"/turneer/{world.tour.slug}/skede/" in mail.body_text
        assert (stage(world), history(world)[-1]) == ("open", ("miss", "open", "open"))

    def test_not_before_the_day_is_over(self, world: World, short: Booking) -> None:
        evening = timezone.make_aware(datetime(2026, 12, 28, 23, 58))
        assert deciding.turn_due(evening) == 0

    def test_with_enough_it_is_confirmed(self, world: World, short: Booking) -> None:
        Tour.objects.update(presenters_min=1)
        deciding.turn_due(AFTER)
        assert stage(world) == "confirmed"

    def test_a_late_yes_that_makes_enough_confirms_it(self, world: World, short: Booking) -> None:
        Tour.objects.update(presenters_min=2)
        waiting = offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        deciding.turn_due(AFTER)
        lifecycle.confirm(waiting, by=None, now=AFTER)
        assert stage(world) == "confirmed"

    def test_a_draft_has_no_cut_off(self, world: World) -> None:
        Tour.objects.update(cut_off_on=CUT_OFF)
        assert deciding.turn_due(AFTER) == 0


class TestGoOn:
    def test_it_is_confirmed_with_a_line_of_history(self, world: World, short: Booking) -> None:
        deciding.go_on(world.tour, by=world.producer, now=AFTER, reason="Vi kör.")
        change = world.tour.changes.last()
        assert (stage(world), change.by, change.reason) == ("confirmed", world.producer, "Vi kör.")

    def test_not_before_the_cut_off(self, world: World, short: Booking) -> None:
        with pytest.raises(NotNow, match="nothing to decide"):
            deciding.go_on(world.tour, by=world.producer, now=NOW)

    def test_not_twice(self, world: World, short: Booking) -> None:
        deciding.go_on(world.tour, by=world.producer, now=AFTER)
        with pytest.raises(NotNow, match="the tour is confirmed"):
            deciding.go_on(world.tour, by=world.producer, now=AFTER)


class TestExtendCutOff:
    def test_the_producer_is_told_again_when_the_new_day_passes(self, world: World, short: Booking) -> None:
        deciding.turn_due(AFTER)
        deciding.extend_cut_off(world.tour, by=world.producer, now=AFTER, cut_off_on=date(2027, 1, 10))
        assert deciding.turn_due(AFTER) == 0
        assert deciding.turn_due(AFTER + 13 * DAY) == 1
        assert Notice.objects.filter(kind="cut_off").count() == 2

    @pytest.mark.parametrize("day", [CUT_OFF, date(2026, 12, 1), date(2027, 2, 1)])
    def test_only_to_a_later_day_before_the_tour(self, world: World, short: Booking, day: date) -> None:
        with pytest.raises(Refused) as refusal:
            deciding.extend_cut_off(world.tour, by=world.producer, now=AFTER, cut_off_on=day)
        assert refusal.value.field == "cut_off_on"


class TestCancelTour:
    def cancel(self, world: World, **more: object) -> list[Booking]:
        values = {"by": world.producer, "now": AFTER, "reason": "För få sa ja.", **more}
        return deciding.cancel_tour(world.tour, **values)  # type: ignore[arg-type]

    def test_every_visit_to_come_is_ended(self, world: World, short: Booking) -> None:
        offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        held(world, wish=world.school_wish, starts_at=SHOW_AT + 2 * DAY)
        self.cancel(world)
        found = world.tour.bookings.order_by("occupied_from").values_list("status", flat=True)
        assert (list(found), stage(world)) == (["cancelled", "withdrawn", "released"], "cancelled")

    def test_who_was_asked_is_told_why(self, world: World, short: Booking) -> None:
        self.cancel(world)
        mails = Notice.objects.filter(kind="cancelled", to_email=world.presenting.email)
        assert ["För få sa ja." in mail.body_text for mail in mails] == [True]

    def test_what_is_over_stays_as_it_is(self, world: World, short: Booking) -> None:
        assert self.cancel(world, now=short.occupied_to) == []
        short.refresh_from_db()
        assert short.status == Status.CONFIRMED

    def test_it_says_why(self, world: World, short: Booking) -> None:
        with pytest.raises(Refused) as refusal:
            self.cancel(world, reason=" ")
        assert refusal.value.field == "reason"

    def test_not_if_a_visit_has_changed_since_it_was_looked_at(self, world: World, short: Booking) -> None:
        with pytest.raises(NotNow, match="have changed"):
            self.cancel(world, seen={short.pk: short.version - 1})
        assert stage(world) == "open"

    def test_nothing_is_booked_on_it_any_more(self, world: World, short: Booking) -> None:
        self.cancel(world)
        world.tour.refresh_from_db()
        with pytest.raises(Refused, match="The tour is cancelled"):
            held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)

    def test_not_twice(self, world: World, short: Booking) -> None:
        self.cancel(world)
        with pytest.raises(NotNow):
            self.cancel(world)


class TestRunAndClose:
    def test_it_runs_from_the_day_of_its_first_confirmed_visit(self, world: World) -> None:
        confirmed(world)
        day = SHOW_AT.replace(hour=6)
        assert [deciding.turn_due(day - DAY), stage(world)] == [0, "open"]
        assert [deciding.turn_due(day), stage(world)] == [1, "running"]

    def test_without_a_confirmed_visit_it_does_not(self, world: World) -> None:
        offered(world)
        assert deciding.turn_due(SHOW_AT) == 0

    def test_it_closes_once_everything_is_over_and_reported(self, world: World) -> None:
        booking = confirmed(world)
        deciding.turn_due(SHOW_AT)
        over = booking.occupied_to + timedelta(hours=1)
        assert deciding.turn_due(over) == 0
        reporting.report_played(booking, by=world.presenter, now=over, figures=[(60, 40)])
        assert (deciding.turn_due(over), stage(world)) == (1, "closed")

    def test_not_while_an_offer_is_open(self, world: World) -> None:
        booking = confirmed(world)
        offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + 5 * DAY)
        over = booking.occupied_to + timedelta(hours=1)
        reporting.report_played(booking, by=world.presenter, now=over, figures=[(60, 40)])
        deciding.turn_due(over)
        assert stage(world) == "running"

    def test_a_tour_that_came_to_nothing_closes_after_its_last_day(self, world: World) -> None:
        lifecycle.decline(offered(world), by=None, now=NOW, reason="Nej.")
        after = datetime(2027, 2, 13, 6, tzinfo=NOW.tzinfo)
        assert (deciding.turn_due(after), stage(world)) == (1, "closed")

    def test_a_draft_stays_a_draft(self, world: World) -> None:
        assert deciding.turn_due(datetime(2027, 3, 1, tzinfo=NOW.tzinfo)) == 0

    def test_the_producer_closes_what_is_over_but_not_reported(self, world: World) -> None:
        booking = confirmed(world)
        deciding.close(world.tour, by=world.producer, now=booking.occupied_to)
        assert stage(world) == "closed"

    def test_not_while_a_visit_lies_ahead(self, world: World) -> None:
        confirmed(world)
        with pytest.raises(NotNow, match="left to play or answer"):
            deciding.close(world.tour, by=world.producer, now=NOW)


def test_what_may_be_decided(world: World, short: Booking) -> None:
    found = [deciding.steps_for(Tour.objects.get(), at) for at in (NOW, AFTER)]
    assert found == [["extend_cut_off", "cancel"], ["go_on", "extend_cut_off", "cancel"]]


def test_every_step_of_the_table_has_words() -> None:
    assert all(str(step.label) and step.words for step in stages.STEPS.values())


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_turn_it_once(world: World) -> None:
    Tour.objects.update(cut_off_on=CUT_OFF)
    offered(world)
    outcome = at_once(lambda call: call(), [partial(deciding.turn_due, AFTER)] * 4)
    assert outcome == {0: 3, 1: 1}
    assert Notice.objects.filter(kind="cut_off").count() == 1
    assert world.tour.changes.filter(action="miss").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_the_same_link_at_once(world: World) -> None:
    booking = offered(world)
    yes = partial(lifecycle.confirm, booking, by=None, now=NOW)
    no = partial(lifecycle.decline, booking, by=None, now=NOW, reason="Nej.")
    outcome = at_once(lambda call: call() and "done", [yes, no])
    assert outcome == {"done": 1, "NotNow": 1}
    assert booking.changes.exclude(action__in=["hold", "offer"]).count() == 1
