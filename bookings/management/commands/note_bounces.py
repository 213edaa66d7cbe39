"""`manage.py note_bounces FILE ...`: take in delivery status notifications, as a mail server hands them over."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bookings import bounces
from tours.errors import Refused


class Command(BaseCommand):
    """Each file is one report (RFC 3464); - reads one from standard input."""

    help = "Note mails that came back: one delivery status notification (RFC 3464) a file, or - for standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", help="mail files, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        unread = []
        for name in options["files"]:
            try:
                report = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
                notice = bounces.take_in(report, timezone.now())
            except (OSError, Refused) as error:
                unread.append(f"{name}: {error}")
                continue
            told = f"came back from {notice.to_email}: {notice.last_error}" if notice else "nothing to note"
            self.stdout.write(f"{name}: {told}")
        if unread:
            raise CommandError("\n".join(unread))
