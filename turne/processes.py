"""Child processes that live and end together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Signals that end us: Ctrl-C, a polite kill, the closed terminal.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: So long children may take to end before they are killed: longer than the web server has patience with its own.
PATIENCE_S = 8.0
TICK_S = 0.1


class ChildDied(Exception):
    """A child ended by itself; the others have been ended too."""

    def __init__(self, name: str, code: int) -> None:
        self.name, self.code = name, code
        how = f"was ended by signal {-code}" if code < 0 else f"ended by itself with exit code {code}"
        super().__init__(f"The {name} {how}. Everything else has been stopped.")


def run_together(
    commands: Mapping[str, Sequence[str]],
    *,
    environment: Mapping[str, str],
    folder: Path,
    pass_fds: Sequence[int] = (),
    each_tick: Callable[[], None],
) -> None:
    """Run the commands in this process group until a signal asks us to end; none of them survives.

    Args:
        commands: name for people -> command line.
        folder: where they run.
        pass_fds: open files that they inherit.
        each_tick: called about ten times a second while all live.

    Raises:
        ChildDied: when one ended by itself.
    """
    with _asked_to_end() as asked:
        children: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in commands.items():
                children[name] = subprocess.Popen(  # noqa: S603 - our own commands
                    command, env=environment, cwd=folder, pass_fds=pass_fds
                )
            while not asked:
                _raise_if_one_died(children)
                each_tick()
                time.sleep(TICK_S)
        finally:
            _end(list(children.values()))


def python(*arguments: str) -> list[str]:
    """A command line with the Python that runs us."""
    return [sys.executable, *arguments]


@contextmanager
def _asked_to_end() -> Iterator[list[int]]:
    """A list that a signal fills; what the signals did before is put back afterwards."""
    asked: list[int] = []

    def note(number: int, frame: Any) -> None:
        asked.append(number)

    before = {number: signal.signal(number, note) for number in ENDING}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_if_one_died(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        code = child.poll()
        if code is not None:
            raise ChildDied(name, code)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE_S
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
