"""`manage.py serve`: started for real, ended for real."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.processes import HOME, copied, members, run, running, until

pytestmark = pytest.mark.process
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Served:
    """A Turne that answers."""

    process: subprocess.Popen[str]
    log: Path
    address: str

    @property
    def said(self) -> str:
        return self.log.read_text()

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        request = urllib.request.Request(self.address + path, headers=headers)
        with _direct.open(request, timeout=10) as response:
            return response.status, response.read()

    def child(self, part: str) -> int:
        """The process id of the child with this in its command line."""
        rows = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], text=True, capture_output=True
        )
        (pid,) = [int(row.split()[0]) for row in rows.stdout.splitlines() if part in row]
        return pid


@contextmanager
def serving(folder: Path, *arguments: str, seconds: float = 60) -> Iterator[Served]:
    log = folder / "serve.log"
    database = f"sqlite:///{folder / 'turne.sqlite3'}"
    command = [sys.executable, "manage.py", "serve", "--port", "0", *arguments]
    with running(*command, log=log, **HOME, DATABASE_URL=database) as process:

        def address() -> str:
            assert process.poll() is None, log.read_text()
            found = re.search(r"Turne is at (http://\S+)/", log.read_text())
            return found[1] if found else ""

        yield Served(process, log, str(until(address, seconds)))


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all who only look: started for the first time."""
    with serving(tmp_path_factory.mktemp("standing")) as served:
        yield served


@pytest.fixture(scope="module")
def migrated(standing: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all its tables, to copy: what the first start has made."""
    return copied(standing.log.parent / "turne.sqlite3", tmp_path_factory.mktemp("migrated"))


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Served]:
    """A second start, for the whole network."""
    folder = tmp_path_factory.mktemp("open")
    shutil.copy(migrated, folder)
    with serving(folder, "--host", "0.0.0.0") as served:
        yield served


@pytest.fixture
def served(tmp_path: Path, migrated: Path) -> Iterator[Served]:
    """One that a test may end."""
    shutil.copy(migrated, tmp_path)
    with serving(tmp_path) as served:
        yield served


def test_it_serves_pages_and_style_sheets(standing: Served) -> None:
    """Both without a manifest or a web server beside it."""
    assert standing.get("/readyz")[0] == 200
    assert b"@layer" in standing.get("/static/turne/css/base.css")[1]
    assert "Log in with the button at the top: choose one of the demo people." in standing.said


def test_it_listens_on_loopback_only(standing: Served) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", standing.address)


def test_the_work_is_done_too(standing: Served) -> None:
    until(lambda: "worker started" in standing.said, 10)


def test_a_secret_address_does_not_reach_the_terminal(standing: Served) -> None:
    with pytest.raises(urllib.error.HTTPError):
        standing.get("/ical/privat/hush-hush.ics")
    until(lambda: "/ical/privat/[secret]" in standing.said, 5)
    assert "hush" not in standing.said


def test_ctrl_c_ends_everything(served: Served) -> None:
    """The terminal sends SIGINT to the whole group."""
    group = served.process.pid
    assert len(members(group)) >= 3
    os.killpg(group, signal.SIGINT)
    assert served.process.wait(10) == 0
    assert (members(group), served.said.endswith("Turne has stopped.\n")) == ([], True)


@pytest.mark.parametrize("to_all", [True, False])
def test_open_connections_do_not_get_anybody_killed(served: Served, to_all: bool) -> None:
    """A browser keeps the connections that it has used, and opens some that it may need."""
    host, port = served.address.removeprefix("http://").split(":")
    with ExitStack() as opened:
        for sent in (b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b""):
            line = opened.enter_context(socket.create_connection((host, int(port))))
            line.sendall(sent)
        time.sleep(0.5)
        (os.killpg if to_all else os.kill)(served.process.pid, signal.SIGINT)
        assert served.process.wait(10) == 0
    assert ("SIGKILL" in served.said, members(served.process.pid)) == (False, [])


def test_a_signal_to_the_parent_alone_ends_everything(served: Served) -> None:
    """Which signals do is asked in `test_processes`."""
    served.process.send_signal(signal.SIGHUP)
    assert served.process.wait(10) == 0
    assert members(served.process.pid) == []


@pytest.mark.parametrize(
    ("part", "name"), [("gunicorn", "web server"), ("manage.py work", "background worker")]
)
def test_if_one_dies_the_other_is_ended(served: Served, part: str, name: str) -> None:
    os.kill(served.child(part), signal.SIGKILL)
    assert served.process.wait(10) == 1
    until(lambda: not members(served.process.pid), 5)  # gunicorn's orphans notice within a second
    assert f"The {name} was ended by signal 9. Everything else has been stopped." in served.said


def test_a_first_start_makes_the_database(standing: Served) -> None:
    assert "Setting up the database ..." in standing.said


def test_a_second_start_does_only_what_is_needed(open_house: Served) -> None:
    assert "Setting up" not in open_house.said


def refused(**arguments: object) -> str:
    """What somebody is told before anything starts."""
    with pytest.raises(CommandError) as caught:
        call_command("serve", **arguments)
    return str(caught.value)


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = f"Port {port} is taken by another program: choose another, for example make run PORT=8741."
        assert refused(port=port) == sentence


def test_an_impossible_port_is_said_in_a_sentence() -> None:
    sentence = "80000 is no port: choose one from 1024 to 65535, for example make run PORT=8741."
    assert refused(port=80000) == sentence


def test_a_foreign_address_is_said_in_a_sentence() -> None:
    assert refused(host="192.0.2.1", port=0).startswith("Can not listen at 192.0.2.1: ")


def test_a_database_that_is_away_is_said_in_a_sentence() -> None:
    result = run(
        "manage.py", "serve", "--port", "0", **HOME, DATABASE_URL="postgres://turne@127.0.0.1:1/turne"
    )
    assert result.returncode == 1
    assert result.stderr.startswith("CommandError: The database does not answer (")
    assert "Check DATABASE_URL." in result.stderr


def test_an_open_house_is_warned_of_and_known_by_any_name(open_house: Served) -> None:
    assert "Careful: whoever reaches 0.0.0.0 can log in as anybody." in open_house.said
    assert open_house.get("/readyz", Host="the-laptop.lan:8000")[0] == 200
