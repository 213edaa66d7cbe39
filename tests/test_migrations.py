"""Migrations say what the models say, and the guard against double booking outlives them."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from bookings.models import Allocation

TRIGGERS = [
    "ensemble_taken_once_insert",
    "ensemble_taken_once_update",
    "venue_taken_once_insert",
    "venue_taken_once_update",
]
ROOT = Path(__file__).resolve().parent.parent


def triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        return [row[0] for row in cursor.fetchall()]


def exclusions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x' ORDER BY conname")
        return [row[0] for row in cursor.fetchall()]


def overlaps() -> tuple[list[str], list[str]]:
    """The guards that stand, and those that should."""
    if connection.vendor == "sqlite":
        return triggers(), TRIGGERS
    return exclusions(), ["ensemble_taken_once", "venue_taken_once"]


def a_field() -> models.Field:
    field = models.CharField(max_length=20, default="")
    field.set_attributes_from_name("label")
    return field


def other_default() -> models.Field:
    """`is_blocking` as a later migration may make it."""
    field = models.BooleanField(null=True)
    field.set_attributes_from_name("is_blocking")
    field.model = Allocation
    return field


@pytest.fixture
def editor(transactional_db: None):
    """A schema editor as a migration has it. What it changes is put back by the test."""
    return lambda: connection.schema_editor(atomic=True)


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_have_names_that_say_something() -> None:
    ours = [path for app in ("venues", "bookings") for path in (ROOT / app / "migrations").glob("0*.py")]
    assert [path.name for path in ours if "auto" in path.stem or not path.stem[5:]] == []


def test_the_guard_stands_after_all_migrations(db: None) -> None:
    standing, wanted = overlaps()
    assert standing == wanted


def test_the_guard_outlives_a_new_column(editor) -> None:
    with editor() as changes:
        changes.add_field(Allocation, a_field())
    added = overlaps()
    with editor() as changes:
        changes.remove_field(Allocation, a_field())
    assert added == (added[1], added[1])
    assert overlaps() == added


def test_the_guard_outlives_a_changed_column(editor) -> None:
    old = Allocation._meta.get_field("is_blocking")
    with editor() as changes:
        changes.alter_field(Allocation, old, other_default(), strict=True)
    changed = overlaps()
    with editor() as changes:
        changes.alter_field(Allocation, other_default(), old)
    assert changed == (changed[1], changed[1])
    assert overlaps() == changed


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite remakes tables")
def test_the_guard_outlives_a_remade_table(editor) -> None:
    """The way of every AlterField on SQLite."""
    with editor() as changes:
        changes._remake_table(Allocation)
    assert triggers() == TRIGGERS


def test_every_model_of_ours_has_a_migration(db: None) -> None:
    tables = set(connection.introspection.table_names())
    ours = [model for app in ("venues", "bookings") for model in apps.get_app_config(app).get_models()]
    assert [model._meta.db_table for model in ours if model._meta.db_table not in tables] == []
