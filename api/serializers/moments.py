"""Moments and days that are sent: those of years that can be meant."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from venues.dates import YEARS

_MESSAGE: dict[str, Any] = {"year": _("Give a day between the years 1900 and 2999.")}


class MomentField(serializers.DateTimeField):
    """A moment; at the ends of the calendar a local time has no moment in UTC."""

    default_error_messages = _MESSAGE

    def to_internal_value(self, value: Any) -> datetime:
        """The aware moment, or a ValidationError."""
        try:
            found: datetime = super().to_internal_value(value)
        except OverflowError:
            self.fail("year")
        if found.year not in YEARS:
            self.fail("year")
        return found


class DayField(serializers.DateField):
    """A day; midnight of the first and the last day of the calendar is no moment in every time zone."""

    default_error_messages = _MESSAGE

    def to_internal_value(self, value: Any) -> date:
        """The day, or a ValidationError."""
        found: date = super().to_internal_value(value)
        if found.year not in YEARS:
            self.fail("year")
        return found
