"""A database constraint that a row, once it is written, stays as it is."""

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

from venues.models.triggers import Triggered

_SQLITE = [
    "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s BEGIN SELECT RAISE(ABORT, '%(text)s'); END",
]
#: The error's class is that of every broken constraint: Django makes an IntegrityError of it.
_POSTGRES = [
    "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '%(text)s' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
]


class NoChange(Triggered):
    """No row is ever updated: PostgreSQL and SQLite get a trigger that raises an IntegrityError.

    It belongs to tables that are made with it: it is added in `CreateModel` alone.
    """

    def statements(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        """What makes the trigger."""
        return [
            Statement(
                pattern,
                table=Table(model._meta.db_table, editor.quote_name),
                name=editor.quote_name(self.name),
                text=self.name,
            )
            for pattern in (_SQLITE if editor.connection.vendor == "sqlite" else _POSTGRES)
        ]
