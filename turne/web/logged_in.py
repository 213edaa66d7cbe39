"""Who is logged in, for pages that nobody else can open."""

from django.http import HttpRequest

from venues.models import User


def user_of(request: HttpRequest) -> User:
    """Who asks for a page behind login_required; an AssertionError tells of a page that is not."""
    assert isinstance(request.user, User)
    return request.user
