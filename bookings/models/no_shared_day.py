"""A database constraint that two spans of days of one resource never have a day in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models

from bookings.models.no_overlap import NoOverlap


class NoSharedDay(NoOverlap):
    """No two rows with the same resource have a day in common; both ends of a span are included.

    As `NoOverlap` it is an exclusion constraint on PostgreSQL and two triggers on SQLite, and with OVERLAP_GUARD =
    "locks" PostgreSQL has none. Every row counts.
    """

    SQLITE_TRIGGER = (
        "CREATE TRIGGER %(trigger)s BEFORE %(event)s ON %(table)s "
        "BEGIN SELECT RAISE(ABORT, '%(name)s') WHERE EXISTS ("
        "SELECT 1 FROM %(table)s AS other WHERE other.%(resource)s = NEW.%(resource)s "
        "AND other.%(start)s <= NEW.%(end)s AND other.%(end)s >= NEW.%(start)s%(not_itself)s); END"
    )
    POSTGRES = (
        "CONSTRAINT %(name)s EXCLUDE USING gist "
        "(%(resource)s WITH =, daterange(%(start)s, %(end)s, '[]') WITH &&)"
    )

    def __init__(self, *, name: str, resource: str, start: str, end: str) -> None:
        super().__init__(name=name, resource=resource, start=start, end=end, blocks="")

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {key: value for key, value in kwargs.items() if key != "blocks"}

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError if the span would have a day in common with one that is stored."""
        taken = model._default_manager.using(using).filter(
            **{
                f"{self.resource}_id": getattr(instance, f"{self.resource}_id"),
                f"{self.start}__lte": getattr(instance, self.end),
                f"{self.end}__gte": getattr(instance, self.start),
            }
        )
        if taken.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
