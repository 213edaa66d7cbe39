"""A database constraint that every write of a row is noted for the calendars that show it."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.migrations.state import ProjectState

from venues.models.triggers import Triggered

_INTO = "INSERT INTO venues_calendarmark (kind, ref) VALUES ('%(kind)s', %(ref)s)"
_INTO_IF_ANY = (
    "INSERT INTO venues_calendarmark (kind, ref) SELECT '%(kind)s', %(ref)s WHERE %(ref)s IS NOT NULL"
)
_SQLITE = "CREATE TRIGGER %(name)s AFTER %(event)s ON %(table)s BEGIN %(into)s; END"
_POSTGRES = [
    "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN %(into)s; RETURN NULL; END $$",
    "CREATE TRIGGER %(name)s AFTER INSERT OR UPDATE OR DELETE ON %(table)s "
    "FOR EACH ROW EXECUTE FUNCTION %(name)s()",
]


class Noted(Triggered):
    """Each row that is added, changed or deleted leaves a `CalendarMark`, whoever writes it and by whatever way.

    A trigger does it, so that no verb can forget it, and a change and its mark are committed together or not at all.

    Args:
        kind: what the mark is called after.
        ref: name of the field whose value it keeps: the row's own key, or whose row it belongs to. A row that belongs
            to none leaves no mark.
    """

    def __init__(self, *, name: str, kind: str, ref: str = "id") -> None:
        super().__init__(name=name)
        self.kind, self.ref = kind, ref

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "kind": self.kind, "ref": self.ref}

    def statements(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        """What makes the triggers on a table that stands."""
        columns = {field.name: str(field.column) for field in model._meta.fields}
        column = editor.quote_name(columns[self.ref])
        into = _INTO_IF_ANY if model._meta.get_field(self.ref).null else _INTO
        about = {"table": Table(model._meta.db_table, editor.quote_name)}
        if editor.connection.vendor != "sqlite":
            # A new row has no OLD, and a deleted one no NEW.
            ref = f"COALESCE(NEW.{column}, OLD.{column})"
            into = into % {"kind": self.kind, "ref": ref}
            return [
                Statement(sql, name=editor.quote_name(self.name), into=into, **about) for sql in _POSTGRES
            ]
        return [
            Statement(
                _SQLITE,
                name=editor.quote_name(f"{self.name}_{event.lower()}"),
                event=event,
                into=into % {"kind": self.kind, "ref": f"{'OLD' if event == 'DELETE' else 'NEW'}.{column}"},
                **about,
            )
            for event in ("INSERT", "UPDATE", "DELETE")
        ]


class AddNoted(migrations.AddConstraint):
    """Put `Noted` on a table that stands, without remaking it as SQLite would for any other constraint."""

    constraint: Noted

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for statement in self.constraint.statements(model, schema_editor):
                schema_editor.execute(statement, params=None)
