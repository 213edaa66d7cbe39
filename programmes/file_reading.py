"""Reads a stranger's file to the end, to see whether it is what it begins like. Runs as a process of its own.

Like `venues.incoming.child` it gets a file on standard input, and no settings, no database and no environment; the
machine itself ends it when it takes too much. What it gives back is a kind, or the code of a fault, and what the file
says of its maker. Pictures do not come here: they are drawn anew, and nothing but their pixels is kept.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject, NameObject
from tinytag import TinyTag

from programmes import file_kinds

#: Of a PDF at the most. Source: the house's choice: far beyond what a panel reads.
PAGES_MAX, OBJECTS_MAX = 300, 200_000
#: Of a text, in bytes. Source: the house's choice; a novel.
TEXT_MAX = 2 * 2**20
#: Of what a file says of itself: so much is shown.
PARTICULARS_MAX = 300
#: What makes a PDF more than pages: programs, other files in it, forms that send, and what fetches something from
#: elsewhere when it is opened (another document by its path gives the reader's password away: CVE-2018-4993). Source:
#: ISO 32000-1, 12.6.4 (actions), 7.11.4 (embedded files), 12.7.8 (XFA), and Adobe's supplement on rich media.
ACTIVE = {"/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/XFA", "/RichMedia"}
ACTIVE |= {"/GoToR", "/Rendition", "/Movie"}
EMBEDDED = {"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/GoToE"}
Told = dict[str, str]


class Fault(Exception):
    """The file is not taken; `code` says why, see `programmes.file_checks.SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(file: IO[bytes]) -> Told:
    """Its "kind" (a name of `file_kinds.KINDS`) and its "particulars".

    Raises:
        Fault: it is not what it begins like, or is something else as well.
    """
    kind = file_kinds.kind_in(file.read(file_kinds.HEAD))
    _refuse_two_in_one(file, kind)
    file.seek(0)
    kind, particulars = _READERS[kind](file)
    return {"kind": kind, "particulars": particulars[:PARTICULARS_MAX]}


def _refuse_two_in_one(file: IO[bytes], kind: str) -> None:
    """A ZIP is read from its end and a PDF from anywhere in its first thousand bytes: both hide behind other files."""
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Fault("unknown" if kind == "text" else "two_in_one")
    file.seek(0)
    if kind != "pdf" and b"%PDF-" in file.read(1024):
        raise Fault("two_in_one")


# -- PDF ---------------------------------------


def _pdf(file: IO[bytes]) -> tuple[str, str]:
    raw = file.read()
    if raw[raw.rfind(b"%%EOF") :].strip(b"\0\t\n\f\r ") != b"%%EOF":
        raise Fault("two_in_one" if b"%%EOF" in raw else "broken")
    if any(name.encode() in raw for name in ("/JavaScript", "/EmbeddedFile")):
        raise Fault("embedded" if b"/EmbeddedFile" in raw else "active")
    file.seek(0)
    reader = PdfReader(file)
    if reader.is_encrypted:
        raise Fault("locked")
    if not 1 <= len(reader.pages) <= PAGES_MAX:
        raise Fault("too_heavy" if reader.pages else "broken")
    for thing in _objects(reader):
        names = set(_names(thing))
        if names & EMBEDDED:
            raise Fault("embedded")
        if names & ACTIVE:
            raise Fault("active")
    told: dict[str, Any] = dict(reader.metadata or {})
    return "pdf", _joined(told.get("/Author"), told.get("/Title"), told.get("/Subject"))


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Everything in it, also what no page leads to."""
    known = [(number, gen) for gen, numbers in reader.xref.items() for number in numbers]
    known += [(number, 0) for number in reader.xref_objStm]
    if len(known) > OBJECTS_MAX:
        raise Fault("too_heavy")
    yield reader.trailer
    for number, gen in known:
        yield reader.get_object(IndirectObject(number, gen, reader))


def _names(thing: Any) -> Iterator[str]:
    """Its keys and names; what it refers to is an object of its own."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from one.keys()
            waiting += [value for _key, value in dict.items(one)]
        elif isinstance(one, list):
            waiting += list(list.__iter__(one))
        elif isinstance(one, NameObject):
            yield one


# -- sound and moving pictures ---------------------------------------


def _sound(kind: str) -> Any:
    def sound(file: IO[bytes]) -> tuple[str, str]:
        tag = TinyTag.get(file_obj=file)  # type: ignore[arg-type]
        if not tag.duration or not tag.samplerate:
            raise Fault("broken")
        return kind, _joined(tag.artist, tag.albumartist, tag.composer, tag.album, tag.title)

    return sound


def _wav(file: IO[bytes]) -> tuple[str, str]:
    """Its own length is right, but for the byte that makes it even."""
    head, whole = file.read(8), file.seek(0, 2)
    if whole - 8 - int.from_bytes(head[4:8], "little") not in (0, 1):
        raise Fault("broken")
    file.seek(0)
    found: tuple[str, str] = _sound("wav")(file)
    return found


def _ogg(file: IO[bytes]) -> tuple[str, str]:
    """Sound alone: the first page of a stream names its codec (RFC 5334, section 4)."""
    first = file.read(64)
    if not any(codec in first for codec in (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex")):
        raise Fault("unknown")
    file.seek(0)
    found: tuple[str, str] = _sound("ogg")(file)
    return found


def _mp4(file: IO[bytes]) -> tuple[str, str]:
    """Boxes that fill the file to its end, with an index and what it leads to (ISO/IEC 14496-12, 4.2)."""
    raw = file.read()
    boxes = dict(_boxes(raw))
    if not ({"ftyp", "moov"} <= boxes.keys() and {"mdat", "moof"} & boxes.keys()):
        raise Fault("broken")
    if boxes["ftyp"][:4] == b"qt  ":
        raise Fault("unknown")
    is_video = b"vide" in boxes["moov"]
    if not is_video and b"soun" not in boxes["moov"]:
        raise Fault("broken")
    file.seek(0)
    tag = TinyTag.get(file_obj=file, duration=False)  # type: ignore[arg-type]
    return ("mp4" if is_video else "m4a"), _joined(tag.artist, tag.albumartist, tag.composer, tag.title)


def _boxes(raw: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(raw):
        size, head = int.from_bytes(raw[at : at + 4], "big"), 8
        if size == 1:  # a large one: its size stands behind its name
            size, head = int.from_bytes(raw[at + 8 : at + 16], "big"), 16
        elif size == 0:  # the last one, to the end
            size = len(raw) - at
        if size < head or at + size > len(raw):
            raise Fault("broken")
        yield raw[at + 4 : at + 8].decode("latin-1"), raw[at + head : at + size]
        at += size


def _webm(file: IO[bytes]) -> tuple[str, str]:
    """A head that says "webm", then one segment to the end, with tracks and what they hold (RFC 8794; RFC 9559)."""
    raw = file.read()
    size, at = _number(raw, 4)
    head = raw[at : at + size]
    if b"\x42\x82\x84webm" not in head:
        raise Fault("unknown")
    at += size
    if raw[at : at + 4] != b"\x18\x53\x80\x67":
        raise Fault("broken")
    size, at = _number(raw, at + 4)
    is_whole = at + size == len(raw) or size >= 2**56 - 1  # all ones: not known, as live recordings have it
    if not is_whole or b"\x16\x54\xae\x6b" not in raw[at:] or b"\x1f\x43\xb6\x75" not in raw[at:]:
        raise Fault("broken")
    return "webm", ""


def _number(raw: bytes, at: int) -> tuple[int, int]:
    """A number of variable length (RFC 8794, section 4), and where it ends; with all bits set it is unknown."""
    first = raw[at] if at < len(raw) else 0
    length = 9 - first.bit_length()
    if length > 8:
        raise Fault("broken")
    mask = (1 << 7 * length) - 1
    value = int.from_bytes(raw[at : at + length], "big") & mask
    return (2**56 - 1 if value == mask else value), at + length


# -- text ---------------------------------------


def _text(file: IO[bytes]) -> tuple[str, str]:
    raw = file.read(TEXT_MAX + 1)
    if not file_kinds.is_plain(raw[:TEXT_MAX]):
        raise Fault("unknown")
    if len(raw) > TEXT_MAX:
        raise Fault("too_heavy")
    return "text", ""


_READERS = {
    "pdf": _pdf,
    "mp3": _sound("mp3"),
    "flac": _sound("flac"),
    "ogg": _ogg,
    "wav": _wav,
    "mp4": _mp4,
    "webm": _webm,
    "text": _text,
}


def _joined(*words: Any) -> str:
    """What is said, each once, without signs that cannot be shown."""
    plain = ["".join(sign for sign in str(word or "") if sign.isprintable()).strip() for word in words]
    return " · ".join(dict.fromkeys(word for word in plain if word))


def answer(file: IO[bytes]) -> Told:
    """What `read` gives, or the code of the "fault"."""
    try:
        return read(file)
    except Fault as fault:
        return {"fault": fault.code}
    except MemoryError:
        return {"fault": "too_heavy"}
    except Exception:
        # The libraries let almost anything through on odd input; none of it is told on.
        return {"fault": "broken"}


def main() -> None:
    """Read the file on standard input; write what came of it as JSON."""
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer)))
