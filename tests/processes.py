"""Start Turne's commands as real processes, with an environment that is given and nothing else of ours."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
#: Everything that production must be told.
PRODUCTION = {
    "TURNE_BASE_URL": "https://turne.example.org",
    "TURNE_SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQ",
    "TURNE_FROM_EMAIL": "Turne <turne@example.org>",
    "TURNE_EMAIL_URL": "smtp+tls://user:mailpassword@mail.example.org:587",
    "DATABASE_URL": "sqlite:////nowhere/turne.sqlite3",
}
HOME = {"TURNE_DEBUG": "1"}
_OURS = ("TURNE_", "DATABASE_URL", "REDIS_URL", "DJANGO_", "PYTEST_", "COV_")


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without Turne's variables, and then these."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**outer, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "turne.settings", **variables}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**variables),
        text=True,
        capture_output=True,
        timeout=600,
        check=False,
    )


@contextmanager
def running(*command: str, log: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A process in a process group of its own, its output in `log`; afterwards the whole group is gone."""
    with log.open("w") as out:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(**variables),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        for pid in members(child.pid):
            os.kill(pid, 9)
        child.wait()


def members(group: int) -> list[int]:
    """Processes of the group that still run (one that has ended but was not waited for does not)."""
    rows = subprocess.run(
        ["ps", "-eo", "pid=,pgid=,stat="], text=True, capture_output=True, check=True
    ).stdout
    fields = [row.split() for row in rows.splitlines()]
    return [int(pid) for pid, pgid, state in fields if int(pgid) == group and not state.startswith("Z")]


def until(true: Callable[[], object], seconds: float = 60) -> object:
    """What `true()` gives once it gives something; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = true()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain")


def copied(database: Path, folder: Path) -> Path:
    """A copy in the folder of an SQLite database, in use or not."""
    path = folder / database.name
    with closing(sqlite3.connect(database)) as used, closing(sqlite3.connect(path)) as copy:
        used.backup(copy)
    return path


def database_url(name: str = "") -> str:
    """The address of the database under test, for a process of its own; or of another on its PostgreSQL server."""
    stored = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(stored['NAME']).resolve()}"
    login = ":".join(part for part in (stored["USER"], stored["PASSWORD"]) if part)
    return f"postgres://{login}@{stored['HOST']}:{stored['PORT'] or 5432}/{name or stored['NAME']}"
