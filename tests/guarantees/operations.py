"""Mixed operations on few venues and ensembles, by several threads at once, and what must be so afterwards."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from django.db import connection

from bookings import holds, lifecycle, lines, slots
from bookings.models import Allocation, Booking, BookingChange
from bookings.models.booking import LIVE
from bookings.states import ACTIONS
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT
from tests.bookings.rivals import Rival, make_rival
from tests.world import World
from tours.errors import TurneError
from tours.models import Shared, Wish

RIVALS, VENUES, DAYS = 4, 3, 2
Wanted = tuple[Rival, Wish]
#: Steps that stand in the history beside those of the table of states.
BESIDE = {"hold", "move_up", "challenged", "unchallenge", "report", "not_played", "costs", "invoice"}


@dataclass
class Outcome:
    """What came of so many operations."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def count(self) -> int:
        return self.done.total() + self.refused.total() + self.broken.total()


def crossing(world: World) -> list[Wanted]:
    """Each rival's wishes for the same few venues: lines of the same ensembles cross."""
    venues = [world.neighbour_venue, world.school_venue][: VENUES - 1]
    rivals = [make_rival(world, f"Hus{number}") for number in range(RIVALS)]
    _share(rivals)
    found = [(rival, rival.wish) for rival in rivals]
    for number, rival in enumerate(rivals):
        for place, venue in enumerate(venues, start=1):
            wish = make.WishFactory(
                season=world.season,
                production=rival.tour.production,
                organisation=venue.organisation,
                venue=venue,
                rank=10 * place + number,
                created_by=world.presenter,
            )
            found.append((rival, wish))
    return found


def _share(rivals: list[Rival]) -> None:
    """The first two need one person, the last two one vehicle, though they are of different houses."""
    ensembles = [rival.tour.production.ensemble for rival in rivals]
    for kind, both in ((Shared.Kind.PERSON, ensembles[:2]), (Shared.Kind.VEHICLE, ensembles[-2:])):
        Shared.objects.create(producer=both[0].producer, kind=kind, name="one").ensembles.set(both)


def run(wanted: list[Wanted], *, count: int, threads: int, seed: int) -> Outcome:
    """Do so many operations by so many threads at once, each as its producer or presenter may."""
    outcome, began = Outcome(), time.monotonic()
    share = [count // threads + (number < count % threads) for number in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        for found in pool.map(
            lambda n: _stroll(wanted, share[n], random.Random(f"{seed} {n}")), range(threads)
        ):
            outcome.done += found.done
            outcome.refused += found.refused
            outcome.broken += found.broken
    outcome.seconds = time.monotonic() - began
    return outcome


def _stroll(wanted: list[Wanted], steps: int, choice: random.Random) -> Outcome:
    found = Outcome()
    try:
        for _step in range(steps):
            name = "look"
            try:
                name, step = choice.choice(_steps_of(*choice.choice(wanted), choice))
                step()
                found.done[name] += 1
            except TurneError:
                found.refused[name] += 1
            except Exception as error:  # a deadlock, a broken constraint: whatever is no refusal
                found.broken[f"{name}: {error!r}"] += 1
    finally:
        connection.close()
    return found


def _steps_of(rival: Rival, wish: Wish, choice: random.Random) -> list[tuple[str, Callable[[], Any]]]:
    """What its producer, its presenter or the clock may try about the wish now."""
    starts_at = SHOW_AT + choice.randrange(DAYS) * DAY
    mine = Booking.objects.live().filter(wish=wish).first()
    who: dict[str, Any] = {"by": rival.producer, "now": NOW}
    if mine is None:
        rank = choice.choice([None, None, 1])
        new = {"tour": rival.tour, "wish": wish, "starts_at": starts_at, "rank": rank}
        return [("hold", partial(lifecycle.hold, **new, **who))]
    why = {**who, "reason": "Illness"}
    named: list[tuple[str, Callable[[], Any]]] = [
        ("offer", partial(lifecycle.offer, mine, **who)),
        ("confirm", partial(lifecycle.confirm, mine, **who)),
        ("promote", partial(holds.promote, mine, **who)),
        ("challenge", partial(holds.challenge, mine, **who)),
        ("extend", partial(holds.extend, mine, **who, expires_at=NOW + 20 * DAY)),
        ("move", partial(lifecycle.move, mine, starts_at=starts_at, **who)),
        ("release", partial(lifecycle.release, mine, **who)),
        ("withdraw", partial(lifecycle.withdraw, mine, **who)),
        ("decline", partial(lifecycle.decline, mine, **why)),
        ("cancel", partial(lifecycle.cancel, mine, **why)),
        ("expire", partial(lifecycle.expire_due, NOW)),
    ]
    return named


# -- What must be so ------------------------------------------------------------------------------------------


def wrong() -> list[str]:
    """Everything that no race may lead to; empty where all promises are kept."""
    return [*overlaps(), *first_twice(), *misplaced(), *gaps_in_history()]


def overlaps() -> Iterator[str]:
    """Reservations of one thing that overlap; looked up by hand, not by the database's guard."""
    for kind in ("venue", "ensemble", "shared"):
        rows = Allocation.objects.filter(is_blocking=True, **{f"{kind}__isnull": False})
        for one, other in pairwise(rows.order_by(kind, "occupied_from")):
            if (
                getattr(one, f"{kind}_id") == getattr(other, f"{kind}_id")
                and other.occupied_from < one.occupied_to
            ):
                yield f"{one} overlaps {other}"


def first_twice() -> Iterator[str]:
    """First options, offers of them or confirmed visits that want the same at the same time."""
    found = [(b, slots.slot_of(b)) for b in Booking.objects.reserving().with_ground()]
    for number, (one, slot) in enumerate(found):
        for other, taken in found[number + 1 :]:
            if slots.collide(slot, taken):
                yield f"{one} and {other} are both first"


def misplaced() -> Iterator[str]:
    """Lines with a gap or a place twice; first options without their slot, further ones with one."""
    for booking in Booking.objects.filter(status__in=LIVE).with_ground():
        waiting = sorted(b.hold_rank for b in lines.line_of(slots.slot_of(booking)) if b.hold_rank > 1)
        if waiting != list(range(2, 2 + len(waiting))):
            yield f"{booking}: {waiting}"
        blocking = booking.allocations.filter(is_blocking=True).count()
        needed = 2 + booking.tour.production.ensemble.shared.count()
        if blocking != (needed if booking.hold_rank == 1 else 0):
            yield f"{booking}: {blocking} reservations as option {booking.hold_rank}"
    for booking in Booking.objects.exclude(status__in=LIVE):
        if booking.allocations.filter(is_blocking=True).exists():
            yield f"{booking} has ended and reserves"


def gaps_in_history() -> Iterator[str]:
    """Histories that do not lead from nothing to the state that stands, each line from where the last one ended."""
    for booking in Booking.objects.prefetch_related("changes"):
        changes: list[BookingChange] = sorted(booking.changes.all(), key=lambda change: change.pk)
        states = ["", *(change.to_status for change in changes)]
        if [change.from_status for change in changes] != states[:-1] or states[-1] != booking.status:
            yield f"{booking}: {[(c.action, c.from_status, c.to_status) for c in changes]} and is {booking.status}"
        if strange := {change.action for change in changes} - set(ACTIONS) - BESIDE:
            yield f"{booking}: {strange}"
        if booking.version != 1 + len([c for c in changes if c.action != "hold"]):
            yield f"{booking}: version {booking.version} after {len(changes)} changes"
