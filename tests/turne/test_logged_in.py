"""Who asks for a page that only those who are logged in can open, and what a verb is told of it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from turne.web.logged_in import acting, user_of
from venues.models import User

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def request_of_somebody(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/", {"version": "3"})
    request.user = User(email="en@exempel.example")
    return request


def test_it_is_the_user_of_the_request(request_of_somebody: HttpRequest) -> None:
    assert user_of(request_of_somebody) is request_of_somebody.user


def test_a_page_that_anybody_can_open_has_none(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(AssertionError):
        user_of(request)


def test_who_acts_does_so_now_on_the_version_that_was_seen(
    request_of_somebody: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    assert acting(request_of_somebody) == {"by": request_of_somebody.user, "version": 3, "now": NOW}
