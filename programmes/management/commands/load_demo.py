"""`manage.py load_demo`: an invented season on the region's real map, invented calls and residencies."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bookings import demo
from bookings.demo.stays import make_stays
from programmes.demo import make_calls
from tours.errors import TurneError
from venues.models import Region


class Command(BaseCommand):
    help = "Add an invented season (marked as such) to a region. Does nothing where it is already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default="jamtland-harjedalen", help="the region's slug")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same demo")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(slug=options["region"], is_served=True).first()
        if region is None:
            raise CommandError(f"There is no region {options['region']!r}. Run manage.py load_region first.")
        try:
            now = timezone.now()
            lines = demo.load(region, now=now, seed=options["seed"])
            lines += [*make_calls(region, now), *make_stays(region, now)]
        except TurneError as error:
            raise CommandError(str(error)) from error
        for line in lines:
            self.stdout.write(line)
