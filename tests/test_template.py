"""The migrated database that is copied."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import template
from tests.processes import database_url


def test_a_copy_has_every_migration(tmp_path: Path) -> None:
    template.copy_template(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        applied = set(copy.execute("SELECT app, name FROM django_migrations"))
    assert applied == set(MigrationLoader(None).disk_migrations)


@pytest.mark.postgres
def test_a_copy_on_the_server_has_every_migration(db: None) -> None:
    name = f"{connection.settings_dict['NAME']}_copy"
    template.copy_template_database(name)
    with closing(psycopg.connect(database_url(name))) as copy:
        applied = set(copy.execute("SELECT app, name FROM django_migrations").fetchall())
    template.drop_database(name)
    assert applied == set(MigrationLoader(None).disk_migrations)


def test_another_migration_makes_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = template._key()
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "migrations" / "0001_first.py").touch()
    monkeypatch.setattr(template, "ROOT", tmp_path)
    assert template._key() != before
