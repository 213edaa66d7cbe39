"""A work sample's file as it comes from a stranger: what it is by its content, or why it is not taken.

Its name is used for nothing but to save it by at the reader's; where it is kept, nobody but we choose (`models.files`).
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import file_kinds
from programmes.file_kinds import BYTES_MAX, KINDS
from tours import pictures
from tours.errors import NotNow, Refused
from venues.incoming import limits

#: On a machine that is busy with other things five seconds of the processor take longer. Source: the house's choice.
WALL_S = 20
#: One file may take a gigabyte and seconds of a processor; a web process reads one at a time, and lets the next wait so
#: long for it. Source: the house's choice: strangers send them, and there are other pages to answer.
WAIT_S = 10.0
_READING = BoundedSemaphore(1)
#: So long a name is kept of which the reader sees only the end anyway. Source: the house's choice.
NAME_MAX, ENDING_MAX = 120, 10
_ROOT = Path(__file__).resolve().parents[1]
_START = (
    "import sys; cpu, memory, root = sys.argv[1:]; sys.path.insert(0, root); "
    "from venues.incoming.limits import hold_back; hold_back(int(cpu), int(memory)); "
    "from programmes.file_reading import main; main()"
)
#: Code of a fault -> what to do about it.
SENTENCES = {
    "empty": gettext_lazy("“%(name)s” is empty. Choose the file again, or save it anew first."),
    "too_large": gettext_lazy(
        "“%(name)s” is larger than %(most)d MB. Make it smaller, or give its address as a link instead."
    ),
    "unknown": gettext_lazy(
        "“%(name)s” is no file that can be taken: what it holds counts, not its name. Choose a PDF, a picture (JPEG, "
        "PNG, WebP), sound (MP3, M4A, OGG, WAV, FLAC), a video (MP4, WebM) or plain text (UTF-8)."
    ),
    "broken": gettext_lazy(
        "“%(name)s” cannot be read to its end: it is damaged, or not what it looks like. Save or export it anew."
    ),
    "two_in_one": gettext_lazy("“%(name)s” holds another file besides. Save or export it anew."),
    "active": gettext_lazy(
        "“%(name)s” has a program or a form that sends in it. Print it as a PDF anew, and choose that."
    ),
    "embedded": gettext_lazy(
        "“%(name)s” has other files inside it. Print it as a PDF anew, and choose that."
    ),
    "locked": gettext_lazy("“%(name)s” is locked by a password. Save it without one."),
    "too_heavy": gettext_lazy("“%(name)s” takes too long to read. Make it smaller: fewer pages, or shorter."),
}


@dataclass(frozen=True)
class Examined:
    """A file that may be kept.

    Attributes:
        content: to be kept; a picture as it was drawn anew.
        kind: a name of `file_kinds.KINDS`.
        name: as its applicant calls it, made harmless.
        sha256: of what is kept.
        particulars: what the file says of who made it.
    """

    content: "File[Any]"
    kind: str
    name: str
    bytes_count: int
    sha256: str
    particulars: str = ""


def examine(upload: IO[bytes], name: str) -> Examined:
    """What a file is, by its content. Takes seconds, and is called outside every transaction.

    Raises:
        NotNow: others are being read.
        Refused: it is empty, too large, broken, of another kind or more than it looks like; `field` is "file".
    """
    shown = clean_name(name)
    kept = _kept(upload, shown)
    with _one_at_a_time():
        kept, told = _looked_at(kept, shown)
    data = kept.read()
    kept.seek(0)
    name, digest = _named(shown, told["kind"]), hashlib.sha256(data).hexdigest()
    return Examined(File(kept), told["kind"], name, len(data), digest, told["particulars"])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _READING.acquire(timeout=WAIT_S):
        raise NotNow(_("Other files are being read right now. Try again in a minute."), field="file")
    try:
        yield
    finally:
        _READING.release()


def _looked_at(kept: IO[bytes], shown: str) -> tuple[IO[bytes], dict[str, str]]:
    """What is to be kept of it, and what it is."""
    head = kept.read(file_kinds.HEAD)
    kept.seek(0)
    if file_kinds.kind_in(head) == file_kinds.PICTURE:
        kept, told = _drawn(kept, shown), {"kind": "jpeg", "particulars": ""}
    else:
        told = _read(kept)
    if "fault" in told:
        raise _refused(told["fault"], shown)
    return kept, told


def clean_name(name: str) -> str:
    """A file's name for people: its last part, on one line, without signs that turn or hide others."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    stem, ending = _parted(shown)
    return f"{stem.strip(' .')[: NAME_MAX - ENDING_MAX] or _('file')}{ending}"


def _named(shown: str, kind: str) -> str:
    """With the ending of what it is, whatever it came as."""
    return f"{_parted(shown)[0]}{KINDS[kind].ending}"


def _parted(name: str) -> tuple[str, str]:
    """Its stem and its ending, which is short and begins with its dot, or empty."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if dot and ending.isalnum() and len(ending) < ENDING_MAX else (name, "")


def _kept(upload: IO[bytes], shown: str) -> IO[bytes]:
    """A copy on disk, never more than is allowed; without a buffer, as another process reads from where it stands."""
    copy, size = tempfile.TemporaryFile(buffering=0), 0  # noqa: SIM115 - it lives as long as what is examined
    while piece := upload.read(2**16):
        size += len(piece)
        if size > BYTES_MAX:
            raise _refused("too_large", shown)
        copy.write(piece)
    if not size:
        raise _refused("empty", shown)
    copy.seek(0)
    return copy


def _drawn(kept: IO[bytes], shown: str) -> IO[bytes]:
    try:
        return BytesIO(pictures.redraw(kept))
    except Refused as error:
        raise Refused(f"{shown}: {error.sentence}", field="file") from error


def _read(kept: IO[bytes], cpu_s: int = limits.CPU_S, memory: int = limits.MEMORY) -> dict[str, str]:
    command = [sys.executable, "-I", "-c", _START, str(cpu_s), str(memory), str(_ROOT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, stdin=kept, capture_output=True, timeout=WALL_S, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        return {"fault": "too_heavy"}
    kept.seek(0)
    if done.returncode:  # ended by the machine, or out of memory before it could say so
        return {"fault": "too_heavy"}
    try:
        return _checked(json.loads(done.stdout))
    except (ValueError, TypeError, KeyError):  # whatever a file has made of the process
        return {"fault": "broken"}


def _checked(told: dict[str, str]) -> dict[str, str]:
    if "fault" in told:
        return {"fault": told["fault"] if told["fault"] in SENTENCES else "broken"}
    if told["kind"] not in KINDS:
        raise KeyError(told["kind"])
    return {"kind": told["kind"], "particulars": str(told["particulars"])}


def _refused(code: str, shown: str) -> Refused:
    return Refused(SENTENCES[code] % {"name": shown, "most": BYTES_MAX // 2**20}, field="file")
