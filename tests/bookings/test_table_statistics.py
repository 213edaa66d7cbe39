"""SQLite learns how large its tables are."""

import pytest
from django.db import connection

from bookings import table_statistics
from tests.bookings.visits import visit
from tests.world import World


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps statistics by itself")
def test_sqlite_knows_its_tables_afterwards(world: World) -> None:
    visit(world)
    assert table_statistics.refresh() is True
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1 WHERE tbl = 'bookings_performance'")
        assert cursor.fetchall() == [("bookings_performance",)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has to be told")
def test_postgresql_is_left_alone(db: None) -> None:
    assert table_statistics.refresh() is False
