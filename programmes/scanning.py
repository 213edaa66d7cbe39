"""The virus scanner: a command of the machine's own, asked about each file before anybody but its applicant gets it.

TURNE_SCAN_COMMAND names it; it is given the file's path, and answers by its exit code as clamdscan does: 0 clean, 1
refused, anything else not known. What is not known stays waiting, and is asked about again.
"""

import os
import shlex
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from programmes import receipts
from programmes.models import SampleFile
from programmes.models.files import SampleFiles

log = structlog.get_logger("turne.work")

#: After a try that gave no answer the next one is so much later. Source: the house's choice.
AGAIN_AFTER = timedelta(minutes=1)
#: One turn begins no further file after so many seconds: other work waits behind it, and Celery ends a task at 300.
TURN_S = 100.0
#: So much of what the scanner says is kept.
WORDS_MAX = 200
#: clamdscan(1), "RETURN CODES".
_CLEAN, _FOUND = 0, 1


@dataclass(frozen=True)
class Answer:
    """What the scanner says; `state` None: nothing that can be used."""

    state: SampleFile.Scan | None
    words: str = ""


def is_on() -> bool:
    """Whether there is a scanner."""
    return bool(settings.SCAN_COMMAND)


def first_state() -> SampleFile.Scan:
    """Of a file that has just come."""
    return SampleFile.Scan.WAITING if is_on() else SampleFile.Scan.UNSCANNED


def has_passed(file: SampleFile) -> bool:
    """Whether others than the applicant may get it: clean, or there is nobody to ask."""
    unasked = file.scan_state == SampleFile.Scan.UNSCANNED and not is_on()
    return file.scan_state == SampleFile.Scan.CLEAN or unasked


def due(now: datetime) -> SampleFiles:
    """Those to ask about, the longest untried first; once there is a scanner, also those that came before it."""
    states = [SampleFile.Scan.WAITING, SampleFile.Scan.UNSCANNED]
    untried = Q(scanned_at=None) | Q(scanned_at__lt=now - AGAIN_AFTER)
    found = SampleFile.objects.filter(untried, scan_state__in=states)
    return found.order_by(F("scanned_at").asc(nulls_first=True), "pk")


def scan_due(now: datetime) -> int:
    """Ask about all that wait; how many have their answer. Without a scanner nothing waits any more.

    A scanner that does not answer ends the turn.
    """
    if not is_on():
        waiting = SampleFile.objects.filter(scan_state=SampleFile.Scan.WAITING)
        reset = {"scan_state": SampleFile.Scan.UNSCANNED, "scan_words": "", "scanned_at": None}
        return waiting.update(**reset) if waiting.exists() else 0
    done, began = 0, time.monotonic()
    for file in due(now).iterator():
        answer = ask(file.file.path)
        done += note(file, answer, now)
        if answer.state is None or time.monotonic() - began > TURN_S:
            break
    return done


@transaction.atomic
def note(file: SampleFile, answer: Answer, now: datetime) -> int:
    """Write the answer down, and tell the applicant of a refusal; 0 where somebody else has, or there was none."""
    found = SampleFile.objects.select_for_update(of=("self",), no_key=True).filter(pk=file.pk).first()
    if found is None or found.scan_state not in {SampleFile.Scan.WAITING, SampleFile.Scan.UNSCANNED}:
        return 0
    found.scan_state = answer.state or SampleFile.Scan.WAITING
    found.scan_words, found.scanned_at = answer.words, now
    found.save(update_fields=["scan_state", "scan_words", "scanned_at"])
    if answer.state is None:
        log.warning("file could not be scanned", file=found.pk, said=answer.words)
        return 0
    if answer.state == SampleFile.Scan.REFUSED:
        log.warning("file refused by the scanner", file=found.pk, said=answer.words)
        receipts.file_refused(found, now)
    return 1


def ask(path: str) -> Answer:
    """Run the command on a file, without a shell; it and all that it has started is ended when its time is up."""
    command = [*shlex.split(settings.SCAN_COMMAND), path]
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - the operator's own command
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
            )
        except OSError as error:
            return Answer(None, f"{type(error).__name__}: {error.strerror}"[:WORDS_MAX])
        try:
            code = process.wait(settings.SCAN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Answer(None, f"No answer in {settings.SCAN_SECONDS} s.")
        said.seek(0)
        words = said.read(4096).decode(errors="replace").replace(path, "").strip(": \n")
    states = {_CLEAN: SampleFile.Scan.CLEAN, _FOUND: SampleFile.Scan.REFUSED}
    line = " ".join(words.split("\n")[0].split())
    plain = "".join(sign for sign in line if sign.isprintable())
    return Answer(states.get(code), plain[:WORDS_MAX] or ("" if code in states else f"Exit code {code}."))
