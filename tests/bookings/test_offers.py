"""Offers that wait: reminders, more time, and several at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings import answering, holds, lifecycle, offers, reach, relay, tour_visits
from bookings.errors import LinkProblem
from bookings.models import Booking, Notice, OfferBatch
from bookings.models.booking import Status
from bookings.secrets_in_mail import without_token
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, mailed_token, offered, told
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Season
from venues.models import Organisation


def mails(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind).order_by("created_at"))


def another(world: World, days: int = 1) -> Booking:
    """The neighbour's wish, held; the same people answer for both houses."""
    Organisation.objects.filter(pk=world.neighbouring.pk).update(email=world.presenting.email)
    return held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + days * DAY)


def both_offered(world: World) -> list[Booking]:
    """Two visits that the same people answer for, offered at once."""
    chosen = [held(world), another(world)]
    versions = {booking.pk: booking.version for booking in chosen}
    return tour_visits.offer_stops(world.tour, versions, by=world.producer, now=NOW, answer_by=NOW + 10 * DAY)


def both_told(world: World) -> list[Booking]:
    """The same, and their mail has left."""
    sent = both_offered(world)
    relay.send_pending(NOW)
    return sent


class TestRemind:
    def test_one_mail_with_a_link_that_works(self, world: World) -> None:
        booking = told(world)
        offers.remind(booking, by=world.producer, now=NOW + DAY)
        (mail,) = mails("reminded")
        assert mail.subject.startswith(("Reminder", "Påminnelse"))
        token = mail.body_text.split("/svar/")[1].split("/")[0]
        assert answering.find_link(token, NOW).booking == booking

    def test_the_link_that_they_have_goes_on_working(self, world: World) -> None:
        booking = offered(world)
        token = mailed_token(booking)
        relay.send_pending(NOW)
        offers.remind(booking, by=world.producer, now=NOW + DAY)
        assert answering.find_link(token, NOW + DAY).booking == booking

    def test_not_again_within_two_days(self, world: World) -> None:
        booking = offers.remind(told(world), by=world.producer, now=NOW)
        with pytest.raises(NotNow, match="less than two days ago"):
            offers.remind(booking, by=world.producer, now=NOW + timedelta(hours=47))
        offers.remind(booking, by=world.producer, now=NOW + 2 * DAY)
        assert len(mails("reminded")) == 2

    def test_not_after_the_answer_date(self, world: World) -> None:
        with pytest.raises(NotNow, match="answer date has passed"):
            offers.remind(told(world), by=world.producer, now=NOW + 20 * DAY)

    def test_it_is_noted_in_the_history(self, world: World) -> None:
        booking = offers.remind(told(world), by=world.producer, now=NOW)
        assert (booking.changes.last().action, booking.status) == ("remind", Status.OFFERED)

    def test_who_has_ended_reminders_is_called_instead(self, world: World) -> None:
        booking = told(world)
        reach.unsubscribe(world.presenting.email, NOW)
        with pytest.raises(Refused, match="wants no reminders"):
            offers.remind(booking, by=world.producer, now=NOW)

    def test_it_must_reach_somebody(self, world: World) -> None:
        booking = told(world)
        world.presenting.memberships.all().delete()
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        with pytest.raises(Refused, match="No mail reaches"):
            offers.remind(booking, by=world.producer, now=NOW)


class TestRemindDue:
    def test_three_days_before_the_answer_date_by_itself(self, world: World) -> None:
        booking = told(world)
        due = booking.answer_by - 3 * DAY
        found = [offers.remind_due(at) for at in (due - timedelta(minutes=1), due, due + timedelta(hours=1))]
        assert (found, len(mails("reminded"))) == ([0, 1, 0], 1)

    def test_the_season_says_how_long_before(self, world: World) -> None:
        Season.objects.update(answer_reminder_days=0)
        assert offered(world).answer_remind_at is None

    def test_an_offer_that_is_answered_is_not_reminded_of(self, world: World) -> None:
        booking = confirmed(world)
        assert offers.remind_due(booking.answer_by - DAY) == 0

    def test_who_has_just_been_reminded_by_hand_is_left_alone(self, world: World) -> None:
        booking = told(world)
        due = booking.answer_by - 3 * DAY
        offers.remind(booking, by=world.producer, now=due - DAY)
        assert (offers.remind_due(due), len(mails("reminded"))) == (0, 1)

    def test_several_to_the_same_people_in_one_mail(self, world: World) -> None:
        first, _second = both_told(world)
        assert offers.remind_due(first.answer_by - 3 * DAY) == 2
        assert {mail.digest for mail in mails("reminded")} == set(Notice.objects.unsent().mails())

    def test_twice_is_as_good_as_once(self, world: World) -> None:
        due = told(world).answer_by - DAY
        assert [offers.remind_due(due), offers.remind_due(due)] == [1, 0]


class TestExtendAnswer:
    def test_the_presenter_is_told_and_may_answer_longer(self, world: World) -> None:
        booking = offered(world)
        token = mailed_token(booking)
        relay.send_pending(NOW)
        later = booking.answer_by + 5 * DAY
        offers.extend_answer(booking, by=world.producer, now=NOW, answer_by=later)
        assert answering.find_link(token, later - DAY).booking == booking
        assert len(mails("extended")) == 1

    def test_by_telephone_no_mail_goes_out_and_none_need_arrive(self, world: World) -> None:
        booking = told(world)
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        world.presenting.memberships.all().delete()
        later = booking.answer_by + 5 * DAY
        offers.extend_answer(booking, by=world.producer, now=NOW, answer_by=later, by_phone=True)
        assert list(booking.notices.values_list("kind", flat=True)) == ["offered"]

    def test_the_reminder_moves_with_it(self, world: World) -> None:
        booking = told(world)
        later = booking.answer_by + 5 * DAY
        booking = offers.extend_answer(booking, by=world.producer, now=NOW, answer_by=later)
        assert booking.answer_remind_at == later - 3 * DAY

    def test_never_beyond_the_evening_before(self, world: World) -> None:
        booking = offers.extend_answer(told(world), by=world.producer, now=NOW, answer_by=SHOW_AT + DAY)
        assert booking.answer_by.date() == (SHOW_AT - DAY).date()

    @pytest.mark.parametrize("answer_by", [NOW - DAY, NOW + DAY])
    def test_a_date_that_they_have_been_told_is_not_taken_away(self, world: World, answer_by) -> None:
        booking = told(world)
        with pytest.raises(Refused) as refusal:
            offers.extend_answer(booking, by=world.producer, now=NOW, answer_by=answer_by)
        assert refusal.value.field == "answer_by"
        assert mails("extended") == []

    def test_what_has_lapsed_is_not_prolonged(self, world: World) -> None:
        booking = told(world)
        lifecycle.expire_due(NOW + 20 * DAY)
        with pytest.raises(NotNow):
            offers.extend_answer(booking, by=world.producer, now=NOW + 20 * DAY, answer_by=NOW + 25 * DAY)


class TestBatch:
    def test_offers_to_the_same_people_are_sent_in_one_mail(self, world: World) -> None:
        both = both_offered(world)
        (mail,) = mails("offers")
        token = mail.body_text.split("/svar/flera/")[1].split("/")[0]
        assert set(answering.find_batch(token, NOW).bookings.all()) == set(both)

    def test_only_the_digest_is_stored_and_the_sent_mail_forgets_the_secret(self, world: World) -> None:
        both_offered(world)
        (mail,) = mails("offers")
        token = mail.body_text.split("/svar/flera/")[1].split("/")[0]
        assert token not in str(OfferBatch.objects.values().get())
        assert token not in without_token(mail.body_text)

    def test_it_lasts_as_long_as_its_last_offer(self, world: World) -> None:
        first, second = both_told(world)
        offers.extend_answer(second, by=world.producer, now=NOW, answer_by=NOW + 15 * DAY)
        batch = OfferBatch.objects.filter(bookings=first).get()
        assert batch.expires_at == NOW + 15 * DAY

    def test_an_unknown_and_an_old_one_say_so(self, world: World) -> None:
        token = answering.make_batch(both_offered(world))
        codes = []
        for secret, at in (("okand", NOW), (token, NOW + 11 * DAY)):
            with pytest.raises(LinkProblem) as problem:
                answering.find_batch(secret, at)
            codes.append(problem.value.code)
        assert codes == ["unknown", "expired"]


class TestAnswerSeveral:
    def test_each_answer_is_one_booking(self, world: World) -> None:
        first, second = both_told(world)
        answers = [
            (first, first.version, "confirm", ""),
            (second, second.version, "decline", "Nej."),
        ]
        results = offers.answer_several(answers, by=None, now=NOW)
        assert [one.booking.status for one in results] == [Status.CONFIRMED, Status.DECLINED]

    def test_what_is_refused_leaves_the_others(self, world: World) -> None:
        first, second = both_told(world)
        answers = [(first, first.version + 7, "confirm", ""), (second, second.version, "confirm", "")]
        results = offers.answer_several(answers, by=None, now=NOW)
        assert [(one.booking.status, bool(one.refusal)) for one in results] == [
            (Status.OFFERED, True),
            (Status.CONFIRMED, False),
        ]

    def test_a_late_answer_is_refused_with_its_sentence(self, world: World) -> None:
        first, _second = both_told(world)
        late = [(first, first.version, "confirm", "")]
        (result,) = offers.answer_several(late, by=None, now=NOW + 11 * DAY)
        assert "answer date has passed" in result.refusal

    def test_the_same_answers_twice_do_nothing_twice(self, world: World) -> None:
        first, _second = both_told(world)
        answers = [(first, first.version, "confirm", "")]
        offers.answer_several(answers, by=None, now=NOW)
        (again,) = offers.answer_several(answers, by=None, now=NOW)
        assert "Somebody has changed this visit" in again.refusal
        assert len(mails("confirmed")) == 1


class TestActOnSeveral:
    def act(self, world: World, step: str, chosen: list[Booking], **values: object) -> list[offers.Result]:
        versions = {booking.pk: booking.version for booking in chosen}
        return offers.act_on_several(world.tour, step, versions, by=world.producer, now=NOW, **values)

    def test_several_are_withdrawn_each_with_its_reason(self, world: World) -> None:
        results = self.act(world, "withdraw", both_told(world), reason="Turnén ändras.")
        assert [one.booking.status for one in results] == [Status.WITHDRAWN] * 2
        assert all("Turnén ändras." in mail.body_text for mail in mails("withdrawn"))

    def test_who_answers_for_several_is_reminded_in_one_mail(self, world: World) -> None:
        self.act(world, "remind", both_told(world))
        mail = mails("offers")[-1]
        assert ("/svar/flera/" in mail.body_text, mail.items.count()) == (True, 2)
        assert mail.subject.startswith(("Reminder", "Påminnelse"))

    def test_several_get_more_time(self, world: World) -> None:
        results = self.act(world, "extend_answer", both_told(world), answer_by=NOW + 15 * DAY)
        assert [one.booking.answer_by for one in results] == [NOW + 15 * DAY] * 2
        assert {mail.digest for mail in mails("extended")} == {mails("offers")[-1]}

    def test_one_that_is_refused_is_named_and_the_others_are_done(self, world: World) -> None:
        first, second = both_told(world)
        first = offers.remind(first, by=world.producer, now=NOW)
        results = self.act(world, "remind", [first, second])
        assert ["less than two days" in one.refusal for one in results] == [True, False]

    def test_several_are_confirmed_by_telephone(self, world: World) -> None:
        results = self.act(world, "confirm", both_told(world))
        assert [one.booking.status for one in results] == [Status.CONFIRMED] * 2

    def test_none_chosen_is_refused(self, world: World) -> None:
        with pytest.raises(Refused, match="Choose at least one"):
            self.act(world, "remind", [])


def test_an_offer_that_moves_up_keeps_its_link(world: World) -> None:
    """Taking the first option is no answer: the mailed link works on."""
    booking = offered(world, rank=2)
    token = mailed_token(booking)
    holds.promote(booking, by=world.producer, now=NOW)
    assert answering.find_link(token, NOW).booking == booking


def test_negative_prices_are_kept_out_by_the_database(world: World) -> None:
    booking = offered(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(price=-1)
