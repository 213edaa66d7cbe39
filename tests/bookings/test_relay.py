"""The relay: how it keeps its promise to send everything once at least, with the same Message-ID."""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

import pytest
from django.core import mail

from bookings import calls, notices, outbox, relay
from bookings.models import Notice, Unreachable
from tests.agreements import DAY, NOW, mailed_token, offered
from tests.bookings.test_digests import digest, offer_all
from tests.world import World

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


class TestSending:
    def test_sends_what_is_due_and_marks_it(self, post: Notice) -> None:
        assert relay.send_pending(NOW) == 1
        post.refresh_from_db()
        assert (post.state, post.sent_at, post.attempts) == (State.SENT, NOW, 1)
        assert [message.to for message in mail.outbox] == [["a@example.org"]]

    def test_not_before_its_time(self, post: Notice) -> None:
        assert relay.send_pending(NOW - SECOND) == 0
        assert mail.outbox == []

    def test_once(self, post: Notice) -> None:
        assert [relay.send_pending(NOW) for _ in range(3)] == [1, 0, 0]

    def test_at_most_as_many_as_asked_for(self, post: Notice) -> None:
        for number in range(3):
            Notice.objects.create(
                kind="offered", to_email=f"{number}@example.org", language="sv", send_after=NOW - number * DAY
            )
        assert [relay.send_pending(NOW, limit=2) for _ in range(3)] == [2, 2, 0]
        assert mail.outbox[0].to == ["2@example.org"]  # the oldest first

    def test_the_id_is_the_message_id_each_time(
        self, post: Notice, mail_is_down: None, settings: Any
    ) -> None:
        relay.send_pending(NOW)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        relay.send_pending(NOW + HOUR)
        assert mail.outbox[0].message()["Message-ID"] == f"<{post.pk}@turne>"

    def test_html_goes_as_an_alternative(self, world: World) -> None:
        offered(world)
        relay.send_pending(NOW)
        message = mail.outbox[0].message()
        assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Reply-To"] == world.producing.email

    def test_a_sent_offer_keeps_no_token(self, world: World) -> None:
        booking = offered(world)
        token = mailed_token(booking)
        relay.send_pending(NOW)
        notice = booking.notices.get()
        assert token in mail.outbox[0].body
        assert token not in notice.body_text + notice.body_html
        assert "/svar/…/" in notice.body_text


@pytest.mark.usefixtures("mail_is_down")
class TestFailing:
    def test_backs_off_twice_as_long_each_time(self, post: Notice) -> None:
        waits, now = [], NOW
        for _time in range(5):
            relay.send_pending(now)
            post.refresh_from_db()
            waits.append(int((post.send_after - now).total_seconds()))
            now = post.send_after
        assert waits == [2, 4, 8, 16, 32]
        assert (post.state, post.last_error) == (State.WAITING, "TimeoutError: timed out")

    def test_an_hour_at_the_most(self, post: Notice) -> None:
        Notice.objects.update(attempts=12)
        relay.send_pending(NOW)
        post.refresh_from_db()
        assert post.send_after == NOW + HOUR

    def test_gives_up_after_about_four_hours(self, post: Notice) -> None:
        now = NOW
        while post.state == State.WAITING:
            relay.send_pending(now)
            post.refresh_from_db()
            now = post.send_after if post.state == State.WAITING else now
        assert (post.state, post.attempts) == (State.FAILED, relay.ATTEMPTS_MAX)
        assert timedelta(hours=3.5) < now - NOW < timedelta(hours=4.5)

    def test_what_was_given_up_is_left_alone(self, post: Notice) -> None:
        Notice.objects.update(state=State.FAILED)
        relay.send_pending(NOW + 100 * DAY)
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

        monkeypatch.setattr(relay, "_message", Picky)
        assert relay.send_pending(NOW) == 1
        assert sent == ["a@example.org"]

    def test_a_long_error_is_cut(self, post: Notice, monkeypatch: Any) -> None:
        monkeypatch.setattr(Down, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("x" * 900)))
        relay.send_pending(NOW)
        post.refresh_from_db()
        assert len(post.last_error) == 300


def receiver_refused(code: int, words: str) -> Exception:
    return SMTPRecipientsRefused({"a@example.org": (code, words.encode())})


NO_SUCH_USER = receiver_refused(550, "5.1.1 <a@example.org>:\nno such user")
TRIED_AGAIN = [
    receiver_refused(450, "4.2.1 greylisted"),
    receiver_refused(421, "too many connections"),
    receiver_refused(554, "5.7.1 client host blocked"),
    receiver_refused(550, "5.1.8 bad sender address"),
    receiver_refused(503, "5.5.1 need MAIL command"),
    receiver_refused(554, "transaction failed"),
    SMTPSenderRefused(550, b"5.1.7 not you", "turne@example.org"),
    SMTPDataError(550, b"5.6.0 not this"),
    TimeoutError("timed out"),
]


class TestRefusedForGood:
    @pytest.fixture
    def refuse(self, mail_is_down: None, monkeypatch: Any) -> Any:
        def by(error: Exception) -> None:
            monkeypatch.setattr(Down, "send_messages", lambda *_: (_ for _ in ()).throw(error))

        return by

    def test_has_come_back_at_once_and_the_address_is_noted(self, post: Notice, refuse: Any) -> None:
        refuse(NO_SUCH_USER)
        assert relay.send_pending(NOW) == 0
        post.refresh_from_db()
        said = "550 5.1.1 <a@example.org>: no such user"
        assert (post.state, post.last_error, post.attempts) == (State.BOUNCED, said, 1)
        assert [(dead.email, dead.reason) for dead in Unreachable.objects.all()] == [("a@example.org", said)]

    @pytest.mark.parametrize(
        "error",
        [
            receiver_refused(550, "no such user"),
            receiver_refused(552, "5.2.2 mailbox full"),
            receiver_refused(550, "5.4.1 access denied"),
            receiver_refused(501, "5.1.3 bad syntax"),
            receiver_refused(556, "5.1.10 null MX"),
        ],
        ids=str,
    )
    def test_every_reply_about_the_receiver(self, post: Notice, refuse: Any, error: Exception) -> None:
        refuse(error)
        relay.send_pending(NOW)
        post.refresh_from_db()
        assert post.state == State.BOUNCED

    @pytest.mark.parametrize("error", TRIED_AGAIN, ids=str)
    def test_every_other_failure_is_tried_again(self, post: Notice, refuse: Any, error: Exception) -> None:
        refuse(error)
        relay.send_pending(NOW)
        post.refresh_from_db()
        assert (post.state, Unreachable.objects.count()) == (State.WAITING, 0)

    def test_a_digest_with_all_that_is_in_it(self, world: World, refuse: Any) -> None:
        offer_all(world)
        refuse(NO_SUCH_USER)
        relay.send_pending(NOW)
        assert set(Notice.objects.values_list("state", flat=True)) == {State.BOUNCED}
        assert Unreachable.objects.get().email == digest().to_email

    def test_a_login_code_is_wiped(self, db: None, refuse: Any) -> None:
        code = notices.post_login_code(
            to="a@example.org", language="sv", subject="Din kod", body="ABC", now=NOW
        )
        refuse(NO_SUCH_USER)
        relay.send_pending(NOW)
        code.refresh_from_db()
        assert (code.state, code.body_text) == (State.BOUNCED, "")

    def test_the_producer_is_told_to_call(self, world: World, refuse: Any) -> None:
        offered(world)
        refuse(NO_SUCH_USER)
        relay.send_pending(NOW)
        assert [call.why for call in calls.call_list(world.tour, NOW)] == [calls.NOT_ARRIVED]


class TestLease:
    def test_what_another_relay_has_is_left_to_it(self, post: Notice) -> None:
        relay._claim(NOW, 10)
        assert relay.send_pending(NOW + relay.LEASE - SECOND) == 0

    def test_a_dead_relays_mail_is_sent_by_another(self, post: Notice) -> None:
        relay._claim(NOW, 10)
        assert relay.send_pending(NOW + relay.LEASE) == 1
        post.refresh_from_db()
        assert (post.state, post.attempts) == (State.SENT, 2)

    def test_a_relay_that_woke_up_late_does_not_overwrite(self, post: Notice) -> None:
        [late] = relay._claim(NOW, 10)
        relay.send_pending(NOW + relay.LEASE)
        relay._postpone(late, NOW + HOUR, TimeoutError("timed out"))
        post.refresh_from_db()
        assert (post.state, post.last_error) == (State.SENT, "")

    def test_a_batch_is_through_before_its_lease(self) -> None:
        smtp_timeout = 20  # EMAIL_TIMEOUT in turne.settings
        assert timedelta(seconds=relay.BATCH * smtp_timeout) < relay.LEASE


class TestLoginCode:
    def code(self, now: datetime = NOW) -> Notice:
        return notices.post_login_code(
            to="a@example.org", language="sv", subject="Din kod", body="ABC-123", now=now
        )

    def test_is_sent_and_its_text_is_wiped(self, db: None) -> None:
        code = self.code()
        relay.send_pending(NOW)
        code.refresh_from_db()
        assert mail.outbox[0].body == "ABC-123"
        assert (code.state, code.body_text) == (State.SENT, "")

    def test_waiting_it_keeps_its_text(self, db: None, mail_is_down: None) -> None:
        code = self.code()
        relay.send_pending(NOW)
        code.refresh_from_db()
        assert (code.state, code.body_text) == (State.WAITING, "ABC-123")

    def test_given_up_it_is_wiped_and_not_tried_again(self, db: None, mail_is_down: None) -> None:
        code = self.code()
        Notice.objects.update(attempts=relay.ATTEMPTS_MAX - 1)
        relay.send_pending(NOW)
        code.refresh_from_db()
        assert (code.state, code.body_text, outbox.can_retry(code)) == (State.FAILED, "", False)
