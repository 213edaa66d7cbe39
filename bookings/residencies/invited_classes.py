"""Which classes may be invited to a residency's sub-events."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Residency
from tours.errors import Refused
from venues.models import Group, School
from venues.models.school_years import school_year_of, year_label


def can_invite(residency: Residency) -> bool:
    """Whether both sides have agreed, so that classes may be invited."""
    return residency.status == Residency.Status.CONFIRMED


def choosable_groups(residency: Residency) -> list[Group]:
    """The groups that may be invited: those of schools in the municipality of the residency's place, of its years."""
    days = [day for one in residency.periods.all() for day in (one.starts_on, one.ends_on)]
    years = {year_label(school_year_of(day)) for day in days}
    where = residency.place.municipality_id
    schools = School.objects.filter(organisation__municipality=where) | School.objects.filter(
        organisation__municipality=None, place__municipality=where
    )
    groups = Group.objects.filter(school__in=schools.values("pk"), school_year__in=years)
    return list(
        groups.select_related("school__organisation").order_by("school__organisation__name", "name", "pk")
    )


def check_groups(residency: Residency, asked: Sequence[Group], starts_at: datetime) -> list[Group]:
    """The groups that are asked for, each once, in order of their keys.

    Raises:
        Refused: the residency is not confirmed, or a group is not one that may be invited that year.
    """
    groups = sorted({group.pk: group for group in asked}.values(), key=lambda group: group.pk)
    if not groups:
        return []
    if not can_invite(residency):
        raise Refused(_("Classes are invited once the residency is confirmed."), field="groups")
    year = year_label(school_year_of(timezone.localdate(starts_at)))
    allowed = {group.pk for group in choosable_groups(residency) if group.school_year == year}
    if not {group.pk for group in groups} <= allowed:
        raise Refused(
            _("Choose among the groups of the municipality’s schools in %(year)s.") % {"year": year},
            field="groups",
        )
    return groups
