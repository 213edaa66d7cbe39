"""How a worker of the web server ends, and who waits how long when the service does."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from turne import gunicorn
from turne.processes import PATIENCE_S

TOLD = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


def test_whoever_is_asked_gives_up_well_before_whoever_asks() -> None:
    """A worker looks once a second, and may share its processor with many."""
    worker = gunicorn.graceful_timeout - gunicorn.WORKER_HEADSTART_S
    margins = (gunicorn.graceful_timeout - worker, PATIENCE_S - gunicorn.graceful_timeout)
    assert (worker >= 1, margins[0] >= 4, margins[1] >= 2) == (True, True, True)


@pytest.fixture
def worker() -> Iterator[SimpleNamespace]:
    """This process as a worker that serves."""
    before = {number: signal.getsignal(number) for number in TOLD}
    worker = SimpleNamespace(alive=True, tpool=ThreadPoolExecutor(1))
    gunicorn.post_worker_init(worker)
    yield worker
    for number, handler in before.items():
        signal.signal(number, handler)
    worker.tpool.shutdown()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_a_worker_ends_even_while_it_hands_out_a_request(worker: SimpleNamespace, number: int) -> None:
    """The pool's lock is ours then, and who waits for it waits for ever."""
    with pytest.raises(SystemExit) as ended, worker.tpool._shutdown_lock:
        signal.raise_signal(number)
    assert (ended.value.code, worker.alive) == (0, False)


def test_a_worker_that_ends_is_not_told_again(worker: SimpleNamespace) -> None:
    """A second signal would take it out of its farewell."""
    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGINT)
    for number in TOLD:
        signal.raise_signal(number)
    assert worker.alive is False
