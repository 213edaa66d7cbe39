"""What the tests of the API may use besides."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.api.callers import OPEN


@pytest.fixture
def season_is_open(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a day on which the small world's season takes wishes."""
    monkeypatch.setattr(timezone, "now", lambda: OPEN)
    return OPEN


@pytest.fixture
def season_has_closed(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a day after the small world's season has closed, and before its tour."""
    now = OPEN + timedelta(days=28)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now
