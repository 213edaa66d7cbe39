"""The virus scanner: a real program that is asked about real files, and what comes of each of its answers."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bookings.models import Notice
from programmes import scanning, tasks
from programmes.applications import missing
from programmes.models import Application, Call, SampleFile
from tests.programmes import sample_files as made
from tests.programmes.applying import artist, draft, send
from tests.programmes.open_calls import CLOSED, OPEN, published
from tests.programmes.sample_files import added
from tests.world import World
from tours.errors import Refused

LATER = OPEN + timedelta(minutes=5)
#: Answers as clamdscan does: 1 where the string of the test stands in the file.
LOOKS = """
if grep -q EICAR-STANDARD-ANTIVIRUS-TEST-FILE "$2"; then echo "$2: Eicar-Test-Signature FOUND"; exit 1; fi
echo "$2: OK"; exit 0
"""


@pytest.fixture
def application(world: World) -> Application:
    return draft(Call.objects.with_ground().get(pk=published(world).pk), artist())


@pytest.fixture
def scanner(tmp_path: Path, settings: Any) -> Any:
    """Sets up a scanner that does as the script says; its own argument comes first, then the file."""

    def set_up(script: str, seconds: int = 10) -> Path:
        program = tmp_path / "a scanner"
        program.write_text(f"#!/bin/sh\n{script}")
        program.chmod(0o755)
        settings.SCAN_COMMAND, settings.SCAN_SECONDS = f"'{program}' --fdpass", seconds
        return program

    return set_up


def state(file: SampleFile) -> tuple[str, str]:
    found = SampleFile.objects.get(pk=file.pk)
    return found.scan_state, found.scan_words


def test_a_clean_file_is_clean(application: Application, scanner: Any) -> None:
    scanner(LOOKS)
    file = added(application)
    assert state(file) == ("waiting", "")
    assert (scanning.scan_due(LATER), scanning.scan_due(LATER)) == (1, 0)
    assert (state(file), SampleFile.objects.get().scanned_at) == (("clean", "OK"), LATER)


def test_the_test_virus_is_refused_and_its_applicant_told(application: Application, scanner: Any) -> None:
    scanner(LOOKS)
    file = added(application, made.EICAR, title="Smittad")
    scanning.scan_due(LATER)
    mail = Notice.objects.get(kind="sample_file_refused")
    assert state(file) == ("refused", "Eicar-Test-Signature FOUND")
    assert (mail.to_email, "“Smittad”" in mail.body_text, "Remove it" in mail.body_text) == (
        application.applicant.email,
        True,
        True,
    )


def test_what_is_refused_is_not_sent_in(application: Application, scanner: Any) -> None:
    scanner(LOOKS)
    added(application, made.EICAR, title="Smittad")
    scanning.scan_due(LATER)
    found = Application.objects.get()
    told = "Remove the file “Smittad”: the virus scanner has refused it."
    assert missing(found) == {"files": told}
    with pytest.raises(Refused, match="Smittad"):
        send(found)


def test_what_waits_is_sent_in_and_may_be_refused_afterwards(application: Application, scanner: Any) -> None:
    """A scanner that stands still makes nobody come too late."""
    scanner(LOOKS)
    file = added(application, made.EICAR)
    send(Application.objects.get())
    scanning.scan_due(CLOSED)
    assert state(file)[0] == "refused"
    assert "The call has closed" in Notice.objects.get(kind="sample_file_refused").body_text


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 2", "Exit code 2."),
        ("echo no database; exit 2", "no database"),
        ("kill -9 $$", "Exit code -9."),
    ],
)
def test_a_scanner_that_fails_lets_nothing_through(
    application: Application, scanner: Any, script: str, words: str
) -> None:
    scanner(script)
    file = added(application)
    assert (scanning.scan_due(LATER), state(file)) == (0, ("waiting", words))


def test_a_scanner_that_is_not_there_lets_nothing_through(application: Application, settings: Any) -> None:
    settings.SCAN_COMMAND = "/nowhere/scan"
    file = added(application)
    assert (scanning.scan_due(LATER), state(file)[0]) == (0, "waiting")
    assert "FileNotFoundError" in state(file)[1]


def test_a_scanner_that_hangs_is_ended_with_all_that_it_has_started(
    application: Application, scanner: Any, tmp_path: Path
) -> None:
    started = tmp_path / "pid"
    scanner(f"sleep 60 & echo $! > '{started}'; wait", seconds=1)
    file, began = added(application), time.monotonic()
    assert (scanning.scan_due(LATER), state(file)) == (0, ("waiting", "No answer in 1 s."))
    assert time.monotonic() - began < 10
    assert not is_running(int(started.read_text()))


def is_running(pid: int) -> bool:
    """A child of nobody that has ended may wait to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except FileNotFoundError:
        return False


def test_what_had_no_answer_is_asked_about_again_a_minute_later_after_the_others(
    application: Application, scanner: Any
) -> None:
    scanner("exit 2")
    first, second = added(application), added(application)
    scanning.scan_due(LATER)  # ends with the first that has no answer
    scanner(LOOKS)
    assert [file.pk for file in scanning.due(LATER)] == [second.pk]
    soon = LATER + scanning.AGAIN_AFTER + timedelta(seconds=1)
    assert [file.pk for file in scanning.due(soon)] == [second.pk, first.pk]
    assert (scanning.scan_due(soon), state(first)[0], state(second)[0]) == (2, "clean", "clean")


def test_the_file_is_named_to_it_without_a_shell(
    application: Application, scanner: Any, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    scanner(f'printf "%s|" "$@" > "{seen}"')
    file = added(application, name="$(touch x); --remove.txt")
    scanning.scan_due(LATER)
    assert seen.read_text() == f"--fdpass|{file.file.path}|"


def test_a_scanner_that_talks_without_end_is_heard_for_a_line(application: Application, scanner: Any) -> None:
    scanner("printf 'a\\033[2Jb'; head -c 200000 /dev/zero | tr '\\0' 'x'; exit 1")
    file = added(application)
    scanning.scan_due(LATER)
    words = state(file)[1]
    assert (len(words), words[:5]) == (200, "a[2Jb")


def test_files_that_came_before_the_scanner_are_asked_about_too(
    application: Application, scanner: Any
) -> None:
    file = added(application)
    assert (scanning.scan_due(LATER), state(file)[0]) == (0, "unscanned")
    scanner(LOOKS)
    assert (scanning.scan_due(LATER), state(file)[0]) == (1, "clean")


def test_where_the_scanner_is_taken_away_nothing_waits(
    application: Application, scanner: Any, settings: Any
) -> None:
    scanner(LOOKS)
    file = added(application)
    settings.SCAN_COMMAND = ""
    assert (scanning.scan_due(LATER), state(file)[0]) == (1, "unscanned")


def test_two_workers_that_ask_at_once_tell_once(application: Application, scanner: Any) -> None:
    scanner(LOOKS)
    file = added(application, made.EICAR)
    answer = scanning.ask(file.file.path)
    assert [scanning.note(file, answer, LATER) for _ in range(2)] == [1, 0]
    assert Notice.objects.filter(kind="sample_file_refused").count() == 1


def test_a_file_whose_bytes_are_gone_lets_nothing_through(application: Application, scanner: Any) -> None:
    scanner('test -e "$2" || exit 2')
    file = added(application)
    os.unlink(file.file.path)
    scanning.scan_due(LATER)
    assert state(file)[0] == "waiting"


def test_the_tasks_call_the_verbs(application: Application, scanner: Any) -> None:
    scanner(LOOKS)
    added(application)
    tasks.sweep_files()
    assert (tasks.scan_files(), tasks.sweep_files()) == (1, 0)
