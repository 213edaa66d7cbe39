"""What days are before anything is played on them: holidays and school breaks, for the calendar's cells."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from turne.web.months import Notes
from venues.models import Municipality, SchoolBreak
from venues.red_days import named_holidays


def notes_of(first: date, last: date, municipalities: Sequence[Municipality]) -> Notes:
    """Holidays of the country, and the breaks that all of the municipalities have; one query.

    Args:
        first, last: both included.
        municipalities: whose calendar it is, with their region read.
    """
    countries = {municipality.region.country for municipality in municipalities}
    holidays = named_holidays(countries.pop(), first, last) if len(countries) == 1 else {}
    return Notes(holidays, _breaks(first, last, municipalities))


def _breaks(first: date, last: date, municipalities: Sequence[Municipality]) -> dict[date, str]:
    rows = SchoolBreak.objects.filter(
        municipality__in=municipalities, starts_on__lte=last, ends_on__gte=first
    )
    free: dict[date, set[int]] = defaultdict(set)
    names: dict[date, str] = {}
    for row in rows:
        start, days = max(first, row.starts_on), (min(last, row.ends_on) - max(first, row.starts_on)).days
        for ahead in range(days + 1):
            free[start + timedelta(days=ahead)].add(row.municipality_id or 0)
            names[start + timedelta(days=ahead)] = row.name
    everyone = {municipality.pk for municipality in municipalities}
    return {day: names[day] for day, who in free.items() if who == everyone}
