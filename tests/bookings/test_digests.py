"""Several mails of a run as one: what is joined, what is not, what stays stored, and what a kill leaves."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction

from bookings import digests, lifecycle, offering, outbox, relay, tour_visits
from bookings.models import Booking, Notice
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, held
from tests.world import World
from tours.models import Wish

State = Notice.State
ANSWER_BY = NOW + 14 * DAY


def another_visit(world: World, days: int) -> Booking:
    """A visit to one more house of the same office, which has one address, held on another day."""
    house = make.OrganisationFactory(
        region=world.presenting.region, name=f"Hus {days}", email=world.presenting.email
    )
    wish = make.WishFactory(
        season=world.season,
        production=world.production,
        organisation=house,
        venue=make.VenueFactory(organisation=house, place=world.venue.place),
        created_by=world.presenter,
    )
    return held(world, wish=wish, starts_at=SHOW_AT + days * DAY)


def offer_all(world: World, count: int = 3, now: datetime = NOW) -> list[Booking]:
    """So many held visits of one office, offered one by one in one run, each with a mail of its own."""
    visits = [held(world), *(another_visit(world, days) for days in range(1, count))]
    return [lifecycle.offer(visit, by=world.producer, now=now, answer_by=ANSWER_BY) for visit in visits]


def offer_together(world: World, count: int = 3) -> list[Booking]:
    """The same by one press of a button."""
    visits = [held(world), *(another_visit(world, days) for days in range(1, count))]
    versions = {visit.pk: visit.version for visit in visits}
    return tour_visits.offer_stops(world.tour, versions, by=world.producer, now=NOW, answer_by=ANSWER_BY)


def digest() -> Notice:
    return Notice.objects.get(kind="digest")


def batch() -> Notice:
    return Notice.objects.get(kind="offers")


class TestJoining:
    def test_the_offers_of_one_run_to_one_presenter_are_one_mail(self, world: World) -> None:
        offer_all(world)
        assert [notice.kind for notice in Notice.objects.mails()] == ["digest"]
        assert relay.send_pending(NOW) == 1
        assert [message.to for message in mail.outbox] == [[world.presenting.email]]

    def test_every_offer_keeps_its_own_answer_link(self, world: World) -> None:
        offer_all(world)
        links = set(re.findall(r"/svar/[\w-]+/", digest().body_text))
        assert len(links) == 3
        assert all(link in digest().body_html for link in links)

    def test_its_subject_says_what_is_asked_and_by_when(self, world: World) -> None:
        visits = offer_all(world)
        Notice.objects.update(language="en")
        digests.keep_home(visits[0].notices.all())
        assert digest().subject == "Answer by Fri 1 Jan: 2 offers from Scenlaget"

    def test_a_single_mail_stays_what_it_is(self, world: World) -> None:
        offer_all(world, count=1)
        assert [notice.kind for notice in Notice.objects.all()] == ["offered"]

    def test_another_run_is_another_mail(self, world: World) -> None:
        offer_all(world, count=2)
        late = another_visit(world, 5)
        lifecycle.offer(late, by=world.producer, now=NOW + timedelta(seconds=1))
        assert sorted(notice.kind for notice in Notice.objects.mails()) == ["digest", "offered"]

    def test_another_receiver_is_another_mail(self, world: World) -> None:
        first, second = held(world), held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        versions = {first.pk: first.version, second.pk: second.version}
        tour_visits.offer_stops(world.tour, versions, by=world.producer, now=NOW, answer_by=ANSWER_BY)
        assert sorted(notice.kind for notice in Notice.objects.mails()) == ["offered", "offered"]

    def test_a_cancellation_is_a_mail_of_its_own(self, world: World) -> None:
        for visit in offer_all(world, count=2):
            confirmed = lifecycle.confirm(visit, by=world.presenter, now=NOW)
            lifecycle.cancel(confirmed, by=world.producer, now=NOW, reason="Sjukdom.")
        alone = Notice.objects.filter(kind__in=["confirmed", "cancelled"]).mails()
        assert alone.count() == 4

    def test_what_has_lapsed_is_told_each_side_once(self, world: World) -> None:
        offer_all(world)
        relay.send_pending(NOW)
        lifecycle.expire_due(NOW + 15 * DAY)
        told = [n.to_email for n in Notice.objects.mails().filter(run_at=NOW + 15 * DAY)]
        assert sorted(told) == sorted([world.presenting.email, world.producing.email])

    def test_nobody_joins_what_a_relay_has_taken(self, world: World) -> None:
        first = lifecycle.offer(held(world), by=world.producer, now=NOW)
        relay._claim(NOW, 10)
        lifecycle.offer(another_visit(world, 1), by=world.producer, now=NOW)
        assert first.notices.get().digest is None
        assert Notice.objects.filter(kind="digest").count() == 0


class TestStored:
    def test_a_rolled_back_run_leaves_no_mail(self, world: World) -> None:
        def offer_and_die() -> None:
            with transaction.atomic():
                offer_all(world)
                raise RuntimeError("the power went")

        with pytest.raises(RuntimeError):
            offer_and_die()
        assert Notice.objects.count() == 0

    def test_items_share_the_fate_of_their_mail(self, world: World) -> None:
        offer_all(world)
        relay.send_pending(NOW)
        states = set(Notice.objects.values_list("state", "attempts", "sent_at"))
        assert states == {(State.SENT, 1, NOW)}

    def test_no_secret_is_left_when_it_has_left(self, world: World) -> None:
        offer_all(world)
        tokens = re.findall(r"/svar/([\w-]+)/", digest().body_text)
        relay.send_pending(NOW)
        kept = "".join(n.body_text + n.body_html + n.link for n in Notice.objects.all())
        assert [token for token in tokens if token in kept] == []

    def test_after_a_death_in_the_middle_it_is_the_same_mail_again(self, world: World) -> None:
        offer_all(world)
        before = digest().body_text
        relay._claim(NOW, 10)  # and then the relay dies
        later = NOW + relay.LEASE
        assert relay.send_pending(later - timedelta(seconds=1)) == 0
        assert relay.send_pending(later) == 1
        assert mail.outbox[0].message()["Message-ID"] == f"<{digest().pk}@turne>"
        assert (mail.outbox[0].body, digest().attempts) == (before, 2)

    def test_once_tried_it_says_the_same_for_good(self, world: World, monkeypatch: Any) -> None:
        visits = offer_all(world)
        before = digest().body_text
        relay._postpone(relay._claim(NOW, 10)[0], NOW, TimeoutError())
        lifecycle.withdraw(visits[0], by=world.producer, now=NOW + DAY)
        assert digest().body_text == before

    def test_given_up_it_is_tried_again_with_all_that_is_in_it(self, world: World) -> None:
        offer_all(world)
        Notice.objects.update(state=State.FAILED, attempts=15)
        outbox.retry(Notice.objects.filter(kind="offered")[0], NOW + DAY)
        assert set(Notice.objects.values_list("state", "attempts")) == {(State.WAITING, 0)}
        assert relay.send_pending(NOW + DAY) == 1


class TestLeavingOneOut:
    def test_an_offer_that_is_over_is_not_in_it_any_more(self, world: World) -> None:
        first, *_others = offer_all(world)
        subject = first.notices.get().subject
        lifecycle.withdraw(first, by=world.producer, now=NOW)
        assert (subject in digest().body_text, digest().items.unsent().count()) == (False, 2)

    def test_without_any_left_nothing_leaves(self, world: World) -> None:
        for visit in offer_all(world):
            lifecycle.withdraw(visit, by=world.producer, now=NOW)
        assert digest().state == State.STOPPED
        assert relay.send_pending(NOW) == 0

    def test_the_withdrawal_of_what_nobody_heard_of_is_not_told(self, world: World) -> None:
        first, *_others = offer_all(world)
        lifecycle.withdraw(first, by=world.producer, now=NOW)
        assert not Notice.objects.filter(kind="withdrawn").exists()

    @pytest.mark.parametrize(
        "answer", [lifecycle.confirm, lambda b, **w: lifecycle.decline(b, reason="Nej.", **w)]
    )
    def test_an_answer_in_the_inbox_keeps_the_question_home(
        self, world: World, answer: Callable[..., Booking]
    ) -> None:
        first, *_others = offer_all(world)
        answer(first, by=world.presenter, now=NOW)
        assert first.notices.get(kind="offered").state == State.STOPPED


class TestBatch:
    """Offers of one verb: one mail, one link, and a notice for each of them."""

    def test_it_is_one_mail_that_no_digest_takes_up(self, world: World) -> None:
        offer_together(world)
        lifecycle.offer(another_visit(world, 5), by=world.producer, now=NOW, answer_by=ANSWER_BY)
        assert sorted(notice.kind for notice in Notice.objects.mails()) == ["offered", "offers"]
        assert batch().items.count() == 3

    def test_one_link_stands_in_it_and_in_each_of_its_offers(self, world: World) -> None:
        offer_together(world)
        written = [batch().body_text, batch().body_html, *(item.body_text for item in batch().items.all())]
        assert {link for text in written for link in re.findall(r"/svar/[\w/-]+/", text)} == {
            batch().link.removeprefix(settings.BASE_URL)
        }

    def test_its_secret_is_gone_when_it_has_left(self, world: World) -> None:
        offer_together(world)
        token = batch().link.rstrip("/").rpartition("/")[2]
        assert relay.send_pending(NOW) == 1
        kept = "".join(n.body_text + n.body_html + n.link for n in Notice.objects.all())
        assert (token in mail.outbox[0].body, token in kept) == (True, False)

    def test_each_offer_shares_its_fate(self, world: World) -> None:
        visits = offer_together(world)
        relay.send_pending(NOW)
        assert [offering.is_told(visit) for visit in visits] == [True] * 3

    def test_an_offer_that_is_over_is_left_out(self, world: World) -> None:
        first, *_others = offer_together(world)
        Notice.objects.update(language="en")
        offering.recall(first, by=world.producer, now=NOW)
        assert batch().subject == "Answer by Fri 1 Jan: 2 offers from Scenlaget"
        assert str(first.presenter) not in batch().body_text

    def test_without_any_left_nothing_leaves_and_no_secret_stays(self, world: World) -> None:
        token = ""
        for visit in offer_together(world):
            token = token or batch().link.rstrip("/").rpartition("/")[2]
            lifecycle.withdraw(visit, by=world.producer, now=NOW)
        assert (batch().state, token in batch().body_html + batch().link) == (State.STOPPED, False)
        assert relay.send_pending(NOW) == 0

    def test_stopping_it_takes_every_offer_back(self, world: World) -> None:
        visits = offer_together(world)
        assert set(outbox.stop(batch(), by=world.producer, now=NOW)) == set(visits)
        assert {visit.status for visit in Booking.objects.all()} == {"held"}

    def test_the_producer_sees_it_and_another_does_not(self, world: World) -> None:
        offer_together(world)
        seen = [Notice.objects.visible_to(who).mails().count() for who in (world.producer, world.stranger)]
        assert seen == [1, 0]


def test_a_wish_is_never_forgotten_between_two_digests(world: World) -> None:
    """Every offer of the run is in exactly one mail that leaves."""
    visits = offer_all(world, count=6)
    relay.send_pending(NOW)
    assert Notice.objects.filter(kind="offered", state=State.SENT, booking__in=visits).count() == 6
    assert Wish.objects.filter(bookings__in=visits).count() == 6
