"""Children that live and end together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes import environment
from turne import processes
from turne.processes import ChildDied, run_together

pytestmark = pytest.mark.process
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)",
]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen]:
    """Every child that is started meanwhile."""
    children: list[subprocess.Popen] = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **kwargs) -> None:
            super().__init__(*args, **kwargs)
            children.append(self)

    monkeypatch.setattr(processes.subprocess, "Popen", Noted)
    return children


def together(commands: dict[str, list[str]], each_tick=lambda: None) -> None:
    run_together(commands, environment=environment(), folder=Path.cwd(), each_tick=each_tick)


def ask(number: int):
    """A tick that sends us the signal."""
    return lambda: os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all(started: list[subprocess.Popen], number: int) -> None:
    together({"one": SLEEPS, "two": SLEEPS}, ask(number))
    assert [child.returncode for child in started] == [-signal.SIGTERM] * 2


def test_the_death_of_one_ends_the_others(started: list[subprocess.Popen]) -> None:
    with pytest.raises(
        ChildDied, match="The second ended by itself with exit code 3. Everything else has been"
    ):
        together({"first": SLEEPS, "second": [sys.executable, "-c", "raise SystemExit(3)"]})
    assert started[0].returncode == -signal.SIGTERM


def test_a_killed_child_is_told_apart(started: list[subprocess.Popen]) -> None:
    with pytest.raises(ChildDied, match="The only one was ended by signal 9."):
        together({"only one": SLEEPS}, lambda: started[0].kill())


def test_who_does_not_listen_is_killed(
    started: list[subprocess.Popen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PATIENCE_S", 0.2)

    def tick() -> None:
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    together({"deaf": DEAF}, tick)
    assert started[0].returncode == -signal.SIGKILL


def test_a_failing_tick_ends_all(started: list[subprocess.Popen]) -> None:
    with pytest.raises(ZeroDivisionError):
        together({"one": SLEEPS}, lambda: 1 // 0)
    assert started[0].returncode == -signal.SIGTERM


def test_signals_do_afterwards_what_they_did_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    together({"one": SLEEPS}, ask(signal.SIGINT))
    assert signal.getsignal(signal.SIGINT) is before
