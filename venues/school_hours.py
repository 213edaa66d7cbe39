"""When a school can receive, weekday by weekday: the verb. A weekday that is left out is one on which nobody comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from venues.dates import clock
from venues.errors import NotPossible
from venues.models import School, SchoolHours


@dataclass(frozen=True)
class Hours:
    """From when to when, local times, and the lunch between; both ends of the lunch or none."""

    starts: time
    ends: time
    lunch_starts: time | None = None
    lunch_ends: time | None = None

    @classmethod
    def of(cls, row: SchoolHours) -> "Hours":
        """What stands of a weekday."""
        return cls(row.starts, row.ends, row.lunch_starts, row.lunch_ends)


class HoursWrong(NotPossible):
    """Some weekdays can not be so, and nothing was written. `faults`: weekday -> what is wrong with it."""

    def __init__(self, faults: dict[int, NotPossible]) -> None:
        self.faults = faults
        super().__init__(_("Nothing is saved: %(count)d weekdays to put right.") % {"count": len(faults)})


def standing(school: School) -> dict[int, Hours]:
    """Weekday (0 is Monday) -> hours; empty where nobody has said anything: then they are unknown."""
    return {row.weekday: Hours.of(row) for row in school.hours.all()}


def lines(hours: Mapping[int, Hours]) -> list[str]:
    """The hours in words, weekdays that are alike together: "Monday–Thursday 08:00–14:00, lunch 10:45–11:30"."""
    spans: list[tuple[int, int]] = []
    for weekday in sorted(hours):
        if spans and spans[-1][1] == weekday - 1 and hours[spans[-1][0]] == hours[weekday]:
            spans[-1] = spans[-1][0], weekday
        else:
            spans.append((weekday, weekday))
    return [f"{_days(first, last)} {_times(hours[first])}" for first, last in spans]


def _days(first: int, last: int) -> str:
    names = [str(SchoolHours.Weekday(day).label) for day in (first, last)]
    return names[0] if first == last else f"{names[0]}–{names[1]}"


def _times(told: Hours) -> str:
    text = f"{clock(told.starts)}–{clock(told.ends)}"
    if told.lunch_starts and told.lunch_ends:
        lunch = _("lunch %(time)s") % {"time": f"{clock(told.lunch_starts)}–{clock(told.lunch_ends)}"}
        text = f"{text}, {lunch}"
    return text


@transaction.atomic
def write(school: School, hours: Mapping[int, Hours]) -> bool:
    """Let these be the hours, and no others; whether that changed anything. None at all makes them unknown again.

    Raises:
        HoursWrong: some weekdays can not be so.
    """
    faults = {}
    for weekday, told in hours.items():
        try:
            check(weekday, told)
        except NotPossible as error:
            faults[weekday] = error
    if faults:
        raise HoursWrong(faults)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if standing(school) == dict(hours):
        return False
    SchoolHours.objects.filter(school=school).delete()
    SchoolHours.objects.bulk_create(
        SchoolHours(school=school, weekday=weekday, **vars(told)) for weekday, told in hours.items()
    )
    return True


def check(weekday: int, told: Hours) -> None:
    """See that a weekday can have these hours.

    Raises:
        NotPossible: it can not; `field` names what is wrong.
    """
    if weekday not in SchoolHours.Weekday.values:
        raise NotPossible(_("Schools receive from Monday to Friday."), field="weekday")
    if told.ends <= told.starts:
        raise NotPossible(_("The day ends before it begins."), field="ends")
    if (told.lunch_starts is None) != (told.lunch_ends is None):
        missing = "lunch_ends" if told.lunch_ends is None else "lunch_starts"
        raise NotPossible(_("Give both when lunch begins and when it ends, or neither."), field=missing)
    if told.lunch_starts is None or told.lunch_ends is None:
        return
    if told.lunch_ends <= told.lunch_starts:
        raise NotPossible(_("The lunch ends before it begins."), field="lunch_ends")
    if told.lunch_starts < told.starts or told.lunch_ends > told.ends:
        raise NotPossible(_("The lunch lies outside the hours."), field="lunch_starts")
