"""A database constraint that triggers keep, on PostgreSQL and SQLite alike."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint


class Triggered(BaseConstraint):
    """What a table's triggers see to, whoever writes its rows and by whatever way. Forms know nothing of it."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name, violation_error_message=None)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def statements(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        """What makes the triggers on a table that stands."""
        raise NotImplementedError

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Nothing in CREATE TABLE; the triggers afterwards, each time that SQLite remakes the table too."""
        assert model is not None
        assert schema_editor is not None
        schema_editor.deferred_sql += self.statements(model, schema_editor)
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """It takes more than one statement: a table is made with it, or see `noted.AddNoted`."""
        raise NotImplementedError

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """The statement that takes the trigger away (PostgreSQL; SQLite remakes the table without it)."""
        assert model is not None
        assert schema_editor is not None
        return Statement(
            "DROP TRIGGER IF EXISTS %(name)s ON %(table)s",
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
        """Nothing that a form could mend."""
