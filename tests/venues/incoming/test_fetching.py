"""Fetching from servers that lie, dawdle, flood or lead astray; each guard has one that it stops."""

import gzip
import queue
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.venues.incoming.hostile import HOST, NAME, Answer, Server, drips, says, serving
from venues.incoming.errors import CalendarError
from venues.incoming.fetching import Fetched, Limits, Net, fetch, lookup, secured

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SHORT = Limits(connect_s=0.3, total_s=0.6)
MIB = 1024 * 1024


def code_of(*answers: Answer, limits: Limits = Limits(), **asked: str) -> str:  # noqa: B008
    with serving(*answers) as server:
        return refused(server.address, server.net, limits, **asked)


def refused(address: str, net: Net, limits: Limits = SHORT, **asked: str) -> str:
    with pytest.raises(CalendarError) as caught:
        fetch(address, net=net, limits=limits, **asked)
    assert "hidden" not in f"{caught.value!r} {caught.value} {caught.value.__cause__}"
    return caught.value.code


def no_way(*ips: str) -> Net:
    """A name that leads to these addresses, and a fuse: nothing is ever connected to."""

    def never(sock: object, host: str) -> object:
        raise AssertionError("connected")

    return Net(resolve=lambda *_: list(ips), secure=never)  # type: ignore[arg-type]


class TestWhatComes:
    def test_the_calendar_and_what_to_ask_with_next_time(self) -> None:
        with serving(says(BODY, ETag='"7"', Last_Modified="Mon, 11 Jan 2027 09:00:00 GMT")) as server:
            assert fetch(server.address, net=server.net) == Fetched(
                BODY, '"7"', "Mon, 11 Jan 2027 09:00:00 GMT"
            )

    def test_nothing_where_it_has_not_changed(self) -> None:
        with serving(says(status="304 Not Modified")) as server:
            assert fetch(server.address, etag='"7"', net=server.net) == Fetched(None, '"7"')
            assert 'If-None-Match: "7"' in server.asked[0]

    def test_not_changed_is_no_answer_to_who_has_nothing(self) -> None:
        assert code_of(says(status="304 Not Modified")) == "status"

    def test_no_cookie_no_referrer_and_the_right_host(self) -> None:
        with serving(says(BODY, Set_Cookie="a=b")) as server:
            fetch(server.address, net=server.net)
            names = [line.partition(":")[0] for line in server.asked[0].split("\r\n")[1:] if line]
            assert names == ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]
            assert f"Host: {NAME}:{server.port}" in server.asked[0]

    def test_packed_by_gzip_in_several_pieces(self) -> None:
        packed = gzip.compress(BODY[:10]) + gzip.compress(BODY[10:])
        with serving(says(packed, Content_Encoding="gzip")) as server:
            assert fetch(server.address, net=server.net).body == BODY

    def test_in_chunks(self) -> None:
        chunks = b"5\r\nBEGIN\r\n4\r\n:END\r\n0\r\n\r\n"
        with serving(says(chunks, Content_Length="", Transfer_Encoding="chunked")) as server:
            assert fetch(server.address, net=server.net).body == b"BEGIN:END"

    @pytest.mark.parametrize("etag", ["å", "x" * 201])
    def test_what_could_not_be_sent_back_is_not_kept(self, etag: str) -> None:
        with serving(says(BODY, ETag=etag)) as server:
            assert fetch(server.address, net=server.net).etag == ""


class TestNotElsewhere:
    """Where the name or a redirect leads into the house's own network."""

    @pytest.mark.parametrize(
        "ips",
        [
            ("127.0.0.1",),
            ("10.1.2.3",),
            ("169.254.169.254",),
            ("100.64.0.1",),
            ("::1",),
            ("::ffff:127.0.0.1",),
            ("fd00::1",),
            ("8.8.8.8", "192.168.0.1"),
        ],
    )
    def test_a_name_that_leads_to_a_private_network(self, ips: tuple[str, ...]) -> None:
        assert refused("https://calendar.example/hidden", no_way(*ips)) == "private_address"

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f.1", "2130706433", "[::1]", "0"])
    def test_the_machine_itself_however_it_is_written(self, host: str) -> None:
        net = Net(secure=no_way().secure)
        assert refused(f"https://{host}/hidden", net) in ("private_address", "unknown_host", "bad_address")

    @pytest.mark.parametrize(
        "where", ["https://127.0.0.1/", "https://[::ffff:7f00:1]/", "https://10.0.0.1/x"]
    )
    def test_a_redirect_there(self, where: str) -> None:
        assert code_of(says(status="302 Found", Location=where)) == "private_address"

    @pytest.mark.parametrize(
        ("where", "code"),
        [
            ("http://calendar.example/", "not_https"),
            ("file:///etc/passwd", "not_https"),
            ("https://a:b@calendar.example/", "credentials"),
            ("https://calendar.example:22/", "port"),
            ("https://[", "bad_address"),
            ("", "status"),
        ],
    )
    def test_a_redirect_that_could_not_have_been_typed(self, where: str, code: str) -> None:
        assert code_of(says(status="301 Moved", Location=where)) == code

    def test_the_name_is_asked_for_once_and_that_address_is_used(self) -> None:
        """A name that is another machine a moment later changes nothing: nobody asks again."""
        asked = []
        with serving(says(BODY)) as server:

            def once(host: str, port: int, within_s: float) -> list[str]:
                asked.append(host)
                return [HOST] if len(asked) == 1 else ["127.0.0.1"]

            fetch(server.address, net=replace(server.net, resolve=once))
        assert asked == [NAME]

    def test_each_redirect_asks_for_its_own_name(self) -> None:
        with serving(says(status="302 Found", Location="https://inside.example/")) as server:
            net = replace(server.net, resolve=lambda host, *_: [HOST] if host == NAME else ["10.0.0.7"])
            assert refused(server.address, net) == "private_address"

    def test_three_redirects_are_followed(self) -> None:
        with serving(*[says(status="307 On", Location="next")] * 3, says(BODY)) as server:
            assert fetch(server.address, net=server.net).body == BODY
            assert server.asked[3].startswith("GET /hidden/next ")

    def test_a_fourth_is_not(self) -> None:
        assert code_of(*[says(status="307 On", Location="/")] * 4) == "redirects"

    def test_a_name_that_there_is_not(self) -> None:
        with pytest.raises(OSError):
            lookup("does-not-exist.invalid", 443, 5)
        assert refused("https://does-not-exist.invalid/hidden", Net(), Limits()) == "unknown_host"


class TestTime:
    def timed(self, answer: Answer) -> str:
        started = time.monotonic()
        code = code_of(answer, limits=SHORT)
        assert time.monotonic() - started < 3
        return code

    def test_a_body_that_drips(self) -> None:
        assert self.timed(drips(b"x", 0.05, b"HTTP/1.1 200 OK\r\n\r\n")) == "too_slow"

    def test_headers_that_drip(self) -> None:
        assert self.timed(drips(b"X: y\r\n", 0.05, b"HTTP/1.1 200 OK\r\n")) == "too_slow"

    def test_a_first_line_that_drips(self) -> None:
        assert self.timed(drips(b"H", 0.05)) == "too_slow"

    def test_silence(self) -> None:
        assert self.timed(drips(b"", 0.05)) == "too_slow"

    def test_go_on_for_ever(self) -> None:
        assert self.timed(drips(b"HTTP/1.1 100 Continue\r\n\r\n", 0.01)) == "too_slow"

    def test_a_name_server_that_does_not_answer(self) -> None:
        def slow(host: str, port: int, within_s: float) -> list[str]:
            raise queue.Empty

        assert refused("https://calendar.example/hidden", Net(resolve=slow)) == "no_answer"

    def test_nobody_there(self) -> None:
        with serving() as server:
            net, address = server.net, server.address
        assert refused(address, net) == "no_answer"


class TestSize:
    def test_more_than_is_promised_small(self) -> None:
        assert code_of(says(b"x" * (2 * MIB + 1))) == "too_large"

    def test_a_length_that_is_too_large_is_believed(self) -> None:
        assert code_of(says(b"x", Content_Length=str(10**12))) == "too_large"

    def test_without_a_length(self) -> None:
        assert code_of(says(b"x" * (2 * MIB + 1), Content_Length="")) == "too_large"

    def test_a_bomb_that_is_small_when_packed(self) -> None:
        bomb = gzip.compress(b"\0" * (100 * MIB), 1)
        assert len(bomb) < MIB
        assert code_of(says(bomb, Content_Encoding="gzip")) == "too_large"

    def test_a_bomb_of_many_small_members(self) -> None:
        member = gzip.compress(b"\0" * 100_000)
        assert code_of(says(member * 30, Content_Encoding="gzip")) == "too_large"

    def test_packed_bytes_count_too(self) -> None:
        """Empty blocks without end: nothing ever comes out of them."""
        flood = gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * (MIB // 2)
        assert code_of(says(flood, Content_Encoding="gzip", Content_Length="")) == "too_large"

    @pytest.mark.parametrize("packing", ["br", "deflate", "gzip, gzip", "zstd"])
    def test_packed_in_another_way(self, packing: str) -> None:
        assert code_of(says(BODY, Content_Encoding=packing)) == "encoding"

    def test_not_packed_although_it_says_so(self) -> None:
        assert code_of(says(BODY, Content_Encoding="gzip")) == "encoding"

    @pytest.mark.parametrize(
        "answer",
        [
            says(BODY, Content_Length="9999"),
            says(gzip.compress(BODY)[:-9], Content_Encoding="gzip"),
            says(b"ff\r\nBEGIN", Content_Length="", Transfer_Encoding="chunked"),
        ],
    )
    def test_broken_off(self, answer: Answer) -> None:
        assert code_of(answer) == "cut_off"

    @pytest.mark.parametrize("head", [b"X: " + b"a" * 70_000 + b"\r\n\r\n", b"X: y\r\n" * 200 + b"\r\n"])
    def test_headers_without_end(self, head: bytes) -> None:
        assert code_of(lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\n" + head)) in ("no_answer", "too_large")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "login"),
        (403, "login"),
        (404, "gone"),
        (410, "gone"),
        (429, "busy"),
        (500, "status"),
        (206, "status"),
    ],
)
def test_other_answers_are_told_apart(status: int, code: str) -> None:
    assert code_of(says(status=f"{status} So")) == code


@pytest.mark.parametrize(("said", "waits"), [("120", 120), ("999999999", 86400), ("soon", None), ("", None)])
def test_how_long_to_leave_it_alone(said: str, waits: int | None) -> None:
    with (
        serving(says(status="503 Later", Retry_After=said)) as server,
        pytest.raises(CalendarError) as caught,
    ):
        fetch(server.address, net=server.net)
    assert caught.value.retry_after_s == waits


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    order = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", *order.split(), *files], check=True, capture_output=True)
    return folder


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate by openssl")
class TestCertificate:
    def asked(self, pair: Path, answers: Iterable[Answer], name: str = NAME) -> Fetched:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pair / "cert.pem", pair / "key.pem")
        with serving(*answers, wrap=lambda sock: context.wrap_socket(sock, server_side=True)) as server:
            net = replace(server.net, resolve=lambda *_: [HOST], secure=secured)
            return fetch(Server(server.port).address.replace(NAME, name), net=net)

    def test_one_that_is_trusted_and_of_that_name(self, pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(pair / "cert.pem"))
        assert self.asked(pair, [says(BODY)]).body == BODY

    def test_one_of_another_name(self, pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(pair / "cert.pem"))
        with pytest.raises(CalendarError) as caught:
            self.asked(pair, [says(BODY)], "other.example")
        assert caught.value.code == "certificate"

    def test_one_that_nobody_vouches_for(self, pair: Path) -> None:
        with pytest.raises(CalendarError) as caught:
            self.asked(pair, [says(BODY)])
        assert caught.value.code == "certificate"
