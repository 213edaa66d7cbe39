"""Feeds of the small world: where they are, what they show, and when they are read."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.http import HttpResponse

from tests.bookings.visits import NOW

HOUR = timedelta(hours=1)
TOUR = "/ical/turne/trumman-varen-2027.ics"
OPEN = {
    "feed-municipality": "/ical/kommun/kommun-2313.ics",
    "feed-presenter": "/ical/arrangor/backe-bygdegard.ics",
    "feed-school": "/ical/skola/krokoms-skola.ics",
    "feed-production": "/ical/produktion/trumman-och-tystnaden.ics",
    "feed-tour": TOUR,
    "feed-region": "/ical/region/jamtland-harjedalen.ics",
}


class Clock:
    """The time that the views see."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


def moment(response: HttpResponse) -> datetime:
    return parsedate_to_datetime(response["Last-Modified"])
