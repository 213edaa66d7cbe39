"""Who waits how long when the service ends."""

from turne import gunicorn
from turne.processes import PATIENCE_S


def test_whoever_is_asked_gives_up_well_before_whoever_asks() -> None:
    """A worker looks once a second, and may share its processor with many."""
    worker = gunicorn.graceful_timeout - gunicorn.WORKER_HEADSTART_S
    margins = (gunicorn.graceful_timeout - worker, PATIENCE_S - gunicorn.graceful_timeout)
    assert (worker >= 1, margins[0] >= 4, margins[1] >= 2) == (True, True, True)
