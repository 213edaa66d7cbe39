"""What may be sent: JSON of a size that one process can take."""

import json
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
    """JSON of whole characters, not nested without end. Its size is the setting DATA_UPLOAD_MAX_MEMORY_SIZE's.

    Half a character (a lone surrogate, RFC 8259 section 8.2) fits in no database and no answer.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            found = super().parse(stream, media_type, parser_context)
            json.dumps(found, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
        except UnicodeEncodeError:
            raise ParseError(_("A text in the body has half a character in it (a lone surrogate).")) from None
        return found
