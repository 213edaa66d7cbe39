"""`make test`: the whole suite on SQLite, then what needs a database on PostgreSQL where a server answers.

TURNE_TEST_POSTGRES names the server (default: the one on this machine); TURNE_TEST_STRICT=1, as in CI,
turns everything that could not run into a failure.
"""

import json
import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.report import DATABASE_ONLY, REPORT, in_words, not_run

ROOT = Path(__file__).resolve().parent.parent
#: Each checkout has test databases of its own, so that two may test at once.
POSTGRES = os.environ.get(
    "TURNE_TEST_POSTGRES",
    f"postgres://postgres@127.0.0.1:5432/turne_{zlib.crc32(bytes(ROOT)):x}",
)
#: Processes that test at once: one per core, but the hundred connections of a PostgreSQL as it comes are for four.
WORKERS = str(min(4, max(2, os.cpu_count() or 2)))
STRICT = os.environ.get("TURNE_TEST_STRICT") == "1"
NO_TESTS = 5


def why_no_postgres() -> str:
    """Empty if the server lets us in, else the reason."""
    try:
        psycopg.connect(urlunsplit(urlsplit(POSTGRES)._replace(path="/postgres")), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""


def run(title: str, arguments: list[str], **environment: str) -> tuple[int, dict[str, str]]:
    """Run pytest in a process of its own; its exit code, and test -> why it was skipped."""
    print(f"\n== {title} ==", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, *arguments]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        given = {**os.environ, **environment, REPORT: str(report)}
        given.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process of the run compiles all sources anew
        code = subprocess.run(command, cwd=ROOT, env=given, check=False).returncode
        reasons = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return code, reasons


def clear_leftovers() -> None:
    """Remove test databases of runs that were killed."""
    for path in (ROOT / "var").glob("test-*.sqlite3*"):
        pid = path.name.removeprefix("test-").split(".")[0].split("_")[0]
        if not (pid.isdecimal() and _lives(int(pid))):
            path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def main(arguments: list[str]) -> int:
    """0 when everything that ran was green (and, when strict, nothing was left out)."""
    clear_leftovers()
    runs = [run("SQLite", arguments, DATABASE_URL="")]
    absent = []
    if reason := why_no_postgres():
        absent.append(f"the suite on PostgreSQL: {reason} (TURNE_TEST_POSTGRES may name a server)")
    else:
        # The browser, the processes and the planner are the same whatever the database is.
        once = ["-m", "not browser and not process"]
        where = {"DATABASE_URL": POSTGRES, DATABASE_ONLY: "1"}
        code, reasons = run("PostgreSQL", [*once, *arguments], **where)
        runs.append((0 if code == NO_TESTS and arguments else code, reasons))
    absent += in_words(not_run([reasons for _, reasons in runs]))
    _tell(absent)
    return max([*(code for code, _ in runs), 1 if STRICT and absent else 0])


def _tell(absent: list[str]) -> None:
    if absent:
        print("\nNot run:", *absent, sep="\n  - ")
    else:
        print("\nEverything was run.")
    if STRICT and absent:
        print("That is a failure here, because TURNE_TEST_STRICT is 1.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
