"""Other times for a visit that the tour could really play: the planner's trial, offered to whoever is to choose.

Whoever looks waits for a page: days are tried from the nearest outwards, and after some seconds no further one is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import layer_checks, make_up, on_the_way
from bookings.availability import Availability, visit_of
from bookings.briefing import make_brief, place_key, visit_minutes
from bookings.candidates import candidate_id
from bookings.make_up import LostDay
from bookings.models import Booking
from tours import planner
from tours.errors import Refused
from tours.models import Tour, Wish
from tours.reasons import Glossary
from tours.roads import roads_of
from tours.windows import Span, even_windows, minute_of
from venues.models import Venue
from venues.travel import point

#: A tour of more visits than this is not reckoned while somebody waits for a page. Source: the house's choice by
#: measurement; the longest tour that is planned as one, 120 days, has fewer.
VISITS_MAX = 150
#: After so many seconds no further day is tried. Source: the house's choice; a page is given up after some ten.
SECONDS_MAX = 3.0
#: On the offered day itself other starts are shown from so many minutes away. Source: the house's choice.
APART_MIN = 60
Clock = Callable[[], float]


class GroundTooLarge(Refused):
    """The tour has too many visits to try its days while somebody waits."""

    code = "ground_too_large"


@dataclass(frozen=True)
class FreeSlots:
    """Times at which the visit would be legal.

    Attributes:
        starts: of the first performance, one a day, in order of time.
        is_whole: whether every day of the tour to come was tried.
        asked: those of the starts that the presenter has asked for, and that wait for an answer.
    """

    starts: tuple[datetime, ...]
    is_whole: bool
    asked: tuple[datetime, ...] = ()


def free_slots(booking: Booking, now: datetime, *, clock: Clock = monotonic) -> FreeSlots:
    """When the visit could be played instead, everything else of the tour staying where it is.

    The venue and its presenter are free, the ensemble is, all by their own calendars too, the day is one of work, and
    roads, rest and the agreed rules are kept; the hours are those that the presenter has wished for, on whatever day,
    and those that they have asked for since, which come before.

    Raises:
        GroundTooLarge: see VISITS_MAX.
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    lost = _without(booking, now, own_calendars=True)
    until = clock() + SECONDS_MAX
    asked, _all = _tried(_asked(lost, booking, now), until, clock)
    found, is_whole = _tried(lost, until, clock)
    starts = {**found, **asked}.values()
    return FreeSlots(tuple(sorted(starts)), is_whole, tuple(sorted(asked.values())))


def _tried(lost: LostDay, until: float, clock: Clock) -> tuple[dict[int, datetime], bool]:
    """The first start of each legal day, from the nearest outwards, and whether there was time for every day."""
    (missed,) = lost.missed
    days = sorted(lost.days, key=lambda day: abs(day - missed.day))
    found = {}
    for day, other in planner.tried_days(lost.problem, lost.kept, missed, days) if days else ():
        if other:
            found[day] = lost.starts_at(planner.Stop(day, other.start_min, missed.candidate))
        if clock() > until and day != days[-1]:
            return found, False
    return found, True


def check_free(booking: Booking, starts_at: datetime, now: datetime) -> None:
    """See that the visit can be played at that time beside all that is agreed; nobody's own calendar forbids it.

    Raises:
        Refused: it cannot; the sentence names the rule.
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    lost = _without(booking, now)
    _check_layers(booking, starts_at, len(booking.performances.all()))
    _good, clashing = make_up.fitting(lost, [lost.stop(booking, starts_at)])
    for clash in clashing:
        raise Refused(make_up.clash_text(lost, clash), field="starts_at", booking=booking.pk)


def check_change(
    booking: Booking, venue: Venue, starts_at: datetime, shows_count: int, now: datetime
) -> None:
    """The same for a visit that is to be played in that room, at that very time and with so many shows.

    Both sides agree on the hour: those that were wished for do not count.

    Raises:
        Refused: it cannot; the sentence names the rule.
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    tried = Booking.objects.with_ground().get(pk=booking.pk)
    tried.venue = venue
    lost = _without(tried, now, Exactly(starts_at, shows_count))
    _check_layers(tried, starts_at, shows_count)
    _good, clashing = make_up.fitting(lost, [lost.stop(tried, starts_at)])
    for clash in clashing:
        raise Refused(make_up.clash_text(lost, clash), field="starts_at", booking=booking.pk)


def _check_layers(booking: Booking, starts_at: datetime, shows_count: int) -> None:
    """Refuse a time to which a layer of the school's calendars says no, in that layer's words."""
    at = layer_checks.Moment(booking, starts_at, visit_of(booking.tour, shows_count))
    if no := layer_checks.against([at], beside=booking.tour)[0]:
        raise Refused(
            _("It can not be played then: %(why)s. Choose another time.") % {"why": no.text},
            field="starts_at",
            booking=booking.pk,
        )


@dataclass(frozen=True)
class Exactly:
    """One time, and so many shows from then on."""

    starts_at: datetime
    shows_count: int


def _without(
    booking: Booking, now: datetime, exactly: Exactly | None = None, *, own_calendars: bool = False
) -> LostDay:
    """The tour without the visit, which may be played on any of its days to come, or at that very time."""
    tour = Tour.objects.with_ground().select_related("production__rider").get(pk=booking.tour_id)
    _check_size(tour)
    others = [b for b in tour.bookings.reserving().with_ground() if b.pk != booking.pk]
    problem = planner.Problem.from_json(make_brief(tour, booked_only=True).problem)
    problem = on_the_way.with_places(problem, tour, [booking.venue])
    days = _days(tour, booking, now)
    asked = _candidate(tour, booking, problem, days, exactly, own_calendars=own_calendars)
    problem = _with(problem, asked)
    names = {candidate_id(booking=b): str(b.presenter) for b in [*others, booking]}
    found = LostDay(
        tour=tour,
        hits=(booking,),
        problem=problem,
        before=problem,
        day=(timezone.localdate(booking.starts_at) - tour.starts_on).days,
        kept=(),
        missed=(),
        days=tuple(sorted({window.day for window in asked.windows})),
        glossary=Glossary(tour.starts_on, names, tour.production.currency),
    )
    return replace(
        found,
        kept=tuple(found.stop(b, b.starts_at) for b in others),
        missed=(found.stop(booking, booking.starts_at),),
    )


def _check_size(tour: Tour) -> None:
    if tour.bookings.reserving().count() > VISITS_MAX:
        raise GroundTooLarge(
            _(
                "This tour is too large to look for free times while you wait. Say in words when it would suit you."
            ),
            tour=tour.pk,
        )


def _days(tour: Tour, booking: Booking, now: datetime) -> list[date]:
    """The tour's days to come on which a road leads there."""
    roads = roads_of(tour, [point(tour.production.ensemble.home), point(booking.venue)])
    count = (tour.ends_on - tour.starts_on).days + 1
    days = (tour.starts_on + timedelta(days=ahead) for ahead in range(count))
    today = timezone.localdate(now)
    return [day for day in days if day > today and not roads.cut_off(booking.venue.place_id, day)]


def _with(problem: planner.Problem, asked: planner.Candidate) -> planner.Problem:
    return replace(problem, candidates=(*(c for c in problem.candidates if c.id != asked.id), asked))


def _asked(lost: LostDay, booking: Booking, now: datetime) -> LostDay:
    """The same, the visit being played at none but the times and hours that its presenter has asked for."""
    if booking.open_counter is None:
        return replace(lost, days=())
    (wide,) = (c for c in lost.problem.candidates if c.id == candidate_id(booking=booking))
    as_if = _as_wish(lost.tour, booking, wide.performances)
    spans = [span for day in _days(lost.tour, booking, now) for span in _spans_asked(booking, day)]
    asked = replace(wide, windows=_windows(lost.tour, as_if, spans, booking))
    return replace(
        lost,
        problem=_with(lost.problem, asked),
        days=tuple(sorted({window.day for window in asked.windows})),
    )


def _candidate(
    tour: Tour,
    booking: Booking,
    problem: planner.Problem,
    days: Iterable[date],
    exactly: Exactly | None,
    *,
    own_calendars: bool,
) -> planner.Candidate:
    shows = exactly.shows_count if exactly else len(booking.performances.all())
    as_if = _as_wish(tour, booking, shows)
    if exactly:
        spans = [span for span in [_at(exactly.starts_at)] if span.starts_on in days]
    else:
        spans = [span for day in days for span in _spans(booking, as_if, day)]
    return planner.Candidate(
        id=candidate_id(booking=booking),
        place=place_key(point(booking.venue)),
        value=round(booking.price),
        performances=shows,
        group=None,
        windows=_windows(tour, as_if, spans, booking, own_calendars=own_calendars),
        **visit_minutes(tour, shows, vars(problem.rules)),
    )


def _windows(
    tour: Tour, as_if: Wish, spans: list[Span], booking: Booking, *, own_calendars: bool = False
) -> tuple[planner.Window, ...]:
    groups = (
        booking.groups.values_list("group", flat=True) if booking.audience == as_if.Audience.SCHOOL else ()
    )
    ground = Availability(tour, [as_if], own_calendars=own_calendars, groups=groups)
    windows = even_windows(ground.windows_within(as_if, spans))
    return tuple(planner.Window((day - tour.starts_on).days, low, high) for day, low, high in sorted(windows))


def _as_wish(tour: Tour, booking: Booking, shows: int) -> Wish:
    """The visit as a wish; never saved."""
    return Wish(
        production=tour.production,
        season=tour.season,
        organisation=booking.presenter,
        venue=booking.venue,
        shows_count=shows,
        audience=booking.audience,
    )


def _at(starts_at: datetime) -> Span:
    local = timezone.localtime(starts_at)
    start = minute_of(local.time())
    return Span(local.date(), local.date(), start, start)


def _spans(booking: Booking, as_if: Wish, day: date) -> list[Span]:
    """The hours of a day that are asked about; on the day of the visit itself none that are as good as its own."""
    return _apart(booking, on_the_way.hours_of(booking.wish or as_if, day))


def _spans_asked(booking: Booking, day: date) -> list[Span]:
    """The hours of a day that the presenter has asked for instead."""
    counter = booking.open_counter
    assert counter is not None
    spans = [span for slot in counter.slots.all() if (span := _at(slot.starts_at)).starts_on == day]
    if counter.starts_on and counter.ends_on and counter.earliest and counter.latest:
        hours = Span(day, day, minute_of(counter.earliest), minute_of(counter.latest))
        spans += _apart(booking, hours) if counter.starts_on <= day <= counter.ends_on else []
    return spans


def _apart(booking: Booking, hours: Span) -> list[Span]:
    agreed = timezone.localtime(booking.starts_at)
    if hours.starts_on != agreed.date():
        return [hours]
    start = minute_of(agreed.time())
    return [
        replace(hours, latest_min=min(hours.latest_min, start - APART_MIN)),
        replace(hours, earliest_min=max(hours.earliest_min, start + APART_MIN)),
    ]
