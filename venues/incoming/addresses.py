"""The address of a calendar: what may stand in it, and how little of it is shown once it is saved.

Whoever has the address has the calendar, so it is treated as a password: never logged, never in an error's text, and
shown by its server's name alone.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from venues.incoming.errors import CalendarError

#: What browsers and servers take at most. Source: RFC 9110, section 4.1, recommends at least 8,000; calendar addresses
#: have some 150, so the house takes a quarter of that.
LONGEST = 2000
#: Ports that are read: that of https, and the usual second one. Any other could be a look around in somebody's network.
#: Source: the house's choice.
PORTS = frozenset({443, 8443})
#: Webcal is a way of writing https. Source: the provisional scheme's registration with IANA.
SCHEMES = {"https": "https", "webcal": "https", "webcals": "https"}
#: Kept for protocols and examples, not for servers; which of them count as public differs between Python's versions.
#: Source: RFC 6890, 2.2.2, RFC 7526 (the former relays of 6to4) and RFC 9637 (documentation).
_PROTOCOLS = tuple(ipaddress.ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20"))
#: An address in brackets is the whole of a host; Python reads it out of "[2a00::1].example.org" too.
_BRACKETS = re.compile(r"\[[0-9a-f:.]+\](:\d*)?", re.IGNORECASE)
#: IPv6 that carries an IPv4 address in it, which may be a private one, so none of them is followed. Source: RFC 4291,
#: 2.5.5 (compatible and mapped), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 6052 and 8215 (NAT64).
_CARRIERS = tuple(
    ipaddress.ip_network(net)
    for net in ("::/96", "::ffff:0:0/96", "2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")
)


@dataclass(frozen=True)
class Target:
    """Where a request goes: `host` as TLS and DNS want it, `path` with its query."""

    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 443 else f"{host}:{self.port}"


def tidy(text: str, *, own_host: str = "") -> str:
    """The address as it is kept, beginning with https://.

    Args:
        own_host: the name of Turne's own server, whose calendars are not read in again.

    Raises:
        CalendarError: it cannot be one.
    """
    parts = _split(text.strip())
    scheme = SCHEMES.get(parts.scheme.lower())
    if scheme is None:
        raise CalendarError("not_https" if parts.scheme else "bad_address")
    address = urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))
    target = target_of(address)
    if own_host and target.host == own_host.lower():
        raise CalendarError("own")
    return address


def target_of(address: str, ports: frozenset[int] = PORTS) -> Target:
    """Where a request for the address goes.

    Raises:
        CalendarError: it is not https, has credentials, or is no address at all.
    """
    parts = _split(address)
    if parts.scheme != "https":
        raise CalendarError("not_https")
    if "@" in parts.netloc:
        raise CalendarError("credentials")
    if "[" in parts.netloc and not _BRACKETS.fullmatch(parts.netloc):
        raise CalendarError("bad_address")
    try:
        port = parts.port or 443
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:  # UnicodeError is one
        raise CalendarError("bad_address") from None
    if not re.fullmatch(r"[a-z0-9._:-]+", host):
        raise CalendarError("bad_address")
    if port not in ports:
        raise CalendarError("port")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(host, port, f"{path}?{query}" if query else path)


def shown(address: str) -> str:
    """What a page may say of a saved address: its server's name."""
    return urlsplit(address).hostname or ""


def is_public(found: str) -> bool:
    """Whether an address of the internet protocol is one of the open internet.

    Private, loopback, link-local, shared (RFC 6598), multicast and reserved ones are not, and none that carries another
    address in it.
    """
    try:
        ip = ipaddress.ip_address(found)
    except ValueError:  # also what has a zone, which only link-local ones have
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.scope_id or ip.is_site_local):
        return False
    if any(ip in net for net in (*_CARRIERS, *_PROTOCOLS)):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _split(text: str) -> SplitResult:
    # urlsplit itself takes tabs and line ends out silently; an address that has some was not copied whole.
    if not text or len(text) > LONGEST or re.search(r"[\x00-\x20\x7f\\]", text):
        raise CalendarError("bad_address")
    try:
        return urlsplit(text)
    except ValueError:
        raise CalendarError("bad_address") from None
