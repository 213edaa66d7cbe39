"""What is sent with forms: no more of it comes onto the disk than a form asks for."""

from io import BytesIO

import pytest
from django.core.files import uploadhandler
from django.test import Client

from tests.world import World
from turne.web import uploads

MIB = 1024 * 1024


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that come onto the disk."""
    found: list[str] = []
    kept = uploadhandler.TemporaryFileUploadHandler.new_file

    def noted(handler: uploadhandler.TemporaryFileUploadHandler, *args: object, **options: object) -> None:
        found.append(handler.__class__.__name__)
        kept(handler, *args, **options)

    monkeypatch.setattr(uploadhandler.TemporaryFileUploadHandler, "new_file", noted)
    monkeypatch.setattr(uploads, "MOST_BYTES", 4 * MIB)
    return found


def sent(size: int) -> int:
    """The status that a stranger gets who has read a page and sends a file to one that is not theirs."""
    stranger = Client(enforce_csrf_checks=True)
    stranger.get("/prenumerera/")
    token = stranger.cookies["csrftoken"].value
    data = {"csrfmiddlewaretoken": token, "file": BytesIO(b"x" * size)}
    return stranger.post("/prenumerera/privat/", data).status_code


def test_what_a_form_may_ask_for_is_read(world: World, written: list[str]) -> None:
    assert (sent(3 * MIB), written) == (302, ["TemporaryFileUploadHandler"])


def test_what_none_asks_for_comes_not_onto_the_disk(world: World, written: list[str]) -> None:
    assert (sent(5 * MIB), written) == (400, [])
