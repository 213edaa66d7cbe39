"""A migrated SQLite database that is made once and copied: by each process that tests, and for what browsers look at.

Measured: migrating an empty database takes 24 s of a processor, and a run needs six of them.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests.processes import HOME, ROOT, copied, run

VAR = ROOT / "var"
#: What a migrated database is made by: one of other migrations is another.
MADE_BY = ["*/migrations/*.py", "*/models/no*.py"]


def copy_template(to: Path) -> None:
    """Put a migrated and otherwise empty database there."""
    for ending in ("", "-wal", "-shm"):
        Path(f"{to}{ending}").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        os.replace(copied(_template(), Path(folder)), to)


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
        done = run("manage.py", "migrate", "--verbosity=0", **HOME, DATABASE_URL=f"sqlite:///{made}")
        assert done.returncode == 0, done.stderr
        (Path(folder) / "whole").mkdir()
        os.replace(copied(made, Path(folder) / "whole"), path)


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
