"""A database constraint that two rows of one resource never overlap in time."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint


class NoOverlap(BaseConstraint):
    """No two blocking rows with the same resource have overlapping half-open ranges.

    PostgreSQL gets an exclusion constraint (needs the extension btree_gist), SQLite two triggers that raise
    the same IntegrityError. Rows whose resource is null, or that do not block, are free. With the setting
    OVERLAP_GUARD = "locks" PostgreSQL gets no constraint: the row locks of `bookings.slots` guard alone.

    Args:
        resource: name of the foreign key that must not be taken twice.
        start, end: names of the date-time fields, half-open.
        blocks: name of the boolean field that says whether the row counts.
    """

    SQLITE_TRIGGER = (
        "CREATE TRIGGER %(trigger)s BEFORE %(event)s ON %(table)s "
        "WHEN NEW.%(blocks)s AND NEW.%(resource)s IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, '%(name)s') WHERE EXISTS ("
        "SELECT 1 FROM %(table)s AS other WHERE other.%(resource)s = NEW.%(resource)s AND other.%(blocks)s "
        "AND other.%(start)s < NEW.%(end)s AND other.%(end)s > NEW.%(start)s%(not_itself)s); END"
    )
    POSTGRES = (
        "CONSTRAINT %(name)s EXCLUDE USING gist "
        "(%(resource)s WITH =, tstzrange(%(start)s, %(end)s, '[)') WITH &&) WHERE (%(blocks)s)"
    )

    def __init__(self, *, name: str, resource: str, start: str, end: str, blocks: str) -> None:
        super().__init__(name=name, violation_error_message=None)
        self.resource, self.start, self.end, self.blocks = resource, start, end, blocks

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        fields = {"resource": self.resource, "start": self.start, "end": self.end, "blocks": self.blocks}
        return path, args, {**kwargs, **fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.resource, self.start, self.end, self.blocks))

    def _columns(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> dict[str, str]:
        roles = {"resource": self.resource, "start": self.start, "end": self.end, "blocks": self.blocks}
        columns = {field.name: field.column for field in model._meta.fields}
        return {role: editor.quote_name(str(columns[name])) for role, name in roles.items() if name}

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """The clause in CREATE TABLE (PostgreSQL); on SQLite nothing there, and two triggers afterwards.

        The triggers go to `deferred_sql`, because SQLite loses them each time that a migration remakes the
        table, and remaking calls this method again.
        """
        assert model is not None
        assert schema_editor is not None
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql += self._triggers(model, schema_editor)
            return ""
        if settings.OVERLAP_GUARD == "locks":
            return ""
        return self.POSTGRES % {
            "name": schema_editor.quote_name(self.name),
            **self._columns(model, schema_editor),
        }

    def _triggers(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        own_key = editor.quote_name(str(model._meta.pk.column))
        return [
            Statement(
                self.SQLITE_TRIGGER,
                table=Table(model._meta.db_table, editor.quote_name),
                name=self.name,
                trigger=editor.quote_name(f"{self.name}_{event.lower()}"),
                event=event,
                not_itself=f" AND other.{own_key} <> NEW.{own_key}" if event == "UPDATE" else "",
                **self._columns(model, editor),
            )
            for event in ("INSERT", "UPDATE")
        ]

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """The statement that adds the constraint to a table that stands (PostgreSQL)."""
        assert model is not None
        assert schema_editor is not None
        clause = self.constraint_sql(model, schema_editor)
        if not clause:
            return None
        return Statement(
            "ALTER TABLE %(table)s ADD %(clause)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            clause=clause,
        )

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """The statement that takes the constraint away (PostgreSQL; SQLite remakes the table without it)."""
        assert model is not None
        assert schema_editor is not None
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError if the row would overlap one that is stored."""
        resource = getattr(instance, f"{self.resource}_id")
        if resource is None or not getattr(instance, self.blocks):
            return
        taken = model._default_manager.using(using).filter(
            **{
                f"{self.resource}_id": resource,
                self.blocks: True,
                f"{self.start}__lt": getattr(instance, self.end),
                f"{self.end}__gt": getattr(instance, self.start),
            }
        )
        if taken.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
