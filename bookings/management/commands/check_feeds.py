"""`manage.py check_feeds`: are the stored calendars what the database says?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bookings import checking_feeds


class Command(BaseCommand):
    help = "Render everything in the stored calendars anew and compare it byte by byte. Needs no stop of the service."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="make those that differ anew")

    def handle(self, *, mend: bool, **options: Any) -> None:
        now = timezone.now()
        wrong = list(checking_feeds.differences(now))
        for address in wrong:
            self.stdout.write(f"differs: {address}")
            if mend:
                checking_feeds.mend(address, now)
        if wrong and not mend:
            raise CommandError(f"{len(wrong)} stored calendars differ. Run it with --mend to make them anew.")
        self.stdout.write(f"{len(wrong)} mended." if wrong else "All stored calendars are right.")
