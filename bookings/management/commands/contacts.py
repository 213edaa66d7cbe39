"""`manage.py contacts`: what is kept about a person as a contact of visits and residencies, and its end."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings import contacts
from bookings.residencies import people_to_reach


class Command(BaseCommand):
    help = (
        "Export or erase a person's contact data, or forget contacts of visits and stays that ended long ago."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, text in (("export", "write what is kept, as JSON"), ("erase", "forget it everywhere")):
            action = actions.add_parser(name, help=text)
            action.add_argument("known", help="the person's address, number or name, as it was given")
        forget = actions.add_parser("forget", help="forget what is older than TURNE_CONTACTS_KEPT_DAYS")
        forget.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(getattr(self, f"_{options['action']}")(options))

    def _export(self, options: dict[str, Any]) -> str:
        known = options["known"]
        found = [*contacts.exported(known), *people_to_reach.exported(known)]
        return json.dumps(found, ensure_ascii=False, indent=1)

    def _erase(self, options: dict[str, Any]) -> str:
        known = options["known"]
        return f"{contacts.erase(known) + people_to_reach.erase(known)} contacts erased."

    def _forget(self, options: dict[str, Any]) -> str:
        now = timezone.now()
        if options["dry_run"]:
            count = contacts.to_forget(now).count() + people_to_reach.to_forget(now).count()
            return f"{count} contacts would be forgotten."
        return f"{contacts.forget_due(now) + people_to_reach.forget_due(now)} contacts forgotten."
