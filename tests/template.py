"""A migrated database that is made once and copied: by each process that tests, and for what browsers look at.

A file for SQLite; a database of its own on the server for PostgreSQL. Measured: migrating an empty database takes 6 s
of a processor, and a run needs eight of them.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.conf import settings

from tests.processes import HOME, ROOT, copied, database_url, run

VAR = ROOT / "var"
#: What a migrated database is made by: one of other migrations is another.
MADE_BY = ["*/migrations/*.py", "*/models/no*.py"]


def copy_template(to: Path) -> None:
    """Put a migrated and otherwise empty database there."""
    for ending in ("", "-wal", "-shm"):
        Path(f"{to}{ending}").unlink(missing_ok=True)
    template = _template()
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        os.replace(copied(template, Path(folder)), to)


def copy_template_database(to: str) -> None:
    """The same on the PostgreSQL server under test, by the database's name."""
    ours = f"{settings.DATABASE_NAMED}_template_"
    template = ours + _key()
    with _alone(), _server() as server:
        names = [name for (name,) in server.execute("SELECT datname FROM pg_database").fetchall()]
        if template not in names:
            for older in (name for name in names if name.startswith(ours)):
                server.execute(f'DROP DATABASE "{older}"')
            server.execute(f'CREATE DATABASE "{ours}new"')
            _migrate_url(database_url(f"{ours}new"))
            server.execute(f'ALTER DATABASE "{ours}new" RENAME TO "{template}"')
        server.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{to}" TEMPLATE "{template}"')


def drop_database(name: str) -> None:
    """Take a database of the tests away from the server, whoever still listens to it."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server() -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(database_url("postgres"), autocommit=True)


def _template() -> Path:
    path = VAR / f"template-{_key()}.sqlite3"
    with _alone():
        if not path.exists():
            for older in VAR.glob("template-*.sqlite3"):
                older.unlink()
            _migrate(path)
    return path


def _migrate(path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        made = Path(folder) / "made.sqlite3"
        _migrate_url(f"sqlite:///{made}")
        (Path(folder) / "whole").mkdir()
        os.replace(copied(made, Path(folder) / "whole"), path)


def _migrate_url(url: str) -> None:
    done = run("manage.py", "migrate", "--verbosity=0", **HOME, DATABASE_URL=url)
    assert done.returncode == 0, done.stderr


def _key() -> str:
    sources = sorted(path for pattern in MADE_BY for path in ROOT.glob(pattern) if ".venv" not in path.parts)
    parts = [django.__version__.encode(), *(path.read_bytes() for path in sources)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    """Several processes may want it at once: one makes it, the others wait."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
