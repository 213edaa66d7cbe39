"""The address of a calendar: what it may be, what is shown of it, and which machines it may lead to."""

import pytest

from venues.incoming.addresses import Target, is_public, shown, target_of, tidy
from venues.incoming.errors import CalendarError


def code_of(address: str) -> str:
    with pytest.raises(CalendarError) as caught:
        tidy(address, own_host="turne.example.org")
    return caught.value.code


@pytest.mark.parametrize("scheme", ["https", "webcal", "webcals", "WEBCAL"])
def test_it_is_kept_as_https(scheme: str) -> None:
    assert tidy(f" {scheme}://example.org/a/b.ics?x=1#top ") == "https://example.org/a/b.ics?x=1"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.org/a.ics", "not_https"),
        ("file:///etc/passwd", "not_https"),
        ("ftp://example.org/a.ics", "not_https"),
        ("gopher://example.org/", "not_https"),
        ("example.org/a.ics", "bad_address"),
        ("", "bad_address"),
        ("https:///a.ics", "bad_address"),
        ("https://example.org:99999/", "bad_address"),
        ("https://exa mple.org/", "bad_address"),
        ("https://example.org/\r\nHost: other", "bad_address"),
        ("https://example.org\\@other/", "bad_address"),
        ("https://[::1/", "bad_address"),
        ("https://[2a00::1].example.org/", "bad_address"),
        ("https://[v1.example]/", "bad_address"),
        ("https://" + "a" * 2000, "bad_address"),
        ("https://maj:hemligt@example.org/a.ics", "credentials"),
        ("https://@example.org/a.ics", "credentials"),
        ("https://example.org:22/a.ics", "port"),
        ("https://Turne.example.org./ical/region.ics", "own"),
    ],
)
def test_what_it_may_not_be(address: str, code: str) -> None:
    assert code_of(address) == code


def test_where_a_request_goes() -> None:
    assert target_of("https://Räksmörgås.example:8443/å+b?q=ö") == Target(
        "xn--rksmrgs-5wao1o.example", 8443, "/%C3%A5+b?q=%C3%B6"
    )


def test_the_host_header_has_a_port_only_where_it_is_another() -> None:
    assert [target_of(f"https://{at}/").authority for at in ("a.se", "a.se:8443", "[2a00::1]")] == [
        "a.se",
        "a.se:8443",
        "[2a00::1]",
    ]


def test_no_more_than_the_server_is_shown() -> None:
    assert shown("https://calendar.example.org/ical/private-8f3a/basic.ics") == "calendar.example.org"


@pytest.mark.parametrize("ip", ["192.71.220.10", "8.8.8.8", "2a00:1450:400f::1"])
def test_the_open_internet_may_be_reached(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",  # private, loopback
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "192.0.2.1", "203.0.113.7",  # documentation
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",  # IPv4 inside IPv6
        "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:7f00:1::1", "3fff::1",  # NAT64, 6to4, Teredo ...
        "localhost", "2130706433", "",
    ],
)  # fmt: skip
def test_nothing_else_may(ip: str) -> None:
    assert not is_public(ip)
