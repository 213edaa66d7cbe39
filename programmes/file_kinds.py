"""Which kinds of files a work sample may be, and by which first bytes each is told: plain Python, of no settings."""

from dataclasses import dataclass

#: So large a file may be, in bytes. Source: the house's choice: what one form may send (`turne.web.uploads`) is 16 MB,
#: of which the last is for the words beside the file. About ten minutes of music, or one of video.
BYTES_MAX = 15 * 2**20


@dataclass(frozen=True)
class FileKind:
    """A kind of file.

    Attributes:
        media_type: as it is sent. Source: IANA's register of media types.
        ending: of the name that it is saved by.
        label: what it is called, in any language.
    """

    name: str
    media_type: str
    ending: str
    label: str


#: Source: the house's choice: what every browser and telephone opens without a program of its own.
KINDS = {
    kind.name: kind
    for kind in (
        FileKind("pdf", "application/pdf", ".pdf", "PDF"),
        FileKind("jpeg", "image/jpeg", ".jpg", "JPEG"),
        FileKind("mp3", "audio/mpeg", ".mp3", "MP3"),
        FileKind("m4a", "audio/mp4", ".m4a", "M4A"),
        FileKind("ogg", "audio/ogg", ".ogg", "OGG"),
        FileKind("wav", "audio/wav", ".wav", "WAV"),
        FileKind("flac", "audio/flac", ".flac", "FLAC"),
        FileKind("mp4", "video/mp4", ".mp4", "MP4"),
        FileKind("webm", "video/webm", ".webm", "WebM"),
        FileKind("text", "text/plain; charset=utf-8", ".txt", "TXT"),
    )
}
#: What people call a kind, by its media type, which is what the facts of an application name.
LABELS = {kind.media_type: kind.label for kind in KINDS.values()}
#: Pictures are drawn anew as JPEG, whatever they came as.
PICTURE = "picture"
#: So many of the first bytes tell the kind.
HEAD = 16
#: How a file begins that is text and yet more than text: a page, a picture in XML, a program, another format.
_NO_PLAIN_TEXT = (b"<", b"{\\rtf", b"%!ps", b"#!", b"from ", b"mime-version")


def kind_in(head: bytes) -> str:
    """The name of a kind by the first bytes; PICTURE for any picture, "text" where no other signature is known.

    M4A and MP4 begin alike: "mp4" stands for both until the file is read.
    """
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_riff(head, b"WEBP"):
        return PICTURE
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"ID3") or _is_mpeg_audio(head):
        return "mp3"
    for begins, name in ((b"OggS", "ogg"), (b"fLaC", "flac"), (b"\x1aE\xdf\xa3", "webm")):
        if head.startswith(begins):
            return name
    return "wav" if _is_riff(head, b"WAVE") else "text"


def is_plain(text: bytes) -> bool:
    """Whether bytes are text and nothing else: UTF-8 without control characters, and no page or program."""
    try:
        words = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    begins = words.lstrip()[:20].lower().encode()
    allowed = "\t\n\r\f"
    has_control = any((ord(sign) < 32 and sign not in allowed) or sign == "\x7f" for sign in words)
    return bool(words.strip()) and not has_control and not begins.startswith(_NO_PLAIN_TEXT)


def _is_riff(head: bytes, form: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == form


def _is_mpeg_audio(head: bytes) -> bool:
    """A frame of layer III: eleven bits of ones, a version, and the layer's two bits (ISO/IEC 11172-3, 2.4.1.3)."""
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
