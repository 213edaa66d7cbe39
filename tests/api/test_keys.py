"""Idempotency-Key: what is sent again is not done again, whoever sends it how often at whatever moment."""

import json
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

import pytest
from django.utils import timezone
from knox.models import AuthToken

from api import keys
from api.views import planner as planner_view
from bookings import lifecycle
from bookings.models import Booking, KeptAnswer, Notice
from tests.agreements import NOW, held
from tests.api.callers import API, caller
from tests.api.matrix import PROBLEM
from tests.races import at_once, when_let_in
from tests.world import World

THREADS = 50
HOLD = {"starts_at": "2027-02-03T11:15:00+01:00"}


@pytest.fixture(autouse=True)
def _before_the_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def hold(world: World, client: Any = None, key: str = "k", **more: Any) -> Any:
    body = {"tour": world.tour.slug, "wish": world.wish.pk, **HOLD, **more}
    client = client or caller(world.producer)
    return client.post(f"{API}/bookings", body, headers={"Idempotency-Key": key})


def offer(world: World, booking: Booking, key: str = "k", **headers: str) -> Any:
    more = {"Idempotency-Key": key, **headers}
    return caller(world.producer).post(f"{API}/bookings/{booking.pk}/offer", {}, headers=more)


def patient(ask: Callable[..., Any], *what: Any, **more: Any) -> Any:
    """Ask as a program does that is told to come back."""
    return when_let_in(lambda: ask(*what, **more), status=attrgetter("status_code"))


@pytest.mark.django_db(transaction=True)
def test_fifty_times_at_once_with_one_key_it_is_done_once(world: World) -> None:
    clients = [caller(world.producer) for _number in range(THREADS // 5)] * 5
    outcome = at_once(lambda client: _told(patient(hold, world, client)), clients)
    booking = Booking.objects.get()
    assert outcome == {
        (201, booking.pk, None): 1,
        (201, booking.pk, "true"): THREADS - 1,
    }


@pytest.mark.django_db(transaction=True)
def test_fifty_offers_at_once_with_one_key_send_one_mail(world: World) -> None:
    booking = held(world)
    client = caller(world.producer)
    address, headers = f"{API}/bookings/{booking.pk}/offer", {"Idempotency-Key": "k", "If-Match": '"1"'}
    ask = partial(patient, client.post, address, {}, headers=headers)
    outcome = at_once(lambda _n: ask().status_code, [*range(THREADS)])
    assert (outcome, Notice.objects.filter(kind="offered").count()) == ({200: THREADS}, 1)


@pytest.mark.django_db(transaction=True)
def test_without_a_key_the_same_fifty_are_refused_but_one(world: World) -> None:
    """The control: what the key gives is the answer, not a second refusal."""
    client = caller(world.producer)
    body = {"tour": world.tour.slug, "wish": world.wish.pk, **HOLD}
    ask = partial(patient, client.post, f"{API}/bookings", body)
    outcome = at_once(lambda _n: ask().status_code, [*range(THREADS)])
    assert outcome == {201: 1, 422: THREADS - 1}


def _told(answer: Any) -> tuple[Any, ...]:
    return answer.status_code, answer.json().get("id"), answer.get("Idempotency-Replayed")


def test_the_answer_is_that_of_then(world: World) -> None:
    first = hold(world)
    lifecycle.offer(Booking.objects.get(), by=world.producer, now=NOW)
    again = hold(world)
    assert (again.json()["status"], again.content) == ("held", first.content)


def test_an_answer_is_repeated_before_its_version_is_looked_at(world: World) -> None:
    booking = held(world)
    found = [offer(world, booking, **{"If-Match": '"1"'}) for _time in range(2)]
    assert [(answer.status_code, answer["ETag"]) for answer in found] == [(200, '"2"')] * 2


def test_spaces_and_order_of_the_body_do_not_count(world: World) -> None:
    body = {"tour": world.tour.slug, "wish": world.wish.pk, **HOLD}
    client = caller(world.producer)
    texts = [json.dumps(body), json.dumps(dict(reversed(body.items())), indent=2)]
    send = {"content_type": "application/json", "headers": {"Idempotency-Key": "k"}}
    assert [client.post(f"{API}/bookings", text, **send).status_code for text in texts] == [201, 201]


def test_a_key_belongs_to_its_address_too(world: World) -> None:
    booking = held(world)
    offer(world, booking)
    answer = caller(world.producer).post(
        f"{API}/bookings/{booking.pk}/release", {}, headers={"Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_a_key_belongs_to_its_user(world: World) -> None:
    days = {"days": 3}
    found = [
        caller(user).post(f"{API}/tokens", days, headers={"Idempotency-Key": "k"}).status_code
        for user in (world.producer, world.presenter)
    ]
    assert found == [201, 201]


def test_what_is_refused_is_not_kept_and_may_be_tried_again(world: World) -> None:
    booking = held(world)
    refused = hold(world)
    lifecycle.release(booking, by=world.producer, now=NOW)
    assert (refused.status_code, KeptAnswer.objects.count()) == (422, 0)
    assert hold(world).status_code == 201


def test_what_fails_leaves_neither_key_nor_work(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is the last that is written: where that fails, the hold is not there either."""

    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("boom")

    with monkeypatch.context() as broken:
        broken.setattr(keys.repeats, "keep", fail)
        assert hold(world).status_code == 500
    assert (Booking.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert hold(world).status_code == 201


def test_a_token_is_shown_once_and_made_once(world: World) -> None:
    client = caller(world.producer)
    before = AuthToken.objects.count()
    found = [client.post(f"{API}/tokens", {}, headers={"Idempotency-Key": "k"}) for _time in range(2)]
    assert [(a.status_code, a.json().get("code")) for a in found] == [(201, None), (409, "shown_once")]
    assert AuthToken.objects.count() == before + 1
    assert found[0].json()["token"] not in str(list(KeptAnswer.objects.values()))


def test_a_plan_is_worked_out_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    solved, solve = [], planner_view.solving.solve
    monkeypatch.setattr(
        planner_view.solving, "solve", lambda *of, **more: (solved.append(1), solve(*of, **more))[1]
    )
    address, client = f"{API}/planner/solve?seconds=0", caller(world.producer)
    found = [client.post(address, PROBLEM, headers={"Idempotency-Key": "k"}) for _time in range(2)]
    assert (found[0].content, len(solved)) == (found[1].content, 1)


@pytest.mark.parametrize("key", ["", "two words", "å", "x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    answer = hold(world, key=key)
    assert (answer.status_code, answer.json()["code"], Booking.objects.count()) == (400, "invalid_key", 0)


def test_a_key_opens_nothing(world: World) -> None:
    """Who may not do it does not get the answer of who may: keys are looked up for the caller alone."""
    booking = held(world)
    offer(world, booking)
    answer = caller(world.neighbour).post(
        f"{API}/bookings/{booking.pk}/offer", {}, headers={"Idempotency-Key": "k"}
    )
    assert answer.status_code == 404
    assert caller().post(f"{API}/bookings", {}, headers={"Idempotency-Key": "k"}).status_code == 401


def test_an_old_key_is_new_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(world)
    Booking.objects.update(status="released")
    keys.repeats.forget_old(NOW + keys.repeats.KEPT)
    assert (hold(world).status_code, Booking.objects.count()) == (201, 2)
