"""Who asks."""

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from venues.models import User


def actor(request: Request) -> User:
    """The user who acts. Raises NotAuthenticated for whoever is not logged in."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
