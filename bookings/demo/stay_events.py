"""Invented days of the demo's residencies: sub-events open to everybody, one of them cancelled, and a plan of hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bookings.models import Residency
from bookings.residencies import day_plans, sub_events
from bookings.residencies.sub_events import SubEventInput
from tours.windows import moment
from venues.models import User


@dataclass(frozen=True)
class Told:
    """A sub-event of the demo: on which day of the stay (0 is the first), from which minute of it, for how long."""

    kind: str
    title: str
    title_en: str
    about: str
    day: int
    start_min: int
    length_min: int
    room: str = ""
    off_why: str = ""


#: Of the stay that is agreed; days of its first period, which is twelve days from a Monday.
AGREED_EVENTS = (
    Told(
        "open_rehearsal",
        "Öppen repetition (påhittat)",
        "Open rehearsal (invented)",
        "Sitt med en timme medan sångerna blir till.",
        day=3,
        start_min=15 * 60,
        length_min=60,
    ),
    Told(
        "workshop",
        "Sjung med oss (påhittat)",
        "Sing with us (invented)",
        "För dig som vill prova att skriva en vers. Ingen vana behövs.",
        day=5,
        start_min=13 * 60,
        length_min=120,
    ),
    Told(
        "talk",
        "Samtal om snö och röster (påhittat)",
        "A talk on snow and voices (invented)",
        "Duon berättar om hur arbetet går till.",
        day=8,
        start_min=18 * 60 + 30,
        length_min=60,
        room="Biblioteket",
        off_why="Biblioteket har stängt den kvällen.",
    ),
    Told(
        "showing",
        "Röster ur snön för alla (påhittat)",
        "Voices from the snow for everybody (invented)",
        "De nya sångerna för första gången, tillsammans med kören på orten.",
        day=11,
        start_min=19 * 60,
        length_min=75,
    ),
)
#: Of the stay that is planned: nothing of it is public.
PLANNED_EVENTS = (
    Told(
        "open_rehearsal",
        "Kom och titta (påhittat)",
        "Come and look (invented)",
        "En öppen repetition i bygdegården.",
        day=4,
        start_min=17 * 60,
        length_min=60,
    ),
)
#: The plan of the agreed stay's first days: (day, from, to, what).
AGREED_DAYS = (
    (0, time(15), time(16), "Ankomst: vaktmästaren har nyckeln"),
    (0, time(18), None, "Middag med kören"),
    (1, time(9), time(12), "Arbete i lokalen"),
    (1, time(13), time(16), "Arbete i lokalen"),
    (1, time(18, 30), time(20), "Kören provar de första verserna"),
    (2, None, None, "Ledig dag"),
)


def make_days(residency: Residency, now: datetime) -> None:
    """Plan the hours of its first days."""
    first = residency.periods.earliest("starts_on").starts_on
    for day, starts, ends, words in AGREED_DAYS:
        on = first + timedelta(days=day)
        day_plans.add(residency, on=on, starts=starts, ends=ends, words=words, now=now)


def make_events(residency: Residency, told: Sequence[Told], *, by: User, now: datetime) -> None:
    """Add them to a stay, those that are off as cancelled."""
    first = residency.periods.earliest("starts_on").starts_on
    for one in told:
        starts_at = moment(first + timedelta(days=one.day), one.start_min)
        data = SubEventInput(
            kind=one.kind,
            title=one.title,
            title_en=one.title_en,
            about=one.about,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=one.length_min),
            room=one.room,
            is_public=True,
        )
        made = sub_events.add(residency, data, by=by, now=now)
        if one.off_why:
            sub_events.cancel(made, why=one.off_why, version=made.version, by=by, now=now)
