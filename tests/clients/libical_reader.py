"""A program that reads calendars with libical: {name: text} in, {name: [[uid, start, end, status, summary]]} out.

It runs by itself, so that a fault in the library ends nothing else. No header is needed: what is called here is the
same in all of libical 3 (libical/icalcomponent.h, icaltime.h, icaltimezone.h).
"""

import ctypes
import json
import sys
from datetime import UTC, datetime
from typing import Any


class Time(ctypes.Structure):
    """struct icaltimetype."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


_POINTER, _TEXT, _NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_KNOWN: dict[str, tuple[Any, list[Any]]] = {
    "icalparser_parse_string": (_POINTER, [_TEXT]),
    "icalcomponent_free": (None, [_POINTER]),
    "icalcomponent_count_errors": (_NUMBER, [_POINTER]),
    "icalrestriction_check": (_NUMBER, [_POINTER]),
    "icalcomponent_string_to_kind": (_NUMBER, [_TEXT]),
    "icalcomponent_get_first_component": (_POINTER, [_POINTER, _NUMBER]),
    "icalcomponent_get_next_component": (_POINTER, [_POINTER, _NUMBER]),
    "icalcomponent_get_uid": (_TEXT, [_POINTER]),
    "icalcomponent_get_summary": (_TEXT, [_POINTER]),
    "icalcomponent_get_status": (_NUMBER, [_POINTER]),
    "icalproperty_status_to_string": (_TEXT, [_NUMBER]),
    "icalcomponent_get_dtstart": (Time, [_POINTER]),
    "icalcomponent_get_dtend": (Time, [_POINTER]),
    "icaltime_as_timet_with_zone": (ctypes.c_int64, [Time, _POINTER]),
}


def library() -> Any:
    """libical, with the types of what is called."""
    loaded = ctypes.CDLL("libical.so.3")
    for name, (gives, takes) in _KNOWN.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = gives, takes
    return loaded


def read(lib: Any, text: str) -> list[list[str]]:
    """The entries of one calendar; a line that libical objects to is an error."""
    calendar = lib.icalparser_parse_string(text.encode())
    if not calendar or lib.icalcomponent_count_errors(calendar) or not lib.icalrestriction_check(calendar):
        raise SystemExit(f"libical objects to {text[:200]!r}")
    kind = lib.icalcomponent_string_to_kind(b"VEVENT")
    rows, event = [], lib.icalcomponent_get_first_component(calendar, kind)
    while event:
        rows.append(_row(lib, event))
        event = lib.icalcomponent_get_next_component(calendar, kind)
    lib.icalcomponent_free(calendar)
    return rows


def _row(lib: Any, event: int) -> list[str]:
    times = (lib.icalcomponent_get_dtstart(event), lib.icalcomponent_get_dtend(event))
    start, end = (_moment(lib, time) for time in times)
    status = lib.icalproperty_status_to_string(lib.icalcomponent_get_status(event))
    words = (lib.icalcomponent_get_uid(event), status, lib.icalcomponent_get_summary(event))
    uid, status, summary = (word.decode() for word in words)
    return [uid, start, end, status, summary]


def _moment(lib: Any, time: Time) -> str:
    if time.is_date:
        return f"{time.year:04}-{time.month:02}-{time.day:02}"
    if not time.zone:
        raise SystemExit("libical found no time zone")
    stamp = lib.icaltime_as_timet_with_zone(time, time.zone)
    return f"{datetime.fromtimestamp(stamp, UTC):%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    lib = library()
    json.dump({name: read(lib, text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
