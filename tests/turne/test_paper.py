"""Documents as PDFs: what a document may fetch, and how many are made at once."""

from io import BytesIO
from pathlib import Path
from threading import Lock

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.agreements import confirmed
from tests.world import World
from turne.web import paper

DOCUMENT = '<html lang="en"><head><title>t</title><link rel="attachment" href="{}"></head><p>x</p></html>'


def attached(address: str) -> list[str]:
    """The names of the files that a document with that attachment carries."""
    return list(PdfReader(BytesIO(paper.made(DOCUMENT.format(address)))).attachments)


@pytest.mark.pdf
def test_no_file_of_the_machine_gets_into_a_document(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush", "utf-8")
    ours = Path(paper.__file__).parents[1] / "static/turne/css/paper.css"
    assert attached(ours.as_uri()) == ["paper.css"]
    assert attached(secret.as_uri()) == []
    assert attached(f"{ours.parent.as_uri()}/..%2F..%2F..%2Fsettings.py") == []
    assert attached("http://127.0.0.1:1/x") == []


@pytest.mark.pdf
@pytest.mark.usefixtures("before_the_tour")
def test_who_comes_while_others_are_made_is_asked_to_come_again(
    world: World, producer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Lock()
    monkeypatch.setattr(paper, "_ONE", lock)
    monkeypatch.setattr(paper, "PATIENCE_S", 0.01)
    address = reverse("booking-agreement-pdf", args=[confirmed(world).pk, 1])
    with lock:
        busy = producer.get(address)
    assert (busy.status_code, busy["Retry-After"]) == (503, "30")
    assert producer.get(address).status_code == 200
