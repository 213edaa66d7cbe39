"""`deploy/nginx.conf` in a real nginx, in front of the real web server."""

import getpass
import http.client
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest
from django.utils import timezone

from bookings import feed_links
from bookings.models import Booking, Feed
from tests.bookings.visits import visit
from tests.guarantees.served import answers, serving
from tests.processes import ROOT, running, until
from tests.world import World

pytestmark = [pytest.mark.nginx, pytest.mark.django_db(transaction=True)]
#: As deploy/nginx.conf has it, and as short as nginx can.
KEPT, KEPT_HERE = "200 10s", "200 1s"


@dataclass
class Front:
    """nginx with Turne behind it: two calendars, and its two logs."""

    port: int
    behind: Popen[str]
    log: Path
    errors: Path
    public: str
    private: str

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        answer.read()
        return answer

    def post(self, path: str, body: bytes) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("POST", path, body, {"Content-Type": "multipart/form-data; boundary=x"})
        return line.getresponse().status


@pytest.fixture
def front(world: World, tmp_path: Path) -> Iterator[Front]:
    visit(world, timezone.now() + timezone.timedelta(days=20))
    whose = feed_links.Whose(world.presenting, Feed.Scope.PRESENTER)
    _feed, token = feed_links.create_feed(whose, "Kansliet", world.presenter)
    with serving(tmp_path) as (address, behind), socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
        free.close()
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        for old, new in (
            ("127.0.0.1:8000", f"127.0.0.1:{address[1]}"),
            ("127.0.0.1:8080", f"127.0.0.1:{port}"),
        ):
            text = text.replace(old, new)
        conf = tmp_path / "nginx.conf"
        conf.write_text(text.replace(KEPT, KEPT_HERE))
        # Its processes must get into our folder, whoever we are.
        user = f"daemon off; user {getpass.getuser()};" if os.getuid() == 0 else "daemon off;"
        command = ["nginx", "-p", str(tmp_path), "-c", str(conf), "-g", user]
        with running(*command, log=tmp_path / "nginx.log"):
            until(lambda: answers(port))
            yield Front(
                port,
                behind,
                tmp_path / "access.log",
                tmp_path / "nginx.log",
                f"/ical/turne/{world.tour.slug}.ics",
                f"/ical/privat/{token}.ics",
            )


def test_calendars_are_answered_from_the_cache_and_secrets_are_not(front: Front) -> None:
    """One test for all: starting the two takes seconds."""
    first, again = front.get(front.public), front.get(front.public)
    assert [answer.headers["X-Cache"] for answer in (first, again)] == ["MISS", "HIT"]
    assert (again.status, again.headers["ETag"]) == (200, first.headers["ETag"])
    known = front.get(front.public, If_None_Match=first.headers["ETag"])
    assert (known.status, known.headers["X-Cache"]) == (304, "HIT")
    packed = front.get(front.public, Accept_Encoding="gzip")
    assert packed.headers["ETag"] == first.headers["ETag"][:-1] + '-gzip"'
    assert [front.get(front.private).headers["X-Cache"] for _time in range(2)] == [None, None]
    assert "privat" not in front.log.read_text()

    Booking.objects.update(status="cancelled")
    until(lambda: front.get(front.public).headers["ETag"] != first.headers["ETag"], 20)
    changed = front.get(front.public).headers["ETag"]
    front.behind.terminate()
    front.behind.wait(30)
    until(lambda: front.get(front.public).headers["X-Cache"] in {"STALE", "UPDATING"}, 20)
    assert (front.get(front.public).status, front.get(front.public).headers["ETag"]) == (200, changed)
    assert front.get(front.private).status == 502
    assert front.get("/kalender/").status == 502
    errors = front.errors.read_text()
    assert ("/kalender/" in errors, "/ical/privat" in errors) == (True, False)


def test_how_an_address_is_written_spoils_no_other_and_files_get_through(front: Front) -> None:
    """nginx reads /ical//turne/x.ics as /ical/turne/x.ics; Turne does not, and its 404 was kept for both."""
    slug = front.public.removeprefix("/ical/turne/")
    odd = [f"/ical//turne/{slug}", f"/ical/x/../turne/{slug}", f"/ical/turne/%2e/{slug}"]
    assert [front.get(path).status for path in odd] == [404, 404, 404]
    assert front.get(front.public).status == 200
    assert front.post("/prenumerera/privat/", b"x" * 2_000_000) == 403
