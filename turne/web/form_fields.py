"""Form fields for days, times and moments whose errors say what to write instead."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tours.errors import Refused
from venues.dates import YEARS

#: For amounts and numbers of people.
NOT_NEGATIVE = {"min_value": gettext_lazy("Write 0 or more.")}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
#: So long such words may be. Source: the house's choice; half a page, and what the rows of a wish and a change hold.
WORDS_MAX = 1000


def time_value(minute: int) -> str:
    """A minute of the day as a time field holds it: "09:05"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


class DayField(forms.DateField):
    """A day as YYYY-MM-DD, by the browser's own date control. An impossible day is told as such."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], **({"widget": widget} | options))

    def to_python(self, value: Any) -> date | None:
        """The day, or a ValidationError that says why it is none."""
        try:
            day = super().to_python(value)
        except ValidationError:
            raise ValidationError(day_problem(str(value))) from None
        return _sensible(day) if day else None


class AmountField(forms.DecimalField):
    """An amount of money; it stands in the form without decimals where it has none: 30000, and not 30000.00."""

    def prepare_value(self, value: Any) -> Any:
        """What the control holds; what somebody has written stays as it was written."""
        is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
        return int(value) if is_whole else value


class ClockField(forms.TimeField):
    """A time of day as HH:MM or HH.MM."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **({"widget": widget} | options))

    def to_python(self, value: Any) -> time | None:
        """The time, or a ValidationError that says how to write it."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(_("Write the time as 10:00, from 00:00 to 23:59.")) from None


class MomentField(forms.Field):
    """A day and time in the server's local time, by the browser's own control."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(**({"widget": widget} | options))

    def prepare_value(self, value: Any) -> Any:
        """An aware moment is shown in local time."""
        return timezone.localtime(value) if isinstance(value, datetime) and value.tzinfo else value

    def to_python(self, value: Any) -> datetime | None:
        """The aware moment, or a ValidationError that says what is wrong."""
        if value in self.empty_values:
            return None
        day, _between, at = str(value).strip().replace(" ", "T").partition("T")
        try:
            moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(at)).replace(
                second=0, microsecond=0
            )
        except ValueError:
            problem = (
                day_problem(day) if _is_no_day(day) else _("Write the time as 10:00, from 00:00 to 23:59.")
            )
            raise ValidationError(problem) from None
        _sensible(moment.date())
        return timezone.make_aware(moment) if moment.tzinfo is None else moment


class WordsField(forms.CharField):
    """Some words to the other side, or for the history, in a field of so many rows."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        given: dict[str, Any] = {"max_length": WORDS_MAX, "widget": widget, **options}
        super().__init__(**given)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows by their numbers; one that no database can hold is no choice either."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:  # by SQLite; PostgreSQL finds no such row and says the same
            too_large = max(value, key=lambda pk: abs(int(pk)))
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": too_large}
            ) from None


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row by its number; one that no database can hold is no choice either."""

    def to_python(self, value: Any) -> Any:
        """The row, or a ValidationError."""
        try:
            return super().to_python(value)
        except OverflowError:  # by SQLite; PostgreSQL finds no such row and says the same
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


def day_problem(text: str) -> str:
    """Why a text is no day: "31 April" is beyond the month's end, or it is written in another way."""
    found = _DAY.fullmatch(text.strip())
    year, month, day = (int(part) for part in found.groups()) if found else (0, 0, 0)
    if year and 1 <= month <= 12 and day > monthrange(year, month)[1]:
        name = date_format(date(year, month, 1), "F")
        return _("There is no day %(day)d in %(month)s %(year)d, which has %(length)d days.") % {
            "day": day,
            "month": name,
            "year": year,
            "length": monthrange(year, month)[1],
        }
    return _("Write the day as year, month and day, such as 2027-02-04.")


def number_in(text: str | None) -> int:
    """A whole number as it was sent, such as an id or a version; 0 for anything else, which names no row."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


def slug_in(text: str | None) -> str:
    """A row's name in addresses as it was sent; empty for anything else, which names no row.

    PostgreSQL would be asked for a NUL, and refuse.
    """
    return text if text and slug_re.fullmatch(text) else ""


def words_in(text: str | None, most: int, field: str = "why") -> str:
    """A few words as they were sent beside a button, read as a form reads them.

    Raises:
        Refused: they are too many, or hold a sign that no database keeps.
    """
    try:
        return str(forms.CharField(max_length=most, required=False).clean(text or ""))
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field=field) from error


def versions_in(keys: Iterable[str]) -> dict[int, int]:
    """Id -> version of the things that were looked at, each sent as "id:version"; what is no number is 0."""
    pairs = (key.partition(":") for key in keys)
    return {number_in(pk): number_in(version) for pk, _colon, version in pairs}


def _sensible(day: date) -> date:
    if day.year not in YEARS:
        raise ValidationError(day_problem(str(day)))
    return day


def _is_no_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False
