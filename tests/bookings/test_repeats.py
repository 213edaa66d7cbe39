"""Requests that are sent again: who gets which answer, and how long it is kept."""

import pytest

from bookings import repeats
from bookings.errors import KeyReused
from bookings.models import KeptAnswer
from tests.agreements import NOW
from tests.races import at_once
from tests.world import World
from venues.models import User

ANSWER = {"status": 201, "headers": {"Location": "/7"}, "body": "{}"}


def kept(user: User, key: str = "k") -> KeptAnswer:
    row = repeats.claim(user, key, "digest", NOW)
    repeats.keep(row, **ANSWER)
    return row


def test_a_new_key_has_no_answer(world: World) -> None:
    assert repeats.claim(world.producer, "k", "digest", NOW).status is None


def test_the_same_request_gets_the_answer(world: World) -> None:
    kept(world.producer)
    again = repeats.claim(world.producer, "k", "digest", NOW)
    assert {"status": again.status, "headers": again.headers, "body": again.body} == ANSWER


@pytest.mark.parametrize("ask", [repeats.find, lambda *of: repeats.claim(*of, NOW)])
def test_another_request_is_refused(world: World, ask) -> None:
    kept(world.producer)
    with pytest.raises(KeyReused):
        ask(world.producer, "k", "another")


def test_a_key_is_its_users_own(world: World) -> None:
    kept(world.producer)
    assert repeats.find(world.presenter, "k", "another") is None
    assert repeats.claim(world.presenter, "k", "another", NOW).status is None


def test_answers_are_kept_for_a_day(world: World) -> None:
    kept(world.producer)
    assert repeats.forget_old(NOW + repeats.KEPT / 2) == 0
    assert repeats.forget_old(NOW + repeats.KEPT) == 1
    assert repeats.claim(world.producer, "k", "another", NOW).status is None


@pytest.mark.django_db(transaction=True)
def test_many_claim_a_key_at_once_and_it_is_there_once(world: World) -> None:
    outcome = at_once(lambda user: repeats.claim(user, "k", "digest", NOW).pk, [world.producer] * 10)
    assert list(outcome.values()) == [10]
    assert KeptAnswer.objects.count() == 1
