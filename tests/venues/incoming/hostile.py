"""Servers and files that nobody should trust. The servers listen on 127.0.0.2, which only a test's `Net` may reach."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from venues.incoming.addresses import is_public
from venues.incoming.fetching import Net

HOST = "127.0.0.2"
NAME = "calendar.example"
CRLF = "\r\n"
Answer = Callable[[socket.socket], None]


@dataclass
class Server:
    """What a server was asked, and the way to it."""

    port: int
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}/hidden/basic.ics"

    @property
    def net(self) -> Net:
        """The open internet, and this one server in it, without TLS."""
        return Net(
            resolve=lambda host, _port, _within_s: [HOST] if host == NAME else [host],
            may_reach=lambda ip: ip == HOST or is_public(ip),
            secure=lambda sock, _host: sock,
            ports=frozenset({self.port, 443}),
        )


@contextmanager
def serving(
    *answers: Answer, wrap: Callable[[socket.socket], socket.socket] = lambda sock: sock
) -> Iterator[Server]:
    """A server that gives one answer after the other, each on a connection of its own."""
    with socket.create_server((HOST, 0)) as listening:
        server = Server(listening.getsockname()[1])

        def run() -> None:
            for answer in answers:
                try:
                    with wrap(listening.accept()[0]) as sock:
                        server.asked.append(_head(sock))
                        answer(sock)
                except OSError:  # whoever asked has hung up, as they should
                    continue

        threading.Thread(target=run, daemon=True).start()
        yield server


def says(body: bytes = b"", status: str = "200 OK", **headers: str) -> Answer:
    """A whole answer, with its length unless another is given."""
    told = {"Content-Length": str(len(body))} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    head = CRLF.join(
        [f"HTTP/1.1 {status}", *(f"{name}: {text}" for name, text in told.items() if text), "", ""]
    )
    return lambda sock: sock.sendall(head.encode() + body)


def drips(piece: bytes, pause_s: float, head: bytes = b"") -> Answer:
    """An answer that never ends, a little at a time."""
    still = threading.Event()

    def answer(sock: socket.socket) -> None:
        sock.sendall(head)
        while not still.wait(pause_s):
            sock.sendall(piece)

    return answer


def _head(sock: socket.socket) -> str:
    found = b""
    while b"\r\n\r\n" not in found and (piece := sock.recv(4096)):
        found += piece
    return found.decode()


def calendar(*parts: str) -> bytes:
    """A file with these lines in it."""
    return CRLF.join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", *parts, "END:VCALENDAR", ""]
    ).encode()


def event(*lines: str, uid: str = "1@example.org") -> str:
    """An event of these lines."""
    return CRLF.join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def many(count: int, *lines: str) -> bytes:
    """As many events, on different days and hours of 2027."""
    starts = (f"2027{1 + i % 12:02d}{1 + i % 28:02d}T{i % 24:02d}0000Z" for i in range(count))
    return calendar(*(event(f"DTSTART:{start}", *lines, uid=str(i)) for i, start in enumerate(starts)))
