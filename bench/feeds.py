"""`make feeds`: what stored calendars cost, in this process and over HTTP, on this machine alone.

Everything is bounded: so many schools, so many seconds, loopback. SQLite in a file of its own, or the empty database
that DATABASE_URL names. wrk asks (Debian's package); each server that is installed is measured in the same run, beside
what the same calendar costs when it is rendered in the request. Figures, not tests; an answer that is not as it should
be ends it with exit code 1.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

folder = tempfile.TemporaryDirectory(prefix="turne-feeds-")
os.environ |= {"TURNE_DEBUG": "0", "DJANGO_SETTINGS_MODULE": "turne.settings"}
os.environ |= {
    "TURNE_BASE_URL": "https://turne.example.org",
    "TURNE_SECRET_KEY": "only-for-a-measurement-on-this-machine-0123456789-abcdefghij",
    "TURNE_FROM_EMAIL": "Turne <turne@example.org>",
    "TURNE_EMAIL_URL": "smtp+tls://user:word@mail.example.org:587",
}
os.environ.setdefault("TURNE_DB_CONN_MAX_AGE", "600")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'feeds.sqlite3'}")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import feed_world  # noqa: E402
from bench.feed_servers import CONNECTIONS, ROUNDS, SERVERS, measure  # noqa: E402
from bookings import calendar_marks, checking_feeds, stored_feeds, table_statistics  # noqa: E402
from bookings.feeds import Address  # noqa: E402
from bookings.models import Booking, Performance, StoredFeed  # noqa: E402
from venues.models import Organisation  # noqa: E402

MOST_SCHOOLS, MOST_SECONDS = 5000, 30
#: A calendar of 1,000 entries, and what everybody's programs ask for together, as docs/feeds.md reckons.
CALENDAR = Address("production", "pjas-0")
PATH = "/ical/produktion/pjas-0.ics"
SUBSCRIBERS, SCHOOLS = 30, 5000


def main() -> None:
    """Prepare, measure in this process, then over HTTP."""
    asked = _arguments()
    if not shutil.which("wrk"):
        sys.exit("wrk asks the servers: install Debian's package wrk.")
    call_command("migrate", verbosity=0)
    if Organisation.objects.exists():
        sys.exit("The database is not empty. Name one that may be filled.")
    print(f"{connection.vendor}, {platform.machine()}, {os.cpu_count()} cores\n")
    _timed(f"{asked.schools} schools with visits written", lambda: feed_world.build(asked.schools))
    _timed("their marks taken in", calendar_marks.take_in)
    table_statistics.refresh()  # as the worker does each hour
    now = timezone.now()
    _timed("a feed of each school made", lambda: feed_world.store(feed_world.addresses(), now))
    _in_this_process()
    _one_change()
    _over_http(asked.seconds, asked.servers)
    wrong = list(checking_feeds.differences(timezone.now()))
    if wrong:
        sys.exit(f"Not what the database says: {wrong[:5]}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=SCHOOLS, help="schools, with twenty visits each")
    parser.add_argument("--seconds", type=int, default=10, help="how long each server is asked each question")
    parser.add_argument("--servers", nargs="*", default=list(SERVERS), choices=list(SERVERS))
    asked = parser.parse_args()
    if not (250 <= asked.schools <= MOST_SCHOOLS and 1 <= asked.seconds <= MOST_SECONDS):
        parser.error(f"from 250 to {MOST_SCHOOLS} schools, from 1 to {MOST_SECONDS} seconds")
    return asked


def _timed(what: str, do: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    found = do()
    print(f"{what:<52}{time.perf_counter() - began:>9.2f} s")
    return found


def _median_ms(do: Callable[[], Any], times: int) -> float:
    took = []
    for _time in range(times):
        began = time.perf_counter()
        do()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _in_this_process() -> None:
    now = timezone.now()
    made = stored_feeds.make(CALENDAR, now)
    calendar = CALENDAR.calendar()
    if made is None or calendar is None:
        sys.exit(f"There is no {CALENDAR}.")
    body, count = stored_feeds.assemble(calendar, now)
    kept = _median_ms(lambda: stored_feeds.assemble(calendar, now), 20)
    anew = _median_ms(lambda: checking_feeds.anew(calendar, now), 3)
    print(f"\na calendar of {count} entries, {len(body) // 1024} KiB, {len(made.packed) // 1024} KiB packed")
    print(f"{'  assembled from what is kept (median of 20)':<52}{kept:>9.1f} ms")
    print(f"{'  rendered in the request (baseline, median of 3)':<52}{anew:>9.1f} ms")


def _one_change() -> None:
    """A visit is changed; how long until all its feeds are right again, one after the other."""
    performance = Performance.objects.filter(booking__tour__production__slug="pjas-0").earliest("pk")
    where = feed_world.addresses_of(performance)
    feed_world.store(where, timezone.now())
    took = []
    for number in range(10):
        Booking.objects.filter(pk=performance.booking_id).update(
            status="cancelled" if number % 2 == 0 else "confirmed", changed_at=timezone.now()
        )
        began = time.perf_counter()
        feed_world.store(where, timezone.now())
        took.append((time.perf_counter() - began) * 1000)
    sizes = StoredFeed.objects.filter(address__in=[str(address) for address in where])
    entries = sum(sizes.values_list("entries_count", flat=True))
    print(
        f"\none changed visit, {len(where)} feeds with {entries} entries right again, "
        f"{StoredFeed.objects.count()} stored"
    )
    print(f"{'  median of 10, and the longest':<52}{statistics.median(took):>9.1f} ms {max(took):>9.1f} ms")


def _over_http(seconds: int, servers: list[str]) -> None:
    connection.close()
    print(
        f"\n{CONNECTIONS} connections, {ROUNDS} times {seconds} s; requests/s, medians; MiB before and after each time"
    )
    print(f"{'304':>58}{'200 gzip':>12}{'a page':>10}   memory")
    for name in servers:
        rates = measure(name, PATH, seconds)
        if rates is None:
            print(f"{name:<28}is not installed")
            continue
        memory = ", ".join(f"{mib:.0f}" for mib in rates.memory)
        print(f"{name:<48}{rates.known:>10.0f}{rates.full:>12.0f}{rates.page:>10.0f}   {memory}")
        _cost(rates.known, rates.full)


def _cost(known: float, full: float) -> None:
    """What everybody asks for together, if nine of ten have it already (one change in ten readings)."""
    asked = SCHOOLS * SUBSCRIBERS / 3600
    mixed = 1 / (0.9 / known + 0.1 / full)
    print(
        f"{'':<4}{SCHOOLS} schools x {SUBSCRIBERS} subscribers an hour: {asked:.0f}/s, {100 * asked / mixed:.1f} % of "
        f"what it can; a hundred times as many: {10_000 * asked / mixed:.0f} %"
    )


if __name__ == "__main__":
    main()
