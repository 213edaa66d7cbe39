"""A dated thing or a span of days -> a VEVENT, and VEVENTs -> a calendar (RFC 5545): values in, bytes out.

A VEVENT depends on its values, its version and the base address alone: never on who asks, on a request's language or
on the clock. It is therefore the same in every feed that asks for that version, and its bytes are kept
(`bookings.rendered`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar as Component
from icalendar import Event
from icalendar.prop import vDuration, vText, vUnknown, vUri

from bookings.ical_values import (
    VERSIONS,
    Attending,
    Bus,
    CrewDay,
    Entry,
    Part,
    Role,
    Span,
    SpanStatus,
    Status,
    SubEvent,
    Version,
    Workday,
    Workshop,
)
from bookings.ical_words import (
    ART_FORMS,
    AUDIENCES,
    PAGE,
    ZONES,
    crew_day_lines,
    day_lines,
    description,
    in_parameter,
    is_called_off,
    local,
    location,
    one_line,
    span_description,
    stream_of,
    summary,
    told,
    workshop_description,
)

__all__ = [
    "ART_FORMS",
    "AUDIENCES",
    "PAGE",
    "VERSIONS",
    "ZONES",
    "Bus",
    "CrewDay",
    "Attending",
    "Entry",
    "Part",
    "Role",
    "Span",
    "SpanStatus",
    "Status",
    "SubEvent",
    "Version",
    "Workday",
    "Workshop",
    "calendar",
    "description",
    "in_parameter",
    "location",
    "one_line",
    "render",
    "render_crew_day",
    "render_span",
    "render_sub_event",
    "render_workday",
    "render_workshop",
    "summary",
    "zones_of",
]

#: What begins and ends at a moment.
Timed = Entry | Workday | CrewDay | Workshop | SubEvent
#: Identifiers never name a host: they must outlive every change of address.
UID_DOMAIN = "turne"
PRODID = "-//Turne//Turne 1//SV"
#: How often a calendar program should ask again. Source: the contract of calendars, R14 and R15.
REFRESH = timedelta(hours=1)


def render(entry: Entry, base_url: str, version: Version = "public") -> bytes:
    """The VEVENT of a performance: folded lines that end in CRLF, in fixed order.

    Args:
        base_url: where the pages are, without a slash at the end.
        version: for whom (`ical_values.Version`); identity, times and status are the same in all of them.
    """
    event = _begun(entry)
    event.add("status", _STATUS[entry.status])
    event.add("transp", "OPAQUE" if _takes_time(entry) else "TRANSPARENT")
    event.add("summary", _Text(summary(entry, version)))
    _add_location(event, entry)
    link = _link(entry, base_url, version)
    if link:
        event.add("url", vUri(link))
    _add_categories(event, [ART_FORMS.get(entry.art_form, ""), AUDIENCES.get(entry.audience, "")])
    _add_conference(event, stream_of(entry, version))
    event.add("description", _Text(description(entry, link, version)))
    return bytes(event.to_ical(sorted=False))


def render_workday(day: Workday) -> bytes:
    """The VEVENT of a working day, written as `render` writes that of a performance."""
    event = _begun(day)
    event.add("status", "CONFIRMED" if day.is_agreed else "TENTATIVE")
    event.add("transp", "OPAQUE")
    where = ", ".join(map(one_line, day.places))
    event.add("summary", _Text(f"Arbetsdag: {where}" if where else "Resdag"))
    if where:
        event.add("location", _Text(where))
    event.add("description", _Text("\n".join(day_lines(day))))
    return bytes(event.to_ical(sorted=False))


def render_crew_day(day: CrewDay) -> bytes:
    """The VEVENT of a crew's day at a visit, written as `render` writes that of a performance."""
    event = _begun(day)
    event.add("status", "CANCELLED" if day.is_called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if day.is_called_off else "OPAQUE")
    before = "INSTÄLLT: " if day.is_called_off else ""
    event.add("summary", _Text(f"{before}{one_line(day.crew)} är värd: {one_line(day.title)}"))
    if where := one_line(day.where):
        event.add("location", _Text(where))
    event.add("description", _Text("\n".join(crew_day_lines(day))))
    return bytes(event.to_ical(sorted=False))


def render_workshop(workshop: Workshop, base_url: str) -> bytes:
    """The VEVENT of a workshop, written as `render` writes that of a performance."""
    event = _begun(workshop)
    event.add("status", workshop.status.upper())
    event.add("transp", "TRANSPARENT" if workshop.status == "cancelled" else "OPAQUE")
    before = {"cancelled": "INSTÄLLT: ", "tentative": "Förslag: "}.get(workshop.status, "")
    title = f"Workshop: {one_line(workshop.title)}, {one_line(workshop.school)}"
    event.add("summary", _Text(before + title))
    where = (one_line(part) for part in (workshop.room, workshop.school, workshop.place))
    event.add("location", _Text(", ".join(part for part in where if part)))
    link = base_url + workshop.page
    event.add("url", vUri(link))
    _add_categories(event, ["Workshop"])
    event.add("description", _Text(workshop_description(workshop, link)))
    return bytes(event.to_ical(sorted=False))


def render_sub_event(sub_event: SubEvent, base_url: str) -> bytes:
    """The VEVENT of what a residency does at a time, written as `render` writes that of a performance."""
    event = _begun(sub_event)
    event.add("status", sub_event.status.upper())
    event.add("transp", "TRANSPARENT" if sub_event.status == "cancelled" else "OPAQUE")
    event.add("summary", _Text(_called(sub_event, "Residens")))
    if where := one_line(sub_event.where):
        event.add("location", _Text(where))
        _add_position(event, sub_event.lat, sub_event.lon, in_parameter(where))
    link = base_url + sub_event.page if sub_event.page else ""
    if link:
        event.add("url", vUri(link))
    _add_categories(event, sub_event.categories)
    event.add("description", _Text(told(sub_event.status, sub_event.lines, link)))
    return bytes(event.to_ical(sorted=False))


def render_span(span: Span, base_url: str) -> bytes:
    """The VEVENT of whole days on end: its DTEND is the day after the last, and it takes nobody's time."""
    event = _identified(span)
    for name, day in (("dtstart", span.starts_on), ("dtend", span.ends_on + timedelta(days=1))):
        event.add(name, day)
    event.add("status", span.status.upper())
    event.add("transp", "TRANSPARENT")
    event.add("summary", _Text(_called(span, "Hela dagar")))
    if where := one_line(span.where):
        event.add("location", _Text(where))
    link = base_url + span.page if span.page else ""
    if link:
        event.add("url", vUri(link))
    _add_categories(event, span.categories)
    event.add("description", _Text(span_description(span, link)))
    return bytes(event.to_ical(sorted=False))


def calendar(name: str, vevents: Sequence[bytes]) -> bytes:
    """A whole calendar: its head, the time zones that its VEVENTs name, and these in the given order.

    A calendar without VEVENTs still declares Europe/Stockholm, because RFC 5545 section 3.6 asks for one
    component at least.
    """
    zones = zones_of(vevents) or [_VTIMEZONES["Europe/Stockholm"]]
    return b"".join([_head(name), *zones, *vevents, _END])


def zones_of(vevents: Sequence[bytes]) -> list[bytes]:
    """The VTIMEZONEs that the VEVENTs name."""
    return [
        vtimezone
        for zone, vtimezone in _VTIMEZONES.items()
        if any(f";TZID={zone}:".encode() in vevent for vevent in vevents)
    ]


_END = b"END:VCALENDAR\r\n"
_STATUS = {
    "held": "TENTATIVE",
    "offered": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}


class _Text(vText):
    """TEXT whose backslashes survive: icalendar 7.3 takes one before a capital N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def _begun(entry: Timed) -> Event:
    """An event with its identity, its moments of change, and from when to when it is."""
    event = _identified(entry)
    for name, at in zip(("dtstart", "dtend"), _span(entry), strict=True):
        event.add(name, at)
    return event


def _identified(entry: Timed | Span) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{UID_DOMAIN}")
    event.add("sequence", entry.sequence)
    for name, at in (
        ("dtstamp", entry.changed_at),
        ("last-modified", entry.changed_at),
        ("created", entry.created_at),
    ):
        event.add(name, at.astimezone(UTC))
    return event


def _called(thing: Span | SubEvent, otherwise: str) -> str:
    """Its kind and title, with what must be seen at once."""
    before = "INSTÄLLT: " if thing.status == "cancelled" else ""
    title = ": ".join(filter(None, map(one_line, (thing.kind, thing.title))))
    return before + (title or otherwise)


def _takes_time(entry: Entry) -> bool:
    return not is_called_off(entry) and entry.hold_rank == 1


def _span(entry: Timed) -> tuple[datetime, datetime]:
    """Start and end in the zone's time; in UTC when the zone is not declared here or the hour comes twice.

    A local time in the hour that autumn repeats says nothing about which of the two is meant.
    """
    start, end = (
        local(at.replace(microsecond=0), entry.time_zone) for at in (entry.starts_at, entry.ends_at)
    )
    if any(at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset() for at in (start, end)):
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


def _add_location(event: Event, entry: Entry) -> None:
    where = location(entry)
    if not where:
        return
    event.add("location", _Text(where))
    if entry.is_online:
        return
    _add_position(event, entry.lat, entry.lon, in_parameter(entry.venue) or in_parameter(where))


def _add_position(event: Event, lat: float | None, lon: float | None, title: str) -> None:
    if lat is None or lon is None:
        return
    north, east = f"{lat:.6f}", f"{lon:.6f}"
    # Verbatim: icalendar would write a very small number with an exponent.
    event.add("geo", vUnknown(f"{north};{east}"))
    details = {"VALUE": "URI", "X-APPLE-RADIUS": "100", "X-TITLE": title}
    event.add("x-apple-structured-location", vUri(f"geo:{north},{east}", params=details))


def _add_categories(event: Event, words: Sequence[str]) -> None:
    if told := [word for word in words if word]:
        event.add("categories", told)


def _add_conference(event: Event, stream: str) -> None:
    """Where it can be seen (RFC 7986, 5.11)."""
    if stream:
        details = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Se föreställningen"}
        event.add("conference", vUri(stream, params=details))


def _link(entry: Entry, base_url: str, version: Version) -> str:
    """The public page; for the two sides of what has none, the page of their visit; for a guest that of its groups."""
    if version == "guest":
        return base_url + entry.visit_page
    if entry.is_public:
        return base_url + PAGE.format(uid=entry.uid)
    return base_url + entry.visit_page if entry.visit_page and version in {"presenter", "working"} else ""


def _head(name: str) -> bytes:
    head = Component()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
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
