"""`python -m bench.residency_fits`: how long it takes to see which rooms fit a residency, at a county's scale.

Figures, not tests: nothing here passes or fails. The demo region is grown to 80 rooms, 40 dwellings and groups in each
school. The database is one of its own, or the one of DATABASE_URL, which must hold nothing that matters.
"""

import os
import platform
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

folder = tempfile.TemporaryDirectory(prefix="turne-bench-")
os.environ |= {"TURNE_DEBUG": "1", "TURNE_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "turne.settings"}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'bench.sqlite3'}")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402

from bookings import demo  # noqa: E402
from bookings.residencies import fitting  # noqa: E402
from bookings.residencies.fit_asked import Asked, Needs  # noqa: E402
from tests import factories as make  # noqa: E402
from venues.loading import load_region  # noqa: E402
from venues.models import Dwelling, Group, Place, Region, School, Venue  # noqa: E402
from venues.models.school_years import school_year_of, year_label  # noqa: E402

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST = date(2027, 1, 11)
ROOMS, DWELLINGS, PERIODS, DAYS = 80, 40, 12, 12
ROUNDS = 5


def main() -> None:
    """Print the figures."""
    call_command("migrate", verbosity=0)
    if not Region.objects.exists():
        load_region()
        demo.load(Region.objects.get(slug="jamtland-harjedalen"), now=NOW)
    with transaction.atomic():
        region = Region.objects.get(slug="jamtland-harjedalen")
        grow(region)
        measure(region)
        transaction.set_rollback(True)


def grow(region: Region) -> None:
    """More presenters with rooms, dwellings, and two groups in each school."""
    places = list(Place.objects.filter(municipality__region=region).order_by("pk"))
    for number in range(ROOMS):
        place = places[number * 7 % len(places)]
        house = make.OrganisationFactory(
            name=f"Hus {number}", slug=f"hus-{number}", region=region, municipality=place.municipality
        )
        Venue.objects.create(
            organisation=house, place=place, name="Salen", slug=f"salen-{number}", width_m=9, depth_m=8
        )
        if number < DWELLINGS:
            Dwelling.objects.create(owner=house, place=place, name="Lägenheten", beds=1 + number % 5)
    year = year_label(school_year_of(FIRST))
    Group.objects.bulk_create(
        Group(school=school, name=f"Bänk {n}", grade=str(3 + n), school_year=year, pupils_count=22)
        for school in School.objects.filter(organisation__region=region)
        for n in (1, 2)
    )


def measure(region: Region) -> None:
    """Seconds and statements of a look at all rooms, and of one of their parts."""
    asked = Asked(
        region=region,
        periods=tuple(fitting.periods_ahead(FIRST, DAYS, PERIODS)),
        people=3,
        needs=Needs(width_m=Decimal(8), power="16a", step_free=True, kitchen=True),
        home=Place.objects.get(name="Östersund"),
    )
    seconds = []
    for _round in range(ROUNDS):
        reset_queries()
        before = len(connection.queries)
        started = time.process_time()
        found = fitting.fits(asked)
        seconds.append(time.process_time() - started)
        queries = len(connection.queries) - before
    rooms = len({fit.option.room.venue for fit in found})
    schools = School.objects.filter(organisation__region=region).count()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(f"{rooms} rooms x {PERIODS} periods, {Dwelling.objects.count()} dwellings, {schools} schools")
    print(f"{len(found)} fits in {statistics.median(seconds):.3f} s of a processor, {queries} statements")


if __name__ == "__main__":
    main()
