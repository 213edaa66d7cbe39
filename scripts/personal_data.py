"""Write the table of docs/personal-data.md anew from `programmes.retention`. Run it by `make personal-data`."""

from collections.abc import Iterable
from pathlib import Path

from django.utils import translation

from programmes.retention import RULES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "personal-data.md"
BEGIN, END = "<!-- written by make personal-data -->", "<!-- end -->"


def written(page: str) -> str:
    """The page with its table as the code has it now."""
    before, rest = page.split(BEGIN)
    with translation.override("en"):
        return "\n".join([before + BEGIN, *_rules(), END + rest.split(END)[1]])


def _rules() -> Iterable[str]:
    yield "| what | why | how long | carried out by | fields |"
    yield "|---|---|---|---|---|"
    for rule in RULES:
        task = f"`{rule.task}`" if rule.task else "–"
        fields = ", ".join(f"`{field}`" for field in rule.fields)
        yield f"| {rule.what} | {rule.why} | {rule.term_text} | {task} | {fields} |"


def write() -> None:
    """Bring the page up to date."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
