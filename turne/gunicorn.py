"""How gunicorn serves Turne, at home and in production: `gunicorn -c python:turne.gunicorn`."""

import os
import signal
import sys
from typing import Any

from turne import settings
from turne.logs import config_dict

wsgi_app = "turne.wsgi:application"
worker_class = "gthread"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
#: Requests in flight get this long when the service ends.
graceful_timeout = 6 if settings.DEBUG else 20
timeout = 60
#: Addresses of private feeds and answers are secrets: Turne writes its own line per request, without them.
accesslog = None
loglevel = "warning" if settings.DEBUG else "info"
logconfig_dict = config_dict(json_lines=not settings.DEBUG, level=settings.LOG_LEVEL)
control_socket_disable = True
#: So much earlier (seconds) than gunicorn loses its patience a worker stops waiting for open connections; it looks
#: once a second (gthread), may have looked just before, and may share its processor with many.
WORKER_HEADSTART_S = 5


def post_fork(server: Any, worker: Any) -> None:
    """A worker and gunicorn give up at the same moment otherwise, and whoever is slower is killed."""
    worker.cfg.set("graceful_timeout", graceful_timeout - WORKER_HEADSTART_S)


def post_worker_init(worker: Any) -> None:
    """Let a worker end at once when it is told to, and once.

    gunicorn's own handler takes the lock of the pool of threads: a worker that is told twice (by the terminal and by
    its parent), or while it hands out a request, waits for itself until it is killed.
    """

    def end(number: int, frame: Any) -> None:
        for each in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        worker.alive = False
        sys.exit(0)

    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, end)


def worker_exit(server: Any, worker: Any) -> None:
    """End a worker that has served at once: Python would wait for threads that listen to idle connections."""
    if worker.booted:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
