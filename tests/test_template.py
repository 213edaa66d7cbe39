"""The migrated database that is copied."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from tests import template


def test_a_copy_has_every_migration(tmp_path: Path) -> None:
    template.copy_template(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        applied = set(copy.execute("SELECT app, name FROM django_migrations"))
    assert applied == set(MigrationLoader(None).disk_migrations)


def test_another_migration_makes_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = template._key()
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "migrations" / "0001_first.py").touch()
    monkeypatch.setattr(template, "ROOT", tmp_path)
    assert template._key() != before
