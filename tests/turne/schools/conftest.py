"""What the tests of crews' pages share: the moment at which the agreements of the tests are made."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.agreements import NOW


@pytest.fixture(autouse=True)
def in_december(monkeypatch: pytest.MonkeyPatch, settings) -> datetime:
    """A week after the season has closed, and a good month before the tour."""
    settings.SESSION_COOKIE_AGE = 10**8  # a session outlives the leaps of the clock
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW
