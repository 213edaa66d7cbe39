"""How long lists are cut into pages."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """Pages of 50, or as many as asked for up to 200."""

    page_size_query_param = "page_size"
    max_page_size = 200
    invalid_page_message = gettext_lazy("There is no such page of this list.")  # type: ignore[assignment]

    def get_page_size(self, request: Request) -> int | None:
        """How many are asked for; nonsense is an error, not the default."""
        asked = request.query_params.get(self.page_size_query_param, "1")
        if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) <= self.max_page_size):
            told = {"most": self.max_page_size}
            raise ValidationError({"page_size": _("Give a whole number from 1 to %(most)d.") % told})
        size: int | None = super().get_page_size(request)
        return size

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """As the framework says it, but null as JSON Schema of OpenAPI 3.1 writes it."""
        found: dict[str, Any] = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            link = found["properties"][name]
            link.pop("nullable", None)
            link["type"] = ["string", "null"]
        return found
