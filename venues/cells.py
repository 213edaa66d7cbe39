"""What a cell of a register means: columns known by their field's name or label, and values checked one by one.

Three-valued: an empty cell says nothing (so a new fact is unknown, never a no, and a known one stays);
"?" makes a known fact unknown again.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

YES = {"yes", "ja", "true", "1", "x"}
NO = {"no", "nej", "nei", "false", "0"}
UNKNOWN = {"?", "unknown", "okänt"}
#: Largest whole number of a PositiveSmallIntegerField. Source: PostgreSQL's smallint.
MOST_COUNT = 32_767
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Unknown:
    """The value of a cell that makes a fact unknown again."""


UNKNOWN_AGAIN = Unknown()


class BadCell(ValueError):
    """What is wrong with a cell and what to write instead."""


@dataclass(frozen=True)
class Column:
    """A column of a register: its key, its labels, and how its text becomes a value.

    `read` gets non-empty text and raises BadCell.
    """

    key: str
    label: Any
    read: Callable[[str], Any]
    is_required: bool = False
    may_be_unknown: bool = False
    also: tuple[str, ...] = ()

    @cached_property
    def names(self) -> set[str]:
        """What the heading may say: the key, the label in a language of the pages, or what others call it."""
        names = {plain(name) for name in (self.key, *self.also)}
        for language, _name in settings.LANGUAGES:
            with override(language):
                names.add(plain(str(self.label)))
        return names

    def value(self, text: str) -> Any:
        """The value of a non-empty cell, or `UNKNOWN_AGAIN`."""
        if CONTROL.search(text):
            raise BadCell(
                _("There is a line break or another control character in it. Write it on one line.")
            )
        if self.may_be_unknown and text.casefold() in UNKNOWN:
            return UNKNOWN_AGAIN
        return self.read(text)


def plain(heading: str) -> str:
    """A heading without case, underscores and double spaces, to compare it."""
    return " ".join(heading.replace("_", " ").casefold().split())


def field_column(
    model: type[models.Model],
    name: str,
    *,
    key: str = "",
    label: Any = "",
    is_required: bool = False,
    also: tuple[str, ...] = (),
) -> Column:
    """The column of a model's field; a fact that may be null or empty may be made unknown again."""
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    return Column(
        key=key or name,
        label=label or field.verbose_name,
        read=lambda text: _read_field(field, text),
        is_required=is_required,
        may_be_unknown=not is_required and (field.null or field.blank),
        also=also,
    )


def fact_columns(model: type[models.Model], names: Iterable[str]) -> list[Column]:
    """Columns of several fields."""
    return [field_column(model, name) for name in names]


def _read_field(field: "models.Field[Any, Any]", text: str) -> Any:
    value = _reader(field)(text)
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise BadCell(" ".join(error.messages)) from None


def _reader(field: "models.Field[Any, Any]") -> Callable[[str], Any]:
    if field.choices:
        return lambda text: _choice(field, text)
    if isinstance(field, models.BooleanField):
        return _yes_or_no
    if isinstance(field, models.IntegerField):
        return _count
    if isinstance(field, models.DecimalField | models.FloatField):
        return _number
    if isinstance(field, models.DateField):
        return day
    return str


def _yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(_("“%(text)s” is neither yes nor no. Leave it empty if nobody knows.") % {"text": text})


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise BadCell(_("“%(text)s” is not a whole number. Write digits only.") % {"text": text})
    if int(text) > MOST_COUNT:
        raise BadCell(_("%(text)s is too large; %(most)s at the most.") % {"text": text, "most": MOST_COUNT})
    return int(text)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadCell(_("“%(text)s” is not a number. Write for example 7.5, without unit.") % {"text": text})
    return number


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    if not DAY.fullmatch(text):
        raise BadCell(_("“%(text)s” is not a date. Write it as 2026-09-30.") % {"text": text})
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell(
            _("There is no %(text)s in the calendar. Check month and day.") % {"text": text}
        ) from None


def _choice(field: "models.Field[Any, Any]", text: str) -> str:
    said = plain(text)
    for key, label in field.flatchoices:
        if said in Column(str(key), label, str).names:
            return str(key)
    told = {"text": text, "keys": ", ".join(str(label) for key, label in field.flatchoices if key)}
    raise BadCell(_("“%(text)s” is not one of: %(keys)s.") % told)
