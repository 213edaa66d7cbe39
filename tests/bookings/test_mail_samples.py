"""The samples of mails: every kind, whole in both languages, and none asks the database."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from bookings.hold_words import WORDS
from bookings.mail_kinds import KINDS
from bookings.mail_samples import sample, sample_kinds


def test_every_kind_has_one() -> None:
    kinds = {name.partition("-")[0] for name in sample_kinds()}
    assert kinds == {name for name, kind in KINDS.items() if kind.template}
    assert set(WORDS) <= kinds


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", sample_kinds())
class TestEach:
    def test_is_whole(self, name: str, language: str) -> None:
        with translation.override(language):
            letter = sample(name)
        assert f'<html lang="{language}">' in letter.html
        assert 0 < len(letter.subject) <= 250
        for text in (letter.text, letter.html):
            assert re.findall(r"\{[{%]|None|%\(", re.sub(r"(?s)<style>.*?</style>", "", text)) == []

    def test_has_one_main_button_and_its_address_in_the_text(self, name: str, language: str) -> None:
        with translation.override(language):
            letter = sample(name)
        buttons = _Buttons()
        buttons.feed(letter.html)
        assert len(buttons.found) == (0 if name == "digest" else 1)
        assert all(link in letter.text for link in buttons.found)

    def test_is_readable_in_the_dark(self, name: str, language: str) -> None:
        with translation.override(language):
            html = sample(name).html
        assert "prefers-color-scheme: dark" in html
        assert 'name="color-scheme" content="light dark"' in html


class _Buttons(HTMLParser):
    """The links inside what is drawn as a button."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = self.inside or given.get("class") == "m-button"
        if self.inside and tag == "a":
            self.found.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"


def test_what_asks_says_by_when_in_its_subject() -> None:
    with translation.override("en"):
        assert sample("offered").subject.startswith("Answer by Thu 14 Jan: can you host")
        assert sample("hold_challenged").subject.startswith("Answer by ")
        assert sample("digest").subject == "Answer by Thu 14 Jan: 3 offers from Exempelscenen"
