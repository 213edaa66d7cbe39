"""What tests of pages share: a fixed moment, English pages, and what a page says."""

import re
from datetime import UTC, datetime
from html import unescape

from django.http import HttpResponse

#: In the open season of `tests.world`.
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
#: After it has closed, before it is played.
CLOSED = datetime(2027, 1, 7, 12, tzinfo=UTC)
#: Between the two: a tour is planned.
BEFORE_THE_TOUR = datetime(2026, 12, 18, 9, tzinfo=UTC)
ENGLISH = {"accept-language": "en"}


def text_of(response: HttpResponse) -> str:
    """What a reader reads: no tags, single spaces."""
    bare = re.sub(r"(?s)<(script|style|template|head)\b.*?</\1>|<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(bare)).replace("\N{NO-BREAK SPACE}", " ").strip()
