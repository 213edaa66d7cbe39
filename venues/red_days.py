"""The red days of a country."""

from datetime import date

import holidays
from django.utils.translation import get_language


def public_holidays(country: str, first: date, last: date, language: str = "") -> dict[date, str]:
    """Red days other than ordinary Sundays, both ends included, with their names.

    Args:
        language: of the names, such as "sv" or "en_US"; without it that of the machine's environment.

    Source: the library holidays, which keeps the countries' laws.
    """
    years = range(first.year, last.year + 1)
    calendar = holidays.country_holidays(country, years=years, language=language or None)
    named = {day: name for day, name in calendar.items() if first <= day <= last}
    plain = {"Söndag", "Søndag", "Sunday"}
    return {day: name for day, name in named.items() if name not in plain}


def named_holidays(country: str, first: date, last: date) -> dict[date, str]:
    """The same with their names in the active language."""
    return public_holidays(country, first, last, "en_US" if get_language() == "en" else "sv")
