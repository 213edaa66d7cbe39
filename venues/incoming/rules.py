"""What a calendar's events may say before anything is reckoned out: times, zones and how it comes back. Plain Python.

A rule that comes back too often, or for ever, costs whoever reckons it out: so every rule is looked at first, and ends
where nobody asks any further. Source of the bounds: docs/calendars-in.md.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from venues.incoming.errors import CalendarError
from venues.incoming.lines import TIMES, Event, Line

TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
#: A longer count is counted no further than the window's end, and a longer interval is refused. Source: the house's
#: choice: fifty years of days, and half of that.
COUNT_MAX, INTERVAL_MAX = 20_000, 10_000
#: Single dates in lists, in the whole file. Source: the house's choice, as many as events.
DATES_MAX = 5000
#: Times of day that one rule may give. Source: the house's choice; a calendar has one.
TIMES_A_DAY_MAX = 24
#: Values in one part of a rule. Source: RFC 5545, section 3.3.10: a year has at most 366 days.
VALUES_MAX = 366
#: The parts of a rule that are understood, beside its end. Source: RFC 5545, section 3.3.10.
BY = frozenset(
    f"BY{name}"
    for name in ["SECOND", "MINUTE", "HOUR", "DAY", "MONTHDAY", "YEARDAY", "WEEKNO", "MONTH", "SETPOS"]
)
#: What Turne writes after the @ of its own events: they come back in the calendars of those who have added them, and
#: nobody is busy elsewhere because of a visit of Turne's. The same as in `bookings.ical`.
OWN_UIDS = "@turne"
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?", re.ASCII)
_DURATION = re.compile(
    r"[+]?P(?:\d{1,5}W|(?:\d{1,6}D)?(?:T(?:\d{1,6}H)?(?:\d{1,7}M)?(?:\d{1,8}S)?)?)", re.ASCII
)
_VALUES = re.compile(r"[+-]?\d{1,4}[A-Z]{0,2}|[A-Z]{2}", re.ASCII)
_WORD = re.compile(r"[A-Za-z-]{1,20}|\d{1,9}", re.ASCII)


@dataclass
class Rules:
    """Writes an event anew with nothing but times that are sure to end: no text of the file's goes any further.

    Attributes:
        salt: what an event's own name is hashed with.
        zone: what a time without a known zone is in.
        start, end: the window, aware; nothing outside of it is asked about.
        named: what the file itself says that its zones are.
        is_zone_assumed: whether a time had no zone, or one that nobody knows.
    """

    zone: str
    start: datetime
    end: datetime
    named: dict[str, str]
    salt: str = ""
    is_zone_assumed: bool = False
    dates_count: int = 0
    _names: set[str] = field(default_factory=set, init=False)

    def write(self, event: Event) -> list[str]:
        """The event's lines for the reckoning; none where it is over, or begins after the window.

        Raises:
            CalendarError: something in it cannot be, or comes back too often.
        """
        start, uid = event.first("DTSTART"), event.first("UID")
        if start is None:
            raise CalendarError("malformed")
        moment_kind(start.value)
        if self._is_outside(event, start) or (uid and uid.value.lower().endswith(OWN_UIDS)):
            return []
        written = ["BEGIN:VEVENT", f"UID:{self._name(uid, is_part=bool(event.first('RECURRENCE-ID')))}"]
        seen = {"UID"}
        for line in event.lines:
            if line.name in seen and line.name not in ("RRULE", "RDATE", "EXDATE"):
                continue
            seen.add(line.name)
            written += self._line(line, start)
        return [*written, "END:VEVENT"]

    def _line(self, line: Line, start: Line) -> list[str]:
        if line.name in TIMES:
            return [self._time(line)]
        if line.name == "RRULE":
            return [f"RRULE:{self._rule(line.value, start)}"]
        if line.name == "DURATION":
            return [f"DURATION:{_duration(line.value)}"]
        is_number = line.value.isdigit()
        if _WORD.fullmatch(line.value) and is_number == (line.name == "SEQUENCE"):
            return [f"{line.name}:{line.value.upper()}"]
        return []

    def _name(self, uid: Line | None, *, is_part: bool) -> str:
        """A hash of the event's own name. One without, or with another's, gets a number: both count as busy."""
        name = uid.value if uid else "nameless"
        if not is_part and name in self._names:
            name = f"{name} {len(self._names)}"
        self._names.add(name)
        return hashlib.sha256(f"{self.salt} {name}".encode(errors="replace")).hexdigest()[:32]

    def _is_outside(self, event: Event, start: Line) -> bool:
        """Whether a single event surely touches no moment of the window; a day to spare for zones at either end."""
        if any(event.first(name) for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
            return False
        last = event.first("DTEND") or start
        margin = timedelta(days=2)
        is_over = not event.first("DURATION") and last.value[:8] < f"{self.start - margin:%Y%m%d}"
        return is_over or start.value[:8] > f"{self.end + margin:%Y%m%d}"

    def _time(self, line: Line) -> str:
        """A property of one or several times, each with a zone that is known."""
        values = line.value.split(",")
        if line.name in ("RDATE", "EXDATE"):
            self.dates_count += len(values)
            if self.dates_count > DATES_MAX:
                raise CalendarError("too_many_dates")
        elif len(values) > 1:
            raise CalendarError("malformed")
        first, *others = [self._stamps(value) for value in values]
        if any(other != first for other in others):
            raise CalendarError("malformed")
        is_period = "/" in values[0]
        kind = ";VALUE=PERIOD" if is_period else ";VALUE=DATE" if first == "date" else ""
        zone = f";TZID={self._zone(line)}" if first == "local" else ""
        span = ";RANGE=THISANDFUTURE" if line.params.get("RANGE", "").upper() == "THISANDFUTURE" else ""
        return f"{line.name}{kind}{zone}{span}:{','.join(values)}"

    def _stamps(self, value: str) -> str:
        """Which kind of time it is: "date", "utc" or "local".

        Raises:
            CalendarError: it is none.
        """
        start, slash, end = value.partition("/")
        if slash and not end.lstrip("+").startswith("P"):
            moment_kind(end)
        elif slash:
            _duration(end)
        return moment_kind(start)

    def _zone(self, line: Line) -> str:
        name = line.params.get("TZID", "")
        for called in (name, self.named.get(name, ""), WINDOWS_TO_OLSON.get(name, "")):
            # Some programs put their own name before it: /citadel.org/20210210_1/Europe/Stockholm.
            parts = called.split("/")
            for at in range(len(parts)):
                if (known := "/".join(parts[at:])) in _ZONES.names:
                    return known
        self.is_zone_assumed = True
        return self.zone

    def _rule(self, value: str, start: Line) -> str:
        """The rule, which ends with the window at the latest."""
        parts = dict(part.upper().partition("=")[::2] for part in value.strip(";").split(";"))
        if parts.get("FREQ") in TOO_OFTEN:
            raise CalendarError("too_often")
        if parts.get("FREQ") not in FREQUENCIES or "RSCALE" in parts:
            raise CalendarError("bad_rule")
        self._check_numbers(parts)
        times = 1
        for name, values in parts.items():
            if name in BY:
                several = values.split(",")
                if len(several) > VALUES_MAX or not all(map(_VALUES.fullmatch, several)):
                    raise CalendarError("bad_rule")
                times *= len(several) if name in ("BYHOUR", "BYMINUTE", "BYSECOND") else 1
        if times > TIMES_A_DAY_MAX:
            raise CalendarError("too_often")
        kept = {
            name: text
            for name, text in parts.items()
            if name in ("FREQ", "INTERVAL") or name in BY or (name == "WKST" and text in WEEKDAYS)
        }
        count = int(parts.get("COUNT", COUNT_MAX + 1))
        kept |= (
            {"COUNT": str(count)} if count <= COUNT_MAX else {"UNTIL": self._until(parts.get("UNTIL"), start)}
        )
        return ";".join(f"{name}={text}" for name, text in kept.items())

    def _check_numbers(self, parts: dict[str, str]) -> None:
        for name, most in (("INTERVAL", INTERVAL_MAX), ("COUNT", 10**9)):
            said = parts.get(name, "1")
            if not re.fullmatch(r"\d{1,9}", said, re.ASCII) or not 1 <= int(said) <= most:
                raise CalendarError("bad_rule")

    def _until(self, said: str | None, start: Line) -> str:
        """Where the rule ends, as a day or in UTC as its start demands. Source: RFC 5545, section 3.3.10."""
        is_day = moment_kind(start.value) == "date"
        zone = ZoneInfo(self.zone if moment_kind(start.value) != "local" else self._zone(start))
        end = self.end
        if said:
            kind, told = moment_kind(said), _clock(said)
            if kind == "date":
                told = datetime.combine(told.date(), time(23, 59, 59))
            # A year away from the first and last ones, so that no zone leads out of the calendar.
            told = min(max(told, datetime(2, 1, 1)), datetime(9998, 1, 1))  # noqa: DTZ001
            end = min(end, told.replace(tzinfo=UTC if kind == "utc" else zone))
        return f"{end.astimezone(zone):%Y%m%d}" if is_day else f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


class _Zones:
    @cached_property
    def names(self) -> frozenset[str]:
        """The zones that this machine knows."""
        return frozenset(available_timezones() - {"localtime", "Factory"})


_ZONES = _Zones()


def moment_kind(value: str) -> str:
    """Whether it is a "date", a time in "utc", or a "local" one.

    Raises:
        CalendarError: it is no time at all.
    """
    _clock(value)
    return "date" if len(value) == 8 else "utc" if value.endswith("Z") else "local"


def _clock(value: str) -> datetime:
    """A day or a time as it stands, without its zone."""
    found = _STAMP.fullmatch(value)
    if not found:
        raise CalendarError("malformed")
    year, month, day, *clock = found.groups()[:6]
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        on = date(int(year), int(month), int(day))
        return datetime.combine(on, time(hour, minute, min(second, 59)))  # a leap second is the one before
    except ValueError:
        raise CalendarError("malformed") from None


def _duration(value: str) -> str:
    if not _DURATION.fullmatch(value) or value.rstrip("T").endswith("P"):
        raise CalendarError("malformed")
    return value
