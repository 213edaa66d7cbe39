"""A visit's checklist as it stands: its items, the needs that the room does not meet, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from bookings.models import Booking, Checklist, ChecklistItem
from bookings.models.advancing import Phase, Who
from tours.questions import fact_of
from tours.rooms import RiderLine, Verdict, room_check

State = ChecklistItem.State
#: What stands before a line's key in the key of its item.
ROOM = "room-"
#: By when a need of the room is settled. Source: the trade advances three to four weeks out
#: (callboard.fm/templates/show-advance-checklist).
ROOM_DUE_DAYS = -21
#: Nothing is due sooner than so long after its list was made, unless the visit is (the house's choice).
GRACE = timedelta(days=7)
_LAST = 1000


@dataclass(frozen=True)
class Entry:
    """An item of the list with the day by which it is due; `line` is what the room check says of it now."""

    item: ChecklistItem
    due_on: date
    line: RiderLine | None = None

    @property
    def is_of_room(self) -> bool:
        """Whether it is a need of the production that the room did not meet, or nobody knew."""
        return bool(self.item.rider_line)

    @property
    def is_met(self) -> bool:
        """Whether the room meets the need by now, or the production has it no more."""
        return self.is_of_room and (self.line is None or self.line.verdict == Verdict.FITS)

    @property
    def is_settled(self) -> bool:
        """Done, not applicable, or met by a fact of the room."""
        return self.item.state != State.OPEN or self.is_met

    @property
    def text(self) -> str:
        """What is to be settled, in the active language; of a need what is asked and what the room has."""
        return self.line.text if self.line else self.item.text

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is still open."""
        return not self.is_settled and self.due_on < today


@dataclass(frozen=True)
class Progress:
    """So many of so many are settled."""

    settled: int
    total: int

    @property
    def is_all(self) -> bool:
        """Whether there was something to settle, and all of it is."""
        return 0 < self.total == self.settled


def list_of(booking: Booking) -> Checklist | None:
    """The visit's list; None where none has been made."""
    return getattr(booking, "checklist", None)


def entries(booking: Booking, now: datetime) -> list[Entry]:
    """Every item in the order of the list; nothing where none has been made.

    A need of the room that was not there when the list was made comes with it until the visit begins, unstored and
    with version 0. With `Bookings.with_ground()` this asks the database for nothing.
    """
    checklist = list_of(booking)
    if checklist is None:
        return []
    lines = {line.key: line for line in room_lines(booking)}
    items = list(checklist.items.all())
    known = {item.rider_line for item in items}
    if booking.occupied_from > now:
        unmet = [line for line in lines.values() if line.verdict != Verdict.FITS and line.key not in known]
        items += [room_item(checklist, line, {}, 0) for line in unmet]
    items.sort(key=lambda item: (Phase.values.index(item.phase), item.position))
    made_on, day = (timezone.localdate(at) for at in (checklist.made_at, booking.occupied_from))
    return [Entry(item, _due_on(item, day, made_on), lines.get(item.rider_line)) for item in items]


def _due_on(item: ChecklistItem, day: date, made_on: date) -> date:
    return max(day + timedelta(days=item.due_days), min(made_on + GRACE, day))


def progress(found: Iterable[Entry], phase: str = Phase.BEFORE) -> Progress:
    """How many of the phase's items are settled."""
    of_phase = [entry for entry in found if entry.item.phase == phase]
    return Progress(sum(entry.is_settled for entry in of_phase), len(of_phase))


def is_advanced(booking: Booking, now: datetime) -> bool:
    """Whether all that is to be settled before the visit is, needs of the room included."""
    return progress(entries(booking, now)).is_all


def due_for(booking: Booking, side: str, now: datetime, *, ahead: timedelta = timedelta()) -> list[Entry]:
    """What a side (or both) has left to settle before the visit and whose day has come, or comes within `ahead`."""
    last = timezone.localdate(now + ahead)
    return [
        entry
        for entry in entries(booking, now)
        if entry.item.phase == Phase.BEFORE
        and not entry.is_settled
        and entry.due_on <= last
        and entry.item.who in (side, Who.BOTH)
    ]


def room_lines(booking: Booking) -> list[RiderLine]:
    """What the production needs of the visit's room, in the active language."""
    production = booking.tour.production
    return room_check(production.rider, production, booking.venue, audience=booking.audience_expected)


def solved_lines(booking: Booking) -> dict[str, str]:
    """The needs of the room that it does not meet and both sides have settled all the same: line -> how."""
    checklist = list_of(booking)
    unmet = {line.key for line in room_lines(booking) if line.verdict != Verdict.FITS}
    return {
        item.rider_line: item.note
        for item in (checklist.items.all() if checklist else ())
        if item.rider_line in unmet and item.state != State.OPEN
    }


def room_item(checklist: Checklist, line: RiderLine, words: dict[str, str], version: int) -> ChecklistItem:
    """The item for a need that is not met or not known, not saved. What is unknown is asked of the presenter."""
    return ChecklistItem(
        checklist=checklist,
        key=f"{ROOM}{line.key}",
        phase=Phase.BEFORE,
        position=_LAST,
        words=words,
        who=Who.PRESENTER if line.verdict == Verdict.UNKNOWN else Who.BOTH,
        due_days=ROOM_DUE_DAYS,
        rider_line=line.key,
        version=version,
    )


def room_words(booking: Booking) -> dict[str, dict[str, str]]:
    """Line -> language -> what is asked and what the room has, in every language of the house."""
    found: dict[str, dict[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for line in room_lines(booking):
                found.setdefault(line.key, {})[language] = line.text
    return found


def fact_asked(booking: Booking, entry: Entry) -> str:
    """The name of the venue's fact that would answer an unknown need; empty where there is none to ask for."""
    if entry.line is None or entry.line.verdict != Verdict.UNKNOWN:
        return ""
    return fact_of(booking.tour.production.rider, entry.line.key)
