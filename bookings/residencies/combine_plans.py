"""Days of a residency on which its artists go to schools near by: who is met when, on which roads, and in what order.

Values in, values out. A day has few sessions and ends where one sleeps; no class is met twice; the days that meet most
pupils who have met nothing for the time that they take come first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tours.windows import rounded_up

#: Sessions of a day at the most. Source: two visits a day are the rule of Dans for Børn (dansforborn.dk).
SESSIONS_MAX = 2
#: When one leaves the dwelling at the earliest and is back at the latest, in minutes of the day: 7.00 and 17.00.
#: Source: the house's choice.
LEAVES_FROM, BACK_BY = 7 * 60, 17 * 60
#: Between two sessions of the same kind at the same school. Source: the house's choice, a school's break.
PAUSE_MIN = 15
#: What a day out takes of the work beside its road and sessions. Source: the house's choice: to leave and to come back.
DAY_OUT_MIN = 60

#: When a session may start on a day: minutes, both included.
Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Offer:
    """What can be done at a school.

    Attributes:
        production: id of what is played; None for a workshop with one class.
        before_min, after_min: of setting up and packing, beside the session itself.
        most: heads that one session takes; None: one class, however large.
        between_min: from the end of a session to the next at the same school.
    """

    key: str
    title: str
    minutes: int
    before_min: int = 0
    after_min: int = 0
    most: int | None = None
    between_min: int = PAUSE_MIN
    production: int | None = None


@dataclass(frozen=True)
class Class:
    """A group that has met nothing this school year.

    Attributes:
        heads: pupils and adults.
        windows: by offer and day, when a session may start.
    """

    group: int
    name: str
    grade: str
    pupils: int
    heads: int
    windows: Mapping[tuple[str, date], Windows]


@dataclass(frozen=True)
class NearSchool:
    """A school that can be reached, with its classes that have met nothing.

    Attributes:
        is_invited: whether its classes can come to a sub-event: those of the municipality where the residency is.
        warnings: what holds for all of its sessions.
        offer_warnings: by offer what is not known of it there.
    """

    school: int
    name: str
    classes: tuple[Class, ...]
    is_invited: bool = True
    warnings: tuple[str, ...] = ()
    offer_warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Session:
    """A meeting: what, with whom, and from when to when in minutes of the day."""

    offer: Offer
    school: NearSchool
    classes: tuple[Class, ...]
    start_min: int

    @property
    def end_min(self) -> int:
        """When it is over."""
        return self.start_min + self.offer.minutes

    @property
    def pupils(self) -> int:
        """Those who are met."""
        return sum(one.pupils for one in self.classes)


@dataclass(frozen=True)
class DayPlan:
    """A day out.

    Attributes:
        leaves_min, back_min: where one sleeps, in minutes of the day.
        legs: minutes of each drive, in order; the last is the way back.
    """

    day: date
    sessions: tuple[Session, ...]
    legs: tuple[int, ...]
    leaves_min: int
    back_min: int

    @property
    def pupils(self) -> int:
        """Pupils who have met nothing this year, and would."""
        return sum(session.pupils for session in self.sessions)

    @property
    def road_min(self) -> int:
        """Minutes on the road."""
        return sum(self.legs)

    @property
    def groups(self) -> frozenset[int]:
        """Ids of those who are met."""
        return frozenset(one.group for session in self.sessions for one in session.classes)

    @property
    def schools(self) -> list[NearSchool]:
        """Where one goes, in order, each once."""
        return list({session.school.school: session.school for session in self.sessions}.values())

    @property
    def warnings(self) -> list[str]:
        """What to know before anybody is asked."""
        found = [
            text
            for session in self.sessions
            for text in (*session.school.warnings, *session.school.offer_warnings.get(session.offer.key, ()))
        ]
        return list(dict.fromkeys(found))

    @property
    def rate(self) -> float:
        """Pupils for each hour that the day takes: what days are ranked by."""
        return self.pupils * 60 / (DAY_OUT_MIN + self.back_min - self.leaves_min)


@dataclass(frozen=True)
class Ground:
    """Where one could go.

    Attributes:
        drives: minutes between two schools by ids, and from and to where one sleeps as 0.
        sessions_max: of a day.
    """

    days: tuple[date, ...]
    offers: tuple[Offer, ...]
    schools: tuple[NearSchool, ...]
    drives: Mapping[tuple[int, int], int]
    sessions_max: int = SESSIONS_MAX


#: Where one sleeps, among the ids of schools.
BASE = 0


def proposals(ground: Ground) -> list[DayPlan]:
    """Days out, best first: each day once, no class twice, so that all of them can be done together.

    The best day of all is taken, then the best of what is left. Equal ones by day.
    """
    found: list[DayPlan] = []
    met: set[int] = set()
    best = {day: best_of(ground, day, met) for day in ground.days}
    while known := [plan for plan in best.values() if plan]:
        plan = min(known, key=order)
        found.append(plan)
        met |= plan.groups
        del best[plan.day]
        for day, other in best.items():
            if other and other.groups & met:
                best[day] = best_of(ground, day, met)
    return found


def best_of(ground: Ground, day: date, met: Collection[int]) -> DayPlan | None:
    """The best day out on that day with those who are not met yet; None where nobody can be."""
    return min(_plans(ground, day, met), key=order, default=None)


def order(plan: DayPlan) -> tuple[float, int, date, tuple[str, ...]]:
    """What days out are sorted by: most pupils for their time, then the shortest road, then the day."""
    return -plan.rate, plan.road_min, plan.day, tuple(school.name for school in plan.schools)


Stop = tuple[Offer, NearSchool, tuple[Class, ...]]


def _plans(ground: Ground, day: date, met: Collection[int]) -> Iterator[DayPlan]:
    stops = list(_stops(ground, day, met))
    chains: list[tuple[Stop, ...]] = [(stop,) for stop in stops]
    for count in range(1, ground.sessions_max + 1):
        yield from filter(None, (timed(ground, day, chain) for chain in chains))
        if count < ground.sessions_max:
            chains = [(*chain, stop) for chain in chains for stop in stops if _is_new(chain, stop)]


def _is_new(chain: Sequence[Stop], stop: Stop) -> bool:
    seen = {one.group for _offer, _school, classes in chain for one in classes}
    return not any(one.group in seen for one in stop[2])


def _stops(ground: Ground, day: date, met: Collection[int]) -> Iterator[Stop]:
    """Every session that could be held on the day: a class, or as many classes as a show takes."""
    for school in ground.schools:
        for offer in ground.offers:
            free = [one for one in school.classes if one.group not in met and _can_come(one, offer, day)]
            for classes in _bundles(offer, free, ground.sessions_max):
                yield offer, school, classes


def _can_come(one: Class, offer: Offer, day: date) -> bool:
    is_small_enough = offer.most is None or one.heads <= offer.most
    return is_small_enough and bool(one.windows.get((offer.key, day)))


def _bundles(offer: Offer, free: Sequence[Class], count: int) -> Iterator[tuple[Class, ...]]:
    """The largest classes alone, or full shows of them; as many as a day may have."""
    left = sorted(free, key=lambda one: (-one.pupils, one.group))
    for _more in range(count):
        if not left:
            return
        taken, heads = [left[0]], left[0].heads
        for one in left[1:] if offer.most is not None else ():
            if offer.most is not None and heads + one.heads <= offer.most:
                taken.append(one)
                heads += one.heads
        yield tuple(taken)
        left = [one for one in left if one not in taken]


def timed(ground: Ground, day: date, chain: Sequence[Stop]) -> DayPlan | None:
    """The chain as early as it can be; None where it can not be done on that day.

    The earliest start of each leaves the most room for the next, so no other timing does what this one can not.
    """
    here, free_from = BASE, LEAVES_FROM
    legs: list[int] = []
    sessions: list[Session] = []
    leaves = 0
    for offer, school, classes in chain:
        drive = ground.drives.get((here, school.school))
        if drive is None:
            return None
        is_again = bool(sessions) and here == school.school and sessions[-1].offer == offer
        ready = sessions[-1].end_min + offer.between_min if is_again else free_from + drive + offer.before_min
        start = earliest(_common(classes, offer, day), ready)
        if start is None:
            return None
        leaves = leaves if sessions else start - offer.before_min - drive
        if not is_again:
            legs.append(drive)
        sessions.append(Session(offer, school, classes, start))
        here, free_from = school.school, start + offer.minutes + offer.after_min
    home = ground.drives.get((here, BASE))
    if home is None or free_from + home > BACK_BY:
        return None
    return DayPlan(day, tuple(sessions), (*legs, home), leaves, free_from + home)


def earliest(windows: Iterable[tuple[int, int]], ready: int) -> int | None:
    """The first even minute from `ready` on in one of the windows, which are in order."""
    for low, high in windows:
        start = rounded_up(max(low, ready))
        if start <= high:
            return start
    return None


def _common(classes: Sequence[Class], offer: Offer, day: date) -> list[tuple[int, int]]:
    """When all of them can."""
    found: list[tuple[int, int]] = list(classes[0].windows.get((offer.key, day), ()))
    for one in classes[1:]:
        others = one.windows.get((offer.key, day), ())
        found = [
            (max(low, other_low), min(high, other_high))
            for low, high in found
            for other_low, other_high in others
            if max(low, other_low) <= min(high, other_high)
        ]
    return found
