"""Many who act at the same moment, on one and the same time; and the database without its own guard."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection

from bookings.models import Allocation
from tests import factories as make
from tests.world import World
from tours.models import Wish

Answer = TypeVar("Answer")
#: SQLite lets one writer in at a time, and says that it is busy to whoever has waited for 20 seconds.
TRIES = 6


def at_once(act: Callable[[Any], Any], subjects: list[Any]) -> Counter[Any]:
    """Let one thread each begin at the same moment; how often each outcome came."""
    start = Barrier(len(subjects))

    def run(subject: Any) -> Any:
        start.wait(30)
        try:
            return act(subject)
        except Exception as error:  # whatever comes is an outcome to be counted
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(subjects)) as threads:
        return Counter(threads.map(run, subjects))


def when_let_in(ask: Callable[[], Answer], status: Callable[[Answer], int]) -> Answer:
    """What is answered, asked again after each 503: it says that nothing was done, and to come back."""
    answer = ask()
    for _again in range(TRIES - 1):
        if status(answer) != 503:
            break
        answer = ask()
    return answer


def wishes(world: World, count: int) -> list[Wish]:
    """So many presenters wish for the production in one and the same venue."""
    return [
        make.WishFactory(
            season=world.season,
            production=world.production,
            organisation=make.OrganisationFactory(region=world.presenting.region),
            venue=world.venue,
            created_by=world.presenter,
        )
        for _number in range(count)
    ]


@contextmanager
def without_the_constraint() -> Iterator[None]:
    """Take the database's own guard away, and put it back when the table is empty again."""
    with connection.cursor() as cursor:
        back = _drop_triggers(cursor) if connection.vendor == "sqlite" else _drop_constraints(cursor)
        yield
        Allocation.objects.all().delete()
        for statement in back:
            cursor.execute(statement)


def _drop_triggers(cursor: Any) -> list[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _name, sql in triggers]


def _drop_constraints(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'"
    )
    constraints = cursor.fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in constraints
    ]
