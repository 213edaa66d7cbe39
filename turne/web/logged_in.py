"""Who is logged in, for pages that nobody else can open."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from turne.web.form_fields import number_in
from venues.models import User


def user_of(request: HttpRequest) -> User:
    """Who asks for a page behind login_required; an AssertionError tells of a page that is not."""
    assert isinstance(request.user, User)
    return request.user


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts, on which version, and when: what verbs want beside their own."""
    return {"by": user_of(request), "version": number_in(request.POST.get("version")), "now": timezone.now()}
