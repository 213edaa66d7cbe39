"""What tests of pages share: a fixed moment, English pages, and what a page says."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tours.models import Wish

#: In the open season of `tests.world`.
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
#: After it has closed, before it is played.
CLOSED = datetime(2027, 1, 7, 12, tzinfo=UTC)
#: Between the two: a tour is planned.
BEFORE_THE_TOUR = datetime(2026, 12, 18, 9, tzinfo=UTC)
ENGLISH = {"accept-language": "en"}
#: What a presenter sends to ask for another day.
COUNTER = {
    "starts_on": "2027-02-08",
    "ends_on": "2027-02-09",
    "earliest": "10:00",
    "latest": "14:00",
    "message": "Då går det.",
}


def get(client: Client, url: str) -> Any:
    """A page in English."""
    return client.get(url, headers=ENGLISH)


def post(client: Client, url: str, sent: dict[str, Any] | None = None, **more: object) -> Any:
    """What a form leads to, in English."""
    return client.post(url, sent or {}, headers=ENGLISH, **more)


def address_of(wish: Wish, step: str = "") -> str:
    """A wish's page, or one of its steps."""
    return f"/onskemal/{wish.pk}/{step}"


def queries_of(client: Client, url: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def said(response: Any) -> list[str]:
    """The messages on the page that follows."""
    return [str(message) for message in response.context["messages"]]


def errors_of(response: Any) -> dict[str, list[str]]:
    """What a refused form says beside its fields."""
    assert response.status_code == 422
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def source_of(response: Any) -> str:
    """The page as it is written, with single spaces."""
    return " ".join(response.content.decode().split())


def text_of(response: HttpResponse) -> str:
    """What a reader reads: no tags, single spaces."""
    bare = re.sub(r"(?s)<(script|style|template|head)\b.*?</\1>|<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(bare)).replace("\N{NO-BREAK SPACE}", " ").strip()
