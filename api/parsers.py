"""What may be sent: JSON of a size that one process can take."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser


class TooMuch(APIException):
    """More was sent than one request may bring."""

    status_code = 413
    default_detail = gettext_lazy("The body is too large. Send less at a time.")
    default_code = "too_much"


class Json(JSONParser):
    """JSON; a body that is nested without end is refused. Its size is the setting DATA_UPLOAD_MAX_MEMORY_SIZE's."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
