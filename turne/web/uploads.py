"""How much may be sent at once: files are written to disk before anybody is asked who sends them."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

#: Source: the house's choice: a work sample of 15 MB is the largest that a form asks for, with what is sent
#: beside it.
MOST_BYTES = 16 * 1024 * 1024


class Bounded(FileUploadHandler):
    """Refuses what says that it is larger, before a byte of it is read; without its length Django reads nothing."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the length alone."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("More was sent than any form asks for.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """On to the next handler, which keeps it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
