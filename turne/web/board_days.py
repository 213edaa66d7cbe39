"""A course of days as the rows of the board: bars in per cent of the day's hours, and the same in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.standing import Course
from tours import planner, reasons
from tours.planner import Breach, DayTimes, Leg, Pause, StopTimes
from tours.reasons import Glossary, clock_of
from turne.web.form_fields import time_value
from venues.dates import clock, duration_text, short_day_text, whole_text

Row = dict[str, Any]
#: The board shows at least these hours, and more when somebody is on the road before or after.
FIRST_HOUR, LAST_HOUR = 7, 21
#: Hours between two lines of the board.
STEP = 2
#: Rest of more than a day is no news.
REST_TOLD_MIN = 24 * 60


@dataclass(frozen=True)
class Stop:
    """One visit of the course, as the board tells it; `waits` says what waits for an answer, beside its name."""

    candidate: str
    name: str
    place: str
    place_id: int
    state: str
    label: str
    starts_at: datetime
    shows: Sequence[tuple[int, int]]
    price: float
    url: str
    is_locked: bool = False
    change: str = ""
    waits: str = ""
    was: datetime | None = None
    address: str = ""
    is_movable: bool = False
    tools: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Notes:
    """What the days are: red, in a school break, the ensemble's days off, kept free, or cancelled with a reason."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    breaks: Sequence[tuple[date, date, str]] = ()
    days_off: Mapping[date, str] = field(default_factory=dict)
    forbidden: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Frame:
    """The hours of the board, in minutes of the day."""

    first: int
    last: int

    def x(self, minute: float) -> str:
        """Where a minute lies: "12.5%"."""
        return f"{self.share(minute):.2f}%"

    def share(self, minute: float) -> float:
        return min(100.0, max(0.0, (minute - self.first) / (self.last - self.first) * 100))

    def width(self, start: float, end: float) -> str:
        return f"{max(0.0, self.share(end) - self.share(start)):.2f}%"

    def hours(self) -> list[Row]:
        """The lines with their hours."""
        first = self.first // 60 + 1
        return [
            {"x": self.x(hour * 60), "label": f"{hour % 24:02d}"}
            for hour in range(first + first % STEP, self.last // 60, STEP)
        ]


def frame_of(course: Course) -> Frame:
    """Whole hours round everything that happens on any day."""
    starts = [day.duty_start for day in course.days if day.duty_start is not None]
    ends = [day.duty_end for day in course.days if day.duty_end is not None]
    first = min([FIRST_HOUR * 60, *starts])
    last = max([LAST_HOUR * 60, *ends])
    return Frame(first // 60 * 60, -(-last // 60) * 60)


class Rows:
    """Writes the rows of one course."""

    def __init__(self, course: Course, stops: Mapping[str, Stop], glossary: Glossary, notes: Notes) -> None:
        self.course, self.stops, self.glossary, self.notes = course, stops, glossary, notes
        self.frame = frame_of(course)
        self.places = {place.id: place.name for place in course.problem.places}
        self.warnings: Mapping[int, Sequence[Row]] = {}
        self.remedies: Mapping[Breach, planner.Stop] = {}
        self.breaches: dict[int, list[Breach]] = {}
        for breach in course.breaches:
            self.breaches.setdefault(breach.day or 0, []).append(breach)

    def weeks(self, cancelled: Iterable[Stop] = (), gone: Iterable[Stop] = ()) -> list[Row]:
        """The board's weeks with their days; a week in which nothing happens and no day is kept free has no rows.

        Args:
            cancelled: visits that are shown struck out on their day.
            gone: agreed visits that this course leaves out.
        """
        struck, leaving = _by_day(cancelled), _by_day(gone)
        kept = {on.isoformat() for on in self.notes.forbidden}
        weeks: list[Row] = []
        for day in self.course.days:
            on = self.date_of(day.day)
            if not weeks or on.weekday() == 0:
                weeks.append({"week": on.isocalendar().week, "rows": [], "times": []})
            weeks[-1]["rows"].append(self.row(day, struck.get(on, []), leaving.get(on, [])))
            weeks[-1]["times"].append(day)
        for week in weeks:
            week["note"] = self.week_note(week.pop("times"))
            if not any(_happens(row) or row["date"] in kept for row in week["rows"]):
                week["rows"] = []
        return weeks

    def date_of(self, day: int) -> date:
        return self.course.problem.days[day].date

    def row(self, day: DayTimes, struck: Sequence[Stop], leaving: Sequence[Stop]) -> Row:
        on = self.date_of(day.day)
        stops = [self.stops[stop.candidate] for stop in day.stops]
        closed = self.closed_word(day.day)
        crossed, covered = self.parted(day, struck)
        return {
            "id": f"dag-{on.isoformat()}",
            "date": on.isoformat(),
            "name": short_day_text(on),
            "note": "" if closed else self.notes.holidays.get(on, ""),
            "closed": closed,
            "empty": not closed and day.duty_start is None and not struck,
            "night": _("Home") if day.night == self.course.problem.home else self.places[day.night],
            "rest": self.rest(day),
            "drives": [self.drive(leg) for leg in day.legs],
            "pauses": [self.pause(pause) for pause in day.pauses],
            "visits": self.visits(day, crossed),
            "lines": self.lines(day, struck),
            "breaches": [self.breach(breach) for breach in self.breaches.get(day.day, [])],
            "warnings": self.warnings.get(day.day, ()),
            "changes": [
                *filter(None, map(_moved, stops)),
                *map(_leaves, leaving),
                *(f"{visit_text(stop)}: {stop.label}" for stop in covered),
            ],
            "stops": stops,
        }

    def closed_word(self, day: int) -> str:
        """Why nothing is played, for days on which that was decided beforehand."""
        kind, on = self.course.problem.days[day].kind, self.date_of(day)
        if kind == "work" or self.course.days[day].duty_start is not None:
            return ""
        if kind == "off":
            return self.notes.days_off.get(on) or _("The ensemble is off, at home")
        if on not in self.notes.forbidden:
            return self.notes.holidays.get(on) or _("No work")
        reason = self.notes.forbidden[on]
        return _("Cancelled: %(reason)s") % {"reason": reason} if reason else str(_("Kept free by you"))

    def rest(self, day: DayTimes) -> str:
        if day.rest_min is None or day.rest_min >= REST_TOLD_MIN:
            return ""
        return _("%(time)s rest") % {"time": duration_text(day.rest_min)}

    def drive(self, leg: Leg) -> Row:
        return {
            "x1": self.frame.x(leg.depart),
            "x2": self.frame.x(leg.arrive),
            "label": drive_text(leg, self.places),
        }

    def pause(self, pause: Pause) -> Row:
        return {
            "x": self.frame.x(pause.start),
            "width": self.frame.width(pause.start, pause.end),
            "label": pause_text(pause),
        }

    def parted(self, day: DayTimes, struck: Sequence[Stop]) -> tuple[list[Stop], list[Stop]]:
        """The cancelled visits that have a place in the hours, and those whose time something else has taken."""
        taken = [(stop.arrive, stop.leave) for stop in day.stops]
        crossed: list[Stop] = []
        covered: list[Stop] = []
        for stop in struck:
            first, last = stop.shows[0][0], stop.shows[-1][1]
            is_taken = any(start < last and first < end for start, end in taken)
            (covered if is_taken else crossed).append(stop)
            taken.append((first, last))
        return crossed, covered

    def visits(self, day: DayTimes, crossed: Sequence[Stop]) -> list[Row]:
        """The day's bars; each has room until the next one begins."""
        starts = [*(stop.arrive for stop in day.stops), *(stop.shows[0][0] for stop in crossed)]

        def room_to(start: int) -> float:
            return min((other for other in starts if other > start), default=self.frame.last)

        return [
            *(self.visit(stop, room_to(stop.arrive)) for stop in day.stops),
            *(self.struck(stop, room_to(stop.shows[0][0])) for stop in crossed),
        ]

    def visit(self, times: StopTimes, room_to: float) -> Row:
        stop = self.stops[times.candidate]
        room = self.frame.share(room_to) - self.frame.share(times.arrive)
        return {
            **self.named(stop, times.arrive, room),
            "width": self.frame.width(times.arrive, times.leave),
            "mark": CHANGE_MARKS[stop.change]() if stop.change else stop.waits,
            "locked": stop.is_locked,
            "hand": self.hand(times, stop),
        }

    def named(self, stop: Stop, minute: float, room: float) -> Row:
        """Who is played and when; the page cuts the name, never the times, where the room ends (a share of the day)."""
        return {
            "x": self.frame.x(minute),
            "room": f"{max(room - 0.5, 1):.2f}%",
            "name": stop.name,
            "times": " · ".join(clock_of(start) for start, _end in stop.shows),
            "url": stop.url,
            "performances": [self.show(stop, start, end) for start, end in stop.shows],
        }

    def hand(self, times: StopTimes, stop: Stop) -> Row:
        """What a hand that takes the visit must know, in minutes; nothing where it stays put."""
        if not stop.is_movable:
            return {}
        lead, length = times.start - times.arrive, times.leave - times.arrive
        return {"candidate": stop.candidate, "start": times.start, "lead": lead, "length": length}

    def show(self, stop: Stop, start: int, end: int) -> Row:
        label = f"{stop.name} {clock_of(start)}–{clock_of(end)}, {stop.label}"
        return {
            "x": self.frame.x(start),
            "width": self.frame.width(start, end),
            "state": stop.state,
            "label": label,
        }

    def struck(self, stop: Stop, room_to: float) -> Row:
        """A cancelled visit: its shows crossed out, without the time around them."""
        first, last = stop.shows[0][0], stop.shows[-1][1]
        named = self.named(stop, first, self.frame.share(room_to) - self.frame.share(first))
        return named | {"width": self.frame.width(first, last)}

    def lines(self, day: DayTimes, struck: Sequence[Stop]) -> list[Row]:
        """The day in words, in order of time."""
        found: list[tuple[int, Row]] = [
            (leg.depart, {"drive": True, "text": drive_text(leg, self.places)}) for leg in day.legs
        ]
        found += [(pause.start, {"drive": True, "text": pause_text(pause)}) for pause in day.pauses]
        for times in day.stops:
            stop = self.stops[times.candidate]
            found.append((times.arrive, _line(stop) | {"more": on_site_text(times, stop)}))
        found += [(stop.shows[0][0], _line(stop)) for stop in struck]
        return [line for _at, line in sorted(found, key=lambda pair: pair[0])]

    def breach(self, breach: Breach) -> Row:
        return {
            "text": reasons.breach_title(breach.rule),
            "detail": reasons.breach_text(breach, self.glossary),
            "remedy": self.remedy(self.remedies.get(breach)),
            **(self.full_house(breach.day or 0) if breach.rule == "no_beds" else {}),
        }

    def full_house(self, day: int) -> Row:
        """Which town is full, what to do about it, and where that is noted."""
        text = _("Every bed in %(place)s is taken that night. Plan again to sleep elsewhere.")
        return {
            "detail": text % {"place": self.places[self.course.plan.nights[day]]},
            "url": reverse("beds"),
            "action": _("Towns without beds"),
        }

    def remedy(self, stop: planner.Stop | None) -> Row:
        """The move that mends a breach, as the form that sets a stop sends it."""
        if stop is None:
            return {}
        told = {"name": self.glossary.who([stop.candidate]), "time": clock_of(stop.start_min)}
        return {
            "candidate": stop.candidate,
            "date": self.date_of(stop.day).isoformat(),
            "time": time_value(stop.start_min),
            "text": _("With %(name)s at %(time)s it holds.") % told,
        }

    def week_note(self, days: Sequence[DayTimes]) -> str:
        """ "4 days · 6 shows · 612 km · 36 h at work · Winter break: Berg, Åre · 1 breach"."""
        worked = [day for day in days if day.duty_start is not None]
        shows = sum(len(self.stops[stop.candidate].shows) for day in days for stop in day.stops)
        km = round(sum(leg.km for day in days for leg in day.legs))
        parts = [
            ngettext("%(count)d day", "%(count)d days", len(worked)) % {"count": len(worked)},
            ngettext("%(count)d show", "%(count)d shows", shows) % {"count": shows},
            km_text(km),
            _("%(hours)d h at work") % {"hours": round(sum(day.span_min for day in days) / 60)},
        ]
        first, last = self.date_of(days[0].day), self.date_of(days[-1].day)
        told = [text for start, end, text in self.notes.breaks if start <= last and end >= first]
        broken = sum(len(self.breaches.get(day.day, ())) for day in days)
        if broken:
            told.append(ngettext("%(count)d breach", "%(count)d breaches", broken) % {"count": broken})
        return " · ".join([*(parts if worked else [_("nothing planned")]), *told])


def week_to_read(weeks: Sequence[Row], today: date) -> int | None:
    """The number of the week that a reader wants first: today's, or the next with visits, or the first with any."""
    played = [week for week in weeks if any(row["visits"] for row in week["rows"])]
    ahead = [week for week in played if week["rows"][-1]["date"] >= today.isoformat()]
    return next((week["week"] for week in [*ahead, *played]), None)


def km_text(km: float) -> str:
    """ "1 284 km"."""
    return whole_text(km, "km")


def drive_text(leg: Leg, places: Mapping[str, str]) -> str:
    """ "7.00–8.05 drive to Backe, 72 km"."""
    return _("%(from)s–%(to)s drive to %(place)s, %(km)s") % {
        "from": clock_of(leg.depart),
        "to": clock_of(leg.arrive),
        "place": places[leg.destination],
        "km": km_text(leg.km),
    }


def pause_text(pause: Pause) -> str:
    """ "12.30–13.00 break"."""
    return _("%(from)s–%(to)s break") % {"from": clock_of(pause.start), "to": clock_of(pause.end)}


def _line(stop: Stop) -> Row:
    return {"text": visit_text(stop), "url": stop.url, "state": stop.state, "label": stop.label.capitalize()}


def visit_text(stop: Stop) -> str:
    """ "10.15 and 11.15 Backe skola"."""
    return f"{reasons.joined([clock_of(start) for start, _end in stop.shows])} {stop.name}"


def on_site_text(times: StopTimes, stop: Stop) -> str:
    """ "Gymnastiksalen, Backe. Get-in 9.00, gone by 12.45"."""
    return _("%(place)s. Get-in %(arrive)s, gone by %(leave)s") % {
        "place": stop.address or stop.place,
        "arrive": clock_of(times.arrive),
        "leave": clock_of(times.leave),
    }


def moment_short(at: datetime) -> str:
    """ "tors 4 feb 10.00"."""
    return f"{short_day_text(at)} {clock(at)}"


#: How a stop differs from what has been agreed -> the word beside its name.
CHANGE_MARKS = {"new": lambda: _("new"), "moved": lambda: _("moved")}


def _happens(row: Row) -> bool:
    """Whether the day says more than that it is free or closed."""
    return bool(row["visits"] or row["drives"] or row["changes"] or row["breaches"] or row["warnings"])


def _by_day(stops: Iterable[Stop]) -> dict[date, list[Stop]]:
    found: dict[date, list[Stop]] = {}
    for stop in stops:
        found.setdefault(timezone.localdate(stop.starts_at), []).append(stop)
    return found


def _moved(stop: Stop) -> str:
    if stop.change != "moved" or stop.was is None:
        return ""
    return _("%(name)s moves here from %(when)s.") % {"name": stop.name, "when": moment_short(stop.was)}


def _leaves(stop: Stop) -> str:
    return _("%(name)s, %(state)s for this day at %(time)s, is not in the plan.") % {
        "name": stop.name,
        "state": stop.label,
        "time": clock_of(stop.shows[0][0]),
    }
