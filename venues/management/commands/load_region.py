"""`manage.py load_region`: a region's committed facts into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from venues.errors import BadFacts
from venues.facts import DATA
from venues.loading import load_region


class Command(BaseCommand):
    help = "Load municipalities, places, roads, working-time rules and rates of a region. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory",
            nargs="?",
            type=Path,
            default=DATA,
            help="where the region's files are (see README.md)",
        )
        parser.add_argument(
            "--replace-terms",
            action="store_true",
            help="take the files' working-time rules and rates also where they were changed here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_region(options["directory"], replace_terms=options["replace_terms"])
        except BadFacts as error:
            raise CommandError(str(error)) from None
        for line in loaded.lines():
            self.stdout.write(line)
