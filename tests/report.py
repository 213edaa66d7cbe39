"""Which tests can not run here, and why, in plain words; gathered for the list at the end of `make test`."""

import ctypes
import json
import os
import shutil
from pathlib import Path

import pytest
from django.db import connection

from turne.web import paper

CHROMIUM = Path("/usr/bin/chromium")
#: Where `make clients` puts the package ical.js.
ICALJS = Path(__file__).resolve().parent.parent / "var" / "clients" / "node_modules" / "ical.js"
#: Where `tests.run` wants to know what became of each test.
REPORT = "TURNE_TEST_REPORT"
#: 1: only those tests that need a database.
DATABASE_ONLY = "TURNE_TEST_DATABASE_ONLY"


def missing() -> dict[str, str]:
    """Marker -> why its tests can not run here."""
    found = {
        "browser": "" if CHROMIUM.exists() else f"there is no Chromium at {CHROMIUM}",
        "pdf": "" if paper.is_available() else "WeasyPrint (the extra pdf) or its library Pango is not there",
        "nginx": "" if shutil.which("nginx") else "there is no program nginx",
        "redis": "" if shutil.which("redis-server") else "there is no program redis-server",
        "libical": "" if _has_libical() else "there is no library libical.so.3",
        "icaljs": "" if _has_icaljs() else "node or the package ical.js is not there (make clients)",
        "khal": ""
        if shutil.which("khal") and shutil.which("vdirsyncer")
        else "there is no khal or no vdirsyncer",
        "postgres": "" if connection.vendor == "postgresql" else "it means something on PostgreSQL only",
    }
    return {marker: reason for marker, reason in found.items() if reason}


def _has_libical() -> bool:
    try:
        ctypes.CDLL("libical.so.3")
    except OSError:
        return False
    return True


def _has_icaljs() -> bool:
    return bool(shutil.which("node")) and (ICALJS / "dist" / "ical.js").exists()


def skip_what_can_not_run(items: list[pytest.Item]) -> None:
    """Mark the tests that need what is missing."""
    lacking = missing()
    for item in items:
        for marker, reason in lacking.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def leave_out_what_needs_no_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that ask for no database, if so wished: they are the same whichever it is."""
    if os.environ.get(DATABASE_ONLY) != "1":
        return
    left_out = [item for item in items if not needs_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if needs_database(item)]


def needs_database(item: pytest.Item) -> bool:
    """Whether the test asks for a database, directly or through a fixture."""
    asked = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", []))
    return bool(asked or item.get_closest_marker("django_db"))


class Outcomes:
    """Collects the outcomes of a run: test -> why it was skipped, empty if it ran."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.reasons[report.nodeid] = str(report.longrepr[2]).removeprefix("Skipped: ")
        else:
            self.reasons.setdefault(report.nodeid, "")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        Path(os.environ[REPORT]).write_text(json.dumps(self.reasons), encoding="utf-8")


def listen(config: pytest.Config) -> None:
    """Collect outcomes if somebody wants them; under xdist in the process that sees all workers."""
    if REPORT in os.environ and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes(), "turne-outcomes")


def not_run(runs: list[dict[str, str]]) -> dict[str, str]:
    """Test -> reason, for those that ran in none of the runs."""
    ran = {test for reasons in runs for test, reason in reasons.items() if not reason}
    return {
        test: reason for reasons in runs for test, reason in reasons.items() if reason and test not in ran
    }


def in_words(tests: dict[str, str]) -> list[str]:
    """One line per reason, the most frequent first."""
    reasons = list(tests.values())
    ordered = sorted(set(reasons), key=lambda reason: (-reasons.count(reason), reason))
    return [f"{_count(reasons.count(reason))}: {reason}" for reason in ordered]


def _count(tests: int) -> str:
    return "1 test" if tests == 1 else f"{tests} tests"
