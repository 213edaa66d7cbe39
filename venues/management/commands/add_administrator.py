"""`manage.py add_administrator`: the first person in a new installation, who lets in the others on the page People."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from venues.administrators import add_administrator
from venues.errors import NotPossible


class Command(BaseCommand):
    help = "Let somebody administer a region: they log in by a mailed code, and let in everybody else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="where the codes for logging in are mailed")
        parser.add_argument("--name", default="", help="of the person")
        parser.add_argument("--region", default="", help="the county code, if more than one region is served")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = add_administrator(options["email"], name=options["name"], code=options["region"])
        except NotPossible as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{made.user.email} administers {made.organisation.region.name}.")
