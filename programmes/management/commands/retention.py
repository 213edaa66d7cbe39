"""`manage.py retention`: how long personal data are kept, and how many rows are due to be deleted now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from programmes import retention


class Command(BaseCommand):
    help = "Show each rule of keeping personal data with how many rows are due now. Nothing is deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            due = retention.due(timezone.now())
            for rule in retention.RULES:
                rows = f"{due[rule.key]} due, {rule.task}" if rule.due else "no clock ends it"
                self.stdout.write(f"{rule.key}: {rule.term_text} ({rows})")
