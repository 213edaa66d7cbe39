"""What another date must be that a presenter proposes."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.placing import outside
from tours.errors import Refused
from tours.models import Tour

#: So many times may be asked for, in order of preference. Source: the house's choice; who names more means days.
TIMES_MAX = 3


def checked_days(
    tour: Tour,
    starts_on: date | None,
    ends_on: date | None,
    earliest: time | None,
    latest: time | None,
    now: datetime,
) -> dict[str, Any]:
    """The days with their hours as columns; empty where none are given.

    Raises:
        Refused: some are missing, in the wrong order, in the past or outside the tour.
    """
    days = {"starts_on": starts_on, "ends_on": ends_on, "earliest": earliest, "latest": latest}
    if starts_on is None and ends_on is None:
        return {}
    if starts_on is None or ends_on is None or earliest is None or latest is None:
        missing = next(name for name, value in days.items() if value is None)
        raise Refused(_("Give both days and both times."), field=missing)
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on")
    if ends_on <= timezone.localdate(now):
        raise Refused(_("These days have passed. Choose days to come."), field="ends_on")
    if latest < earliest:
        raise Refused(_("The latest start is before the earliest."), field="latest")
    if ends_on < tour.starts_on or starts_on > tour.ends_on:
        raise outside(tour, "starts_on")
    return days


def checked_times(tour: Tour, times: Iterable[datetime], now: datetime) -> list[datetime]:
    """The times as they were asked for, each once. Whether one can be had is looked at when it is taken.

    Raises:
        Refused: there are too many, or one has passed or lies outside the tour.
    """
    chosen = list(dict.fromkeys(times))
    if len(chosen) > TIMES_MAX:
        text = ngettext("Choose at most %(count)d time.", "Choose at most %(count)d times.", TIMES_MAX)
        raise Refused(text % {"count": TIMES_MAX}, field="times")
    for starts_at in chosen:
        if starts_at <= now:
            raise Refused(_("That time has passed. Choose one to come."), field="times")
        if not tour.has_day(timezone.localdate(starts_at)):
            raise outside(tour, "times")
    return chosen
