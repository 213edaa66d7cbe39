"""What is really killed: web server, worker, broker, mail server. Nothing is lost, and nothing is done twice."""

import http.client
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bookings import relay, slots
from bookings.models import Booking, KeptAnswer, Notice
from tests.bookings.test_tasks import answers, port, redis, start  # noqa: F401 - port: a fixture
from tests.guarantees.post import post
from tests.guarantees.served import Call, send, serving, token_of, tour_ahead
from tests.processes import HOME, database_url, members, running, until
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = 13
DEAD = "redis://127.0.0.1:1/0"


def letters(count: int = MAILS) -> list[str]:
    """So many mails that are due."""
    now = timezone.now()
    common: dict[str, Any] = {"kind": "offered", "language": "sv", "body_text": "Hej", "send_after": now}
    made = [
        Notice.objects.create(to_email=f"{number}@example.org", subject=str(number), **common)
        for number in range(count)
    ]
    return sorted(str(notice.pk) for notice in made)


def all_sent() -> bool:
    return not Notice.objects.exclude(state=Notice.State.SENT).exists()


def the_lease_runs_out() -> None:
    """As five minutes later."""
    Notice.objects.filter(state=Notice.State.CLAIMED).update(claimed_until=timezone.now())


def kill(process: Popen[str]) -> None:
    """The whole process group, without a word."""
    for pid in members(process.pid):
        os.kill(pid, signal.SIGKILL)
    process.wait()


def hold_call(world: World) -> Call:
    at = tour_ahead(world)
    body = {"tour": world.tour.slug, "wish": world.wish.pk, "starts_at": at.isoformat()}
    return Call(token_of(world.producer), "bookings", body, key="k")


def test_a_web_server_that_is_killed_in_a_request_and_a_client_that_tries_again(
    world: World, tmp_path: Path
) -> None:
    """The request waits for a lock when its server dies; sent again with its key it is done once."""
    call = hold_call(world)
    with serving(tmp_path) as (address, server), ThreadPoolExecutor(1) as program:
        with transaction.atomic():
            slots.lock_resources([world.ensemble.pk], [world.venue.pk])
            answer = program.submit(send, address, call)
            if connection.vendor == "postgresql":
                until(_somebody_waits)
            kill(server)
        assert isinstance(answer.exception(30), (OSError, http.client.HTTPException))
    assert (Booking.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    with serving(tmp_path) as (address, _server):
        found = [send(address, call) for _time in range(2)]
    assert [status for status, _document in found] == [201, 201]
    assert (found[0], Booking.objects.count()) == (found[1], 1)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_without_a_broker_agreements_go_on(world: World, tmp_path: Path) -> None:
    """No request speaks to the broker: a mail is a row, and leaves when somebody fetches it."""
    call = hold_call(world)
    with serving(tmp_path, REDIS_URL=DEAD) as (address, _server):
        status, booking = send(address, call)
        offered = send(address, Call(call.token, f"bookings/{booking['id']}/offer", {}))
    assert (status, offered[0], Notice.objects.filter(kind="offered").count()) == (201, 200, 1)


def test_a_worker_that_is_killed_in_the_middle_of_its_mail(transactional_db: None, tmp_path: Path) -> None:
    """`manage.py work` dies at the fourth mail; another takes up what it had begun, and none comes twice."""
    ids = letters()
    with post(takes=3) as server:
        mail = {"TURNE_EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}"}
        house = {**HOME, "DATABASE_URL": database_url(), **mail}
        work = [sys.executable, "manage.py", "work"]
        with running(*work, log=tmp_path / "one.log", **house) as worker:
            assert server.hangs.wait(60)
            kill(worker)
        the_lease_runs_out()
        server.goes_on.set()
        with running(*work, log=tmp_path / "two.log", **house):
            until(all_sent)
        assert sorted(server.ids) == ids


@pytest.mark.redis
def test_a_celery_worker_that_is_killed_and_a_broker_that_comes_back_empty(
    transactional_db: None,
    tmp_path: Path,
    port: int,  # noqa: F811
) -> None:
    """Both die in the middle of the mail; an empty Redis and a new worker send the rest, none twice."""
    ids = letters()
    with post(takes=3) as server:
        mail = {"TURNE_EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}"}
        with ExitStack() as house:
            house.enter_context(running(*redis(port), log=tmp_path / "redis.log"))
            start(house, tmp_path, port, beats=1, **mail)
            assert server.hangs.wait(60)
        # Leaving the block has killed worker, beat and Redis with SIGKILL.
        assert not answers(port)
        the_lease_runs_out()
        server.goes_on.set()
        with ExitStack() as house:
            house.enter_context(running(*redis(port), log=tmp_path / "redis-2.log"))
            start(house, tmp_path, port, beats=1, **mail)
            until(all_sent, 90)
        assert sorted(server.ids) == ids


def test_a_mail_server_that_is_away_for_an_hour(
    world: World,
    port: int,  # noqa: F811
    settings: Any,
) -> None:
    """Nobody listens at its port for an hour of the relay's clock; then it is there, and the mail comes once."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_USE_SSL, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = False, "", ""
    (letter,), began = letters(1), timezone.now()
    sent = [relay.send_pending(began + minute * timedelta(minutes=1)) for minute in range(61)]
    waiting = Notice.objects.get()
    assert (sum(sent), waiting.state) == (0, Notice.State.WAITING)
    assert "refused" in waiting.last_error.lower()
    with post(port) as server:
        later = [relay.send_pending(began + minute * timedelta(minutes=1)) for minute in range(61, 181)]
        assert (sum(later), server.ids, all_sent()) == (1, [letter], True)
