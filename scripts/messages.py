"""Bring the catalogues up to date: collect the texts, merge them into turne/locale, compile.

Pure Python (Babel), so that no machine needs GNU gettext. Run it by `make messages` from the project's root.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "turne" / "locale"
APPS = ("turne", "api", "programmes", "bookings", "tours", "venues")
LANGUAGES = ("sv", "en")
HEADER = "# The texts of Turne: `make messages` collects them, people translate them."
#: Folders inside an app whose files hold no texts for people, or invented ones that are not translated.
SKIPPED = {"migrations", "static", "data", "demo", "locale"}
SINGULAR = {"_", "_lazy", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
KEYWORDS = SINGULAR | PLURAL


#: A function's name and its arguments, None where an argument is no literal.
Call = tuple[str, list[Any]]


class Text(NamedTuple):
    """One text of the sources: its msgid (singular, and plural where it counts) and context."""

    msgids: tuple[str, ...]
    context: str | None


def sources() -> Iterator[Path]:
    """Every file whose texts are translated, in order."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            parts = set(path.relative_to(ROOT).parts)
            if path.suffix in {".py", ".html", ".txt"} and not SKIPPED & parts:
                yield path


def texts(path: Path) -> Iterator[Text]:
    """The texts of one source file; a text that is used twice comes twice."""
    code = path.read_text(encoding="utf-8")
    for function, arguments in _in_python(code) if path.suffix == ".py" else _in_template(code):
        context = arguments.pop(0) if "pgettext" in function else None
        msgids = tuple(arguments[: 2 if function in PLURAL else 1])
        if msgids and all(isinstance(msgid, str) and msgid for msgid in msgids):
            yield Text(msgids, context)


def _in_python(code: str) -> Iterator[Call]:
    """By the syntax tree, which also sees calls inside f-strings; what is no literal is None."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            function = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if function in KEYWORDS:
                yield function, [each.value if isinstance(each, ast.Constant) else None for each in node.args]


def _in_template(code: str) -> Iterator[Call]:
    """As the Python-like calls that Django makes of it; its indentation means nothing, so it is taken away."""
    python = "\n".join(line.lstrip() for line in templatize(code).splitlines())
    keywords = dict.fromkeys(KEYWORDS)
    found = extract_python(io.BytesIO(python.encode()), keywords, [], {"encoding": "utf-8"})
    for _line, function, arguments, _comments in found:
        yield str(function), list(arguments) if isinstance(arguments, tuple) else [arguments]


def collect() -> Catalog:
    """The catalogue of every text in the sources, untranslated.

    Where one place counts a text and another does not, the counting form stands for both, as gettext reads it.
    """
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    places: dict[tuple[str, str | None], set[str]] = {}
    for path in sources():
        for msgids, context in texts(path):
            key = (msgids[0], context)
            found[key] = max(found.get(key, ()), msgids, key=len)
            places.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    catalog = Catalog(project="Turne", charset="utf-8")
    for key, msgids in found.items():
        catalog.add(
            msgids if len(msgids) > 1 else msgids[0],
            locations=[(place, None) for place in sorted(places[key])],  # type: ignore[misc]
            context=key[1],
        )
    return catalog


def _empty(language: str) -> Catalog:
    now = datetime.now(UTC)
    catalog = Catalog(
        locale=language,
        header_comment=HEADER,
        creation_date=now,
        revision_date=now,
        charset="utf-8",
        fuzzy=False,
    )
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Turne", "", ""
    catalog.last_translator = catalog.language_team = "Turne"
    return catalog


def stored(language: str) -> Catalog:
    """The catalogue of a language as it stands in turne/locale; empty where there is none yet."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merge(language: str, collected: Catalog) -> Catalog:
    """The stored catalogue with new texts added and gone ones dropped.

    Its dates stay, so that a second run changes nothing.
    """
    catalog = stored(language)
    catalog.update(collected, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def missing(catalog: Catalog) -> list[Message]:
    """The texts that have no translation, or only a guessed one."""
    return [message for message in catalog if message.id and (message.fuzzy or not _full(message.string))]


def _full(translation: object) -> bool:
    return all(translation) if isinstance(translation, (list, tuple)) else bool(translation)


def written(catalog: Catalog) -> bytes:
    """The bytes of the .po file."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The bytes of the .mo file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main() -> int:
    """Write both catalogues; 1 when Swedish lacks a text (English falls back to the msgids)."""
    gaps = []
    collected = collect()
    for language in LANGUAGES:
        catalog = merge(language, collected)
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "django.po").write_bytes(written(catalog))
        (folder / "django.mo").write_bytes(compiled(catalog))
        if language == "sv":
            gaps = missing(catalog)
            print(f"{len(catalog)} texts, {len(gaps)} without Swedish.")
    for message in gaps:
        print(f"  {message.id!r}")
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
