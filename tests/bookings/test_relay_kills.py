"""A relay is killed with a digest in its hands: nothing is lost, and what comes twice bears the same Message-ID."""

import os
import signal
import sys
from email import message_from_bytes
from pathlib import Path

import pytest
from django.utils import timezone

from bookings.models import Notice
from tests.bookings.test_digests import digest, offer_all
from tests.processes import HOME, database_url, running, until
from tests.world import make_world

WORK = [sys.executable, "manage.py", "work"]
State = Notice.State
#: What Django's mailbox of files writes behind a mail.
END = b"-" * 79 + b"\n"


def mails(folder: Path) -> list[str]:
    """The Message-ID of each mail that the server has taken: what is still being written is not."""
    texts = [path.read_bytes() for path in (folder / "mail").glob("*.log")]
    return [str(message_from_bytes(text)["Message-ID"]) for text in texts if text.endswith(END)]


def states() -> set[str]:
    return set(Notice.objects.values_list("state", flat=True))


@pytest.mark.process
@pytest.mark.parametrize(("hangs", "taken"), [("before", 1), ("after", 2)])
def test_a_digest_outlives_its_relay(transactional_db: None, tmp_path: Path, hangs: str, taken: int) -> None:
    offer_all(make_world())
    Notice.objects.update(send_after=timezone.now())
    given = {**HOME, "DATABASE_URL": database_url(), "TURNE_EMAIL_URL": f"filemail:///{tmp_path}/mail"}
    hanging = {"DJANGO_SETTINGS_MODULE": "tests.hanging", "TURNE_HANGS": hangs}
    with running(*WORK, log=tmp_path / "first.log", **given, **hanging) as relay:
        until(lambda: states() == {State.CLAIMED} and (hangs == "before" or mails(tmp_path)))
        os.kill(relay.pid, signal.SIGKILL)
        relay.wait(10)
    assert states() == {State.CLAIMED}
    Notice.objects.update(claimed_until=timezone.now())  # the lease runs out
    with running(*WORK, log=tmp_path / "second.log", **given):
        until(lambda: states() == {State.SENT})
    assert mails(tmp_path) == [f"<{digest().pk}@turne>"] * taken
