"""Stored calendars under fire, by real threads: what was written while one was made is never missed."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection

from bookings import calendar_marks, feeds, rendered
from tests.bookings.stored import address, body_at
from tests.bookings.visits import NOW, visit
from tests.world import World
from venues.models import Municipality

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"),
]


def renamed() -> None:
    """Somebody gives the municipalities another name, and the marks of that are taken in."""
    Municipality.objects.update(name="Nystad")
    calendar_marks.take_in()
    connection.close()


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(("module", "reading"), [(feeds, "find_public"), (rendered, "of_rows")])
def test_what_is_written_between_two_readings_is_in_the_next_answer(
    world: World, monkeypatch, module: Any, reading: str, is_first: bool
):
    visit(world)
    where = address(world, "municipality")
    if not is_first:
        body_at(where, NOW)
        world.production.save()
    read, threads = getattr(module, reading), []

    def and_then_written(*args: Any) -> Any:
        found = read(*args)
        if not threads:
            threads.append(Thread(target=renamed))
            threads[0].start()
            threads[0].join(2)  # it may have to wait until the calendar is made
        return found

    monkeypatch.setattr(module, reading, and_then_written)
    body_at(where, NOW)
    threads[0].join(20)
    assert b"Scenkonst i Nystad" in body_at(where, NOW)
