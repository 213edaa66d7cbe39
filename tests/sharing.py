"""Which tests share something dear: one worker runs them all, one after another, and begins with the largest share.

xdist's own `xdist_group` leaves its group out of the test's id since pytest 9.2, and then groups nothing.
"""

from xdist.scheduler import LoadScopeScheduling

#: How the ids of tests begin -> what they share.
SHARES = {
    "tests/browser/": "a served demo and a browser",
    "tests/scenarios/test_agreements.py": "a served demo and a browser",
    "tests/scenarios/test_board.py": "a served demo and a browser",
    "tests/scenarios/test_cancelled_day.py": "a served demo and a browser",
    "tests/scenarios/test_main_job.py": "a served demo and a browser",
    "tests/test_migrations.py": "every table, taken away and back",
    "tests/turne/test_serve.py": "a migrated database and a server",
    "tests/test_matrix.py": "the stage of the matrix",
    "tests/turne/assessing/test_hidden_everywhere.py": "the stage of the panel, and all of its pages opened",
    "tests/bookings/test_demo.py": "the loaded demo",
    "tests/bookings/test_demo_stays.py": "the loaded demo",
    "tests/programmes/test_demo.py": "the loaded demo",
    "tests/clients/test_agreement.py": "the served region",
    "tests/turne/test_messages.py": "the texts of the sources",
    # Two crowds at once are more than the hundred connections that PostgreSQL allows as it comes.
    "tests/bookings/test_race.py": "the connections",
    "tests/api/test_keys.py": "the connections",
    "tests/guarantees/test_over_http.py": "the connections",
    "tests/bookings/test_tasks.py::TestCelery": "the machine: a worker and two beats at a time are enough",
}


def shared_by(test: str) -> str:
    """What a test shares; its own id if nothing."""
    return next((share for start, share in SHARES.items() if test.startswith(start)), test)


class SharingScheduler(LoadScopeScheduling):
    """Hands out a share as a whole, and every other test on its own."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid)
