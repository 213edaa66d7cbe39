"""Background work: the same functions in a loop, by Celery, and once by hand."""

import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from bookings import (
    changing,
    deciding,
    holds,
    lifecycle,
    offers,
    relay,
    repeats,
    season_plan,
    spent,
    stored_feeds,
    tasks,
)
from bookings import running as runs
from bookings.management.commands.work import Job, pause_s, scheduled
from bookings.models import Notice
from tests.compose import by_hand, words
from tests.factories import OrganisationFactory
from tests.hasty import CELERY_BEAT_SCHEDULE
from tests.processes import HOME, database_url, running, until
from turne.celery import app
from venues.incoming import keeping
from venues.models import CalendarMark, IncomingCalendar

WORK = [sys.executable, "manage.py", "work"]
#: The promise is one second; a machine that runs much else at once gets more, but less than the five of a rhythm.
SOON_S = 4.5


@pytest.fixture
def notice(transactional_db: None) -> Notice:
    return Notice.objects.create(
        kind="offered",
        to_email="backe@example.org",
        language="sv",
        subject="Erbjudande",
        body_text="Hej",
        send_after=timezone.now(),
    )


@pytest.fixture
def own_connection(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A job looks after the connection of its thread, and here that may be one that an earlier test has opened."""
    with django_db_blocker.unblock():
        yield


def variables(folder: Path, **more: str) -> dict[str, str]:
    """A process on the database under test, whose mail lands in the folder `mail`."""
    return {**HOME, "DATABASE_URL": database_url(), "TURNE_EMAIL_URL": f"filemail:///{folder}/mail", **more}


def sent(notice: Notice) -> bool:
    return Notice.objects.filter(pk=notice.pk, state=Notice.State.SENT).exists()


def mails(folder: Path) -> list[str]:
    return [path.read_text() for path in (folder / "mail").glob("*.log")]


class TestTasks:
    @pytest.mark.parametrize(
        ("module", "verb", "task"),
        [
            (relay, "send_pending", tasks.send_notices),
            (runs, "run_queued", tasks.run_proposals),
            (season_plan, "run_queued", tasks.run_seasons),
            (lifecycle, "expire_due", tasks.expire_agreements),
            (changing, "lapse_due", tasks.lapse_changes),
            (holds, "remind_due", tasks.remind_of_holds),
            (offers, "remind_due", tasks.remind_of_offers),
            (deciding, "turn_due", tasks.turn_tours),
            (repeats, "forget_old", tasks.forget_answers),
            (spent, "forget_due", tasks.forget_spent),
            (stored_feeds, "move_windows", tasks.move_windows),
        ],
    )
    def test_a_task_only_calls_its_verb(self, monkeypatch, module, verb: str, task) -> None:
        called = []
        monkeypatch.setattr(module, verb, lambda now: called.append(now) or 7)
        assert task() == 7
        assert timezone.now() - called[0] < timezone.timedelta(seconds=5)

    def test_marks_for_calendars_are_taken_in(self, notice: Notice) -> None:
        tasks.take_in_calendars()
        CalendarMark.objects.create(kind="drives", ref=1)
        assert [tasks.take_in_calendars(), tasks.take_in_calendars()] == [1, 0]

    def test_calendars_are_read_a_few_at_a_time(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        house, now, asked = OrganisationFactory(), timezone.now(), []
        for number in range(4):
            keeping.give_address(house, f"https://example.org/{number}.ics", str(number), now=now)
        monkeypatch.setattr(keeping, "refresh", lambda one, at: asked.append(one.label) or 1)
        assert (tasks.read_calendars(), asked) == (3, ["0", "1", "2"])

    def test_one_worker_reads_calendars_at_a_time(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        keeping.give_address(OrganisationFactory(), "https://example.org/", "", now=timezone.now())
        during: list[int] = []
        monkeypatch.setattr(keeping, "_refresh", lambda *_: during.append(tasks.read_calendars()) or 1)
        IncomingCalendar.objects.update(next_refresh_at=timezone.now())
        assert (tasks.read_calendars(), during, tasks.read_calendars()) == (1, [0], 0)
        assert not IncomingCalendar.objects.being_read(timezone.now()).exists()

    def test_twice_is_as_good_as_once(self, notice: Notice, mailoutbox: list) -> None:
        assert [tasks.send_notices(), tasks.send_notices()] == [1, 0]
        assert [mail.subject for mail in mailoutbox] == ["Erbjudande"]

    def test_all_that_is_due_is_sent_and_not_one_batch_alone(self, notice: Notice, mailoutbox: list) -> None:
        for _more in range(2 * relay.BATCH):
            notice.pk, notice._state.adding = None, True
            notice.save()
        assert (tasks.send_notices(), len(mailoutbox)) == (2 * relay.BATCH + 1, 2 * relay.BATCH + 1)

    def test_everything_scheduled_is_a_task_that_celery_knows(self) -> None:
        app.loader.import_default_modules()
        assert [e["task"] for e in settings.CELERY_BEAT_SCHEDULE.values() if e["task"] not in app.tasks] == []

    def test_no_stale_tick_is_run(self) -> None:
        """While the worker is away beat's ticks do not pile up."""
        late = [e["options"]["expires"] / e["schedule"] for e in settings.CELERY_BEAT_SCHEDULE.values()]
        assert set(late) == {2.0}


class TestLoop:
    def test_it_follows_the_schedule_of_beat(self) -> None:
        assert [(job.every_s, job.run) for job in scheduled()] == [
            (entry["schedule"], import_string(entry["task"]))
            for entry in settings.CELERY_BEAT_SCHEDULE.values()
        ]

    @pytest.mark.parametrize(("failures", "seconds"), [(0, 5), (1, 10), (3, 40), (6, 300), (1000, 300)])
    def test_failures_make_it_slower(self, failures: int, seconds: float) -> None:
        assert pause_s(5.0, failures) == seconds

    def test_a_slow_rhythm_is_never_made_faster(self) -> None:
        assert pause_s(3600.0, 2) == 3600

    @pytest.mark.usefixtures("own_connection")
    def test_a_failure_is_logged_with_its_traceback(self, caplog: pytest.LogCaptureFixture) -> None:
        assert Job("fails", 1.0, lambda: 1 // 0).attempt() is False
        (record,) = caplog.records
        assert (record.msg["event"], record.msg["job"]) == ("job failed", "fails")
        assert record.msg["exc_info"]

    @pytest.mark.usefixtures("own_connection")
    def test_it_tries_again_after_a_failure(self) -> None:
        stop, attempts = threading.Event(), []

        def flaky() -> None:
            attempts.append(1)
            if len(attempts) == 2:
                stop.set()
            raise ValueError

        Job("flaky", 0.001, flaky).repeat(stop)
        assert len(attempts) == 2


class TestOnce:
    def test_each_job_is_done(self, notice: Notice, mailoutbox: list) -> None:
        call_command("work", once=True)
        assert sent(notice)

    def test_a_failure_stops_no_other_job(self, notice: Notice, monkeypatch, mailoutbox: list) -> None:
        monkeypatch.setattr(runs, "run_queued", lambda now: 1 // 0)
        monkeypatch.setattr(lifecycle, "expire_due", lambda now: 1 // 0)
        with pytest.raises(CommandError, match="the log says why: run proposals, expire agreements."):
            call_command("work", once=True)
        assert sent(notice)


class TestWorkProcess:
    def test_it_sends_and_ends_within_a_second(self, notice: Notice, tmp_path: Path) -> None:
        with running(*WORK, log=tmp_path / "log", **variables(tmp_path)) as worker:
            until(lambda: sent(notice))
            worker.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert worker.wait(10) == 0
            assert time.monotonic() - began < SOON_S
        assert len(mails(tmp_path)) == 1

    def test_a_job_in_progress_does_not_hold_it_up(self, tmp_path: Path) -> None:
        code = (
            "import time, django; django.setup()\n"
            "from bookings.management.commands import work\n"
            "def stuck(): print('stuck', flush=True); time.sleep(60)\n"
            "work.scheduled = lambda: [work.Job('stuck', 1.0, stuck)]\n"
            "work.Command().handle(once=False)\n"
        )
        log = tmp_path / "log"
        with running(sys.executable, "-c", code, log=log, **HOME) as worker:
            until(lambda: "stuck" in log.read_text())
            worker.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert worker.wait(10) == 0
            assert time.monotonic() - began < SOON_S

    def test_it_ends_in_order_when_it_is_asked_before_it_waits(self, tmp_path: Path) -> None:
        """A library's own thread, from before we look after signals, must not let the signal kill us."""
        code = (
            "import os, signal, django; django.setup()\n"
            "from bookings.management.commands import work\n"
            "work.scheduled = lambda: []\n"
            "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
            "ask = lambda event, **about: event == 'worker started' and os.kill(os.getpid(), signal.SIGTERM)\n"
            "work.log.info = ask\n"
            "work.Command().handle(once=False)\n"
        )
        with running(sys.executable, "-c", code, log=tmp_path / "log", **HOME) as worker:
            assert worker.wait(30) == 0

    def test_it_outlives_a_database_that_is_away(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        away = {**HOME, "DATABASE_URL": "postgres://turne@127.0.0.1:1/turne"}
        with running(*WORK, log=log, **away) as worker:
            until(lambda: log.read_text().count("job failed") >= 4)
            assert worker.poll() is None


@pytest.fixture
def port() -> int:
    """A free port, for a Redis of our own that the test may kill."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def redis(port: int) -> list[str]:
    """The broker by the command of docker-compose.yml, at a port of its own and without a password."""
    shell, option, script = words("redis")
    return [shell, option, f"{script.replace('$$', '$')} --port {port} --bind 127.0.0.1"]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.redis
class TestCelery:
    """Workers and beats by the commands of production, but for their haste."""

    def test_two_workers_and_two_beats_send_once(self, notice: Notice, tmp_path: Path, port: int) -> None:
        with ExitStack() as house:
            house.enter_context(running(*redis(port), log=tmp_path / "redis.log"))
            start(house, tmp_path, port, beats=2, workers=2)
            until(lambda: sent(notice), 60)
            time.sleep(2 * CELERY_BEAT_SCHEDULE["send notices"]["schedule"])  # the other beat's turn
        assert len(mails(tmp_path)) == 1

    def test_mail_survives_the_death_of_redis(self, notice: Notice, tmp_path: Path, port: int) -> None:
        """The outbox is in the database: killing Redis and starting an empty one loses nothing."""
        with ExitStack() as house:
            with running(*redis(port), log=tmp_path / "redis.log"):
                start(house, tmp_path, port, beats=1)
                until(lambda: sent(notice), 60)
            Notice.objects.update(state=Notice.State.WAITING)
            until(lambda: "refused" in logs(tmp_path), 60)
            assert not sent(notice)
            house.enter_context(running(*redis(port), log=tmp_path / "redis-2.log"))
            until(lambda: sent(notice), 60)
        assert len(mails(tmp_path)) == 2


def start(house: ExitStack, folder: Path, port: int, *, beats: int, workers: int = 1, **more: str) -> None:
    """So many workers and beats by the commands of docker-compose.yml, until the stack is left."""
    hasty = {"REDIS_URL": f"redis://127.0.0.1:{port}/0", "DJANGO_SETTINGS_MODULE": "tests.hasty"}
    given = {**variables(folder, **hasty), **more}
    for number in range(workers):
        log = folder / f"worker-{number}.log"
        house.enter_context(running(*by_hand("worker"), log=log, **given))
    for number in range(beats):
        beat = by_hand("beat", schedule=str(folder / f"beat-{number}"))
        house.enter_context(running(*beat, log=folder / f"beat-{number}.log", **given))


def logs(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.glob("*.log"))
