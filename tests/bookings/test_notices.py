"""Mails: who gets which, in which language, and how the relay keeps its promise."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction

from bookings import lifecycle, notices
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, confirmed, held, mailed_token, offered
from tests.world import World
from venues.models import Organisation

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
State = Notice.State


class Down:
    """A mail server that does not answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        raise TimeoutError("timed out")


@pytest.fixture
def mail_is_down(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"


@pytest.fixture
def post(world: World) -> Notice:
    """One mail that waits."""
    return Notice.objects.create(
        kind="offered", to_email="a@example.org", language="sv", subject="S", body_text="T", send_after=NOW
    )


def told(booking: Booking) -> set[tuple[str, str]]:
    return set(booking.notices.values_list("kind", "to_email"))


class TestWhoIsTold:
    def test_an_offer_goes_to_the_presenter(self, world: World) -> None:
        assert told(offered(world)) == {("offered", world.presenting.email)}

    def test_a_yes_goes_to_both(self, world: World) -> None:
        assert told(confirmed(world)) == {
            ("offered", world.presenting.email),
            ("confirmed", world.presenting.email),
            ("answered", world.producing.email),
        }

    def test_a_no_goes_to_the_producer_with_its_reason(self, world: World) -> None:
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="Taket läcker.")
        notice = booking.notices.get(kind="answered")
        assert notice.to_email == world.producing.email
        assert "Taket läcker." in notice.body_text

    def test_what_is_written_with_a_yes_reaches_the_producer(self, world: World) -> None:
        booking = lifecycle.confirm(offered(world), by=None, now=NOW, message="Ta med mattor.")
        assert "Ta med mattor." in booking.notices.get(kind="answered").body_text

    def test_a_withdrawal_goes_to_the_presenter(self, world: World) -> None:
        booking = lifecycle.withdraw(offered(world), by=world.producer, now=NOW, reason="Ny plan.")
        notice = booking.notices.get(kind="withdrawn")
        assert (notice.to_email, "Ny plan." in notice.body_text) == (world.presenting.email, True)

    @pytest.mark.parametrize("kind", ["expired", "cancelled"])
    def test_both_hear_of_what_ended(self, world: World, kind: str) -> None:
        if kind == "expired":
            booking = offered(world)
            lifecycle.expire_due(NOW + 15 * DAY)
        else:
            booking = confirmed(world)
            booking.notices.all().delete()
            lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Sjukdom.")
        assert told(booking) >= {(kind, world.presenting.email), ("answered", world.producing.email)}

    def test_without_a_role_address_the_members_who_act(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        world.presenting.memberships.create(user=world.stranger, role="officer")
        assert told(offered(world)) == {("offered", world.presenter.email)}

    def test_members_who_left_are_not_written_to(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        world.presenting.memberships.create(user=world.stranger, role="presenter")
        type(world.presenter).objects.filter(pk=world.presenter.pk).update(is_active=False)
        assert told(offered(world)) == {("offered", world.stranger.email)}

    def test_an_answer_comes_back_to_the_other_side(self, world: World) -> None:
        booking = confirmed(world)
        answers = dict(booking.notices.values_list("kind", "reply_to"))
        assert answers == {
            "offered": world.producing.email,
            "confirmed": world.producing.email,
            "answered": world.presenting.email,
        }


class TestLanguage:
    def test_the_receivers_not_the_senders(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(language="en")
        booking = confirmed(world)
        languages = dict(booking.notices.values_list("kind", "language"))
        assert languages == {"offered": "en", "confirmed": "en", "answered": "sv"}

    def test_days_are_written_in_that_language(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(language="en")
        booking = confirmed(world)
        assert "Wed 3 Feb 2027" in booking.notices.get(kind="confirmed").body_text
        assert "ons 3 feb 2027" in booking.notices.get(kind="answered").body_text

    def test_the_html_part_says_its_language(self, world: World) -> None:
        assert '<html lang="sv">' in offered(world).notices.get().body_html


class TestWhatAMailSays:
    def test_the_offer(self, world: World) -> None:
        notice = offered(world).notices.get()
        for part in [
            "Trumman och tystnaden",
            "11.15",
            "10.00",
            "Backe bygdegård, salen",
            "9\u00a0800\u00a0kr",
        ]:
            assert part in notice.body_text
            assert part in notice.body_html

    def test_the_offers_link_is_a_whole_address(self, world: World) -> None:
        booking = offered(world)
        link = f"{settings.BASE_URL}/svar/{mailed_token(booking)}/"
        assert link in booking.notices.get().body_text
        assert f'href="{link}"' in booking.notices.get().body_html

    def test_words_of_people_are_not_read_as_html(self, world: World) -> None:
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="<b>5 < 7 & 8</b>")
        notice = booking.notices.get(kind="answered")
        assert "<b>5 < 7 & 8</b>" in notice.body_text
        assert "&lt;b&gt;5 &lt; 7 &amp; 8&lt;/b&gt;" in notice.body_html

    def test_no_name_or_number_brings_markup_along(self, world: World) -> None:
        Organisation.objects.update(name="<b>5 < 7 & 8</b>", phone="<b>5 < 7 & 8</b>")
        for notice in confirmed(world).notices.all():
            assert "<b>5 <" not in notice.body_html
            assert "<b>5 < 7 & 8</b>" in notice.body_text

    def test_long_names_fit_the_subject(self, world: World) -> None:
        type(world.production).objects.update(title="x" * 160)
        Organisation.objects.filter(pk=world.presenting.pk).update(name="y" * 160)
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="Nej.")
        assert max(len(notice.subject) for notice in booking.notices.all()) <= 250

    def test_a_subject_is_one_line(self, world: World) -> None:
        type(world.production).objects.update(title="En\nBcc: alla@example.org")
        assert all("\n" not in notice.subject for notice in offered(world).notices.all())


def test_a_rolled_back_verb_leaves_no_mail(world: World) -> None:
    booking = held(world)

    def offer_and_die() -> None:
        with transaction.atomic():
            lifecycle.offer(booking, by=world.producer, now=NOW)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        offer_and_die()
    assert Notice.objects.count() == 0
    booking.refresh_from_db()
    assert booking.status == Status.HELD


class TestSending:
    def test_sends_what_is_due_and_marks_it(self, post: Notice) -> None:
        assert notices.send_pending(NOW) == 1
        post.refresh_from_db()
        assert (post.state, post.sent_at, post.attempts) == (State.SENT, NOW, 1)
        assert [message.to for message in mail.outbox] == [["a@example.org"]]

    def test_not_before_its_time(self, post: Notice) -> None:
        assert notices.send_pending(NOW - SECOND) == 0
        assert mail.outbox == []

    def test_once(self, post: Notice) -> None:
        assert [notices.send_pending(NOW) for _ in range(3)] == [1, 0, 0]

    def test_at_most_as_many_as_asked_for(self, post: Notice) -> None:
        for number in range(3):
            Notice.objects.create(
                kind="offered", to_email=f"{number}@example.org", language="sv", send_after=NOW - number * DAY
            )
        assert [notices.send_pending(NOW, limit=2) for _ in range(3)] == [2, 2, 0]
        assert mail.outbox[0].to == ["2@example.org"]  # the oldest first

    def test_the_id_is_the_message_id_each_time(
        self, post: Notice, mail_is_down: None, settings: Any
    ) -> None:
        notices.send_pending(NOW)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        notices.send_pending(NOW + HOUR)
        assert mail.outbox[0].message()["Message-ID"] == f"<{post.pk}@turne>"

    def test_html_goes_as_an_alternative(self, world: World) -> None:
        offered(world)
        notices.send_pending(NOW)
        message = mail.outbox[0].message()
        assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Reply-To"] == world.producing.email

    def test_a_sent_offer_keeps_no_token(self, world: World) -> None:
        booking = offered(world)
        token = mailed_token(booking)
        notices.send_pending(NOW)
        notice = booking.notices.get()
        assert token in mail.outbox[0].body
        assert token not in notice.body_text + notice.body_html
        assert "/svar/…/" in notice.body_text


@pytest.mark.usefixtures("mail_is_down")
class TestFailing:
    def test_backs_off_twice_as_long_each_time(self, post: Notice) -> None:
        waits, now = [], NOW
        for _time in range(5):
            notices.send_pending(now)
            post.refresh_from_db()
            waits.append(int((post.send_after - now).total_seconds()))
            now = post.send_after
        assert waits == [2, 4, 8, 16, 32]
        assert (post.state, post.last_error) == (State.WAITING, "TimeoutError: timed out")

    def test_an_hour_at_the_most(self, post: Notice) -> None:
        Notice.objects.update(attempts=12)
        notices.send_pending(NOW)
        post.refresh_from_db()
        assert post.send_after == NOW + HOUR

    def test_gives_up_after_about_four_hours(self, post: Notice) -> None:
        now = NOW
        while post.state == State.WAITING:
            notices.send_pending(now)
            post.refresh_from_db()
            now = post.send_after if post.state == State.WAITING else now
        assert (post.state, post.attempts) == (State.FAILED, notices.ATTEMPTS_MAX)
        assert timedelta(hours=3.5) < now - NOW < timedelta(hours=4.5)

    def test_what_was_given_up_is_left_alone(self, post: Notice) -> None:
        Notice.objects.update(state=State.FAILED)
        notices.send_pending(NOW + 100 * DAY)
        post.refresh_from_db()
        assert post.attempts == 0

    def test_one_that_fails_does_not_stop_the_others(self, post: Notice, monkeypatch: Any) -> None:
        Notice.objects.create(kind="x", to_email="b@example.org", language="sv", send_after=NOW - DAY)
        sent: list[str] = []

        class Picky:
            def __init__(self, notice: Notice) -> None:
                self.notice = notice

            def send(self) -> None:
                if self.notice.to_email == "b@example.org":
                    raise ValueError("no such mailbox")
                sent.append(self.notice.to_email)

        monkeypatch.setattr(notices, "_message", Picky)
        assert notices.send_pending(NOW) == 1
        assert sent == ["a@example.org"]

    def test_a_long_error_is_cut(self, post: Notice, monkeypatch: Any) -> None:
        monkeypatch.setattr(Down, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("x" * 900)))
        notices.send_pending(NOW)
        post.refresh_from_db()
        assert len(post.last_error) == 300


class TestRetry:
    def test_from_the_beginning(self, post: Notice) -> None:
        Notice.objects.update(state=State.FAILED, attempts=15, last_error="full")
        notices.retry(post, NOW + DAY)
        post.refresh_from_db()
        assert (post.state, post.attempts, post.last_error) == (State.WAITING, 0, "")
        assert notices.send_pending(NOW + DAY) == 1

    @pytest.mark.parametrize("state", [State.SENT, State.WAITING, State.CLAIMED])
    def test_only_what_was_given_up(self, post: Notice, state: str) -> None:
        Notice.objects.update(state=state, attempts=3)
        notices.retry(post, NOW + DAY)
        post.refresh_from_db()
        assert (post.state, post.attempts) == (state, 3)


class TestLease:
    def test_what_another_relay_has_is_left_to_it(self, post: Notice) -> None:
        notices._claim(NOW, 10)
        assert notices.send_pending(NOW + notices.LEASE - SECOND) == 0

    def test_a_dead_relays_mail_is_sent_by_another(self, post: Notice) -> None:
        notices._claim(NOW, 10)
        assert notices.send_pending(NOW + notices.LEASE) == 1
        post.refresh_from_db()
        assert (post.state, post.attempts) == (State.SENT, 2)

    def test_a_relay_that_woke_up_late_does_not_overwrite(self, post: Notice) -> None:
        [late] = notices._claim(NOW, 10)
        notices.send_pending(NOW + notices.LEASE)
        notices._postpone(late, NOW + HOUR, TimeoutError("timed out"))
        post.refresh_from_db()
        assert (post.state, post.last_error) == (State.SENT, "")

    def test_a_batch_is_through_before_its_lease(self) -> None:
        smtp_timeout = 20  # EMAIL_TIMEOUT in turne.settings
        assert timedelta(seconds=notices.BATCH * smtp_timeout) < notices.LEASE


class TestLoginCode:
    def code(self, now: datetime = NOW) -> Notice:
        return notices.post_login_code(
            to="a@example.org", language="sv", subject="Din kod", body="ABC-123", now=now
        )

    def test_is_sent_and_its_text_is_wiped(self, db: None) -> None:
        code = self.code()
        notices.send_pending(NOW)
        code.refresh_from_db()
        assert mail.outbox[0].body == "ABC-123"
        assert (code.state, code.body_text) == (State.SENT, "")

    def test_waiting_it_keeps_its_text(self, db: None, mail_is_down: None) -> None:
        code = self.code()
        notices.send_pending(NOW)
        code.refresh_from_db()
        assert (code.state, code.body_text) == (State.WAITING, "ABC-123")

    def test_given_up_it_is_wiped_and_not_tried_again(self, db: None, mail_is_down: None) -> None:
        code = self.code()
        Notice.objects.update(attempts=notices.ATTEMPTS_MAX - 1)
        notices.send_pending(NOW)
        notices.retry(code, NOW)
        code.refresh_from_db()
        assert (code.state, code.body_text) == (State.FAILED, "")
