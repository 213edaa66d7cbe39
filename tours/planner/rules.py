"""The rules of a tour, checked one by one on a finished plan: which rule, where, by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from .limits import DAY_MIN
from .plan import Breach, Plan
from .problem import Candidate, Problem
from .roads import longest_work
from .timeline import DayTimes, timeline, way_of

Days = Sequence[DayTimes]


def check(problem: Problem, plan: Plan) -> list[Breach]:
    """Every rule that the plan breaks, in order of day; empty when the plan is legal.

    Rules that the problem does not name are not checked. Duty that runs past midnight counts as work on the next
    day only if that day is off or without work.

    Raises:
        PlanError: the plan names a candidate, place or day that the problem does not have.
    """
    days = timeline(problem, plan)
    found = [breach for rule in RULES for breach in rule(problem, plan, days)]
    return sorted(
        found, key=lambda breach: (-1 if breach.day is None else breach.day, breach.rule, breach.candidates)
    )


def latest_end(problem: Problem, day: int) -> int:
    """The last minute at which duty of `day` may end: the closing hour, and midnight before a day without work.

    Whatever the closing hour, duty runs on no longer than until a night's rest before the second midnight, so that
    rest never reaches past a whole free day.
    """
    rules = problem.rules
    closes = problem.midnight(day + 2) - problem.midnight(day) - (rules.rest_night_min or 0)
    if rules.day_close_min is not None:
        closes = min(closes, rules.day_close_min)
    before_free = day + 1 < len(problem.days) and problem.days[day + 1].kind != "work"
    return min(closes, DAY_MIN) if before_free else closes


def _breach(rule: str, day: int | None, limit: int, actual: int, stops: Sequence[str], text: str) -> Breach:
    return Breach(rule, day, limit, actual, abs(actual - limit), tuple(stops), text)


def _names(day: DayTimes) -> tuple[str, ...]:
    return tuple(stop.candidate for stop in day.stops)


def _clock(minute: int) -> str:
    """A minute of the day as a person reads it; times of another day carry a sign of it."""
    day, rest = divmod(minute, DAY_MIN)
    note = f" ({day:+d} d)" if day else ""
    return f"{rest // 60:02d}:{rest % 60:02d}{note}"


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d} min"


def _fixed_kept(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    played = {stop.candidate: stop for stop in plan.stops}
    for fixed in problem.fixed:
        stop = played.get(fixed.candidate)
        if stop is None:
            text = f"{fixed.candidate} is confirmed but not in the plan."
            yield _breach("fixed", fixed.day, 1, 0, (fixed.candidate,), text)
        elif (stop.day, stop.start_min) != (fixed.day, fixed.start_min):
            moved = (stop.day - fixed.day) * DAY_MIN + stop.start_min - fixed.start_min
            text = f"{fixed.candidate} is confirmed for another time; it is moved by {moved} minutes."
            yield _breach("fixed", stop.day, 0, moved, (fixed.candidate,), text)


def _played_once(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    for candidate, times in Counter(stop.candidate for stop in plan.stops).items():
        if times > 1:
            yield _breach("repeated", None, 1, times, (candidate,), f"{candidate} is played {times} times.")


def _one_of_group(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    groups: dict[str, list[str]] = {}
    chosen = {stop.candidate for stop in plan.stops}
    for candidate in problem.candidates:
        if candidate.group is not None and candidate.id in chosen:
            groups.setdefault(candidate.group, []).append(candidate.id)
    for group, members in groups.items():
        if len(members) > 1:
            text = f"Only one of the group {group} may be played, not {len(members)}."
            yield _breach("group", None, 1, len(members), members, text)


def _windows(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    candidates = {candidate.id: candidate for candidate in problem.candidates}
    for stop in plan.stops:
        nearest = _nearest(candidates[stop.candidate], stop.day, stop.start_min)
        if nearest is None:
            text = f"{stop.candidate} has no window on this day."
            yield _breach("window", stop.day, 1, 0, (stop.candidate,), text)
        elif nearest != stop.start_min:
            text = f"{stop.candidate} starts at {_clock(stop.start_min)}; the nearest it may is {_clock(nearest)}."
            yield _breach("window", stop.day, nearest, stop.start_min, (stop.candidate,), text)


def _nearest(candidate: Candidate, day: int, start: int) -> int | None:
    """The allowed start nearest to `start` on that day, None without a window."""
    allowed = [min(max(start, w.earliest), w.latest) for w in candidate.windows if w.day == day]
    return min(allowed, key=lambda minute: abs(minute - start), default=None)


def _in_order(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    """The party reaches every stop before its get-in begins."""
    wishes = {candidate.id: candidate for candidate in problem.candidates}
    for day in days:
        for before, after in zip(day.stops, day.stops[1:], strict=False):
            ends = problem.place_index(before.place), problem.place_index(after.place)
            way = way_of(problem, day.day, ends, wishes[before.candidate], wishes[after.candidate])
            reached, pair = before.leave + way.drive, (before.candidate, after.candidate)
            left = after.arrive - reached
            if left < 0:
                late = f"is reached at {_clock(reached)}, but its get-in begins at {_clock(after.arrive)}"
                text = f"{after.candidate} {late}."
                yield _breach("overlap", day.day, after.arrive, reached, pair, text)
            elif left < way.break_min:
                text = (
                    f"Only {left} minutes are left for a break before {after.candidate}, not {way.break_min}."
                )
                yield _breach("break", day.day, way.break_min, left, pair, text)


def _long_work(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    """No stop holds more work without a pause than may be done before a break."""
    limit = problem.rules.work_before_break_min
    wishes = {candidate.id: candidate for candidate in problem.candidates}
    for day in days:
        for stop in day.stops:
            worked = longest_work(problem.rules, wishes[stop.candidate])
            if limit is not None and worked > limit:
                most = f"at most {_hours(limit)} are allowed"
                text = f"{_hours(worked)} of work without a break at {stop.candidate}; {most}."
                yield _breach("break", day.day, limit, worked, (stop.candidate,), text)


def _day_kinds(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    for day in days:
        kind = problem.days[day.day].kind
        if kind != "work" and day.duty_start is not None:
            text = f"There is {_hours(day.span_min)} of duty on a day {'off' if kind == 'off' else 'without work'}."
            yield _breach("day_kind", day.day, 0, max(1, day.span_min), _names(day), text)
        if kind == "off":
            yield from _home_around(problem, plan, day.day)


def _home_around(problem: Problem, plan: Plan, day: int) -> Iterator[Breach]:
    for night in (day - 1, day):
        if night >= 0 and plan.nights[night] != problem.home:
            side = "before" if night < day else "after"
            text = f"The night {side} a day off is spent at {plan.nights[night]}, not at home."
            yield _breach("off_night", night, 0, 1, (), text)


def _performances(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    limit = problem.rules.performances_per_day
    counts = {candidate.id: candidate.performances for candidate in problem.candidates}
    for day in days:
        played = sum(counts[stop.candidate] for stop in day.stops)
        if limit is not None and played > limit:
            text = f"{played} performances on one day; at most {limit} are allowed."
            yield _breach("performances_per_day", day.day, limit, played, _names(day), text)


def _driving(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    limit = problem.rules.drive_max_min
    for day in days:
        if limit is not None and day.drive_min > limit:
            text = f"{_hours(day.drive_min)} of driving; at most {_hours(limit)} are allowed."
            yield _breach("drive_max", day.day, limit, day.drive_min, _names(day), text)


def _span(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    limit = problem.rules.span_max_min
    for day in days:
        if limit is not None and day.span_min > limit:
            text = f"{_hours(day.span_min)} of duty; at most {_hours(limit)} are allowed."
            yield _breach("span_max", day.day, limit, day.span_min, _names(day), text)


def _opening(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    opens = problem.rules.day_open_min or 0
    for day in days:
        if day.duty_start is not None and day.duty_start < opens:
            text = f"Duty starts at {_clock(day.duty_start)}, before {_clock(opens)}."
            yield _breach("day_open", day.day, opens, day.duty_start, _names(day), text)


def _closing(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    for day in days:
        closes = latest_end(problem, day.day)
        if day.duty_end is not None and day.duty_end > closes:
            text = f"Duty ends at {_clock(day.duty_end)}, after {_clock(closes)}."
            yield _breach("day_close", day.day, closes, day.duty_end, _names(day), text)


def _night_rest(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    """Rest between one duty and the next; without a rule the two still may not overlap."""
    limit = problem.rules.rest_night_min or 0
    for day in days:
        if day.rest_min is not None and day.rest_min < limit:
            follower = next(later for later in days if later.day > day.day and later.duty_start is not None)
            text = f"Only {day.rest_min} minutes of rest before the next duty; at least {limit} are required."
            yield _breach("rest_night", day.day, limit, day.rest_min, _names(day) + _names(follower), text)


def _weekly_rest(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    limit = problem.rules.rest_week_min
    if limit is None:
        return
    for week in problem.whole_weeks():
        longest = max((free_gap(problem, days, day) for day in week), default=0)
        if longest < limit:
            text = f"The longest rest with a free day of this week is {_hours(longest)}; {_hours(limit)} are required."
            yield _breach("rest_week", week.start, limit, longest, (), text)


def free_gap(problem: Problem, days: Days, day: int) -> int:
    """Real minutes without duty around a duty-free day, 0 if the day has duty.

    Only time inside the window counts: nobody here knows what the party does before and after it.
    """
    if days[day].duty_start is not None:
        return 0
    at = problem.midnight
    starts = [at(d.day) + d.duty_start for d in days if d.day > day and d.duty_start is not None]
    ends = [at(d.day) + d.duty_end for d in days if d.day < day and d.duty_end is not None]
    return min(starts, default=at(len(days))) - max(ends, default=0)


def _beds(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    beds = {place.id for place in problem.places if place.beds} | {problem.home}
    for day, night in enumerate(plan.nights):
        if night not in beds:
            yield _breach("beds", day, 1, 0, (), f"{night} has no beds for the night.")
        elif (night, day) in problem.no_beds:
            yield _breach("no_beds", day, 1, 0, (), f"{night} has no bed left on this night.")
    if plan.nights[-1] != problem.home:
        yield _breach(
            "home", len(days) - 1, 1, 0, (), f"The last day ends at {plan.nights[-1]}, not at home."
        )


def _departures(problem: Problem, plan: Plan, days: Days) -> Iterator[Breach]:
    for day in days:
        only_drives = day.duty_start is not None and not day.stops
        if only_drives and day.day not in plan.drive_only_departures:
            yield _breach(
                "departure", day.day, 1, 0, (), "The party moves this day, but no departure is planned."
            )
        if not only_drives and day.day in plan.drive_only_departures:
            yield _breach(
                "departure", day.day, 0, 1, (), "A departure is planned, but the day does not only drive."
            )


RULES: tuple[Callable[[Problem, Plan, Days], Iterator[Breach]], ...] = (
    _fixed_kept,
    _played_once,
    _one_of_group,
    _windows,
    _in_order,
    _long_work,
    _day_kinds,
    _performances,
    _driving,
    _span,
    _opening,
    _closing,
    _night_rest,
    _weekly_rest,
    _beds,
    _departures,
)
"""Every rule of docs/planner.md; each yields its breaches on one plan."""
