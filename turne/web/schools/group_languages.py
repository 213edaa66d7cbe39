"""The languages of a group as people write them, by name or by tag, and the tags as people read them."""

import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from turne.web.particulars import LANGUAGES
from venues.groups import TAG

#: What pupils speak beside the languages of productions. Source: the house's choice; any tag can be written.
MORE = {
    "fi": gettext_lazy("Finnish"),
    "fit": gettext_lazy("Meänkieli"),
    "swl": gettext_lazy("Swedish Sign Language"),
    "ar": gettext_lazy("Arabic"),
    "so": gettext_lazy("Somali"),
    "ti": gettext_lazy("Tigrinya"),
    "fa": gettext_lazy("Persian"),
    "uk": gettext_lazy("Ukrainian"),
    "de": gettext_lazy("German"),
}
NAMES = {tag: name for tag, name in {**LANGUAGES, **MORE}.items() if tag != "none"}
#: Taken for granted: a group's languages are those beside it.
GRANTED = "sv"
_BETWEEN = re.compile(r"[,;/\n]|\b(?:och|and)\b", re.IGNORECASE)


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of what is written: "Nordsamiska och finska" is se and fi, "sma, en" is itself.

    Raises:
        ValidationError: a word is neither a name that is known nor a tag.
    """
    found: list[str] = []
    for part in map(str.strip, _BETWEEN.split(text)):
        words = [part] if part.casefold() in _known() else part.split()
        found += [_tag(word) for word in words]
    return tuple(dict.fromkeys(tag for tag in found if tag != GRANTED))


def names_of(tags: Iterable[str]) -> str:
    """The names, where there is one: "Nordsamiska, Finska"."""
    return ", ".join(str(NAMES.get(tag, tag)) for tag in tags)


def _tag(word: str) -> str:
    tag = _known().get(word.casefold(), word.lower())
    if not TAG.fullmatch(tag):
        text = _(
            "%(word)s is no language that is known here. Write for example North Sami, Finnish or English."
        )
        raise ValidationError(text % {"word": word})
    return tag


@cache
def _known() -> dict[str, str]:
    """Every name in every language of the pages, in small letters, and the tag that it means."""
    known: dict[str, str] = {}
    for code, _label in settings.LANGUAGES:
        with override(code):
            known |= {str(name).casefold(): tag for tag, name in NAMES.items()}
    return known
