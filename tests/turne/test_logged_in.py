"""Who asks for a page that only those who are logged in can open."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from turne.web.logged_in import user_of
from venues.models import User


def test_it_is_the_user_of_the_request(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(email="en@exempel.example")
    assert user_of(request) is request.user


def test_a_page_that_anybody_can_open_has_none(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(AssertionError):
        user_of(request)
