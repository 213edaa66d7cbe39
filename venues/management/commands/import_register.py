"""`manage.py import_register venues file.xlsx`: a register of venues, presenters or schools from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from venues.errors import BadRegister
from venues.imports import REGISTERS, check_file, import_register
from venues.registers import Report


class Command(BaseCommand):
    help = "Import a register from CSV, XLSX or JSON: all of it, or nothing when a row is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", choices=REGISTERS)
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only say what is wrong; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                read = check_file(file, options["register"]) if options["check"] else None
                report = read or import_register(file, options["register"], by=None)
        except OSError as error:
            told = {"file": options["file"], "error": error.strerror}
            raise CommandError(_("%(file)s can not be opened: %(error)s.") % told) from None
        except BadRegister as error:
            raise CommandError(_faults(error.report, str(error))) from None
        if not report.is_clean:
            raise CommandError(_faults(report, _("%(count)s to put right.") % {"count": len(report.errors)}))
        for note in report.notes:
            self.stdout.write(note)
        self.stdout.write(_written(report) if not options["check"] else _("Nothing is wrong."))


def _written(report: Report) -> str:
    if report.ceased:
        return _(
            "%(rows)s rows: %(created)s created, %(updated)s updated, %(ceased)s ceased, %(unchanged)s unchanged."
        ) % vars(report)
    return _("%(rows)s rows: %(created)s created, %(updated)s updated, %(unchanged)s unchanged.") % vars(
        report
    )


def _faults(report: Report, summary: str) -> str:
    return "\n".join([summary, *report.notes, *(str(error) for error in report.errors)])
