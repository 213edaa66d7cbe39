"""One performance or working day -> a VEVENT, and VEVENTs -> a calendar (RFC 5545): values in, bytes out, no query.

A VEVENT depends on its `Entry` and the base address alone: never on who asks, on a request's language or on
the clock. It is therefore the same in every feed, and its bytes may be kept (here for a while in memory).
Calendars are written in Swedish, because one address serves everybody who has subscribed to it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar as Component
from icalendar import Event
from icalendar.prop import vDuration, vText, vUnknown, vUri

#: Identifiers never name a host: they must outlive every change of address.
UID_DOMAIN = "turne"
#: The public page of a performance, below the base address.
PAGE = "/forestallning/{uid}/"
#: How often a calendar program should ask again.
REFRESH = timedelta(hours=1)
#: Zone -> (name in winter, in summer, hours before UTC in winter). Summer time by EU directive 2000/84/EC.
ZONES = {
    "Europe/Stockholm": ("CET", "CEST", 1),
    "Europe/Oslo": ("CET", "CEST", 1),
    "Europe/Copenhagen": ("CET", "CEST", 1),
    "Europe/Helsinki": ("EET", "EEST", 2),
}
ART_FORMS = {
    "theatre": "Teater",
    "dance": "Dans",
    "music": "Musik",
    "music_theatre": "Musikteater",
    "circus": "Nycirkus",
    "storytelling": "Berättande",
}
AUDIENCES = {"public": "Öppet för alla", "family": "Familj", "school": "Skolföreställning"}
NOTES = {
    "held": "Preliminärt: tiden är reserverad men inte bokad.",
    "offered": "Preliminärt: erbjudandet väntar på svar.",
    "confirmed": "",
    "cancelled": "Föreställningen är inställd.",
}
SCHOOL_NOTE = "Skolföreställning, inte öppen för allmänheten."
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
#: Characters that may not stand in a parameter, or that readers without RFC 6868 would show encoded.
_NOT_IN_PARAMETER = str.maketrans({'"': "'", "^": None})

Status = Literal["held", "offered", "confirmed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that a calendar says of one performance. Texts may be empty; moments are aware.

    `lat` and `lon` are the venue's own or None: a place's are not good enough for a pin on a map.
    `is_public` says whether the performance has a page that everybody may open.
    """

    uid: UUID
    sequence: int
    status: Status
    hold_rank: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    title: str
    art_form: str
    audience: str
    age_min: int
    age_max: int | None
    grades: str
    ensemble: str
    presenter: str
    venue: str
    address: str
    place: str
    municipality: str
    lat: float | None
    lon: float | None
    is_public: bool


class Part(NamedTuple):
    """One thing on a working day: from when to when, and what."""

    starts_at: datetime
    ends_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Workday:
    """An ensemble's day of duty on a tour: from leaving the night's place to arriving at the next. Moments are aware.

    `places` are those that are played, `parts` in order of time; `night` may be empty, and `note` is told first.
    """

    uid: UUID
    sequence: int
    is_agreed: bool
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    tour: str
    places: tuple[str, ...]
    parts: tuple[Part, ...]
    night: str
    note: str = ""


@lru_cache(maxsize=4096)
def render(entry: Entry, base_url: str) -> bytes:
    """The VEVENT of a performance: folded lines that end in CRLF, in fixed order.

    Args:
        base_url: where the pages are, without a slash at the end.
    """
    event = _begun(entry)
    event.add("status", _STATUS[entry.status])
    event.add("transp", "OPAQUE" if _takes_time(entry) else "TRANSPARENT")
    event.add("summary", _Text(summary(entry)))
    _add_location(event, entry)
    link = base_url + PAGE.format(uid=entry.uid) if entry.is_public else ""
    if link:
        event.add("url", vUri(link))
    _add_categories(event, entry)
    event.add("description", _Text(description(entry, link)))
    return bytes(event.to_ical(sorted=False))


@lru_cache(maxsize=1024)
def render_workday(day: Workday) -> bytes:
    """The VEVENT of a working day, written as `render` writes that of a performance."""
    event = _begun(day)
    event.add("status", "CONFIRMED" if day.is_agreed else "TENTATIVE")
    event.add("transp", "OPAQUE")
    where = ", ".join(map(one_line, day.places))
    event.add("summary", _Text(f"Arbetsdag: {where}" if where else "Resdag"))
    if where:
        event.add("location", _Text(where))
    event.add("description", _Text("\n".join(_day_lines(day))))
    return bytes(event.to_ical(sorted=False))


def calendar(name: str, vevents: Sequence[bytes]) -> bytes:
    """A whole calendar: its head, the time zones that its VEVENTs name, and these in the given order.

    A calendar without VEVENTs still declares Europe/Stockholm, because RFC 5545 section 3.6 asks for one
    component at least.
    """
    used = [zone for zone in ZONES if any(f";TZID={zone}:".encode() in vevent for vevent in vevents)]
    zones = [_VTIMEZONES[zone] for zone in used or ["Europe/Stockholm"]]
    return b"".join([_head(name), *zones, *vevents, _END])


def summary(entry: Entry) -> str:
    """The title, with what must be seen at once: cancelled, not agreed yet, only for a school."""
    rank = f" {entry.hold_rank}" if entry.hold_rank > 1 else ""
    before = {"cancelled": "INSTÄLLT: ", "offered": "Erbjudande: ", "held": f"Option{rank}: "}
    after = " (skolföreställning)" if entry.audience == "school" else ""
    return before.get(entry.status, "") + (one_line(entry.title) or "Föreställning") + after


def location(entry: Entry) -> str:
    """Venue, address, place and municipality, each once."""
    parts = [one_line(part) for part in (entry.venue, entry.address, entry.place, entry.municipality)]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def description(entry: Entry, link: str) -> str:
    """What to know before going, a line each; nothing about a person."""
    minutes = round((entry.ends_at - entry.starts_at).total_seconds() / 60)
    grades, ensemble, presenter = map(one_line, (entry.grades, entry.ensemble, entry.presenter))
    lines = [
        NOTES[entry.status],
        SCHOOL_NOTE if entry.audience == "school" else "",
        f"Längd: {minutes} minuter. {_ages(entry)}",
        f"Årskurs: {grades}." if grades else "",
        f"Vecka {_local(entry.starts_at, entry.time_zone).isocalendar().week}.",
        f"Spelas av {ensemble}." if ensemble else "",
        f"Arrangör: {presenter}." if presenter else "",
        f"Läs mer: {link}" if link else "",
    ]
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The text without line breaks, HTML tags and characters that a calendar must not hold."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", _TAG.sub(" ", text)))
    kept = (c for c in text if c in "\n\t" or (c != "\ufeff" and unicodedata.category(c) not in {"Cc", "Cs"}))
    return " ".join("".join(kept).split())


_END = b"END:VCALENDAR\r\n"
_STATUS = {
    "held": "TENTATIVE",
    "offered": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "cancelled": "CANCELLED",
}


class _Text(vText):
    """TEXT whose backslashes survive: icalendar 7.3 takes one before a capital N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def _begun(entry: Entry | Workday) -> Event:
    """An event with its identity, its moments of change and its span."""
    event = Event()
    event.add("uid", f"{entry.uid}@{UID_DOMAIN}")
    event.add("sequence", entry.sequence)
    for name, at in (
        ("dtstamp", entry.changed_at),
        ("last-modified", entry.changed_at),
        ("created", entry.created_at),
    ):
        event.add(name, at.astimezone(UTC))
    for name, at in zip(("dtstart", "dtend"), _span(entry), strict=True):
        event.add(name, at)
    return event


def _day_lines(day: Workday) -> list[str]:
    """The day in order of time, a line each."""
    parts = [
        f"{_clock(part.starts_at, day.time_zone)}–{_clock(part.ends_at, day.time_zone)} {one_line(part.text)}"
        for part in day.parts
    ]
    lines = [
        one_line(day.note),
        *parts,
        f"Natt: {one_line(day.night)}" if day.night else "",
        f"Vecka {_local(day.starts_at, day.time_zone).isocalendar().week}. Turné: {one_line(day.tour)}.",
    ]
    return [line for line in lines if line]


def _clock(at: datetime, zone: str) -> str:
    return f"{_local(at, zone):%H.%M}"


def _takes_time(entry: Entry) -> bool:
    return entry.status != "cancelled" and entry.hold_rank == 1


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)) if zone in ZONES else at.astimezone(UTC)


def _span(entry: Entry | Workday) -> tuple[datetime, datetime]:
    """Start and end in the zone's time; in UTC when the zone is not declared here or the hour comes twice.

    A local time in the hour that autumn repeats says nothing about which of the two is meant.
    """
    start, end = (
        _local(at.replace(microsecond=0), entry.time_zone) for at in (entry.starts_at, entry.ends_at)
    )
    if any(at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset() for at in (start, end)):
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


def _ages(entry: Entry) -> str:
    if entry.age_max is None:
        return f"Från {entry.age_min} år." if entry.age_min else "För alla åldrar."
    if entry.age_min == entry.age_max:
        return f"För {entry.age_min} år."
    return f"För {entry.age_min}–{entry.age_max} år."


def _add_location(event: Event, entry: Entry) -> None:
    where = location(entry)
    if not where:
        return
    event.add("location", _Text(where))
    if entry.lat is None or entry.lon is None:
        return
    lat, lon = f"{entry.lat:.6f}", f"{entry.lon:.6f}"
    # Verbatim: icalendar would write a very small number with an exponent.
    event.add("geo", vUnknown(f"{lat};{lon}"))
    title = (one_line(entry.venue) or where).translate(_NOT_IN_PARAMETER)
    details = {"VALUE": "URI", "X-APPLE-RADIUS": "100", "X-TITLE": title}
    event.add("x-apple-structured-location", vUri(f"geo:{lat},{lon}", params=details))


def _add_categories(event: Event, entry: Entry) -> None:
    words = [ART_FORMS.get(entry.art_form, ""), AUDIENCES.get(entry.audience, "")]
    if any(words):
        event.add("categories", [word for word in words if word])


def _head(name: str) -> bytes:
    head = Component()
    head.add("version", "2.0")
    head.add("prodid", "-//Turne//Turne 1//SV")
    head.add("calscale", "GREGORIAN")
    shown = _Text(one_line(name) or "Turne")
    for key in ("name", "x-wr-calname"):
        head.add(key, shown)
    # As vDuration, because icalendar 7.3 writes a bare timedelta under an X- name as a clock time.
    head.add("refresh-interval", vDuration(REFRESH, params={"VALUE": "DURATION"}))
    head.add("x-published-ttl", vDuration(REFRESH))
    return bytes(head.to_ical(sorted=False)).removesuffix(_END)


def _vtimezone(zone: str, winter: str, summer: str, hours: int) -> bytes:
    """The zone from 1996 on, when the EU's clocks began to turn on the same two nights at 01.00 UTC."""
    cold, warm = f"+{hours:02}00", f"+{hours + 1:02}00"
    lines = [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone}",
        "BEGIN:STANDARD",
        f"DTSTART:19961027T{hours + 2:02}0000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        f"TZNAME:{winter}",
        f"TZOFFSETFROM:{warm}",
        f"TZOFFSETTO:{cold}",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        f"DTSTART:19960331T{hours + 1:02}0000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        f"TZNAME:{summer}",
        f"TZOFFSETFROM:{cold}",
        f"TZOFFSETTO:{warm}",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


_VTIMEZONES = {zone: _vtimezone(zone, *rule) for zone, rule in ZONES.items()}
