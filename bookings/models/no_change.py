"""A database constraint that a row, once it is written, stays as it is."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint

_SQLITE = [
    "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s BEGIN SELECT RAISE(ABORT, '%(text)s'); END",
]
#: The error's class is that of every broken constraint: Django makes an IntegrityError of it.
_POSTGRES = [
    "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '%(text)s' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
]


class NoChange(BaseConstraint):
    """No row is ever updated: PostgreSQL and SQLite get a trigger that raises an IntegrityError.

    It belongs to tables that are made with it: it is added in `CreateModel` alone.
    """

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name, violation_error_message=None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoChange) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Nothing in CREATE TABLE; the trigger afterwards, each time that SQLite remakes the table too."""
        assert model is not None
        assert schema_editor is not None
        patterns = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES
        schema_editor.deferred_sql += [
            Statement(
                pattern,
                table=Table(model._meta.db_table, schema_editor.quote_name),
                name=schema_editor.quote_name(self.name),
                text=self.name,
            )
            for pattern in patterns
        ]
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """See the class: it is made with its table."""
        raise NotImplementedError

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """See the class: it goes with its table."""
        raise NotImplementedError

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Nothing that a form could mend."""
