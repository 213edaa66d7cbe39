"""Turne as production serves it: gunicorn with two workers on the database under test, and programs that call it."""

import http.client
import json
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from subprocess import Popen
from typing import Any

from django.utils import timezone

from api import tokens
from tests.compose import by_hand
from tests.processes import HOME, database_url, running, until
from tests.races import at_once, when_let_in
from tests.world import World
from tours.models import Season, Tour
from tours.windows import midnight
from venues.models import User

#: Enough threads that fifty are worked on at the same moment.
WORKERS, THREADS = 2, 25


@dataclass(frozen=True)
class Call:
    """A request of a program: whose token, which address, what body."""

    token: str
    path: str
    body: Any
    method: str = "POST"
    key: str = ""


def token_of(user: User) -> str:
    return tokens.issue(user, 1, timezone.now())[1]


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[tuple[str, int], Popen[str]]]:
    """The web server by the command of docker-compose.yml, until the block is left: its address and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = by_hand("web", address=f"127.0.0.1:{port}")
    house = {**HOME, "DATABASE_URL": database_url(), "TURNE_LOG_LEVEL": "ERROR"}
    size = {"TURNE_WEB_WORKERS": str(WORKERS), "TURNE_WEB_THREADS": str(THREADS)}
    with running(*command, log=folder / "web.log", **house, **size, **more) as server:
        until(lambda: answers(port))
        yield ("127.0.0.1", port), server


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def send(address: tuple[str, int], call: Call) -> tuple[int, Any]:
    """The status and the document that the call is answered with; whatever version there is, is changed."""
    line = http.client.HTTPConnection(*address, timeout=60)
    headers = {"Authorization": f"Token {call.token}", "Content-Type": "application/json", "If-Match": "*"}
    if call.key:
        headers["Idempotency-Key"] = call.key
    line.request(call.method, f"/api/v1/{call.path}", json.dumps(call.body), headers)
    answer = line.getresponse()
    text = answer.read()
    line.close()
    return answer.status, json.loads(text) if text else None


def all_at_once(address: tuple[str, int], calls: list[Call]) -> Counter[Any]:
    """Status and code of every answer."""

    def act(call: Call) -> tuple[int, str]:
        status, document = when_let_in(lambda: send(address, call), status=itemgetter(0))
        return status, document.get("code", "") if isinstance(document, dict) else ""

    return at_once(act, calls)


def tour_ahead(world: World) -> datetime:
    """Put the season and its tours ahead of the machine's own clock; when a first show may start there."""
    today = timezone.localdate()
    monday = today + timedelta(days=35 - today.weekday())
    days = {"starts_on": monday, "ends_on": monday + timedelta(days=18)}
    Season.objects.filter(pk=world.season.pk).update(**days)
    Tour.objects.filter(season=world.season).update(**days)
    world.tour.refresh_from_db()
    world.season.refresh_from_db()
    return midnight(monday + timedelta(days=2)) + timedelta(hours=11, minutes=15)
