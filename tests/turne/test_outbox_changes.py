"""The outbox page before mail leaves: read, stop, send, put off; and noting that one came back."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from bookings import lifecycle, relay
from bookings.models import Booking, Notice, Unreachable
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, mailed_token, offered, told
from tests.bookings.test_digests import digest, offer_all
from tests.world import World


@pytest.fixture(autouse=True)
def _now(later: Any) -> None:
    later(NOW)


def said(client: Client, notice: Notice, what: str, **data: str) -> list[str]:
    response = client.post(f"/utskick/{notice.pk}/{what}/", data, follow=True)
    return [str(message) for message in response.context["messages"]]


class TestReading:
    def test_the_html_stands_in_a_frame_that_can_do_nothing(self, world: World, producer: Client) -> None:
        notice = offered(world).notices.get()
        page = producer.get(f"/utskick/{notice.pk}/")
        assert f'src="/utskick/{notice.pk}/html/"' in page.content.decode()
        assert "frame-src 'self'" in page["Content-Security-Policy"]

    def test_the_frame_has_a_policy_of_its_own_and_no_secret(self, world: World, producer: Client) -> None:
        booking = offered(world)
        answer = producer.get(f"/utskick/{booking.notices.get().pk}/html/")
        policy = answer["Content-Security-Policy"]
        assert "style-src 'unsafe-inline'" in policy
        assert "sandbox" in policy
        assert "script-src" not in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert mailed_token(booking) not in answer.content.decode()

    def test_no_other_page_may_be_framed(self, world: World, producer: Client) -> None:
        assert producer.get("/utskick/")["X-Frame-Options"] == "DENY"

    def test_a_digest_is_one_row_and_lists_what_is_in_it(self, world: World, producer: Client) -> None:
        offer_all(world)
        assert [row["notice"].kind for row in producer.get("/utskick/").context["rows"]] == ["digest"]
        page = producer.get(f"/utskick/{digest().pk}/")
        assert [row["notice"].kind for row in page.context["items"]] == ["offered"] * 3

    def test_its_invitation_is_named(self, world: World, producer: Client) -> None:
        notice = confirmed(world).notices.get(kind="confirmed")
        assert "a calendar invitation (.ics)" in producer.get(f"/utskick/{notice.pk}/").content.decode()


class TestChanging:
    def test_stop(self, world: World, producer: Client) -> None:
        booking = offered(world)
        assert said(producer, booking.notices.get(), "stoppa") == [
            "It is stopped. 1 offer is taken back: the visit is held again."
        ]
        assert Booking.objects.get(pk=booking.pk).status == "held"

    def test_stop_says_why_not(self, world: World, producer: Client) -> None:
        notice = told(world).notices.get()
        assert "has left" in said(producer, notice, "stoppa")[0]

    def test_now(self, world: World, producer: Client) -> None:
        notice = offered(world).notices.get()
        Notice.objects.update(send_after=datetime(2026, 12, 19, 15, tzinfo=NOW.tzinfo))
        assert said(producer, notice, "nu") == ["It leaves within a minute."]
        assert relay.send_pending(NOW) == 1

    def test_another_time(self, world: World, producer: Client) -> None:
        notice = offered(world).notices.get()
        assert said(producer, notice, "tid", send_after="2026-12-18T15:00") == ["The time is changed."]
        notice.refresh_from_db()
        assert notice.send_after == datetime(2026, 12, 18, 14, tzinfo=NOW.tzinfo)

    @pytest.mark.parametrize("moment", ["", "nonsense", "2020-01-01T10:00"])
    def test_no_time_at_all(self, world: World, producer: Client, moment: str) -> None:
        notice = offered(world).notices.get()
        said(producer, notice, "tid", send_after=moment)
        assert Notice.objects.get().send_after == NOW

    def test_it_has_come_back(self, world: World, producer: Client) -> None:
        notice = told(world).notices.get()
        assert "Noted." in said(producer, notice, "studsade", reason="Okänd mottagare")[0]
        assert Unreachable.objects.get().reason == "Okänd mottagare"

    def test_an_administrator_reads_but_changes_nothing(self, world: World, en: Any) -> None:
        notice = offered(world).notices.get()
        client = en(world.administrator)
        page = client.get(f"/utskick/{notice.pk}/")
        assert (page.context["can_change"], page.context["can_stop"]) == (False, False)
        assert client.post(f"/utskick/{notice.pk}/stoppa/").status_code == 404


class TestEverythingThatWaits:
    def both(self, world: World) -> None:
        """Two mails to two presenters."""
        offered(world)
        offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)

    def press(self, client: Client, what: str, seen: datetime = NOW) -> list[str]:
        done = client.post(f"/utskick/{what}-alla/", {"seen": seen.isoformat()}, follow=True)
        return [str(message) for message in done.context["messages"]]

    def test_is_stopped_with_one_press(self, world: World, producer: Client) -> None:
        self.both(world)
        assert self.press(producer, "stoppa") == ["2 mails are stopped. 2 offers are taken back."]
        assert set(Booking.objects.values_list("status", flat=True)) == {"held"}

    def test_leaves_with_one_press(self, world: World, producer: Client) -> None:
        self.both(world)
        Notice.objects.update(send_after=NOW + DAY)
        assert self.press(producer, "skicka") == ["2 mails leave within a minute."]
        assert relay.send_pending(NOW) == 2

    def test_what_was_written_since_is_not_touched(self, world: World, producer: Client) -> None:
        self.both(world)
        assert self.press(producer, "stoppa", NOW - DAY) == ["0 mails are stopped."]
        assert Notice.objects.filter(state="waiting").count() == 2

    def test_a_cancellation_leaves_all_the_same(self, world: World, producer: Client) -> None:
        cancelled = lifecycle.cancel(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom.")
        assert "leaves all the same" in self.press(producer, "stoppa")[0]
        assert cancelled.notices.get(kind="cancelled").state == "waiting"

    def test_another_producers_mail_is_left_alone(self, world: World, en: Any) -> None:
        self.both(world)
        other = make.MembershipFactory(role="producer", organisation__roles=["producer"]).user
        assert self.press(en(other), "stoppa") == ["0 mails are stopped."]

    def test_is_offered_where_the_waiting_ones_are_listed(self, world: World, producer: Client) -> None:
        self.both(world)
        counts = [producer.get(f"/utskick/?visa={name}").context["waiting"] for name in ("vantar", "alla")]
        assert counts == [2, 0]


def test_the_offers_page_says_when_they_leave(world: World, producer: Client) -> None:
    world.tour.offers_at = "15:00"
    world.tour.save()
    offering = offered(world)
    Booking.objects.filter(pk=offering.pk).update(status="held", answer_by=None)
    page = producer.get(f"/turneer/{world.tour.slug}/erbjud/").content.decode()
    assert "Leaves Fri 18 Dec 2026 at 15:00" in page
