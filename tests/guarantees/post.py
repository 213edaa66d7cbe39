"""A mail server on this machine alone: it takes mail, or hangs, as a test wants it."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any


class Post(socketserver.ThreadingTCPServer):
    """Takes as many mails as it is let (`takes`), then lets the sender hang until `goes_on` is set."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, takes: int) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.ids: list[str] = []
        self.takes, self.hangs, self.goes_on = takes, Event(), Event()


class _Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs (RFC 5321)."""

    server: Post

    def handle(self) -> None:
        self._say("220 here")
        for line in iter(self.rfile.readline, b""):
            word = line[:4].upper()
            if word == b"DATA":
                self._take()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _take(self) -> None:
        if len(self.server.ids) >= self.server.takes and not self.server.goes_on.is_set():
            self.server.hangs.set()
            self.server.goes_on.wait(60)
            return
        self._say("354 go on")
        text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
        found: Any = re.search(r"^Message-ID: <(\S+?)@", text, re.MULTILINE | re.IGNORECASE)
        self.server.ids.append(found[1])
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def post(port: int = 0, takes: int = 10**6) -> Iterator[Post]:
    """The server, until the block is left."""
    server = Post(port, takes)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.goes_on.set()
        server.shutdown()
        server.server_close()
