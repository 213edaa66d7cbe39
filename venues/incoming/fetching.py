"""Fetching a calendar from an address that somebody typed, without trusting the address or the server behind it.

Every name is resolved once, each address that it has must be one of the open internet, and the connection goes to that
very address: a name that means something else a moment later changes nothing. Each redirect goes through the same.
"""

import http.client
import io
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from venues.incoming.addresses import PORTS, Target, is_public, target_of
from venues.incoming.errors import CalendarError

MIB = 1024 * 1024
USER_AGENT = "Turne (calendar reader)"
#: Answers that lead on. 300 and 304 are not among them. Source: RFC 9110, section 15.4.
LEADING_ON = frozenset({301, 302, 303, 307, 308})
#: A longer header is not asked with next time: `IncomingCalendar` has no room for it. Source: the house's choice; tags
#: have some 40 letters.
HEADER_MAX = 200
#: No server is left alone for longer than this at its own wish. Source: the house's choice.
RETRY_AFTER_MAX_S = 24 * 3600


@dataclass(frozen=True)
class Limits:
    """How long and how much. Source: the house's contract for calendars that come in; see docs/calendars-in.md."""

    connect_s: float = 5
    total_s: float = 20
    bytes_max: int = 2 * MIB
    redirects_max: int = 3


def lookup(host: str, port: int, within_s: float) -> list[str]:
    """The addresses that a name has now, asked for once.

    Raises:
        OSError: it has none.
        queue.Empty: nobody has answered in that time.
    """
    answer: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True).start()  # getaddrinfo itself knows no deadline
    found = answer.get(timeout=max(within_s, 0.001))
    if isinstance(found, OSError):
        raise found
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def secured(sock: socket.socket, host: str) -> socket.socket:
    """The connection inside TLS: the certificate must be valid, and of that name."""
    return ssl.create_default_context().wrap_socket(sock, server_hostname=host)


@dataclass(frozen=True)
class Net:
    """The ways out of the house; tests give others, so that nothing else can switch a guard off."""

    resolve: Callable[[str, int, float], Sequence[str]] = lookup
    may_reach: Callable[[str], bool] = is_public
    secure: Callable[[socket.socket, str], socket.socket] = secured
    ports: frozenset[int] = PORTS
    clock: Callable[[], float] = time.monotonic


NET = Net()
LIMITS = Limits()


@dataclass(frozen=True)
class Fetched:
    """What came: the calendar, or None where it has not changed; and what to ask with next time."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


@dataclass
class _Course:
    """One fetch: what is left of its time."""

    net: Net
    limits: Limits
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = self.net.clock() + self.limits.total_s

    def left_s(self) -> float:
        """The seconds that are left.

        Raises:
            CalendarError: none are.
        """
        left = self.until - self.net.clock()
        if left <= 0:
            raise CalendarError("too_slow")
        return left


def fetch(
    address: str, *, etag: str = "", modified: str = "", net: Net = NET, limits: Limits = LIMITS
) -> Fetched:
    """Get the calendar behind an address, if it has changed.

    Args:
        etag, modified: what came with it last time; empty to have it whatever has changed.

    Raises:
        CalendarError: it could not be had; the sentence says why without naming the address.
    """
    course = _Course(net, limits)
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    conditions = {name: value for name, value in asked.items() if value}
    for _hop in range(limits.redirects_max + 1):
        try:
            answer = _get(course, target_of(address, net.ports), conditions)
        except TimeoutError:
            raise CalendarError("too_slow") from None
        except (OSError, http.client.HTTPException):
            # None of these is shown: their texts can have names and addresses in them.
            raise CalendarError("no_answer") from None
        if isinstance(answer, Fetched):
            return answer
        try:
            address = urljoin(address, answer)
        except ValueError:
            raise CalendarError("bad_address") from None
    raise CalendarError("redirects")


def _get(course: _Course, target: Target, conditions: dict[str, str]) -> Fetched | str:
    """What one server answers: the calendar, or where else it is."""
    with _connected(course, target) as sock:
        wire = _Wire(sock, course)
        wire.send(_request(target, conditions))
        response = http.client.HTTPResponse(wire, method="GET")  # type: ignore[arg-type]
        response.begin()
        if response.status in LEADING_ON:
            return _location(response)
        if response.status == 304 and conditions:
            return Fetched(None, conditions.get("If-None-Match", ""), conditions.get("If-Modified-Since", ""))
        _check_status(response)
        body = _body(response, course.limits.bytes_max)
        return Fetched(body, _kept(response, "ETag"), _kept(response, "Last-Modified"))


def _connected(course: _Course, target: Target) -> socket.socket:
    """A connection to one of the addresses that the name has, all of which have been looked at before."""
    found = _resolved(course, target)
    for at, ip in enumerate(found):
        try:
            sock = socket.create_connection(
                (ip, target.port), timeout=min(course.limits.connect_s, course.left_s())
            )
        except OSError:
            if at == len(found) - 1:
                raise
            continue
        try:
            sock.settimeout(min(course.limits.connect_s, course.left_s()))
            return course.net.secure(sock, target.host)
        except ssl.SSLCertVerificationError:
            sock.close()
            raise CalendarError("certificate") from None
        except BaseException:
            sock.close()
            raise
    raise CalendarError("unknown_host")


def _resolved(course: _Course, target: Target) -> Sequence[str]:
    try:
        found = course.net.resolve(target.host, target.port, min(course.limits.connect_s, course.left_s()))
    except (OSError, UnicodeError):
        raise CalendarError("unknown_host") from None
    except queue.Empty:
        raise CalendarError("no_answer") from None
    if not all(course.net.may_reach(ip) for ip in found):
        raise CalendarError("private_address")
    return found


class _Wire(io.RawIOBase):
    """A connection whose every read ends with the fetch's own time, however slowly the bytes drip in."""

    def __init__(self, sock: socket.socket, course: _Course) -> None:
        self.sock, self.course = sock, course

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What `http.client` reads from."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(self.course.left_s())
        return self.sock.recv_into(buffer)

    def send(self, data: bytes) -> None:
        self.sock.settimeout(self.course.left_s())
        self.sock.sendall(data)


def _request(target: Target, conditions: dict[str, str]) -> bytes:
    headers = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **conditions,
    }
    lines = [f"GET {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _location(response: http.client.HTTPResponse) -> str:
    where = response.getheader("Location")
    if not where:
        raise CalendarError("status")
    return where.strip()


def _check_status(response: http.client.HTTPResponse) -> None:
    status = response.status
    if status == 200:
        return
    code = {401: "login", 403: "login", 404: "gone", 410: "gone", 429: "busy", 503: "busy"}.get(
        status, "status"
    )
    raise CalendarError(code, retry_after_s=_retry_after(response))


def _retry_after(response: http.client.HTTPResponse) -> int | None:
    said = (response.getheader("Retry-After") or "").strip()
    if not (said.isascii() and said.isdigit()) or len(said) > 9:
        return None
    return min(int(said), RETRY_AFTER_MAX_S)


def _kept(response: http.client.HTTPResponse, name: str) -> str:
    """A header to ask with next time; nothing where it could not be sent back as it is."""
    value = (response.getheader(name) or "").strip()
    return value if value.isascii() and value.isprintable() and len(value) <= HEADER_MAX else ""


def _body(response: http.client.HTTPResponse, most: int) -> bytes:
    """The whole body, unpacked.

    Raises:
        CalendarError: it is larger than that, packed or not, or broke off, or is packed in another way than by gzip.
    """
    packed = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip"):
        raise CalendarError("encoding")
    if response.length is not None and response.length > most:
        raise CalendarError("too_large")
    pieces = _pieces(response, most)
    try:
        return b"".join(pieces) if packed == "identity" else _unpacked(pieces, most)
    except zlib.error:
        raise CalendarError("encoding") from None


def _pieces(response: http.client.HTTPResponse, most: int) -> Iterable[bytes]:
    size = 0
    while piece := _piece(response):
        size += len(piece)
        if size > most:
            raise CalendarError("too_large")
        yield piece
    if response.length:  # what the server has promised and not sent
        raise CalendarError("cut_off")


def _piece(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read1(65536)
    except http.client.IncompleteRead:
        raise CalendarError("cut_off") from None


def _unpacked(pieces: Iterable[bytes], most: int) -> bytes:
    """The content of one or several gzip members, never more than that many bytes and one."""
    found, unpacker = bytearray(), zlib.decompressobj(31)
    for piece in pieces:
        rest = piece
        while rest:
            if unpacker.eof:
                unpacker = zlib.decompressobj(31)
            found += unpacker.decompress(rest, most + 1 - len(found))
            if len(found) > most:
                raise CalendarError("too_large")
            rest = unpacker.unused_data
    if not unpacker.eof:
        raise CalendarError("cut_off")
    return bytes(found)
