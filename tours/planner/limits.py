"""What a problem says about working time: rules that bind, and agreements that warn."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from .reading import Reader, unique

DAY_MIN = 1440
"""Minutes in a day."""


@dataclass(frozen=True)
class Rules:
    """Work rules, in performances or minutes; None means that the rule does not apply."""

    performances_per_day: int | None = None
    span_max_min: int | None = None
    drive_max_min: int | None = None
    day_open_min: int | None = None
    day_close_min: int | None = None
    rest_night_min: int | None = None
    rest_week_min: int | None = None
    work_before_break_min: int | None = None
    break_min: int | None = None
    drive_before_break_min: int | None = None
    drive_break_min: int | None = None


@dataclass(frozen=True)
class Agreement:
    """What an agreement asks for beyond the law, in minutes; it only warns. None: it says nothing about that.

    Attributes:
        drive_show_day_min, drive_travel_day_min: at most so long on the road, on a day with a show and on one without.
        work_day_min, total_day_min: duty of a day without its drives, and with them.
        work_week_min: duty with drives, Monday to Sunday.
        day_open_min, day_close_min: duty lies between these.
        departure_min, departure_morning_min: nobody leaves earlier; the second on days with a morning show.
    """

    id: str
    drive_show_day_min: int | None = None
    drive_travel_day_min: int | None = None
    work_day_min: int | None = None
    total_day_min: int | None = None
    work_week_min: int | None = None
    day_open_min: int | None = None
    day_close_min: int | None = None
    departure_min: int | None = None
    departure_morning_min: int | None = None


def named(record: object) -> dict[str, Any]:
    """The fields of a record that say something."""
    return {name: value for name, value in vars(record).items() if value is not None}


def read_rules(reader: Reader) -> Rules:
    """The rules of a problem.

    Raises:
        ProblemError: a number is no number of minutes, or contradicts another.
    """
    if reader.value is None:
        return Rules()
    names = [field.name for field in fields(Rules)]
    reader.mapping(names)
    rules = Rules(**{name: reader.child(name).optional(Reader.whole) for name in names})
    opens, closes, rest = rules.day_open_min or 0, rules.day_close_min, rules.rest_night_min or 0
    if closes is not None and closes <= opens:
        raise reader.child("day_close_min").fail(f"the day closes at {closes}, not after it opens at {opens}")
    if opens >= DAY_MIN:
        raise reader.child("day_open_min").fail(f"must lie within the day (below {DAY_MIN}), got {opens}")
    if rest > DAY_MIN:
        raise reader.child("rest_night_min").fail(f"a night's rest is at most {DAY_MIN} minutes, got {rest}")
    if closes is not None and closes + rest > 2 * DAY_MIN:
        raise reader.child("day_close_min").fail(
            f"closing at {closes} leaves no rest of {rest} before the second midnight"
        )
    for most, pause in (
        ("work_before_break_min", "break_min"),
        ("drive_before_break_min", "drive_break_min"),
    ):
        if bool(getattr(rules, most)) != bool(getattr(rules, pause)):
            raise reader.child(pause).fail(f"goes with {most}; give both above 0, or neither")
    return rules


def read_agreements(reader: Reader) -> tuple[Agreement, ...]:
    """The agreements of a problem.

    Raises:
        ProblemError: an entry is not what the format says, or an id is given twice.
    """
    entries = [] if reader.value is None else reader.items()
    limits = [field.name for field in fields(Agreement) if field.name != "id"]
    found = []
    for entry in entries:
        entry.mapping(("id", *limits))
        named = {name: entry.child(name).optional(Reader.whole) for name in limits}
        found.append(Agreement(id=entry.child("id").text(), **named))
    unique([entry.child("id") for entry in entries], lambda r: r.value, "agreement")
    return tuple(found)
