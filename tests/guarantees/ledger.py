"""The life of bookings in plain Python: what should become of visits in one venue, without a database.

Written from docs/agreements.md, not from the verbs. Each house has an ensemble of its own and one wish, so it has at
most one visit that lives; all want the same hours, so a day is a slot.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
HOLD_DAYS, ANSWER_DAYS, CHALLENGE = 30, 14, timedelta(hours=48)
LIVE = {"held", "offered", "confirmed"}


class No(Exception):
    """The rules do not allow it."""


def evening(day: date) -> datetime:
    """The last minute of a local day."""
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZONE)


def local(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


@dataclass(eq=False)
class Visit:
    """What is known of one visit."""

    number: int
    house: int
    get_in: datetime
    get_out: datetime
    status: str = "held"
    rank: int = 1
    until: datetime | None = None
    answer_by: datetime | None = None
    asked_by: "Visit | None" = None
    asked_until: datetime | None = None

    @property
    def lives(self) -> bool:
        return self.status in LIVE

    @property
    def waits(self) -> bool:
        return self.status in {"held", "offered"} and self.rank > 1

    def has_run_out(self, now: datetime) -> bool:
        """Whether its answer date, its hold or its get-in has passed."""
        end = self.answer_by if self.status == "offered" else self.until
        return self.status != "confirmed" and (self.get_in <= now or (end is not None and end <= now))

    def has_missed_challenge(self, now: datetime) -> bool:
        return self.status == "held" and self.asked_until is not None and self.asked_until <= now

    def forget(self) -> None:
        self.asked_by = self.asked_until = None


@dataclass
class Ledger:
    """All visits, and the moment."""

    now: datetime
    visits: list[Visit] = field(default_factory=list)

    # -- What is asked ---------------------------------------

    def of(self, house: int) -> Visit:
        """The house's visit that lives."""
        found = [visit for visit in self.visits if visit.house == house and visit.lives]
        return found[0] if found else self._no()

    def line(self, like: Visit) -> list[Visit]:
        """Whoever lives on the day, by rank."""
        day = [visit for visit in self.visits if visit.lives and visit.get_in == like.get_in]
        return sorted(day, key=lambda visit: (visit.rank, visit.number))

    def first(self, like: Visit) -> Visit | None:
        """Who else has the slot."""
        return next((v for v in self.line(like) if v.rank == 1 and v is not like), None)

    def waiting(self, like: Visit) -> list[Visit]:
        return [visit for visit in self.line(like) if visit.waits and visit is not like]

    # -- What a house may do ---------------------------------------

    def hold(self, house: int, get_in: datetime, get_out: datetime) -> None:
        if any(visit.house == house and visit.lives for visit in self.visits):
            self._no()
        visit = Visit(len(self.visits), house, get_in, get_out)
        visit.rank = self._place(visit)
        visit.until = self._default_end(visit)
        self.visits.append(visit)

    def offer(self, house: int) -> None:
        visit = self._kept(house, "held")
        last = evening(local(visit.get_in) - timedelta(days=1))
        last = last if last > self.now else visit.get_in
        visit.answer_by = min(evening(local(self.now) + timedelta(days=ANSWER_DAYS)), last)
        visit.status = "offered"
        visit.forget()

    def confirm(self, house: int) -> None:
        visit = self._kept(house, "held", "offered")
        if self.first(visit):
            self._no()
        visit.status, visit.rank = "confirmed", 1
        visit.forget()
        self._lift(visit)
        self._close_up(visit)

    def decline(self, house: int) -> None:
        self._end(self._in(house, "offered"), "declined")

    def withdraw(self, house: int) -> None:
        self._end(self._in(house, "offered"), "withdrawn")

    def release(self, house: int) -> None:
        self._end(self._in(house, "held"), "released")

    def cancel(self, house: int) -> None:
        visit = self._in(house, "confirmed")
        if visit.get_out <= self.now:
            self._no()
        self._end(visit, "cancelled")

    def extend(self, house: int, until: datetime) -> None:
        visit = self._kept(house, "held")
        visit.until = min(until, visit.get_in)

    def promote(self, house: int) -> None:
        visit = self._further(house)
        if self.first(visit):
            self._no()
        self._take_first(visit)

    def challenge(self, house: int) -> None:
        visit = self._further(house)
        first = self.first(visit)
        if first is None or first.status != "held" or first.asked_by:
            self._no()
        if any(other.rank < visit.rank for other in self.waiting(visit)):
            self._no()
        assert first is not None
        first.asked_by, first.asked_until = visit, min(self.now + CHALLENGE, first.get_in)

    def move(self, house: int, get_in: datetime, get_out: datetime) -> None:
        visit = self._in(house, "held")
        if visit.has_missed_challenge(self.now) or (visit.until and visit.until <= self.now):
            self._no()
        if visit.get_in == get_in:
            return
        left = Visit(-1, house, visit.get_in, visit.get_out, rank=visit.rank)
        there = Visit(-1, house, get_in, get_out)
        if visit.rank == 1 and self.first(there):
            self._no()
        rank = 1 if visit.rank == 1 else self._place(there)
        visit.get_in, visit.get_out, visit.rank = get_in, get_out, rank
        visit.until = min(visit.until or get_in, get_in)
        if visit.asked_by and visit.asked_by.get_in != get_in:
            visit.forget()
        self._leave(visit, left)

    def pass_time(self, by: timedelta) -> None:
        """The clock goes on, and what has run out lapses, in the order in which it came."""
        self.now += by
        due = [v for v in self.visits if v.lives and (self._lapses(v) or v.has_missed_challenge(self.now))]
        for visit in due:
            if visit.lives and self._lapses(visit):
                self._end(visit, "expired")
            elif visit.has_missed_challenge(self.now):
                self._end(visit, "released")

    # -- How it is done ---------------------------------------

    def _no(self) -> "Visit":
        raise No

    def _in(self, house: int, *states: str) -> Visit:
        visit = self.of(house)
        return visit if visit.status in states else self._no()

    def _kept(self, house: int, *states: str) -> Visit:
        """In one of the states, and nothing has run out."""
        visit = self._in(house, *states)
        late = visit.has_run_out(self.now) or visit.has_missed_challenge(self.now)
        return self._no() if late else visit

    def _further(self, house: int) -> Visit:
        visit = self._in(house, "held", "offered")
        return self._no() if visit.rank == 1 or visit.has_run_out(self.now) else visit

    def _lapses(self, visit: Visit) -> bool:
        end = {"offered": visit.answer_by, "held": visit.until}.get(visit.status)
        return end is not None and end <= self.now

    def _default_end(self, visit: Visit) -> datetime:
        return min(evening(local(self.now) + timedelta(days=HOLD_DAYS)), visit.get_in)

    def _place(self, visit: Visit) -> int:
        line = [other for other in self.line(visit) if other is not visit]
        return max([2, *(other.rank + 1 for other in line)]) if line else 1

    def _end(self, visit: Visit, status: str) -> None:
        left = Visit(-1, visit.house, visit.get_in, visit.get_out, rank=visit.rank)
        visit.forget()
        visit.status = status
        self._leave(visit, left)

    def _leave(self, visit: Visit, left: Visit) -> None:
        self._lift(visit)
        if left.rank > 1:
            self._close_up(left)
            return
        for other in self.waiting(left):
            if not other.has_run_out(self.now) and self.first(other) is None:
                self._take_first(other)

    def _take_first(self, visit: Visit) -> None:
        visit.rank = 1
        if visit.status == "held":
            visit.until = min(max(visit.until or self.now, self._default_end(visit)), visit.get_in)
        self._close_up(visit)
        self._lift(visit)

    def _close_up(self, like: Visit) -> None:
        waiting = [visit for visit in self.line(like) if visit.rank > 1]
        for rank, visit in enumerate(waiting, start=2):
            visit.rank = rank

    def _lift(self, visit: Visit) -> None:
        """What is not in its way any more is not asked for by it either."""
        for other in self.visits:
            in_its_way = other is self.first(visit) and visit.waits
            if other.asked_by is visit and not in_its_way:
                other.forget()
