"""A sub-event for school classes held against the calendars of their schools: what says no to it, in words.

It warns: a school that has agreed may open on a day off all the same. Another visit on the day is refused elsewhere
(`group_days`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.errors import SchoolSaysNo
from bookings.layers import Layers, asked_by_school
from bookings.models import SubEvent
from tours.layer_words import Layer
from tours.windows import minutes_by_day
from venues.models import Group, School


def check(event: SubEvent, groups: Sequence[Group]) -> None:
    """Raises SchoolSaysNo, with all the reasons, where the calendars of the groups' schools say no to its time."""
    if reasons := warnings(event.starts_at, event.ends_at, groups):
        raise SchoolSaysNo(
            _(
                "The schools’ calendars say no: %(reasons)s. Choose another time, or say that the school agrees."
            )
            % {"reasons": "; ".join(reasons)},
            field="starts_at",
        )


def warnings(starts_at: datetime, ends_at: datetime, groups: Iterable[Group]) -> list[str]:
    """Why the groups' schools could not receive then: no school that day, its hours and lunch, another visit."""
    schools = list(
        School.objects.filter(pk__in={group.school_id for group in groups})
        .select_related("organisation__region", "place")
        .order_by("organisation__name")
    )
    if not schools:
        return []
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    asked = [asked_by_school(school) for school in schools]
    layers = Layers(asked, first, last, schools[0].organisation.region.country)
    minutes = list(minutes_by_day(starts_at, ends_at))
    return list(
        dict.fromkeys(
            bar.no.text
            for one in asked
            for bar in layers.bars(one, own_calendars=False)
            if bar.no.layer != Layer.SERVED
            and any(
                day == bar.day and start < bar.end_min and bar.start_min < end for day, start, end in minutes
            )
        )
    )
