"""A mail server that never answers; see `tests.hanging`."""

import time
from typing import Any

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend

FOR_EVER_S = 600


class Hanging(EmailBackend):
    """Writes mails to files, and hangs."""

    def send_messages(self, messages: Any) -> int:
        if settings.HANGS == "after":
            super().send_messages(messages)
        time.sleep(FOR_EVER_S)
        return 0
