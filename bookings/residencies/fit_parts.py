"""The parts of how well a room, a period and a dwelling fit a residency: each judged from values, with its sentence.

Nothing here reads a row: `fit_ground.py` does. A part has three answers, and unknown is never yes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bookings.residencies import fit_words as words
from bookings.residencies.fit_values import Home, Option, Period
from tours.rooms import Verdict, verdict_of

YES, NO, UNKNOWN = Verdict.FITS, Verdict.DOES_NOT_FIT, Verdict.UNKNOWN
#: How much each part counts; they need not add up to 100. Source: the house's choice.
#:   room         the room has what the work needs, line by line
#:   free         nothing else is booked in it, and neither room nor house is closed, on any day of the period
#:   beds         a dwelling for all of them on all nights; else beds in the town
#:   access       the way in is step-free, where somebody needs that
#:   wish         the place and the period were wished for, the first highest
#:   school_days  share of the period's days on which the schools of the municipality have school
#:   schools      pupils near by whose schools have met nothing this school year
#:   equity       the municipality has had no residency and few performances this year
#:   events       other public performances in the place in these days
#:   travel       the artist's road from home
WEIGHTS: Mapping[str, int] = {
    "room": 20,
    "free": 15,
    "beds": 20,
    "access": 10,
    "wish": 15,
    "school_days": 10,
    "schools": 15,
    "equity": 15,
    "events": 5,
    "travel": 5,
}
#: The parts without which nobody can stay there: one "no" among them outweighs all else.
HARD = ("room", "free", "beds", "access")
#: What counts where nothing can be said: neither for nor against. Source: the house's choice.
NEUTRAL = 0.5
#: A dwelling is near the room up to this drive. Source: the house's choice, half an hour.
NEAR_MIN = 30
#: What beds in the town are worth beside a dwelling: they cost, and have no kitchen. And the least that a dwelling in
#: another place is worth. Source: the house's choice.
TOWN_BEDS, FAR_DWELLING = 0.6, 0.7
#: What lodging of which something is unknown is worth: less than any that is known. Source: the house's choice.
UNKNOWN_BEDS = 0.4
#: A drive from home from which being near counts nothing: half a working day. Source: the house's choice.
FAR_MIN = 240
#: What other performances in the place count: of another art form one helps the other to be known, of the same they ask
#: the same people. Source: the house's choice.
ALONE, TOGETHER, SAME_FORM = 0.75, 1.0, 0.25
#: Of equity what a municipality without a residency this year has; the rest by its performances per inhabitant.
#: Source: the house's choice.
NO_RESIDENCY = 0.7


@dataclass(frozen=True)
class Part:
    """One part of a fit: what can be said, its value from 0 to 1, its weight, and why.

    Attributes:
        ask: what to ask the host so that it is known.
        mend: what would make it fit.
    """

    verdict: Verdict
    value: float
    weight: int
    reason: str
    ask: tuple[str, ...] = ()
    mend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lodging:
    """Where one would live: in the dwelling, or without it in the town's beds."""

    verdict: Verdict
    value: float
    home: Home | None = None


def lodging_of(option: Option) -> Lodging:
    """The best there is: what is known to fit before what may, then the nearest dwelling, a dwelling before the town.

    Of two that are as near the house's own, then the one with fewest beds too many.
    """
    nights = option.period.nights
    homes = [(home, home_verdict(home, option.people, nights)) for home in option.homes]
    found = [Lodging(verdict, _home_value(home, verdict), home) for home, verdict in homes]
    found.append(_town(option, nights))
    return max(found, key=lambda one: _preference(one, option.people))


def home_verdict(home: Home, people: int, nights: Sequence[date]) -> Verdict:
    """Whether so many can live in the dwelling on these nights."""
    told = [known for _label, known in home.facts]
    if home.beds < people or home.taken & frozenset(nights) or False in told:
        return NO
    return UNKNOWN if None in told else YES


def _home_value(home: Home, verdict: Verdict) -> float:
    if verdict == YES:
        return 1 - (1 - FAR_DWELLING) * min(home.drive_min / NEAR_MIN, 1)
    return UNKNOWN_BEDS if verdict == UNKNOWN else 0.0


def _town(option: Option, nights: Sequence[date]) -> Lodging:
    """Hotels and the like: nobody has said whether their way in is step-free."""
    if option.town_beds is False or (option.town_beds and option.full & frozenset(nights)):
        return Lodging(NO, 0.0)
    if option.town_beds is None or option.needs_step_free:
        return Lodging(UNKNOWN, UNKNOWN_BEDS)
    return Lodging(YES, TOWN_BEDS)


#: The three answers from the worst to the best.
ORDER = (NO, UNKNOWN, YES)


def _preference(one: Lodging, people: int) -> tuple[int, float, bool, bool, int, int]:
    home = one.home
    if home is None:
        return ORDER.index(one.verdict), one.value, False, False, 0, 0
    return ORDER.index(one.verdict), one.value, True, home.is_own, -abs(home.beds - people), -home.dwelling


# -- The parts ---------------------------------------


def _room(option: Option) -> Part:
    verdict, lines = verdict_of(option.lines), option.lines
    fitting = sum(line.verdict == YES for line in lines)
    value = 0.0 if verdict == NO else fitting / len(lines) if lines else 1.0
    ask = tuple(words.ask_line(line) for line in lines if line.verdict == UNKNOWN)
    return _part("room", verdict, value, words.room(lines, fitting), ask=ask)


def _free(option: Option) -> Part:
    days = frozenset(option.period.days)
    lost, busy = (option.taken | option.closed) & days, option.busy & days
    free = (len(days) - len(lost)) / len(days)
    if lost:
        reason = words.not_free(sorted(option.taken & days), sorted((option.closed - option.taken) & days))
        run = longest_run(option.period, lost)
        return _part("free", NO, free * NEUTRAL, reason, mend=(words.free_run(*run),) if run else ())
    if busy:
        ask = (words.ask_busy(sorted(busy)),)
        return _part("free", UNKNOWN, NEUTRAL, words.busy(sorted(busy)), ask=ask)
    return _part("free", YES, 1.0, words.free())


def longest_run(period: Period, lost: frozenset[date]) -> tuple[date, date] | None:
    """The first and last of the most days in a row on which nothing is in the way; None where there is none."""
    runs: list[list[date]] = [[]]
    for day in period.days:
        if day in lost:
            runs.append([])
        else:
            runs[-1].append(day)
    best = max(runs, key=len)
    return (best[0], best[-1]) if best else None


def _beds(option: Option) -> Part:
    found = lodging_of(option)
    home, nights = found.home, frozenset(option.period.nights)
    if home is None:
        reason = words.town(found.verdict, option.room.place_name, sorted(option.full & nights))
        where = (words.ask_beds(option.room.place_name),) if found.verdict == UNKNOWN else ()
        return _part("beds", found.verdict, found.value, reason, ask=where)
    unknown = [label for label, known in home.facts if known is None]
    missing = [label for label, known in home.facts if known is False]
    taken = sorted(home.taken & nights)
    reason = words.dwelling(home.name, home.beds, home.drive_min, option.people, missing, taken, unknown)
    ask = tuple(words.ask_dwelling(home.name, label) for label in unknown)
    return _part("beds", found.verdict, found.value, reason, ask=ask)


def _access(option: Option) -> Part | None:
    if not option.needs_step_free:
        return None
    known = option.step_free
    verdict = UNKNOWN if known is None else YES if known else NO
    ask = (words.ask_step_free(),) if known is None else ()
    value = {YES: 1.0, UNKNOWN: NEUTRAL, NO: 0.0}[verdict]
    return _part("access", verdict, value, words.step_free(known), ask=ask)


def _wish(option: Option) -> Part | None:
    wished = option.wished
    told = [
        _ranked(rank, count)
        for rank, count in ((wished.place_rank, wished.places), (wished.period_rank, wished.periods))
        if count
    ]
    if not told:
        return None
    value = sum(told) / len(told)
    return _soft(
        "wish", value, words.wish(wished.places, wished.place_rank, wished.periods, wished.period_rank)
    )


def _ranked(rank: int | None, count: int) -> float:
    """1 for the first, down to a half for the last of them; 0 for what was not wished."""
    return 0.0 if rank is None else 1 - (rank - 1) / max(count, rank) / 2


def _school_days(option: Option) -> Part:
    told, name = option.school_days, option.room.municipality_name
    if not told.is_known:
        return _part("school_days", UNKNOWN, NEUTRAL, words.school_unknown(name))
    if not told.weekdays:
        return _part("school_days", NO, 0.0, words.no_weekdays())
    return _soft(
        "school_days", told.school / told.weekdays, words.school_days(told.school, told.weekdays, told.why)
    )


def _schools(option: Option) -> Part:
    lacking = option.lacking
    if not lacking.is_known:
        return _part("schools", UNKNOWN, NEUTRAL, words.pupils_unknown())
    value = lacking.counted / lacking.most if lacking.most else 0.0
    reason = words.lacking(lacking.schools, sum(lacking.rings), lacking.rings[0])
    # Beside the best any pupil who has met nothing speaks for the place.
    return _part("schools", YES if lacking.counted else NO, value, reason)


def _equity(option: Option) -> Part:
    had = option.had
    if had.rate is None:
        by_shows = NEUTRAL
    else:
        by_shows = 1 - had.rate / max(had.most, had.rate) if had.most else 1.0
    value = NO_RESIDENCY * (not had.residencies) + (1 - NO_RESIDENCY) * by_shows
    reason = words.equity(option.room.municipality_name, had.residencies, had.rate)
    return _soft("equity", value, reason)


def _events(option: Option) -> Part:
    same = [event for event in option.events if event.is_same_form]
    value = SAME_FORM if same else TOGETHER if option.events else ALONE
    named = [(event.title, event.on) for event in same or option.events]
    return _soft("events", value, words.events(option.room.place_name, named, is_same_form=bool(same)))


def _travel(option: Option) -> Part:
    if not option.home:
        return _part("travel", UNKNOWN, NEUTRAL, words.home_unknown())
    if option.drive_min is None:
        return _part("travel", NO, 0.0, words.no_road(option.home))
    value = max(0.0, 1 - option.drive_min / FAR_MIN)
    return _soft("travel", value, words.travel(option.home, option.drive_min))


def _part(
    name: str,
    verdict: Verdict,
    value: float,
    reason: str,
    *,
    ask: tuple[str, ...] = (),
    mend: tuple[str, ...] = (),
) -> Part:
    return Part(verdict, value, WEIGHTS[name], reason, ask, mend)


def _soft(name: str, value: float, reason: str) -> Part:
    """A part that is only more or less: from the middle on it speaks for the place."""
    return _part(name, YES if value >= NEUTRAL else NO, value, reason)


#: The parts in the order in which they are shown; one that nobody asks for is None.
PARTS: Mapping[str, Callable[[Option], Part | None]] = {
    "room": _room,
    "free": _free,
    "beds": _beds,
    "access": _access,
    "wish": _wish,
    "school_days": _school_days,
    "schools": _schools,
    "equity": _equity,
    "events": _events,
    "travel": _travel,
}
