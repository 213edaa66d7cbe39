"""What own calendars that came in mean for planning: days and times that are avoided, and said where they are not.

They are somebody's word on when they are busy, not an agreement: a plan keeps away from them, but nobody is refused.
The days of an ensemble's confirmed residencies are kept the same way (`residencies.tour_days`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.availability import Availability
from bookings.matching import Match
from bookings.models import Booking
from bookings.residencies import tour_days
from tours import own_calendars
from tours.models import Season, Tour, Wish
from tours.windows import calendar_days, even_windows, midnight, minute_of
from venues.incoming.busy import REASON, busy_by
from venues.incoming.reading import Span

Windows = list[tuple[date, int, int]]


def days_of(tour: Tour) -> set[date]:
    """Whole days on which the ensemble, or somebody in it, is elsewhere; not those of the tour's own visits."""
    kept = _days_busy(tour) | tour_days.days_kept(tour).keys()
    return kept - _days_played(tour) if kept else set()


def notes_of(tour: Tour) -> dict[date, str]:
    """The same days with the reason in words."""
    words = str(REASON)
    notes = dict.fromkeys(_days_busy(tour), words[:1].upper() + words[1:])
    notes |= {day: residency_text(stay) for day, stay in tour_days.days_kept(tour).items()}
    played = _days_played(tour) if notes else set()
    return {day: text for day, text in notes.items() if day not in played}


def residency_text(stay: tour_days.Stay) -> str:
    """ "Residency in Åre: Vindens väg"."""
    found = {"place": stay.residency.place, "title": stay.residency.title}
    return _("Residency in %(place)s: %(title)s") % found


def _days_busy(tour: Tour) -> set[date]:
    """Days on which somebody's own calendar is busy from midnight to midnight."""
    first, last = midnight(tour.starts_on), midnight(tour.ends_on + timedelta(days=1))
    busy = own_calendars.busy_times(tour.production.ensemble, first, last)
    if not busy:
        return set()
    return {
        day
        for day in calendar_days(tour.starts_on, tour.ends_on)
        if any(start <= midnight(day) and end >= midnight(day + timedelta(days=1)) for start, end in busy)
    }


def _days_played(tour: Tour) -> set[date]:
    return {timezone.localdate(booking.occupied_from) for booking in tour.bookings.reserving()}


def with_held(ground: Availability, wish: Wish, booking: Booking | None) -> Windows:
    """When the wish may be played; a time that is held stays one of them although an own calendar is busy then."""
    windows = even_windows(ground.windows(wish))
    if booking is None:
        return windows
    local = timezone.localtime(booking.starts_at)
    day, start = local.date(), minute_of(local.time())
    if _has(windows, day, start) or not _has(ground.open_windows(wish), day, start):
        return windows
    return sorted([*windows, (day, start, start)])


def why_no_day(ground: Availability, wish: Wish) -> dict[str, Any]:
    """What stands beside the reason of a wish without a day.

    The days beyond the tour, who says that there is no school, which other layers of a school's calendars leave no
    time, and whether it is own calendars alone.
    """
    told = {
        "beyond": [(span.starts_on.isoformat(), span.ends_on.isoformat()) for span in ground.beyond(wish)],
        "own_calendar": bool(even_windows(ground.open_windows(wish))),
        "no_school": [(off.name, off.whose) for off in ground.no_school(wish)],
        "says_no": [astuple(no) for no in ground.says_no(wish)],
    }
    return {name: value for name, value in told.items() if value}


def days_hit(matches: Sequence[Match], season: Season) -> list[int]:
    """For each match on how many days its room or its house is busy by its own calendar; one query for all.

    With a wish these are its days, without one those of the season. A day counts however short the time is.
    """
    first, last = midnight(season.starts_on), midnight(season.ends_on + timedelta(days=1))
    venues, houses = {match.venue.pk for match in matches}, {match.organisation.pk for match in matches}
    found = busy_by(first, last, venues=venues, organisations=houses)
    return [
        len(
            _touched(
                [*found.venues.get(match.venue.pk, []), *found.organisations.get(match.organisation.pk, [])]
            )
            & _asked(match, season)
        )
        for match in matches
    ]


def _touched(spans: Iterable[Span]) -> set[date]:
    return {
        day
        for start, end in spans
        for day in calendar_days(timezone.localdate(start), timezone.localdate(end - timedelta(seconds=1)))
    }


def _asked(match: Match, season: Season) -> set[date]:
    spans = [(span.starts_on, span.ends_on) for span in match.wish.spans.all()] if match.wish else []
    return {day for span in spans or [(season.starts_on, season.ends_on)] for day in calendar_days(*span)}


def whose(booking: Booking, *, ensemble: bool) -> list[str]:
    """Who is busy in an own calendar during the visit: its room, its house, its ensemble.

    Args:
        ensemble: whether the reader may know that of the ensemble.
    """
    span = booking.occupied_from, booking.occupied_to
    found = busy_by(*span, venues=[booking.venue_id], organisations=[booking.presenter_id])
    names = [str(booking.venue)] if found.venues else []
    names += [str(booking.presenter)] if found.organisations else []
    who = booking.tour.production.ensemble
    return [*names, str(who)] if ensemble and own_calendars.busy_times(who, *span) else names


def _has(windows: Windows, day: date, start: int) -> bool:
    return any(at == day and low <= start <= high for at, low, high in windows)
