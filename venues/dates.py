"""Days, times and money as people read them, in the active language."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone
from django.utils.dateformat import format as django_format
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK = "\u00a0"
#: Years that can be meant; at the ends of the calendar midnight does not exist in every time zone.
YEARS = range(1900, 3000)


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def day_text(value: date | datetime) -> str:
    """ "tors 4 feb 2027"; a moment counts as its local day."""
    return _written(_day(value), "D j M Y")


def short_day_text(value: date | datetime) -> str:
    """ "tors 4 feb", where the year is clear."""
    return _written(_day(value), "D j M")


def month_text(value: date) -> str:
    """ "februari 2027"."""
    return _written(value, "F Y")


def clock(value: datetime | time) -> str:
    """ "10.00" in Swedish, "10:00" in English; a moment counts in local time."""
    at = timezone.localtime(value).time() if isinstance(value, datetime) else value
    return at.strftime("%H.%M" if _swedish() else "%H:%M")


def moment_text(value: datetime) -> str:
    """ "tors 4 feb 2027 kl. 10.00"."""
    return _("%(day)s at %(time)s") % {"day": day_text(value), "time": clock(value)}


def week_text(value: date | datetime) -> str:
    """ "v. 5": the ISO week, by which Swedish schools plan."""
    return _("week %(number)s") % {"number": _day(value).isocalendar().week}


def weeks_text(first: date, last: date) -> str:
    """ "v. 5" or "v. 5–10": the ISO weeks from the first day to the last."""
    start, end = first.isocalendar(), last.isocalendar()
    if start[:2] == end[:2]:
        return week_text(first)
    return _("weeks %(numbers)s") % {"numbers": f"{start.week}–{end.week}"}


def span_text(first: date, last: date) -> str:
    """ "1–12 feb 2027" or "29 jan – 5 feb 2027"; both days included."""
    if first == last:
        return day_text(first)
    end = _written(last, "j M Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{_written(first, 'j M' if first.year == last.year else 'j M Y')} – {end}"


def money_text(amount: Decimal | int | float, currency: str = "SEK") -> str:
    """ "9 800 kr", in English "9,800 kr"; other currencies by their code. Whole units unless there are öre."""
    value = Decimal(str(amount))
    whole = value == value.to_integral_value()
    digits = number_format(value, 0 if whole else 2, force_grouping=True).replace("-", "−")
    return f"{digits}{NO_BREAK}{'kr' if currency == 'SEK' else currency}"


def whole_text(value: Decimal | float, unit: str) -> str:
    """ "1 284 km", in English "1,284 km": whole units, grouped as the language groups them."""
    return f"{number_format(round(value), 0, force_grouping=True)}{NO_BREAK}{unit}"


def duration_text(minutes: int) -> str:
    """ "1 h 15 min", "45 min" or "2 h"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NO_BREAK}h"] * bool(hours) + [f"{rest}{NO_BREAK}min"] * bool(rest or not hours)
    return " ".join(parts)


def signed_text(amount: float, written: Callable[[int], str]) -> str:
    """A difference in whole units: "+40 min", "−15 km", or without a sign where there is none."""
    rounded = round(amount)
    return f"{'+' if rounded > 0 else '−' if rounded else ''}{written(abs(rounded))}"


def _written(day: date, pattern: str) -> str:
    text = django_format(day, pattern)
    return text.lower() if _swedish() else text  # Swedish writes days and months small


def _swedish() -> bool:
    return (get_language() or "sv").startswith("sv")
