"""Which rows that calendars show have been written since calendars were last looked over."""

from django.db import models


class CalendarMark(models.Model):
    """A row that calendars show was added, changed or deleted: a trigger notes it in the same transaction.

    As long as one stands no stored calendar is taken for right. See `venues.models.noted.Noted`.
    """

    kind = models.CharField(max_length=12)
    ref = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
