"""What holds for every route of the API, whatever its view: one transaction, keys, versions.

`api.urls` lets every view through here, so that no view can forget it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import Model
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import keys, versions
from bookings.errors import ItemChanged
from tours.errors import BoardChanged

#: Methods that change something (RFC 9110, section 9.2.1, says which do not).
UNSAFE = ("post", "put", "patch", "delete")
Handler = Callable[..., Response]


def guarded(view: type[APIView]) -> type[APIView]:
    """The view behind the door.

    A view says `about` which kind of thing it is, if that has a version. It may say of itself: `keeps_nothing` (it only
    works something out, perhaps for long), `answers_secret` (its answer is not kept with the key), `adds` (it writes
    something new beside the thing of its address, which stays as it is).
    """
    methods = {name: _changing(getattr(view, name)) for name in UNSAFE if hasattr(view, name)}
    if hasattr(view, "get"):
        methods["get"] = _reading(view.get)
    return type(view.__name__, (view,), {"__module__": view.__module__, "__doc__": view.__doc__, **methods})


def _reading(handler: Handler) -> Handler:
    @wraps(handler)
    def read(view: APIView, request: Request, *args: Any, **kwargs: Any) -> Response:
        return _tagged(view, handler(view, request, *args, **kwargs))

    return read


def _changing(handler: Handler) -> Handler:
    @wraps(handler)
    def change(view: APIView, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = keys.key_of(request)

        def work() -> Response:
            if versions.needed(view, kwargs):
                versions.require(request, _thing(view))
            return _tagged(view, handler(view, request, *args, **kwargs))

        if getattr(view, "keeps_nothing", False):
            return keys.once_worked_out(request, key, work) if key else work()
        try:
            with transaction.atomic():
                is_secret = getattr(view, "answers_secret", False)
                return keys.once(request, key, work, is_secret=is_secret) if key else work()
        except (BoardChanged, ItemChanged) as error:
            raise versions.VersionStale(error.ids["version"]) from error

    return change


def _thing(view: APIView) -> Model:
    assert isinstance(view, GenericAPIView)
    thing: Model = view.get_object()
    return thing


def _tagged(view: APIView, response: Response) -> Response:
    """With the ETag of the one thing that is answered, where it has a version."""
    about = versions.about(view)
    if about and isinstance(response.data, dict) and "ETag" not in response:
        version = response.data.get(about.field)
        if version is not None:
            response["ETag"] = versions.etag(version)
    return response
