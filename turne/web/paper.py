"""A document as a tagged PDF, where the extra `pdf` is installed; else it is printed from the browser."""

import ctypes.util
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from PIL import ImageFile

#: For people who read with a screen reader: headings, tables and language are told. Source: ISO 14289-1.
VARIANT = "pdf/ua-1"
STYLE = "turne/css/paper.css"


@cache
def is_available() -> bool:
    """Whether PDFs can be made here: WeasyPrint and the Pango library are there."""
    return find_spec("weasyprint") is not None and ctypes.util.find_library("pango-1.0") is not None


def pdf_response(name: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """The template as a PDF to download; nothing is fetched but its style sheet and that one's fonts."""
    weasyprint = _weasyprint()
    style = finders.find(STYLE)
    assert isinstance(style, str), f"{STYLE} is not among the static files"
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    nearby = {"font_config": fonts, "url_fetcher": weasyprint.URLFetcher(allowed_protocols={"file"})}
    sheet = weasyprint.CSS(
        string=Path(style).read_text(encoding="utf-8"), base_url=Path(style).as_uri(), **nearby
    )
    document = weasyprint.HTML(string=render_to_string(template, context), url_fetcher=nearby["url_fetcher"])
    made = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _weasyprint() -> Any:
    """The library. As it is loaded it lets Pillow take pictures that are cut off, for the whole process: not here."""
    module = import_module("weasyprint")
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return module
