"""Links, tokens, sessions and login codes go when nobody can use them; what was agreed stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from knox.models import AuthToken

from bookings import answering, changes, changing, notices, reach, report_links, spent
from bookings.models import (
    AnswerLink,
    Booking,
    BookingChange,
    ChangeLink,
    Feed,
    Notice,
    OfferBatch,
    ReportLink,
    Unreachable,
    Unsubscribed,
    UnsubscribeLink,
)
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, offered
from tests.world import World

#: After all that is kept for a time has been kept for it.
LONG_AFTER = SHOW_AT + timedelta(days=400)
SECOND = timedelta(seconds=1)


class TestLinksOfAVisit:
    def test_an_answer_link_is_kept_a_while_after_the_visit(self, world: World) -> None:
        booking = confirmed(world)
        end = booking.occupied_to + spent.LINKS_KEPT
        spent.forget_due(end)
        kept = AnswerLink.objects.count()
        spent.forget_due(end + SECOND)
        assert (kept, AnswerLink.objects.count()) == (1, 0)

    def test_an_open_one_stays(self, world: World) -> None:
        booking = offered(world)
        AnswerLink.objects.update(expires_at=LONG_AFTER + DAY)
        Booking.objects.filter(pk=booking.pk).update(occupied_to=SHOW_AT)
        spent.forget_due(LONG_AFTER)
        assert AnswerLink.objects.count() == 1

    def test_those_of_batches_changes_and_reports(self, world: World) -> None:
        booking = confirmed(world)
        answering.make_batch([booking])
        changing.propose_change(
            booking, by=world.producer, now=NOW, reason="Bussen.", starts_at=SHOW_AT + timedelta(minutes=15)
        )
        changing.refuse_change(booking, by=world.presenter, now=NOW, reason="Nej.")
        report_links.make_link(booking, now=SHOW_AT)
        counted = [(OfferBatch, 1), (ChangeLink, 1), (ReportLink, 1)]
        assert [(model, model.objects.count()) for model, _n in counted] == counted
        spent.forget_due(LONG_AFTER)
        assert [model.objects.count() for model, _n in counted] == [0, 0, 0]

    def test_a_change_that_waits_keeps_its_link(self, world: World) -> None:
        booking = changing.propose_change(
            confirmed(world),
            by=world.producer,
            now=NOW,
            reason="Bussen.",
            starts_at=SHOW_AT + timedelta(minutes=15),
        )
        changes.make_link(booking.waiting_change, NOW)
        spent.forget_due(LONG_AFTER)
        assert ChangeLink.objects.count() == 2

    def test_nothing_of_the_agreement_goes(self, world: World) -> None:
        confirmed(world)
        before = (Booking.objects.count(), BookingChange.objects.count(), Notice.objects.count())
        spent.forget_due(LONG_AFTER)
        assert (Booking.objects.count(), BookingChange.objects.count(), Notice.objects.count()) == before


class TestOthers:
    def test_the_link_of_an_old_mail(self, db: None) -> None:
        reach.unsubscribe_url("a@example.org", NOW)
        reach.unsubscribe_url("a@example.org", NOW + DAY)
        assert spent.forget_due(NOW + spent.UNSUBSCRIBE_KEPT + SECOND) == 1
        assert UnsubscribeLink.objects.get().made_at == NOW + DAY

    def test_an_address_that_somebody_has_stays_noted(self, world: World) -> None:
        for email in (world.presenter.email, world.presenting.email, "gone@example.org"):
            reach.unsubscribe(email, NOW)
            Unreachable.objects.create(email=email.lower(), noted_at=NOW)
        spent.forget_due(LONG_AFTER)
        known = {world.presenter.email, world.presenting.email}
        assert {row.email for row in Unsubscribed.objects.all()} == known
        assert {row.email for row in Unreachable.objects.all()} == known

    def test_a_calendar_address_that_was_withdrawn(self, world: World) -> None:
        values = {"organisation": world.presenting, "scope": "presenter", "created_by": world.presenter}
        Feed.objects.create(name="Kansliet", token_digest="a", **values)
        Feed.objects.create(name="Vaktmästaren", token_digest="b", revoked_at=NOW, **values)
        spent.forget_due(LONG_AFTER)
        assert [feed.name for feed in Feed.objects.all()] == ["Kansliet"]

    @pytest.mark.parametrize(("after", "left"), [(timedelta(), 1), (DAY, 0)])
    def test_tokens_and_sessions_that_have_run_out(self, world: World, after: Any, left: int) -> None:
        token, _secret = AuthToken.objects.create(user=world.producer)
        AuthToken.objects.update(expiry=NOW)
        Session.objects.create(session_key="a", session_data="", expire_date=NOW)
        spent.forget_due(NOW + after)
        assert (AuthToken.objects.count(), Session.objects.count()) == (left, left)

    def test_mails_with_login_codes_that_have_left(self, db: None) -> None:
        for state in (Notice.State.SENT, Notice.State.WAITING):
            notices.post_login_code(to="a@example.org", language="sv", subject="Kod", body="ABC", now=NOW)
            Notice.objects.filter(state="waiting").update(state=state, created_at=NOW)
        spent.forget_due(LONG_AFTER)
        assert [notice.state for notice in Notice.objects.all()] == ["waiting"]
