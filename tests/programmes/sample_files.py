"""Files as strangers send them, made here byte by byte: those that are taken, and those that are not."""

import struct
import wave
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from programmes import file_checks, work_samples
from programmes.models import Application, SampleFile
from tests.programmes.open_calls import OPEN

#: The string that every scanner takes for a virus. Source: eicar.org; it is written in two, lest this file be one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(author: str = "", **active: Any) -> bytes:
    """A page; `active` is what is to be done when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if author:
        writer.add_metadata({"/Author": author})
    if active:
        action = {NameObject(f"/{key}"): value for key, value in active.items()}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return _written(writer)


def pdf_with_script() -> bytes:
    return pdf(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))


def pdf_that_launches() -> bytes:
    return pdf(S=NameObject("/Launch"), F=TextStringObject("calc.exe"))


def pdf_with_file() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("inside.exe", b"MZ")
    return _written(writer)


def pdf_with_password() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(name: str = "word/document.xml") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr(name, "<w:document/>")
    return out.getvalue()


def picture(form: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, form, **more)
    return out.getvalue()


def photograph() -> bytes:
    """With a camera's name and a place in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x9C9D] = "Kamera", "Påhittad person".encode("utf-16-le")
    return picture(exif=exif)


def wav() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return out.getvalue()


def mp3() -> bytes:
    """A second of silence: frames of 128 kbit/s at 44.1 kHz."""
    return (b"\xff\xfb\x90\x64" + bytes(413)) * 40


def flac() -> bytes:
    """A head that says one second of 44.1 kHz, as RFC 9639, section 8.2, has it."""
    bits = (44_100 << 44) | (1 << 41) | (15 << 36) | 44_100
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + bits.to_bytes(8, "big") + bytes(16)
    return b"fLaC" + b"\x80" + len(info).to_bytes(3, "big") + info + bytes(200)


def ogg() -> bytes:
    """A stream of Opus (RFC 7845) of one page of head, one of words and one that ends after a second."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 2, 0, 48_000, 0, 0)
    words = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    return b"".join(
        b"OggS" + struct.pack("<BBqIIIB", 0, kind, at, 1, number, 0, 1) + bytes([len(data)]) + data
        for number, (kind, at, data) in enumerate([(2, 0, head), (0, 0, words), (4, 48_000, bytes(20))])
    )


def box(name: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I", len(data) + 8) + name + data


def mp4(handler: bytes = b"vide", brand: bytes = b"isom") -> bytes:
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13))))
    return box(b"ftyp", brand, bytes(4)) + box(b"moov", track) + box(b"mdat", bytes(40))


def webm(kind: bytes = b"webm") -> bytes:
    head = b"\x42\x82" + bytes([0x80 | len(kind)]) + kind
    body = b"\x16\x54\xae\x6b\x80" + b"\x1f\x43\xb6\x75\x80"
    return (
        b"\x1aE\xdf\xa3"
        + bytes([0x80 | len(head)])
        + head
        + b"\x18\x53\x80\x67"
        + bytes([0x80 | len(body)])
        + body
    )


def text() -> bytes:
    return "En låt om vind.\n".encode()


def added(
    application: Application,
    data: bytes | None = None,
    title: str = "Demo",
    now: datetime = OPEN,
    **more: Any,
) -> SampleFile:
    """Looked at and added by its applicant, over the version that stands."""
    examined = file_checks.examine(BytesIO(text() if data is None else data), more.pop("name", "demo.txt"))
    version = Application.objects.get(pk=application.pk).version
    more = {"by": application.applicant, "version": version, **more}
    return work_samples.add(application, examined, title=title, now=now, **more)


def act(verb: Any, file: SampleFile, now: Any = OPEN, **more: Any) -> Any:
    """Over the version that stands, by the applicant."""
    application = Application.objects.get(pk=file.application_id)
    return verb(file, **{"by": application.applicant, "version": application.version, "now": now, **more})
