"""`manage.py work`: the background work in one process, without a broker."""

import os
import signal
import socket
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

log = structlog.get_logger("turne.work")

#: After failures a job waits twice as long each time, but never longer than this.
PAUSE_MAX_S = 300.0
#: So long a job may take to finish after we were asked to end. What it leaves undone is taken up again later.
FAREWELL_S = 0.7
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Job:
    """Something that is done again and again."""

    name: str
    every_s: float
    run: Callable[[], Any]

    def attempt(self) -> bool:
        """Do it once; False if it failed. A failure is logged and goes no further."""
        close_old_connections()
        try:
            self.run()
        except Exception:
            log.exception("job failed", job=self.name)
            return False
        finally:
            close_old_connections()
        return True

    def repeat(self, stop: threading.Event) -> None:
        """Do it until told to stop, more and more seldom while it fails."""
        failures = 0
        while not stop.is_set():
            failures = 0 if self.attempt() else failures + 1
            stop.wait(pause_s(self.every_s, failures))
        connections.close_all()


def pause_s(every_s: float, failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return min(every_s * float(2 ** min(failures, 20)), max(every_s, PAUSE_MAX_S))


@contextmanager
def signals() -> Iterator[socket.socket]:
    """A socket that gives the number of each signal that asks us to end, as a byte.

    Waiting for the signal itself (sigwait) would not do: libraries have threads of their own from the time when
    they are imported, and one of those would let the signal end the process before we wait.
    """
    asked, noted = socket.socketpair()
    noted.setblocking(False)
    for number in ENDING:  # a shell that starts us in the background lets us inherit "ignore"
        signal.signal(number, lambda number, frame: None)
    signal.set_wakeup_fd(noted.fileno())
    try:
        yield asked
    finally:
        signal.set_wakeup_fd(-1)
        asked.close()
        noted.close()


def scheduled() -> list[Job]:
    """The jobs that Celery beat would start, from the same setting."""
    return [
        Job(name, entry["schedule"], import_string(entry["task"]))
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
    ]


class Command(BaseCommand):
    help = "Send notices, compute proposals and let agreements expire, until Ctrl-C. Needs no broker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do each job once, then end")

    def handle(self, *, once: bool, **options: Any) -> None:
        jobs = scheduled()
        if once:
            failed = [job.name for job in jobs if not job.attempt()]
            if failed:
                raise CommandError(f"These failed; the log says why: {', '.join(failed)}.")
            return
        self._work(jobs)

    def _work(self, jobs: list[Job]) -> None:
        stop = threading.Event()
        threads = [threading.Thread(target=job.repeat, args=(stop,), daemon=True) for job in jobs]
        with signals() as asked:
            for thread in threads:
                thread.start()
            log.info("worker started", jobs=[job.name for job in jobs])
            while asked.recv(1)[0] not in ENDING:
                pass
            stop.set()
            self._farewell(threads)

    def _farewell(self, threads: list[threading.Thread]) -> None:
        deadline = time.monotonic() + FAREWELL_S
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        unfinished = sum(thread.is_alive() for thread in threads)
        log.info("worker ended", unfinished=unfinished)
        if unfinished:
            # A solver or a mail server may keep a thread for minutes; its lease runs out and it is done again.
            sys.stderr.flush()
            os._exit(0)
