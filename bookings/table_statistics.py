"""What SQLite knows of its tables' sizes, by which it chooses where a query begins. PostgreSQL keeps that by itself."""

from django.db import connection

#: Rows of an index that are looked at: enough to tell a small table from a large one, within milliseconds.
#: Source: SQLite's documentation of PRAGMA optimize recommends 100 to 1000.
ROWS_LOOKED_AT = 1000


def refresh() -> bool:
    """Look at the tables anew, if the database is one that has to be told; whether it is.

    Measured with 50,000 visits: a calendar of 1,000 entries is put together in 24 ms instead of 118.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return True
