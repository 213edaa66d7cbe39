"""`manage.py rename_address`: another name in the addresses of calendars; the old ones lead there."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings import feed_addresses
from bookings.feed_scopes import KINDS
from tours.errors import Refused


class Command(BaseCommand):
    help = "Give a municipality, presenter, school, ... another name in addresses. Subscribers are sent on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("old", help="the name in today's address, or a school's unit code")
        parser.add_argument("new")

    def handle(self, *, kind: str, old: str, new: str, **options: Any) -> None:
        try:
            feed_addresses.rename(kind, old, new)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(f"{kind} {old} is {new} now.")
