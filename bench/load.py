"""`make load`: presenters answer by their mailed links while a plan is adopted, over HTTP, on this machine alone.

Everything is bounded: so many presenters, so many seconds, loopback. The server is gunicorn with two workers, as
production starts it, on an SQLite file of its own or on the empty database that DATABASE_URL names. Figures, not tests;
but an answer other than a page or a redirect ends it with exit code 1.
"""

import argparse
import http.client
import os
import platform
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

folder = tempfile.TemporaryDirectory(prefix="turne-load-")
os.environ |= {"TURNE_DEBUG": "1", "TURNE_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "turne.settings"}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'load.sqlite3'}")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from api import tokens  # noqa: E402
from bookings import lifecycle, planning, running  # noqa: E402
from bookings.models import Booking, Notice  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from tours.models import Season, Tour, WishSpan  # noqa: E402
from tours.windows import midnight  # noqa: E402
from venues.models import User  # noqa: E402

#: As docker-compose.yml has it.
WORKERS, THREADS = 2, 4
#: Bounds of what may be asked for, and how many presenters click at the same moment.
MOST_PRESENTERS, MOST_SECONDS, AT_ONCE = 1000, 120, 24
DAYS = 20
DAY = timedelta(days=1)
ROOT = Path(__file__).resolve().parent.parent


class Ledger:
    """How long each request took, and what was answered."""

    def __init__(self) -> None:
        self.lock, self.took, self.answers = Lock(), [], Counter()  # type: ignore[var-annotated]

    def note(self, what: str, status: int, seconds: float) -> None:
        with self.lock:
            self.took.append(seconds)
            self.answers[what, status] += 1

    def tell(self, title: str, wall: float) -> None:
        p50, p95 = (statistics.quantiles(self.took, n=100)[at] * 1000 for at in (49, 94))
        print(
            f"{title:<34}{len(self.took):>6} requests {len(self.took) / wall:>7.1f}/s   "
            f"p50 {p50:>6.0f} ms   p95 {p95:>6.0f} ms   max {max(self.took) * 1000:>6.0f} ms"
        )
        bad = {key: n for key, n in self.answers.items() if key[1] not in {200, 302}}
        if bad:
            sys.exit(f"Not answered as it should be: {bad}")


def main() -> None:
    """Prepare, serve, load, tell."""
    asked = _arguments()
    call_command("migrate", verbosity=0)
    if User.objects.exists():
        sys.exit("The database is not empty. Name one that may be filled.")
    world = make_world()
    first_day = _put_ahead(world)
    count = asked.presenters + asked.burst
    with transaction.atomic():
        links = _offers(world, first_day, count)
    proposal = _plan(world, first_day)
    token = tokens.issue(world.producer, 1, timezone.now())[1]
    connection.close()
    print(
        f"{connection.vendor}, {platform.machine()}, {os.cpu_count()} cores, {WORKERS} workers of {THREADS} threads\n"
    )
    with _served() as address:
        _warm_up(address)
        within = _load(address, links[: asked.presenters], asked.seconds, (token, proposal))
        within[0].tell(f"{asked.presenters} presenters in {asked.seconds} s", within[1])
        burst = _load(address, links[asked.presenters :], 0, None)
        burst[0].tell(f"{asked.burst} presenters, {AT_ONCE} at a time", burst[1])
    _check(world, count)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presenters", type=int, default=200, help="who answer within so many seconds")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--burst", type=int, default=200, help="who answer as fast as the server can")
    asked = parser.parse_args()
    if not (2 <= asked.presenters <= MOST_PRESENTERS and 2 <= asked.burst <= MOST_PRESENTERS):
        parser.error(f"from 2 to {MOST_PRESENTERS} presenters")
    if not 1 <= asked.seconds <= MOST_SECONDS:
        parser.error(f"from 1 to {MOST_SECONDS} seconds")
    return asked


def _put_ahead(world: World) -> datetime:
    """Put season and tour ahead of today; the first show of the first day."""
    monday = timezone.localdate() + timedelta(days=35 - timezone.localdate().weekday())
    days = {"starts_on": monday, "ends_on": monday + DAYS * DAY}
    Season.objects.update(**days)
    Tour.objects.update(**days)
    WishSpan.objects.update(**days)
    for thing in (world.season, world.tour):
        thing.refresh_from_db()
    return midnight(monday) + timedelta(hours=11)


def _offers(world: World, first_day: datetime, count: int) -> list[str]:
    """So many offered visits, each of its own presenter, on tours of DAYS visits; the mailed links."""
    now = timezone.now()
    for number in range(count):
        if number % DAYS == 0:
            rider = make.RiderFactory(production__ensemble__producer=world.producing)
            tour = make.TourFactory(
                production=rider.production,
                season=world.season,
                starts_on=world.tour.starts_on,
                ends_on=world.tour.ends_on,
            )
        host = make.OrganisationFactory(region=world.presenting.region)
        wish = make.WishFactory(
            season=world.season,
            production=tour.production,
            organisation=host,
            venue=make.VenueFactory(organisation=host, place=world.places["Backe"]),
            created_by=world.presenter,
        )
        starts_at = first_day + (number % DAYS) * DAY
        held = lifecycle.hold(tour=tour, wish=wish, starts_at=starts_at, by=world.producer, now=now)
        lifecycle.offer(held, by=world.producer, now=now)
    bodies = Notice.objects.filter(kind="offered").order_by("created_at").values_list("body_text", flat=True)
    return [re.findall(r"/svar/[\w-]+/", body)[0] for body in bodies]


def _plan(world: World, first_day: datetime) -> int:
    planning.lock_stop(world.tour, world.wish, first_day + DAY, by=world.producer)
    proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    return int(proposal.pk)


@contextmanager
def _served() -> Iterator[tuple[str, int]]:
    """The web server, until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "-c", "python:turne.gunicorn", "-b", f"127.0.0.1:{port}"]
    size = {"TURNE_WEB_WORKERS": str(WORKERS), "TURNE_WEB_THREADS": str(THREADS)}
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **size})  # noqa: S603 - our own command
    try:
        address = ("127.0.0.1", port)
        for _attempt in range(300):
            if _answers(address):
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _warm_up(address: tuple[str, int]) -> None:
    """Each worker has served a page before anything is measured."""
    with ThreadPoolExecutor(WORKERS * THREADS) as pool:
        for _page in range(4 * WORKERS * THREADS):
            pool.submit(_request, address, Ledger(), "warm", "GET", "/")


def _answers(address: tuple[str, int]) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(address) == 0


def _load(
    address: tuple[str, int], links: list[str], seconds: int, adopt: tuple[str, int] | None
) -> tuple[Ledger, float]:
    """Let each presenter open the link, answer, and see what comes then; the plan is adopted half-way."""
    ledger, choice, began = Ledger(), random.Random(1), time.monotonic()
    arrivals: list[tuple[float, Any]] = [(choice.uniform(0, seconds), link) for link in links]
    if adopt:
        arrivals.append((seconds / 2, adopt))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for at, what in sorted(arrivals, key=lambda arrival: arrival[0]):
            time.sleep(max(0.0, began + at - time.monotonic()))
            pool.submit(_adopt if isinstance(what, tuple) else _answer, address, what, ledger)
    return ledger, time.monotonic() - began


def _answer(address: tuple[str, int], link: str, ledger: Ledger) -> None:
    _request(address, ledger, "look", "GET", link)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    _request(address, ledger, "answer", "POST", link, "answer=confirm&message=", form)
    _request(address, ledger, "thanks", "GET", f"{link}klart/")


def _adopt(address: tuple[str, int], plan: tuple[str, int], ledger: Ledger) -> None:
    token, pk = plan
    headers = {"Authorization": f"Token {token}", "If-Match": "*", "Content-Type": "application/json"}
    _request(address, ledger, "adopt", "POST", f"/api/v1/proposals/{pk}/adopt", "{}", headers)


def _request(
    address: tuple[str, int],
    ledger: Ledger,
    what: str,
    method: str,
    path: str,
    body: str | None = None,
    headers: dict[str, str] | None = None,
) -> None:
    began = time.monotonic()
    try:
        line = http.client.HTTPConnection(*address, timeout=60)
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        answer.read()
        status = answer.status
        line.close()
    except OSError as error:
        print(f"{what}: {error!r}")
        status = 0
    ledger.note(what, status, time.monotonic() - began)


def _check(world: World, count: int) -> None:
    """Everybody's answer stands, each side has its mail, and the plan is held."""
    confirmed = Booking.objects.filter(status="confirmed").count()
    adopted = world.tour.bookings.live().count()
    mails = Notice.objects.filter(kind="confirmed").values("booking").distinct().count()
    print(f"\n{confirmed} of {count} confirmed, {mails} mailed, {adopted} visits held by the plan")
    if (confirmed, mails) != (count, count) or not adopted:
        sys.exit("That is not what was answered.")


if __name__ == "__main__":
    main()
