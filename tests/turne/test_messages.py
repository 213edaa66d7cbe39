"""Swedish is complete: every text of the sources is translated, compiled, and shown on the pages."""

import io
import re
from gettext import GNUTranslations
from html import unescape
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.test import Client
from django.urls import reverse

from scripts import messages
from tests.bookings.visits import visit
from tests.world import World

SV = messages.LOCALE / "sv" / "LC_MESSAGES"
PUBLIC = [
    "home",
    "calendar",
    "map",
    "season-menu",
    "subscribe",
    "account_login",
    "accessibility",
    "about-data",
    "personal-data",
]
PRESENTER = ["my-week", "inbox", "wishes", "private-feeds", "profile", "venues"]
PRODUCER = [
    "my-week",
    "inbox",
    "tours",
    "tour-new",
    "repertoire",
    "repertoire",
    "production-new",
    "change-requests",
    "outbox",
    "beds",
]
OFFICER = ["my-week", "coverage"]


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    """The Swedish catalogue as it is stored."""
    return messages.stored("sv")


@pytest.fixture(scope="module")
def collected() -> Catalog:
    """Every text of the sources, read once: it takes seconds."""
    return messages.collect()


def ids(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def forms_of(message: Message) -> list[tuple[str, str]]:
    """Each msgid with its translation: one pair, or singular and plural."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string, strict=True))


def marks(text: str) -> list[str]:
    """What a translation must keep: placeholders, tags and web addresses."""
    return sorted(re.findall(r"%\(\w+\)[sd]|%%|%[sd]|<[^>]+>|https?://[^\s\"<]+", text))


def texts_in(folder: Path, name: str, content: str, monkeypatch: pytest.MonkeyPatch) -> list[messages.Text]:
    """What is collected from a file with this content."""
    monkeypatch.setattr(messages, "ROOT", folder)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return list(messages.texts(path))


# -- The catalogue ---------------------------------------


def test_every_text_has_swedish(swedish: Catalog, collected: Catalog):
    assert sorted(map(str, ids(collected) - ids(swedish))) == [], (
        "run `make messages` and translate what is new"
    )


def test_no_translation_is_empty_or_guessed(swedish: Catalog):
    assert [message.id for message in messages.missing(swedish)] == []


def test_no_text_is_kept_that_is_gone(swedish: Catalog, collected: Catalog):
    assert sorted(map(str, ids(swedish) - ids(collected))) == [], "run `make messages`"
    assert list(swedish.obsolete) == []


def test_placeholders_and_markup_are_kept(swedish: Catalog):
    pairs = [pair for message in swedish if message.id for pair in forms_of(message)]
    assert [pair for pair in pairs if marks(pair[0]) != marks(pair[1])] == []


def test_edges_of_a_text_are_kept(swedish: Catalog):
    pairs = [pair for message in swedish if message.id for pair in forms_of(message)]
    edges = [[(text[:1].isspace(), text[-1:].isspace()) for text in pair] for pair in pairs]
    assert [pair for pair, (source, target) in zip(pairs, edges, strict=True) if source != target] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_compiled_catalogue_is_that_of_the_written_one(language: str):
    folder = messages.LOCALE / language / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        shipped = GNUTranslations(file)
    fresh = GNUTranslations(io.BytesIO(messages.compiled(messages.stored(language))))
    assert vars(shipped)["_catalog"] == vars(fresh)["_catalog"]


# -- Collecting ---------------------------------------


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("One " "text")', (("One text",), None)),
        ("f\"{_('Inside')} it\"", (("Inside",), None)),
        ('_lazy("Later")', (("Later",), None)),
        ('ngettext("%d a", "%d b", n)', (("%d a", "%d b"), None)),
        ('pgettext("tour", "Stage")', (("Stage",), "tour")),
        ('npgettext_lazy("x", "a", "b")', (("a", "b"), "x")),
        ('_("Outer %s") % gettext("x")', (("Outer %s",), None)),
        ('class A(B):\n    X = "x", _("label")', (("label",), None)),
    ],
)
def test_texts_of_python(code: str, found: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert found in texts_in(tmp_path, "a.py", code, monkeypatch)


@pytest.mark.parametrize("code", ["_(name)", '_("")', 'other("text")'])
def test_what_is_no_text_of_python(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert texts_in(tmp_path, "a.py", code, monkeypatch) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('{% translate "A text" %}', (("A text",), None)),
        ("{% translate 'A text' as x %}", (("A text",), None)),
        ('{% translate "Stage" context "tour" %}', (("Stage",), "tour")),
        ('{% include "a.html" with b=_("A text") %}', (("A text",), None)),
        ("{% blocktranslate with n=a.b %}By {{ n }}{% endblocktranslate %}", (("By %(n)s",), None)),
        ("{% blocktranslate trimmed %}\n  One\n  line\n{% endblocktranslate %}", (("One line",), None)),
        (
            "{% blocktranslate count n=a %}{{ n }} a{% plural %}{{ n }} b{% endblocktranslate %}",
            (("%(n)s a", "%(n)s b"), None),
        ),
    ],
)
def test_texts_of_a_template(code: str, found: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    content = f"{{% load i18n %}}\n    <p>It's here: {code}</p>"
    assert texts_in(tmp_path, "a.html", content, monkeypatch) == [found]


def test_counted_text_stands_for_the_uncounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = {"a.py": '_("%d a")', "b.py": 'ngettext("%d a", "%d b", n)', "c.py": '_("%d a")'}
    (tmp_path / "turne").mkdir()
    for name, code in files.items():
        (tmp_path / "turne" / name).write_text(code, encoding="utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    (message,) = [message for message in messages.collect() if message.id]
    assert message.id == ("%d a", "%d b")
    assert [place for place, _line in message.locations] == ["turne/a.py", "turne/b.py", "turne/c.py"]


def test_second_run_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    monkeypatch.setattr(messages, "APPS", ("api",))
    runs = []
    for _run in range(2):
        assert messages.main() == 1, "an empty folder has no Swedish yet"
        runs.append({path: path.read_bytes() for path in tmp_path.rglob("django.*")})
    assert len(runs[0]) == 4
    assert runs[0] == runs[1]


# -- The pages ---------------------------------------


def english_on(client: Client, url: str, swedish: Catalog) -> list[str]:
    """The msgids that a page shows as they stand, instead of their Swedish."""
    response = client.get(url, headers={"accept-language": "sv"})
    assert response.status_code == 200, url
    foreign = r'(?s)<(script|style)\b.*?</\1>|<(\w+)[^>]* lang="en"[^>]*>.*?</\2>'
    body = re.sub(foreign, "", response.content.decode())
    parts = re.split(r"<[^>]*>", body) + re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', body)
    said = {re.sub(r"\s+", " ", unescape(part)).strip() for part in parts}
    differing = [i for message in swedish if message.id for i, text in forms_of(message) if i != text]
    return sorted(said & set(differing))


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_swedish(name: str, client: Client, world: World, swedish: Catalog):
    visit(world)
    assert english_on(client, reverse(name), swedish) == []


@pytest.mark.parametrize("name", PRESENTER)
def test_presenters_page_is_swedish(name: str, as_user, world: World, swedish: Catalog):
    visit(world)
    assert english_on(as_user(world.presenter), reverse(name), swedish) == []


@pytest.mark.parametrize("name", PRODUCER)
def test_producers_page_is_swedish(name: str, as_user, world: World, swedish: Catalog):
    visit(world)
    assert english_on(as_user(world.producer), reverse(name), swedish) == []


@pytest.mark.parametrize("name", OFFICER)
def test_officers_page_is_swedish(name: str, as_user, world: World, swedish: Catalog):
    visit(world)
    assert english_on(as_user(world.officer), reverse(name), swedish) == []


def test_board_is_swedish(as_user, world: World, swedish: Catalog):
    visit(world)
    url = reverse("board", args=[world.tour.slug])
    assert english_on(as_user(world.producer), url, swedish) == []
