"""Quiet hours: when mail that can wait does. Plain Python: values in, values out.

Source: the house's choice. Who is written to at night or on a Sunday reads it on a free evening and cannot act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SUNDAY = 7


@dataclass(frozen=True)
class QuietHours:
    """From which full hour in the evening until which in the morning, and whether Sundays are quiet all day.

    With the same hour twice no evening is quiet.
    """

    from_hour: int = 20
    to_hour: int = 7
    sundays: bool = True

    def holds_at(self, local: datetime) -> bool:
        """Whether it is quiet at that local time."""
        if self.sundays and local.isoweekday() == SUNDAY:
            return True
        return self.from_hour != self.to_hour and (local.hour >= self.from_hour or local.hour < self.to_hour)

    def over_at(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """That moment, or the first after it that is not quiet."""
        local = moment.astimezone(zone)
        if not self.holds_at(local):
            return moment
        morning = datetime.combine(local.date(), time(self.to_hour % 24), zone)
        while morning < local or self.holds_at(morning):
            morning = datetime.combine(morning.date() + timedelta(days=1), morning.time(), zone)
        return morning.astimezone(moment.tzinfo)


def next_at(clock: time, moment: datetime, zone: ZoneInfo) -> datetime:
    """The first time after the moment at which the clock in the zone shows that."""
    local = moment.astimezone(zone)
    found = datetime.combine(local.date(), clock, zone)
    if found <= local:
        found = datetime.combine(local.date() + timedelta(days=1), clock, zone)
    return found.astimezone(moment.tzinfo)


def is_near(days: Iterable[datetime | None], moment: datetime, zone: ZoneInfo) -> bool:
    """Whether one of the moments lies today or tomorrow, as the zone counts its days."""
    today = moment.astimezone(zone).date()
    return any(_day(at, zone) in (today, today + timedelta(days=1)) for at in days if at)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
