"""Names that addresses had: what is printed and subscribed to keeps its meaning."""

from django.db import models


class FormerName(models.Model):
    """A name that a row had in the address of its calendar. Who still asks there is sent on, so no other row takes it.

    `kind` is that of a calendar (`bookings.feed_scopes.KINDS`), `ref` the row's key.
    """

    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    ref = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="former_name_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"
