"""The database as this process sees it, over real HTTP: also what no transaction has committed yet."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import Message
from threading import Thread
from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Answer(NamedTuple):
    """What a program got."""

    status: int
    headers: Message
    body: bytes


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The whole service on a port of its own, until the block is left: the address without a slash at the end.

    It answers one request after another over the database connection of whoever calls this, who waits meanwhile.
    """
    shared = connections["default"]
    shared.inc_thread_sharing()
    server = WSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    thread = Thread(target=_serve, args=(server, shared), daemon=True)
    with ExitStack() as ending:
        ending.callback(shared.dec_thread_sharing)
        for signal in (request_started, request_finished):  # as in Django's test client: it would roll back
            signal.disconnect(close_old_connections)
            ending.callback(signal.connect, close_old_connections)
        thread.start()
        ending.callback(thread.join)
        ending.callback(server.server_close)
        ending.callback(server.shutdown)
        yield f"http://127.0.0.1:{server.server_port}"


def _serve(server: WSGIServer, shared: BaseDatabaseWrapper) -> None:
    connections["default"] = shared
    server.serve_forever(poll_interval=0.05)


def get(address: str, **headers: str) -> Answer:
    """Ask as a calendar program does: underscores in the names of headers are hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=named)
    try:
        with _direct.open(request, timeout=20) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
