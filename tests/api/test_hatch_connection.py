"""The hatch reads over a connection that is kept: one that the server has ended is found out, and nobody notices."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from tests.api.fed import TOUR
from tests.api.test_calendar_hatch import Doors
from tests.bookings.visits import visit
from tests.processes import database_url
from tests.world import World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("clock", "kept"),
]


@pytest.fixture
def kept() -> Iterator[None]:
    """Connections are kept for ten minutes, from the next one on."""
    before = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 600
    connection.close()
    yield
    connection.settings_dict["CONN_MAX_AGE"] = before
    connection.close()


def listener() -> int:
    """The server's process behind our connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_connection_that_was_ended_is_replaced(world: World) -> None:
    visit(world)
    doors = Doors()
    doors.ask(TOUR)
    first, inside = doors.ask(TOUR), doors.inside
    ended = listener()
    with psycopg.connect(database_url(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    again = doors.ask(TOUR)
    assert (first.status, again, doors.inside, listener() == ended) == ("200 OK", first, inside + 1, False)
    assert (doors.ask(TOUR), doors.inside) == (first, inside + 1)
