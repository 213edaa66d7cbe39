"""A calendar's file in, its busy times out: in a process of its own, so that no file can take the house down."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from venues.incoming import limits
from venues.incoming.errors import SENTENCES, CalendarError
from venues.incoming.fetching import LIMITS

#: From when until when busy times are kept. Source: the house's contract, docs/calendars-in.md; feeds out reach as far.
BEFORE = timedelta(days=1)
AHEAD = timedelta(days=548)
#: On a machine that is busy with other things five seconds of the processor take longer. Source: the house's choice.
WALL_S = 20
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; cpu, memory, root, order = sys.argv[1:]; sys.path.insert(0, root); "
    "from venues.incoming.limits import hold_back; hold_back(int(cpu), int(memory)); "
    "from venues.incoming.child import main; main([order])"
)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Busy:
    """A half-open time in which somebody is busy, in UTC, and a hash of the event's name."""

    starts_at: datetime
    ends_at: datetime
    uid_hash: str


@dataclass(frozen=True)
class Reading:
    """What a calendar says.

    Attributes:
        busy: by start; they may overlap.
        read_until: where the reading ends; nothing is known of what comes after it.
        is_zone_assumed: whether a time had no zone that is known, and the region's was assumed.
    """

    busy: tuple[Busy, ...]
    read_until: datetime
    is_zone_assumed: bool


def read(
    data: bytes,
    *,
    zone: str,
    now: datetime,
    salt: str,
    cpu_s: int = limits.CPU_S,
    memory: int = limits.MEMORY,
) -> Reading:
    """Read a calendar's file.

    Args:
        zone: of times that have none, and of whole days.
        salt: what the events' own names are hashed with.

    Raises:
        CalendarError: it could not be read, or is not worth what it costs.
    """
    if len(data) > LIMITS.bytes_max:
        raise CalendarError("too_large")
    start, end = now - BEFORE, now + AHEAD
    order = {"zone": zone, "start": int(start.timestamp()), "end": int(end.timestamp()), "salt": salt}
    command = [sys.executable, "-I", "-c", _START, str(cpu_s), str(memory), str(_ROOT), json.dumps(order)]
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, input=data, capture_output=True, timeout=WALL_S, env={}, cwd="/", check=False
        )
    except (subprocess.TimeoutExpired, BrokenPipeError):
        raise CalendarError("too_heavy") from None
    if done.returncode:  # ended by the machine, or out of memory before it could say so
        raise CalendarError("too_heavy")
    try:
        return _checked(json.loads(done.stdout), end)
    except (ValueError, TypeError, KeyError, OverflowError):  # whatever a file has made of the process
        raise CalendarError("malformed") from None


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same times without overlaps, in order; those that touch are one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _checked(told: dict[str, Any], end: datetime) -> Reading:
    if "error" in told:
        raise CalendarError(told["error"] if told["error"] in SENTENCES else "malformed")
    busy = tuple(Busy(_at(start), _at(until), uid_hash) for start, until, uid_hash in told["busy"])
    read_until = _at(told["read_until"]) if told["read_until"] is not None else end
    return Reading(busy, read_until, told["is_zone_assumed"])


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
