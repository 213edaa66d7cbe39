"""Facts that are kept as they were: their digest, their words in every language of the house, their moments."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone, translation

Facts = dict[str, Any]
Words = dict[str, str]


class Kept(Protocol):
    """A row of facts with their digest."""

    @property
    def facts(self) -> Any: ...

    @property
    def digest(self) -> str: ...


def digest_of(facts: Facts) -> str:
    """The SHA-256 of the facts, however their keys are ordered (RFC 8785 for what stands in them: no fractions)."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(kept: Kept) -> bool:
    """Whether the facts are those that were kept."""
    return digest_of(kept.facts) == kept.digest


def in_every_language(text: Callable[[], Any]) -> Words:
    """The text in every language of the house."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(text())
    return found


def kept_moment(at: datetime) -> str:
    """With the region's offset on that day, so that the clock that was agreed can be read in it."""
    return timezone.localtime(at).isoformat()
