"""What a stranger's file is by its content: what is taken, and hostile files by their names."""

import hashlib
import time
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf.generic import NameObject, TextStringObject

from programmes import file_checks, file_reading
from programmes.file_checks import clean_name, examine
from programmes.file_kinds import BYTES_MAX
from tests.programmes import sample_files as made
from tours.errors import NotNow, Refused


def fault(data: bytes) -> str:
    """What the reader says of it, in this process."""
    return file_reading.answer(BytesIO(data)).get("fault", "")


def refusal(data: bytes, name: str = "fil.pdf") -> str:
    with pytest.raises(Refused) as refused:
        examine(BytesIO(data), name)
    assert refused.value.field == "file"
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made.pdf(), "pdf"),
        (made.mp3(), "mp3"),
        (made.wav(), "wav"),
        (made.flac(), "flac"),
        (made.ogg(), "ogg"),
        (made.mp4(b"soun"), "m4a"),
        (made.mp4(b"vide"), "mp4"),
        (made.webm(), "webm"),
        (made.text(), "text"),
        (b"\xef\xbb\xbf" + made.text(), "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_what_it_holds(data: bytes, kind: str) -> None:
    assert file_reading.answer(BytesIO(data)) == {"kind": kind, "particulars": ""}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_a_jpeg_whatever_it_came_as(form: str) -> None:
    assert examine(BytesIO(made.picture(form)), "bild.png").kind == "jpeg"


def test_what_is_taken_is_kept_as_it_is() -> None:
    found = examine(BytesIO(made.pdf()), "namn.exe")
    assert (found.kind, found.name, found.content.read()) == ("pdf", "namn.pdf", made.pdf())


def test_what_is_kept_has_its_own_size_and_digest() -> None:
    found = examine(BytesIO(made.picture("PNG")), "bild.png")
    kept = found.content.read()
    assert (found.bytes_count, found.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())


def test_one_is_read_at_a_time_and_the_next_waits_no_longer_than_it_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_checks, "WAIT_S", 0.01)
    with file_checks._one_at_a_time(), pytest.raises(NotNow) as busy:
        examine(BytesIO(made.text()), "text.txt")
    assert busy.value.field == "file"
    assert examine(BytesIO(made.text()), "text.txt").kind == "text"


# -- hostile files ---------------------------------------

DISGUISED = {
    "a zip": made.zipped(),
    "a docx": made.zipped("word/document.xml"),
    "a program": b"MZ\x90\0" + bytes(200),
    "a program of linux": b"\x7fELF" + bytes(200),
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page after spaces": b"\n\n  <html>",
    "a picture in xml": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a mail": b"MIME-Version: 1.0\n",
    "rtf": b"{\\rtf1 hej}",
    "postscript": b"%!PS-Adobe-3.0\n",
    "text of another time": "Låt".encode("latin-1"),
    "text in two bytes a sign": "Låt".encode("utf-16"),
    "text with a null": b"hej\0hej",
    "text with an escape": b"hej\x1b[2J",
    "only spaces": b" \n ",
    "an old word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a gif": b"GIF89a" + bytes(60),
    "a quicktime video": made.mp4(brand=b"qt  "),
    "matroska": made.webm(b"matroska"),
    "ogg without sound": made.ogg().replace(b"OpusHead", b"\x80theora "),
}


@pytest.mark.parametrize("data", DISGUISED.values(), ids=DISGUISED)
def test_what_is_disguised_is_not_taken(data: bytes) -> None:
    assert fault(data) == "unknown"


BROKEN = {
    "a pdf without its end": made.pdf()[:200],
    "a pdf without pages": b"%PDF-1.7\n%%EOF\n",
    "an mp4 that is cut": made.mp4()[:-5],
    "an mp4 whose box has no end": made.mp4() + b"\xff\xff\xff\xffmdat",
    "an mp4 whose box has no size": made.mp4() + b"\0\0\0\x04free",
    "an mp4 without index": made.box(b"ftyp", b"isom") + made.box(b"mdat", bytes(9)),
    "a wav that is cut": made.wav()[:900],
    "a wav with more behind": made.wav() + bytes(900),
    "a flac that is cut": made.flac()[:12],
    "an id3 tag alone": b"ID3\x04\0\0\0\0\0\x0a" + bytes(10),
    "a webm that is cut": made.webm()[:-3],
    "an ebml head alone": b"\x1aE\xdf\xa3" + bytes(40),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_cut_or_broken_is_not_taken(data: bytes) -> None:
    assert fault(data) == "broken"


TWO_IN_ONE = {
    "pdf and zip": made.pdf() + made.zipped(),
    "pdf and a page behind": made.pdf() + b"<script>alert(1)</script>",
    "mp3 and zip": made.mp3() + made.zipped(),
    "wav and pdf": made.wav()[:60] + made.pdf(),
    "text and pdf": b"hej\n" + made.pdf(),
}


@pytest.mark.parametrize("data", TWO_IN_ONE.values(), ids=TWO_IN_ONE)
def test_what_is_two_files_in_one_is_not_taken(data: bytes) -> None:
    assert fault(data) == "two_in_one"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (made.pdf_with_script(), "active"),
        (made.pdf_that_launches(), "active"),
        (made.pdf_with_file(), "embedded"),
        (made.pdf_with_password(), "locked"),
    ],
    ids=["script", "launch", "file", "password"],
)
def test_a_pdf_is_pages_and_nothing_more(data: bytes, told: str) -> None:
    assert fault(data) == told


@pytest.mark.parametrize("action", ["GoToR", "Rendition", "Movie"])
def test_a_pdf_that_fetches_something_when_it_is_opened_is_not_taken(action: str) -> None:
    """Such as another document by its path, which gives the reader's password away."""
    assert fault(made.pdf(S=NameObject(f"/{action}"), F=TextStringObject(r"\\\\far\\x.pdf"))) == "active"


@pytest.mark.parametrize("code", ["unknown", "broken", "active"])
def test_each_fault_is_a_sentence_that_names_the_file(code: str) -> None:
    data = {"unknown": made.zipped(), "broken": made.pdf()[:200], "active": made.pdf_with_script()}[code]
    assert refusal(data, "min demo.pdf") == file_checks.SENTENCES[code] % {"name": "min demo.pdf", "most": 15}


def test_a_script_whose_name_is_written_otherwise_is_found() -> None:
    """ISO 32000-1, 7.3.5: any sign of a name may stand as its number."""
    data = made.pdf_with_script().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")
    assert fault(data) == "active"


def test_a_picture_of_a_trillion_pixels_is_refused_before_it_is_drawn() -> None:
    data = bytearray(made.picture("PNG"))
    data[16:24] = (1_000_000).to_bytes(4, "big") * 2
    assert "fil.png" in refusal(bytes(data), "fil.png")


def test_a_picture_keeps_nothing_but_its_pixels() -> None:
    data = made.photograph() + made.zipped()
    kept = examine(BytesIO(data), "bild.jpg").content.read()
    with Image.open(BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif()), b"PK\5\6" in kept) == ((40, 30), {}, False)


def test_an_empty_file_and_one_that_is_too_large() -> None:
    assert "is empty" in refusal(b"")
    assert "larger than 15 MB" in refusal(bytes(BYTES_MAX + 1))


def test_no_more_is_read_than_may_be_sent() -> None:
    class Endless:
        given = 0

        def read(self, size: int) -> bytes:
            self.given += size
            return bytes(size)

    endless = Endless()
    with pytest.raises(Refused):
        examine(endless, "stor.wav")  # type: ignore[arg-type]
    assert endless.given <= BYTES_MAX + 2**17


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_checks, "_START", "while True: pass")
    monkeypatch.setattr(file_checks, "WALL_S", 0.3)
    began = time.monotonic()
    assert "takes too long" in refusal(made.text())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "said", ["", "{}", "[]", "null", '{"kind": "exe", "particulars": ""}', '{"fault": "x"}']
)
def test_whatever_a_file_makes_of_its_reader_is_a_refusal(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_checks, "_START", f"print('''{said}''')")
    assert "cannot be read to its end" in refusal(made.text())


# -- names and particulars ---------------------------------------

NAMES = {
    "demo.pdf": "demo.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Users\\x\\demo.pdf": "demo.pdf",
    "visst\u202egpj.exe": "visstgpj.exe",
    "a\0b.pdf": "ab.pdf",
    "rad\nbryt\r.pdf": "radbryt.pdf",
    "": "file",
    "...": "file",
    "\ud800.pdf": "file.pdf",
    "x" * 400 + ".pdf": "x" * 110 + ".pdf",
    "y" * 400: "y" * 110,
    "utan": "utan",
    "a\u0308.pdf": "ä.pdf",
}


@pytest.mark.parametrize(("name", "shown"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_made_harmless(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_the_ending_is_that_of_what_it_is() -> None:
    assert examine(BytesIO(made.text()), "låt.del 2.exe").name == "låt.del 2.txt"


def test_what_a_file_says_of_its_maker_is_told() -> None:
    found: Any = examine(BytesIO(made.pdf(author="Påhittad\u202e person")), "x.pdf")
    assert found.particulars == "Påhittad person"
