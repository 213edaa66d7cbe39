"""Tables as files that a spreadsheet opens."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

#: A cell that begins so would be run as a formula. Source: OWASP, CSV injection.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A file to download: semicolons and a byte order mark, as a Swedish Excel expects them."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return response


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
