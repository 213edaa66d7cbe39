"""What the entries of a calendar say, in Swedish, because one address serves everybody who has subscribed to it."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bookings.ical_access import access_word
from bookings.ical_values import (
    Attending,
    Bus,
    CrewDay,
    Entry,
    Role,
    Span,
    SpanStatus,
    Version,
    Workday,
    Workshop,
)

#: The public page of a performance, below the base address.
PAGE = "/forestallning/{uid}/"
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
LANGUAGES = {
    "sv": "svenska",
    "en": "engelska",
    "sma": "sydsamiska",
    "se": "nordsamiska",
    "smj": "lulesamiska",
    "nb": "norska",
    "none": "utan ord",
}
SERVICES = {
    "sign_language": "teckenspråkstolkning",
    "relaxed": "avslappnad föreställning",
    "audio_description": "syntolkning",
    "captions": "textning",
}
NOTES = {
    "held": "Preliminärt: tiden är reserverad men inte bokad.",
    "offered": "Preliminärt: erbjudandet väntar på svar.",
    "confirmed": "",
    "cancelled": "Föreställningen är inställd.",
    "postponed": "Föreställningen är uppskjuten och spelas inte den här dagen. Nytt datum är inte klart.",
}
#: The same of a short session, which is no performance.
SESSION_NOTES = NOTES | {
    "cancelled": "Passet är inställt.",
    "postponed": "Passet är uppskjutet och hålls inte den här dagen. Nytt datum är inte klart.",
}
SCHOOL_NOTE = "Skolföreställning, inte öppen för allmänheten."
SCHOOL_SESSION_NOTE = "Pass för skola eller förskola, inte öppet för allmänheten."
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
#: Characters that may not stand in a parameter, or that readers without RFC 6868 would show encoded.
_NOT_IN_PARAMETER = str.maketrans({'"': "'", "^": None})
_GRADE = re.compile(r"(?:f|\d)(?![a-zåäö])", re.IGNORECASE)


def summary(entry: Entry, version: Version = "public") -> str:
    """The title, with what must be seen at once: cancelled, postponed, not agreed yet, only for a school.

    A school reads for which grade and in which week; a guest, to whom it goes; those who travel, where.
    """
    rank = f" {entry.hold_rank}" if entry.hold_rank > 1 else ""
    before = {
        "cancelled": "INSTÄLLT: ",
        "postponed": "UPPSKJUTET: ",
        "offered": "Erbjudande: ",
        "held": f"Option{rank}: ",
    }
    title = one_line(entry.title) or ("Pass" if entry.is_session else "Föreställning")
    place = one_line(entry.place) or one_line(entry.municipality)
    after = ""
    if entry.audience == "school":
        after = " (pass för skola)" if entry.is_session else " (skolföreställning)"
    if version == "school":
        grades = grades_text(entry)
        title = f"{grades}: {title}" if grades else title
        after = f", {place} v. {week(entry)}" if place else f", v. {week(entry)}"
    elif version == "guest":
        house = one_line(entry.presenter)
        title = f"Vi åker till {house}: {title}" if house else title
        after = ""
    elif version == "working" and place:
        after = f", {place}{after}"
    return before.get(entry.status, "") + title + after + _new(entry, version)


def location(entry: Entry) -> str:
    """Venue, address, place and municipality, each once; of what has no room, that it is digital."""
    if entry.is_online:
        return "Digitalt"
    parts = [one_line(part) for part in (entry.venue, entry.address, entry.place, entry.municipality)]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def description(entry: Entry, link: str, version: Version = "public") -> str:
    """What to know before going, a line each; nothing about a person, and nothing that is not known."""
    notes, note = (SESSION_NOTES, SCHOOL_SESSION_NOTE) if entry.is_session else (NOTES, SCHOOL_NOTE)
    lines = [notes[entry.status], *moved(entry)]
    lines += [note] if entry.audience == "school" and version not in {"school", "guest"} else []
    if not is_called_off(entry):
        lines += _times(entry, version)
    lines += [*_facts(entry)]
    if not is_called_off(entry):
        lines += [
            *_attending(entry, version),
            *_buses(entry, version),
            *_before_coming(entry, version),
            *access(entry),
        ]
    if stream := stream_of(entry, version):
        lines.append(f"Ses digitalt: {stream}")
    if version in {"presenter", "working"}:
        lines += _who_does_what(entry)
    if link:
        lines.append(f"Läs mer: {link}")
    return "\n".join(line for line in lines if line)


def span_description(span: Span, link: str) -> str:
    """What a span says: its own lines, its days with both ends told, and the link."""
    first, last = span.starts_on, span.ends_on
    days = day_text(first) if first == last else f"{day_text(first)} till {day_text(last)}, båda inräknade"
    return told(span.status, [*span.lines, f"{days[:1].upper()}{days[1:]}."], link)


def told(status: SpanStatus, lines: Sequence[str], link: str) -> str:
    """Whether it is agreed or cancelled, its own lines, and the link."""
    note = {"tentative": "Preliminärt.", "confirmed": "", "cancelled": "Inställt."}[status]
    more = f"Läs mer: {link}" if link else ""
    return "\n".join(line for line in (note, *map(one_line, lines), more) if line)


def workshop_description(workshop: Workshop, link: str) -> str:
    """What a workshop says: on which side of the visit it is, for which groups, and the guide."""
    guide = one_line(workshop.teacher_guide)
    lines = [
        {"tentative": "Preliminärt: skolan har inte svarat.", "cancelled": "Workshopen är inställd."}.get(
            workshop.status, ""
        ),
        one_line(workshop.when),
        groups_line(workshop.groups),
        f"Lärarhandledning: {guide}" if guide else "",
        f"Läs mer: {link}",
    ]
    return "\n".join(line for line in lines if line)


def day_lines(day: Workday) -> list[str]:
    """The day in order of time, a line each."""
    lines = [
        one_line(day.note),
        *(
            f"{_from_to(part.starts_at, part.ends_at, day.time_zone)} {one_line(part.text)}"
            for part in day.parts
        ),
        f"Natt: {one_line(day.night)}" if day.night else "",
        f"Vecka {local(day.starts_at, day.time_zone).isocalendar().week}. Turné: {one_line(day.tour)}.",
    ]
    return [line for line in lines if line]


def crew_day_lines(day: CrewDay) -> list[str]:
    """The tasks in order of time, a line each: those before the day, on it, and after it."""
    return [
        *(f"Senast {day_text(on)}: {one_line(text)}" for on, text in day.before),
        *(
            f"{_from_to(part.starts_at, part.ends_at, day.time_zone)} {one_line(part.text)}"
            for part in day.parts
        ),
        *(f"Senast {day_text(on)}: {one_line(text)}" for on, text in day.after),
    ]


def moved(entry: Entry) -> list[str]:
    """From when and where it was moved, if it was."""
    lines = []
    if _has_new_time(entry) and entry.was_at:
        was = local(entry.was_at, entry.time_zone)
        year = "" if was.year == local(entry.starts_at, entry.time_zone).year else f" {was.year}"
        lines.append(f"Flyttad från {day_text(was)}{year} kl. {was:%H.%M}.")
    if _has_new_room(entry):
        lines.append(f"Ny lokal: {one_line(entry.venue)}. Den var {one_line(entry.was_in)}.")
    return lines


def access(entry: Entry) -> list[str]:
    """Access services, and what is known of the way in, of seeing and of hearing."""
    services = [SERVICES[name] for name in entry.services if name in SERVICES]
    room = [] if entry.is_online else [access_word(name, value) for name, value in entry.access]
    told = [word for word in (*services, *room) if word]
    return [f"Tillgänglighet: {', '.join(told)}."] if told else []


def stream_of(entry: Entry, version: Version) -> str:
    """The address at which it can be seen, for those whom it is for: what is only for a school is not told to all."""
    is_for_all = version != "public" or entry.audience != "school"
    told = one_line(entry.stream_url)
    return told if is_for_all and not is_called_off(entry) and told.startswith("https://") else ""


def grades_text(entry: Entry) -> str:
    """ "Åk 4–6", "Förskola", "Gy 1": the production's grades as they stand before a title."""
    text = one_line(entry.grades).replace("-", "–")
    return f"Åk {text}" if _GRADE.match(text) else text[:1].upper() + text[1:]


def week(entry: Entry) -> int:
    """The ISO week of the day on which it begins, where it is played."""
    return local(entry.starts_at, entry.time_zone).isocalendar().week


def is_called_off(entry: Entry) -> bool:
    """Whether it was agreed once and is not played then."""
    return entry.status in {"cancelled", "postponed"}


def local(at: datetime, zone: str) -> datetime:
    """The moment in the zone's time; in UTC where the zone is not declared here."""
    return at.astimezone(ZoneInfo(zone)) if zone in ZONES else at.astimezone(UTC)


def day_text(day: date) -> str:
    """ "tisdag 12 mars"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def one_line(text: str) -> str:
    """The text without line breaks, HTML tags and characters that a calendar must not hold."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", _TAG.sub(" ", text)))
    kept = (c for c in text if c in "\n\t" or (c != "\ufeff" and unicodedata.category(c) not in {"Cc", "Cs"}))
    return " ".join("".join(kept).split())


def in_parameter(text: str) -> str:
    """The text as it may stand in a parameter."""
    return one_line(text).translate(_NOT_IN_PARAMETER)


def _times(entry: Entry, version: Version) -> list[str]:
    """When to be there: for schools their arrival and seating, for the sides get-in, call and get-out."""
    if version == "public":
        return []
    zone, lines = entry.time_zone, []
    if version in {"presenter", "working"} and entry.get_in_at and entry.get_out_at:
        lines.append(
            f"Inbygge kl. {clock(entry.get_in_at, zone)}, utrivningen klar kl. {clock(entry.get_out_at, zone)}."
        )
    if version == "working" and entry.calls_at:
        lines.append(f"Ensemblen redo kl. {clock(entry.calls_at, zone)}.")
    if entry.arrives_at and entry.seats_at and not entry.is_online:
        come, seats = clock(entry.arrives_at, zone), clock(entry.seats_at, zone)
        lines.append(f"Publiken på plats kl. {come}, insläpp kl. {seats}.")
    lines.append(f"Börjar kl. {clock(entry.starts_at, zone)}, slutar kl. {clock(entry.ends_at, zone)}.")
    return lines


def _facts(entry: Entry) -> list[str]:
    minutes = round((entry.ends_at - entry.starts_at).total_seconds() / 60)
    grades, ensemble, presenter = map(one_line, (entry.grades, entry.ensemble, entry.presenter))
    languages = [LANGUAGES.get(tag, one_line(tag)) for tag in entry.languages]
    warnings = one_line(entry.warnings)
    return [
        f"Längd: {minutes} minuter. {_ages(entry)}",
        f"Årskurs: {grades}." if grades else "",
        f"Vecka {week(entry)}.",
        f"Språk: {', '.join(languages)}." if languages else "",
        f"Att tänka på: {warnings}" if warnings else "",
        f"Spelas av {ensemble}." if ensemble else "",
        f"Arrangör: {presenter}." if presenter else "",
    ]


def _attending(entry: Entry, version: Version) -> list[str]:
    """Who comes to the show: how many groups in an open calendar, and what they are called in secret ones."""
    if not entry.groups or version == "public":
        return []
    if version == "school":
        return [f"Grupper: {len(entry.groups)}."]
    return [groups_line(entry.groups)]


def _buses(entry: Entry, version: Version) -> list[str]:
    """When buses that are ordered leave and come back: in an open calendar the school's own, for the house all."""
    told = [bus for bus in entry.buses if version == "presenter" or (version == "school" and bus.is_own)]
    return [_bus(bus, entry.time_zone) for bus in told]


def _bus(bus: Bus, zone: str) -> str:
    school = one_line(bus.school)
    if not bus.fits:
        return f"Bussen för {school} är beställd till en annan tid eller plats. Fråga den som beställer den."
    leaves = f" går kl. {clock(bus.leaves_at, zone)}" if bus.leaves_at else " är beställd"
    back = f" och är åter kl. {clock(bus.back_at, zone)}" if bus.back_at else ""
    return f"Bussen från {school}{leaves}{back}."


def groups_line(groups: Sequence[Attending]) -> str:
    """The groups by name, each with how many it is; nothing where there are none."""
    told = [f"{one_line(group.name)} ({group.heads})" for group in groups]
    return f"Grupper, med vuxna: {', '.join(told)}." if told else ""


def _before_coming(entry: Entry, version: Version) -> list[str]:
    """The teacher guide, and what the house or the school has to prepare."""
    if version == "public":
        return []
    guide = one_line(entry.teacher_guide)
    told = [one_line(line) for line in _LINE_ENDS.sub("\n", entry.preparation).split("\n")]
    told = [line for line in (*told, *map(one_line, entry.to_do)) if line]
    return [
        f"Lärarhandledning: {guide}" if guide else "",
        *(["Att förbereda:", *(f"– {line}" for line in told)] if told else []),
    ]


def _who_does_what(entry: Entry) -> list[str]:
    """The roles of each side, and which of them nobody has yet; never who it is."""
    sides = {"presenter": "Arrangörens roller", "producer": "Ensemblens roller"}
    found = []
    for side, heading in sides.items():
        roles = [_role(role) for role in entry.roles if role.side == side]
        found += [f"{heading}: {', '.join(roles)}."] if roles else []
    return found


def _role(role: Role) -> str:
    return one_line(role.label) + ("" if role.is_named else " (inte utsedd)")


def _ages(entry: Entry) -> str:
    if entry.age_max is None:
        return f"Från {entry.age_min} år." if entry.age_min else "För alla åldrar."
    if entry.age_min == entry.age_max:
        return f"För {entry.age_min} år."
    return f"För {entry.age_min}–{entry.age_max} år."


def _new(entry: Entry, version: Version) -> str:
    """Beside the title that it has been moved, for those who had it in their plans."""
    if version == "public" or is_called_off(entry):
        return ""
    words = [*(["tid"] if _has_new_time(entry) else []), *(["lokal"] if _has_new_room(entry) else [])]
    return f" (ny {' och '.join(words)})" if words else ""


def _has_new_time(entry: Entry) -> bool:
    return entry.was_at is not None and entry.was_at != entry.starts_at


def _has_new_room(entry: Entry) -> bool:
    was, now = one_line(entry.was_in), one_line(entry.venue)
    return bool(was) and bool(now) and was != now


def _from_to(start: datetime, end: datetime, zone: str) -> str:
    return clock(start, zone) if start == end else f"{clock(start, zone)}–{clock(end, zone)}"


def clock(at: datetime, zone: str) -> str:
    """ "09.40", where it is played."""
    return f"{local(at, zone):%H.%M}"
