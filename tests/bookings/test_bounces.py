"""Mail that came back: by hand, by a delivery status notification, and what it does to the address."""

from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bookings import bounces, lifecycle, relay
from bookings.models import Booking, Notice, Unreachable
from tests.agreements import NOW, held, offered, told
from tests.bookings.test_digests import digest, offer_all
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Organisation

State = Notice.State


def report(
    notice: Notice,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    copy: str = "message/rfc822",
    ident: str = "",
) -> bytes:
    """A notification as RFC 3464 has it (appendix E), about that mail."""
    lines = [
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>",
        "To: turne@example.org",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="ABC"',
        "",
        "--ABC",
        "Content-Type: text/plain",
        "",
        "Your message could not be delivered.",
        "",
        "--ABC",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {notice.to_email}",
        f"Action: {action}",
        f"Status: {status} (bad mailbox)",
        "Diagnostic-Code: smtp; 550 5.1.1 No such user",
        "",
        "--ABC",
        f"Content-Type: {copy}",
        "",
        f"Message-ID: {ident or relay.message_id(notice)}",
        "Subject: x",
        "",
        "--ABC--",
        "",
    ]
    return "\r\n".join(lines).encode()


def sent(world: World) -> Notice:
    return told(world).notices.get()


#: Reports that were made to be hard to read.
HOSTILE = {
    "no uuid": b"<%s@turne>" % (b"-" * 36),
    "no end": b"<" * 60_000,
    "an empty word": b"<a b c@@@>>>",
}


def hostile(kind: str, notice: Notice) -> bytes:
    """A report whose Message-ID is that, or mail within mail within mail."""
    if kind in HOSTILE:
        return report(notice).replace(relay.message_id(notice).encode(), HOSTILE[kind])
    begin = b"Content-Type: multipart/report; boundary=ABC\r\n\r\n--ABC\r\n"
    return begin + b"Content-Type: message/rfc822\r\n\r\n" * 3000


class TestReading:
    @pytest.mark.parametrize("kind", [*HOSTILE, "nested"])
    def test_one_that_is_made_to_be_hard_to_read_is_refused_or_not_ours(
        self, world: World, kind: str
    ) -> None:
        with suppress(Refused):
            assert bounces.read(hostile(kind, sent(world))) is None

    def test_what_a_database_cannot_hold_is_left_out(self, world: World) -> None:
        made = report(sent(world)).replace(b"No such user", b"No\x00such\x1b user")
        found = bounces.read(made)
        assert found
        assert found.reason == "5.1.1 550 5.1.1 No such user"

    @pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
    def test_a_failure_names_the_mail_the_reason_and_that_it_is_for_good(
        self, world: World, copy: str
    ) -> None:
        notice = sent(world)
        found = bounces.read(report(notice, copy=copy))
        assert found == bounces.Bounce(notice.pk, "5.1.1 550 5.1.1 No such user", is_permanent=True)

    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
    def test_what_is_no_failure_is_passed_over(self, world: World, action: str) -> None:
        assert bounces.read(report(sent(world), action=action)) is None

    def test_a_mail_of_somebody_else_is_passed_over(self, world: World) -> None:
        assert bounces.read(report(sent(world), ident="<1@example.org>")) is None

    @pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe", b"Subject: Hello\r\n\r\nOut of office"])
    def test_anything_else_is_refused(self, rubbish: bytes) -> None:
        with pytest.raises(Refused):
            bounces.read(rubbish)


class TestTakenIn:
    def test_the_notice_has_come_back_and_the_address_is_dead(self, world: World) -> None:
        notice = sent(world)
        assert bounces.take_in(report(notice), NOW) == notice
        notice.refresh_from_db()
        assert (notice.state, notice.last_error) == (State.BOUNCED, "5.1.1 550 5.1.1 No such user")
        assert Unreachable.objects.get().email == world.presenting.email

    def test_twice_is_as_good_as_once(self, world: World) -> None:
        notice = sent(world)
        for _time in range(2):
            bounces.take_in(report(notice), NOW)
        assert Unreachable.objects.count() == 1

    def test_a_failure_on_the_way_leaves_the_address_alone(self, world: World) -> None:
        notice = sent(world)
        bounces.take_in(report(notice, status="4.4.7"), NOW)
        notice.refresh_from_db()
        assert (notice.state, Unreachable.objects.count()) == (State.BOUNCED, 0)

    def test_a_digest_with_all_that_is_in_it(self, world: World) -> None:
        offer_all(world)
        relay.send_pending(NOW)
        bounces.take_in(report(digest()), NOW)
        assert set(Notice.objects.values_list("state", flat=True)) == {State.BOUNCED}

    def test_a_notice_that_is_unknown_is_passed_over(self, world: World) -> None:
        notice = sent(world)
        other = report(notice, ident="<00000000-0000-4000-8000-000000000000@turne>")
        assert bounces.take_in(other, NOW) is None


class TestByHand:
    def test_only_what_was_sent(self, world: World) -> None:
        with pytest.raises(NotNow):
            bounces.note_bounce(offered(world).notices.get(), reason="", by=world.producer, now=NOW)

    def test_it_says_who_noted_it(self, world: World) -> None:
        bounces.note_bounce(sent(world), reason="Okänd", by=world.producer, now=NOW)
        dead = Unreachable.objects.get()
        assert (dead.by, dead.reason) == (world.producer, "Okänd")


class TestADeadAddress:
    @pytest.fixture
    def dead(self, world: World) -> World:
        Unreachable.objects.create(email=world.presenting.email, noted_at=NOW)
        return world

    def test_the_members_get_the_mail_instead(self, dead: World) -> None:
        assert offered(dead).notices.get().to_email == dead.presenter.email

    def test_without_members_nothing_is_offered(self, dead: World) -> None:
        dead.presenting.memberships.all().delete()
        with pytest.raises(Refused, match="No mail reaches"):
            offered(dead)

    def test_what_must_be_told_stands_as_not_sent(self, dead: World) -> None:
        dead.presenting.memberships.all().delete()
        booking = lifecycle.confirm(held(dead), by=dead.producer, now=NOW)
        notice = booking.notices.get(kind="confirmed")
        assert (notice.state, notice.to_email) == (State.FAILED, dead.presenting.email)

    def test_another_address_is_written_to(self, dead: World) -> None:
        Organisation.objects.filter(pk=dead.presenting.pk).update(email="ny@example.org")
        assert _fresh_offer(dead).notices.get().to_email == "ny@example.org"

    def test_whatever_case_it_is_written_in(self, dead: World) -> None:
        Organisation.objects.filter(pk=dead.presenting.pk).update(email=dead.presenting.email.upper())
        assert _fresh_offer(dead).notices.get().to_email == dead.presenter.email

    def test_it_may_work_after_all(self, dead: World) -> None:
        bounces.note_working(dead.presenting.email.upper())
        assert offered(dead).notices.get().to_email == dead.presenting.email


def _fresh_offer(world: World) -> Booking:
    world.wish.organisation.refresh_from_db()
    return offered(world)


class TestCommand:
    def run(self, *files: Any) -> str:
        out = StringIO()
        call_command("note_bounces", *map(str, files), stdout=out)
        return out.getvalue()

    def test_each_file_is_a_report(self, world: World, tmp_path: Path) -> None:
        notice = sent(world)
        (tmp_path / "a.eml").write_bytes(report(notice))
        (tmp_path / "b.eml").write_bytes(report(notice, action="delayed"))
        told = self.run(tmp_path / "a.eml", tmp_path / "b.eml")
        assert (notice.to_email in told, "nothing to note" in told) == (True, True)

    def test_what_cannot_be_read_is_named_and_the_rest_is_done(self, world: World, tmp_path: Path) -> None:
        notice = sent(world)
        (tmp_path / "a.eml").write_bytes(report(notice))
        with pytest.raises(CommandError, match="gone.eml"):
            self.run(tmp_path / "gone.eml", tmp_path / "a.eml")
        notice.refresh_from_db()
        assert notice.state == State.BOUNCED
