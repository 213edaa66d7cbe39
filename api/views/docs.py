"""The API's own pages: where everything is, its OpenAPI schema, and a page to browse and try it."""

from functools import cache
from typing import Any

from django.http import Http404
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api.schema import operation

#: What the root shows: name of the resource -> name of its route.
RESOURCES = {
    name: f"api-{name}"
    for name in (
        "schema",
        "docs",
        "me",
        "municipalities",
        "places",
        "venues",
        "organisations",
        "productions",
        "seasons",
        "performances",
        "wishes",
        "tours",
        "bookings",
        "tokens",
        "travel",
    )
} | {"planner": "api-planner-solve"}


class Root(APIView):
    """Where everything is."""

    @operation(
        "Where everything is",
        {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
        tags=["about"],
    )
    def get(self, request: Request) -> Response:
        return Response({name: reverse(route, request=request) for name, route in RESOURCES.items()})


@extend_schema(exclude=True)
class Unknown(APIView):
    """What there is not: a problem here too, instead of a page."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer every method the same."""
        raise Http404


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, in English. Routes do not change while a process lives, and writing it takes a second."""
    with translation.override("en"):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found


class _Written(SchemaGenerator):
    """Gives the document that is written once."""

    def get_schema(self, request: Request | None = None, public: bool = False) -> dict[str, Any]:
        return document()


class Schema(SpectacularAPIView):
    """The OpenAPI 3.1 schema, in English whatever the reader's language, and the same for everybody."""

    generator_class = _Written


class Docs(SpectacularSwaggerSplitView):
    """Swagger UI from our own static files. Nothing in it is inline, so that the site's policy holds here too."""

    url_name = "api-schema"
    template_name = "api/docs.html"
