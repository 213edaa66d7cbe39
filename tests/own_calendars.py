"""Own calendars that were read."""

from datetime import datetime

from tests.world import World
from tours.models import EnsembleCalendar
from venues.models import BusyTime, IncomingCalendar


def busy_at(world: World, whose: str, *spans: tuple[datetime, datetime]) -> IncomingCalendar:
    """A calendar of the venue, the presenter or the ensemble that is busy then."""
    thing = {"venue": {"venue": world.venue}, "organisation": {"organisation": world.presenting}}.get(
        whose, {}
    )
    calendar = IncomingCalendar.objects.create(kind=whose, **thing)
    if whose == "ensemble":
        EnsembleCalendar.objects.create(ensemble=world.ensemble, calendar=calendar)
    BusyTime.objects.bulk_create(
        BusyTime(calendar=calendar, starts_at=start, ends_at=end, uid_hash=str(number))
        for number, (start, end) in enumerate(spans)
    )
    return calendar
