"""`manage.py serve`: the web server and the background worker together; what `make run` starts."""

import errno
import os
import socket
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from tours.models import Production
from turne.processes import ChildDied, python, run_together
from turne.web.health import unapplied_migrations
from venues.models import Place

#: So long the web server may take to answer for the first time.
START_MAX_S = 60.0
#: Past any proxy that the environment names: we ask ourselves.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - only compared with


class Command(BaseCommand):
    help = "Set up the database, then serve Turne and do its background work until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: loopback)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at; 0 takes a free one")
        parser.add_argument("--demo", action="store_true", help="load the demo region into an empty database")

    def handle(self, *, host: str, port: int, demo: bool, **options: Any) -> None:
        try:
            with _listen(host, port) as listener:
                self._set_up(demo)
                self._serve(listener)
        except OperationalError as error:
            raise CommandError(f"The database does not answer ({error}). Check DATABASE_URL.") from error
        except ChildDied as error:
            raise CommandError(f"{error} The lines above say why.") from error
        except KeyboardInterrupt:
            self.stdout.write("\nStopped during set-up. Start again to go on.")
        else:
            self.stdout.write("\nTurne has stopped.")

    def _set_up(self, demo: bool) -> None:
        """Only what is missing, so that a second start takes no time."""
        if unapplied_migrations():
            self._say("Setting up the database ...")
            call_command("migrate", verbosity=0)
        if demo and not Place.objects.exists():
            self._say("Loading the region ...")
            call_command("load_region")
        if demo and not Production.objects.exists():
            self._say("Loading the demo season ...")
            call_command("load_demo")
        connections.close_all()

    def _serve(self, listener: socket.socket) -> None:
        address = _address(listener)
        self._warn_if_open(listener)
        gunicorn = ["-m", "gunicorn", "-c", "python:turne.gunicorn", "-b", f"fd://{listener.fileno()}"]
        run_together(
            {"web server": python(*gunicorn), "background worker": python("manage.py", "work")},
            folder=settings.BASE_DIR,
            environment=self._environment(listener, address),
            pass_fds=[listener.fileno()],
            each_tick=_Greeting(self, address),
        )

    def greet(self, address: str) -> None:
        """Say where Turne is and how to come in."""
        way = "choose one of the demo people" if settings.DEMO_LOGIN else "ask for a code by mail"
        self._say(f"\nTurne is at {address}/\nLog in with the button at the top: {way}.\nCtrl-C ends it.\n")

    def _environment(self, listener: socket.socket, address: str) -> dict[str, str]:
        """The children's: the address that people see; open to the network, any name that people call it by."""
        names = {"TURNE_ALLOWED_HOSTS": "*"} if settings.DEMO_LOGIN and _is_open(listener) else {}
        return {"TURNE_BASE_URL": address, **names, **os.environ}

    def _warn_if_open(self, listener: socket.socket) -> None:
        host = listener.getsockname()[0]
        if settings.DEMO_LOGIN and _is_open(listener):
            self.stderr.write(
                f"Careful: whoever reaches {host} can log in as anybody. Use it with demo data only."
            )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


class _Greeting:
    """Asks the new web server whether it answers, and greets once it does."""

    def __init__(self, command: Command, address: str) -> None:
        self.command, self.address = command, address
        self.began, self.done = time.monotonic(), False

    def __call__(self) -> None:
        if self.done:
            return
        if _answers(f"{self.address}/healthz"):
            self.done = True
            self.command.greet(os.environ.get("TURNE_BASE_URL", self.address).rstrip("/"))
        elif time.monotonic() - self.began > START_MAX_S:
            raise CommandError(f"The web server did not answer within {START_MAX_S:.0f} seconds.")


def _listen(host: str, port: int) -> socket.socket:
    """The socket that the web server will inherit: taken before the set-up, so that a taken port is told at once.

    Raises CommandError with a sentence that says what to do.
    """
    if not 0 <= port <= 65535:
        raise CommandError(f"{port} is no port: choose one from 1024 to 65535, {_EXAMPLE}.")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen()
    except OSError as error:
        raise CommandError(_why_not(error, host, port)) from error
    return listener


_EXAMPLE = "for example make run PORT=8741"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: choose another, {_EXAMPLE}."
    if error.errno == errno.EACCES:
        return f"Port {port} is kept for administrators: choose one from 1024 to 65535, {_EXAMPLE}."
    return f"Can not listen at {host}: {error.strerror or error}. Leave HOST out to listen at 127.0.0.1."


def _is_open(listener: socket.socket) -> bool:
    return listener.getsockname()[0] not in {"127.0.0.1", "::1"}


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    host = ANY_ADDRESS.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _answers(url: str) -> bool:
    try:
        with _direct.open(url, timeout=0.5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
