"""Once a year a school says that what is told of it holds: the verb, and which year is asked for when."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from venues import groups
from venues.errors import NotPossible
from venues.models import Group, School, User
from venues.models.school_years import school_year_of, year_label
from venues.models.schools import Schools

#: From this day on it is the school year that comes that is confirmed, before seasons are planned for it.
#: Source: the house's choice; in the field schools' contacts are confirmed each spring.
COMING_FROM = (5, 1)


def year_to_confirm(today: date) -> int:
    """The calendar year in which the school year begins that a school confirms on that day."""
    return today.year if (today.month, today.day) >= COMING_FROM else school_year_of(today)


def is_confirmed(school: School, year: int) -> bool:
    """Whether somebody has confirmed the school for that school year, or a later one."""
    return school.confirmed_for is not None and school.confirmed_for >= year


def unconfirmed(schools: Schools, year: int, today: date) -> Schools:
    """Those of the schools that stand and that nobody has confirmed for that school year."""
    return schools.standing(today).unconfirmed_for(year)


@transaction.atomic
def confirm(school: School, *, by: User, now: datetime) -> School:
    """Note that somebody has looked through what is told of the school, and that its proposed groups are right.

    Raises:
        NotPossible: no groups are noted for the school year: what pupils come is what plans are made from.
    """
    school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    year = year_to_confirm(timezone.localdate(now))
    if not Group.objects.filter(school=school, school_year=year_label(year)).exists():
        text = _("Write the school's groups for %(year)s first, or make them from last year's.")
        raise NotPossible(text % {"year": year_label(year)}, field="groups")
    groups.confirm_proposals(school, year)
    school.confirmed_at, school.confirmed_by, school.confirmed_for = now, by, year
    school.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_for"])
    return school
