"""The working days of an ensemble, as its own calendar tells them: drives, get-in, shows and the night."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import Count
from django.utils import timezone

from bookings import ical, standing
from bookings.candidates import candidate_id
from bookings.entries import before_show
from bookings.models import Booking
from bookings.models.booking import Status
from tours import planner
from tours.models import Ensemble, Tour
from tours.windows import moment
from venues.errors import NoRoad


def workdays(ensemble: Ensemble, start: datetime, end: datetime) -> list[ical.Workday]:
    """The working days of the ensemble's tours as they are agreed, those that begin in the half-open range.

    A tour whose drives cannot be worked out has its visits without them, and says why on each day.
    """
    found = [day for tour, visits in _on_the_road(ensemble, start, end) for day in _days_of(tour, visits)]
    return sorted((day for day in found if start <= day.starts_at < end), key=lambda day: day.starts_at)


def _on_the_road(ensemble: Ensemble, start: datetime, end: datetime) -> Iterator[tuple[Tour, list[Booking]]]:
    """The tours that touch the range, each with all its visits that may still be played."""
    tours = Tour.objects.filter(
        production__ensemble=ensemble,
        starts_on__lte=timezone.localdate(end),
        ends_on__gte=timezone.localdate(start),
    )
    for tour in tours.with_ground().order_by("starts_on", "pk"):
        if visits := list(tour.bookings.reserving().with_ground()):
            yield tour, visits


def _days_of(tour: Tour, visits: list[Booking]) -> list[ical.Workday]:
    """Every day of the tour with duty."""
    adopted = tour.proposals.filter(adopted_at__isnull=False).order_by("-adopted_at").first()
    blank = _blank(tour, visits)
    try:
        course = standing.as_agreed(tour, visits, adopted)
    except (NoRoad, planner.PlannerError) as error:
        return _without_roads(blank, visits, str(error))
    if course is None:
        return []
    by_candidate = {candidate_id(booking=booking): booking for booking in visits}
    return [_day(blank, course, day, by_candidate) for day in course.days if day.duty_start is not None]


def _blank(tour: Tour, visits: list[Booking]) -> ical.Workday:
    """What all days of the tour have in common. Its sequence counts every change of its visits, so it never sinks."""
    changes = tour.bookings.aggregate(count=Count("changes"))["count"]
    return ical.Workday(
        uid=_uid(tour, tour.starts_on),
        sequence=changes,
        is_agreed=all(booking.status == Status.CONFIRMED for booking in visits),
        starts_at=tour.created_at,
        ends_at=tour.created_at,
        created_at=tour.created_at,
        changed_at=max(booking.changed_at for booking in visits),
        time_zone=tour.season.region.time_zone,
        tour=tour.name,
        places=(),
        parts=(),
        night="",
    )


def _uid(tour: Tour, on: date) -> UUID:
    """A day of a tour is the same thing whatever is played on it; it never moves to another date."""
    return uuid5(NAMESPACE_OID, f"turne:tour:{tour.pk}:{on.isoformat()}")


def _day(
    blank: ical.Workday, course: standing.Course, day: planner.DayTimes, visits: dict[str, Booking]
) -> ical.Workday:
    on = course.problem.days[day.day].date
    tour = next(iter(visits.values())).tour
    played = [visits[stop.candidate] for stop in day.stops]
    places = {place.id: place.name for place in course.problem.places}
    parts = [
        ical.Part(
            moment(on, leg.depart),
            moment(on, leg.arrive),
            f"Körning till {places[leg.destination]}, {round(leg.km)} km",
        )
        for leg in day.legs
    ]
    for stop, booking in zip(day.stops, played, strict=True):
        parts += _on_site(booking, moment(on, stop.arrive), moment(on, stop.leave))
    woke = course.days[day.day - 1].night if day.day else course.problem.home
    gathers = moment(on, day.duty_start or 0)
    parts.append(ical.Part(gathers, gathers, f"Samling: {places[woke]}"))
    return replace(
        blank,
        uid=_uid(tour, on),
        is_agreed=all(b.status == Status.CONFIRMED for b in played) if played else blank.is_agreed,
        starts_at=moment(on, day.duty_start or 0),
        ends_at=moment(on, day.duty_end or 0),
        places=tuple(dict.fromkeys(booking.venue.place.name for booking in played)),
        parts=tuple(sorted(parts)),
        night="hemma" if day.night == course.problem.home else _night(tour, places[day.night]),
    )


def _on_site(booking: Booking, arrive: datetime, leave: datetime) -> list[ical.Part]:
    """Get-in, get-out and each show of a visit, with when the ensemble is ready and the audience comes in."""
    shows = list(booking.performances.all())
    where = f"{booking.venue.name}, {booking.presenter.name}"
    parts = [ical.Part(arrive, shows[0].starts_at, f"Inbygge: {where}")]
    for show in shows:
        before = before_show(show)
        moments = ((before.calls_at, "Ensemblen redo"), (before.seats_at, "Publiken släpps in"))
        parts += [ical.Part(at, at, text) for at, text in moments if at]
        parts.append(ical.Part(show.starts_at, show.ends_at, "Föreställning"))
    return [*parts, ical.Part(shows[-1].ends_at, leave, "Utrivning")]


def _night(tour: Tour, place: str) -> str:
    """Where the ensemble sleeps, and in how many rooms where that is known."""
    if tour.finds_own_beds:
        return f"{place}, egen logi"
    rooms = tour.production.rider.accommodation_rooms
    return f"{place}, hotell ({rooms} rum)" if rooms else place


def _without_roads(blank: ical.Workday, visits: Iterable[Booking], why: str) -> list[ical.Workday]:
    """The visits alone, a day each date."""
    by_date: dict[date, list[Booking]] = defaultdict(list)
    for booking in visits:
        by_date[timezone.localdate(booking.occupied_from)].append(booking)
    return [
        replace(
            blank,
            uid=_uid(played[0].tour, on),
            is_agreed=all(booking.status == Status.CONFIRMED for booking in played),
            starts_at=min(booking.occupied_from for booking in played),
            ends_at=max(booking.occupied_to for booking in played),
            places=tuple(dict.fromkeys(booking.venue.place.name for booking in played)),
            parts=tuple(
                sorted(
                    part
                    for booking in played
                    for part in _on_site(booking, booking.occupied_from, booking.occupied_to)
                )
            ),
            note=f"Körningarna är inte uträknade: {why}",
        )
        for on, played in sorted(by_date.items())
    ]
