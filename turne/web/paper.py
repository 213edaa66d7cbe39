"""A document as a tagged PDF, where the extra `pdf` is installed; else it is printed from the browser."""

import ctypes.util
import threading
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import ImageFile

#: For people who read with a screen reader: headings, tables and language are told. Source: ISO 14289-1.
VARIANT = "pdf/ua-1"
STYLE = "turne/css/paper.css"
#: One at a time in a process: a tour book takes ten seconds of a processor and 350 MB, and Pango is not made for
#: several threads. Who has waited so long (seconds; less than the patience of gunicorn and proxies) comes again.
_ONE = threading.Lock()
PATIENCE_S = 25.0
RETRY_AFTER_S = 30


@cache
def is_available() -> bool:
    """Whether PDFs can be made here: WeasyPrint and the Pango library are there."""
    return find_spec("weasyprint") is not None and ctypes.util.find_library("pango-1.0") is not None


def answer(
    request: HttpRequest, name: str, template: str, context: dict[str, Any], *, as_pdf: bool
) -> HttpResponse:
    """The document as a PDF where that is asked for and can be made, else as a page to print."""
    if as_pdf and is_available():
        return pdf_response(f"{name}.pdf", template, context)
    return render(request, template, context | {"is_page": True, "is_pdf_made": is_available()})


def pdf_response(name: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """The template as a PDF to download, or 503 where others are being made; see `made`."""
    text = render_to_string(template, context)
    if not _ONE.acquire(timeout=PATIENCE_S):
        sentence = _("Other documents are being made. Try again in half a minute, or print the page.")
        busy = {"Retry-After": str(RETRY_AFTER_S)}
        return HttpResponse(sentence, status=503, headers=busy, content_type="text/plain; charset=utf-8")
    try:
        response = HttpResponse(made(text), content_type="application/pdf")
    finally:
        _ONE.release()
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def made(text: str) -> bytes:
    """The HTML as a PDF; nothing is fetched but its style sheet's fonts, whatever the text names."""
    weasyprint = _weasyprint()
    style = _static(STYLE)
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    fetcher = _fetcher(weasyprint, style.parents[2])
    sheet = weasyprint.CSS(
        string=style.read_text(encoding="utf-8"),
        base_url=style.as_uri(),
        font_config=fonts,
        url_fetcher=fetcher,
    )
    document = weasyprint.HTML(string=text, url_fetcher=fetcher)
    found: bytes = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
    return found


def style_text(name: str) -> str:
    """A style sheet of the static files, to stand inside a drawing: a PDF gives its pictures no other."""
    return _static(name).read_text(encoding="utf-8")


def _static(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), f"{name} is not among the static files"
    return Path(found)


def _fetcher(weasyprint: Any, folder: Path) -> Any:
    """What fetches for a document: files of that folder alone, nothing else of this machine or of the network."""

    class OnlyThere(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            if not path.is_relative_to(folder.resolve()):
                raise ValueError(f"not one of ours: {url}")
            return super().fetch(url, headers)

    return OnlyThere(allowed_protocols={"file"})


def _weasyprint() -> Any:
    """The library. As it is loaded it lets Pillow take pictures that are cut off, for the whole process: not here."""
    module = import_module("weasyprint")
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return module
