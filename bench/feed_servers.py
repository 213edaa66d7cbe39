"""Web servers that are measured with calendars: each is started on loopback, asked by wrk, and ended."""

import getpass
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 32
#: So many times each question is asked in turn: rates are medians, and memory is read after each time.
ROUNDS = 3
CACHE = "nginx in front"
#: Server -> its command; two processes, as docker-compose.yml has it.
SERVERS = {
    "gunicorn gthread": "gunicorn -c python:turne.gunicorn -b 127.0.0.1:{port}",
    "granian": "granian --interface wsgi --workers 2 --blocking-threads 1 --no-ws --http 1 --log-level warning "
    "--host 127.0.0.1 --port {port} turne.wsgi:application",
    "uvicorn": "uvicorn --interface wsgi --workers 2 --log-level warning --host 127.0.0.1 --port {port} "
    "turne.wsgi:application",
    CACHE: "gunicorn -c python:turne.gunicorn -b 127.0.0.1:{port}",
}


class Rates(NamedTuple):
    """Answers a second: 304, 200 packed, and a page that reads nothing; MiB in memory, before and after each round."""

    known: float
    full: float
    page: float
    memory: list[float]


def measure(name: str, path: str, seconds: int) -> Rates | None:
    """Start the server, ask, and end it. None if it is not installed."""
    program = SERVERS[name].split()[0]
    if not shutil.which(program, path=Path(sys.executable).parent) or (
        name == CACHE and not shutil.which("nginx")
    ):
        return None
    with _served(SERVERS[name]) as (port, process):
        if name != CACHE:
            return _rates(port, process.pid, path, seconds)
        with _cached(port) as (front, nginx):
            return _rates(front, nginx.pid, path, seconds)


def _rates(port: int, pid: int, path: str, seconds: int) -> Rates:
    etag = _warm(port, path)
    memory, rounds = [_memory_mib(pid)], []
    gzip = {"Accept-Encoding": "gzip"}
    for _round in range(ROUNDS):
        known = _asked(port, path, seconds, {"If-None-Match": etag, **gzip})
        full = _asked(port, path, seconds, gzip)
        rounds.append((known, full, _asked(port, "/robots.txt", seconds, {})))
        memory.append(_memory_mib(pid))
    return Rates(*(statistics.median(each) for each in zip(*rounds, strict=True)), memory)


@contextmanager
def _served(command: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = _free_port()
    program, *rest = command.format(port=port).split()
    path = str(Path(sys.executable).parent / program)
    size = {"TURNE_WEB_WORKERS": "2", "TURNE_WEB_THREADS": "4"}
    with _running([path, *rest], port, {**os.environ, **size}) as server:
        yield port, server


@contextmanager
def _cached(behind: int) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`deploy/nginx.conf` in front of the server at that port."""
    port = _free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}").replace(
        "127.0.0.1:8080", f"127.0.0.1:{port}"
    )
    # Its processes must get into our folder, whoever we are.
    user = f"user {getpass.getuser()}; daemon off;" if os.getuid() == 0 else "daemon off;"
    with tempfile.TemporaryDirectory(prefix="turne-nginx-") as folder:
        conf = Path(folder) / "nginx.conf"
        conf.write_text(text, encoding="utf-8")
        command = [str(shutil.which("nginx")), "-p", folder, "-c", str(conf), "-g", user]
        with _running(command, port, dict(os.environ)) as nginx:
            yield port, nginx


@contextmanager
def _running(command: list[str], port: int, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL
    )
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _warm(port: int, path: str) -> str:
    """Each process has answered; the tag of the packed calendar, for which the answer is 304."""
    for _time in range(40):
        answer = _one(port, path, {})
        if answer.status != 200:
            sys.exit(f"{path} is answered {answer.status}.")
    tag = str(answer.headers["ETag"])
    known = _one(port, path, {"If-None-Match": tag})
    if known.status != 304:
        sys.exit(f"{path} is answered {known.status} to whoever has it.")
    return tag


def _one(port: int, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https", **headers})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def _asked(port: int, path: str, seconds: int, headers: dict[str, str]) -> float:
    """Requests a second by wrk; no answer is an error."""
    lines = [f"{name}: {value}" for name, value in {**headers, "X-Forwarded-Proto": "https"}.items()]
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s"]
    for line in lines:
        command += ["-H", line]
    told = subprocess.run(  # noqa: S603 - our own command
        [*command, f"http://127.0.0.1:{port}{path}"], text=True, capture_output=True, check=True
    ).stdout
    if "Non-2xx" in told:
        sys.exit(told)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])


def _memory_mib(pid: int) -> float:
    """What the server and its processes have in memory."""
    rows = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], text=True, capture_output=True, check=True).stdout
    table = [tuple(map(int, row.split())) for row in rows.splitlines()]
    family = {pid}
    for _generation in range(3):
        family |= {own for own, parent, _rss in table if parent in family}
    return sum(rss for own, _parent, rss in table if own in family) / 1024
