"""The mailed answer link: what works, what does not, and what is stored of it."""

from datetime import timedelta

import pytest

from bookings import answering, lifecycle, postponing
from bookings.errors import LinkProblem
from bookings.models import AnswerLink, Booking, Notice, OfferBatch
from bookings.tokens import digest_of
from tests.agreements import DAY, NOW, SHOW_AT, mailed_token, offered
from tests.bookings.test_offers import both_offered
from tests.world import World

MOMENT = timedelta(seconds=1)


@pytest.fixture
def offer(world: World) -> Booking:
    return offered(world)


def problem_of(token: str, now=NOW) -> LinkProblem:
    with pytest.raises(LinkProblem) as problem:
        answering.find_link(token, now)
    return problem.value


def test_the_mailed_token_finds_its_own_booking(world: World, offer: Booking) -> None:
    other = offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    assert answering.find_link(mailed_token(offer), NOW).booking == offer
    assert answering.find_link(mailed_token(other), NOW).booking == other


def test_a_link_to_several_does_not_answer_what_is_offered_anew(world: World) -> None:
    first, second = both_offered(world)
    batch = OfferBatch.objects.get()
    lifecycle.counter(first, by=None, now=NOW, message="En annan vecka.")
    postponing.reschedule(first, by=world.producer, now=NOW, starts_at=SHOW_AT + 5 * DAY)
    assert Booking.objects.get(pk=first.pk).status == "offered"
    assert list(batch.bookings.all()) == [second]


def test_looking_changes_nothing(offer: Booking) -> None:
    token = mailed_token(offer)
    for _time in range(3):
        answering.find_link(token, NOW)
    link = AnswerLink.objects.get()
    assert (link.used_at, link.revoked_at) == (None, None)


def test_good_until_the_answer_date_and_no_longer(offer: Booking) -> None:
    token = mailed_token(offer)
    assert answering.find_link(token, offer.answer_by).booking == offer
    assert problem_of(token, offer.answer_by + MOMENT).code == "expired"


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "å" * 43, "../etc/passwd", "x" * 5000])
def test_unknown(offer: Booking, token: str) -> None:
    problem = problem_of(token)
    assert (problem.code, problem.ids) == ("unknown", {})


def test_used_by_a_yes(offer: Booking) -> None:
    token = mailed_token(offer)
    lifecycle.confirm(offer, by=None, now=NOW)
    problem = problem_of(token)
    assert (problem.code, problem.ids) == ("used", {"booking": offer.pk})
    assert AnswerLink.objects.get().used_at == NOW


def test_used_by_a_no_in_the_inbox(world: World, offer: Booking) -> None:
    token = mailed_token(offer)
    lifecycle.decline(offer, by=world.presenter, now=NOW, reason="Fel dag.")
    assert problem_of(token).code == "used"


def test_revoked_when_the_offer_is_withdrawn(world: World, offer: Booking) -> None:
    token = mailed_token(offer)
    lifecycle.withdraw(offer, by=world.producer, now=NOW)
    assert problem_of(token).code == "revoked"


def test_lapsed_offers_say_that_they_lapsed(offer: Booking) -> None:
    token = mailed_token(offer)
    later = NOW + 15 * DAY
    lifecycle.expire_due(later)
    assert problem_of(token, later).code == "expired"


def test_a_new_link_ends_the_old_one(offer: Booking) -> None:
    old = mailed_token(offer)
    new = answering.make_link(offer, expires_at=NOW + DAY)
    assert problem_of(old).code == "revoked"
    assert answering.find_link(new, NOW).booking == offer


def test_only_the_digest_is_stored(offer: Booking) -> None:
    token = mailed_token(offer)
    assert len(token) == 43  # 256 bits in base 64
    assert AnswerLink.objects.get().token_digest == digest_of(token)
    stored = [str(value) for row in AnswerLink.objects.values() for value in row.values()]
    stored += [str(value) for row in Booking.objects.values() for value in row.values()]
    stored += [str(change) for change in offer.changes.values()]
    assert not any(token in text for text in stored)


def test_two_offers_have_different_tokens(world: World, offer: Booking) -> None:
    other = offered(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    assert mailed_token(offer) != mailed_token(other)


def test_the_token_leaves_the_outbox_with_the_mail(offer: Booking) -> None:
    token = mailed_token(offer)
    lifecycle.confirm(offer, by=None, now=NOW)
    assert not Notice.objects.filter(body_text__contains=token, kind__in=["confirmed", "answered"]).exists()
