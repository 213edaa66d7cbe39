"""What the clock does, thing by thing: one that fails does not keep the others waiting."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError

Thing = TypeVar("Thing")
log = structlog.get_logger("turne.work")


def for_each(act: Callable[[Thing, datetime], int], things: Iterable[Thing], now: datetime) -> int:
    """Do it for each, and say how many were done. What fails is logged and left for the next turn.

    Raises:
        OperationalError, InterfaceError: the database is away or busy; the whole turn is tried again.
    """
    done = 0
    for thing in things:
        try:
            done += act(thing, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("left for the next turn", work=repr(act), thing=_name(thing))
    return done


def _name(thing: object) -> str:
    return f"{type(thing).__name__} {getattr(thing, 'pk', thing)}"
