"""The planning board as a template's context: a desk's course with its totals, map, lists and next steps."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import arranging, busy
from bookings import history as agreed
from bookings.briefing import place_of
from bookings.candidates import candidate_id, wish_of
from bookings.models import Allocation, Booking, BookingChange
from bookings.models.booking import Status
from bookings.standing import Course
from tours import planner
from tours.models import EnsembleDayOff, Instruction, Wish
from tours.planner import Breach, StopTimes
from tours.reasons import Glossary
from tours.windows import calendar_days, minute_of, moment
from turne.web import (
    board_money,
    board_notices,
    board_progress,
    board_steps,
    board_warnings,
    maps,
    paper,
    timeline,
)
from turne.web.board_days import Notes, Rows, Stop, moment_short, week_to_read
from turne.web.board_lists import left_out, stop_tools
from turne.web.board_totals import totals, weighing
from turne.web.desk import Desk
from turne.web.route_lines import RoadLines
from venues.models import Municipality, Organisation, Place, School, SchoolBreak
from venues.red_days import named_holidays

Row = dict[str, Any]
#: Lines of the tour's history on the board; each visit's page has its own in full.
CHANGES_TOLD = 6
PLANNED = "planned"
#: Of so many breaches the nearest remedy is looked for: each may take four trials of 40 ms on a large tour.
REMEDIES_SOUGHT = 3
#: More stops than this are dots without numbers: the numbers would cover each other.
NUMBERED_MAX = 20


def board(desk: Desk) -> Row:
    """Everything that `planning/board_content.html` shows."""
    context: Row = {
        "desk": desk,
        "tour": desk.tour,
        "eyebrow": board_steps.eyebrow(desk),
        "steps": board_steps.steps(desk),
        "notices": board_notices.notices(desk),
        "plans": board_steps.plans(desk),
        "progress": board_progress.progress(desk),
        "empty": board_steps.empty(desk),
        "left_out": left_out(desk, glossary_of(desk)),
        "history": history(desk),
        "wishes_count": len(desk.standing),
    }
    return context | (_drawn(desk, desk.course) if desk.course else {})


def under_way(desk: Desk) -> Row:
    """What changes while the planner is at work, for `planning/progress.html`: how far it is, and its best plan."""
    found: Row = {"progress": board_progress.progress(desk), "plans": board_steps.plans(desk)}
    if desk.course:
        found["totals"] = totals(desk, desk.course, stops_of(desk, desk.course))
    return found


def _drawn(desk: Desk, course: Course) -> Row:
    stops = stops_of(desk, course)
    rows = rows_of(desk, course, stops)
    rows.warnings = board_warnings.warnings(desk, course)
    if desk.movable:
        rows.remedies = remedies(course)
    weeks = _with_orders(desk, rows.weeks(_cancelled(desk), _gone(desk, course)))
    return {
        "totals": totals(desk, course, stops),
        "money": board_money.money(desk, board_money.account(desk, course)),
        "weighing": weighing(desk, course),
        "hours": rows.frame.hours(),
        "frame": rows.frame,
        "hand": by_hand(desk),
        "weeks": weeks,
        "week_to_read": week_to_read(weeks, timezone.localdate(desk.now)),
        "map": route(desk, course, stops),
        "csv_url": _export(desk, "tour-csv"),
        "plan_url": _export(desk, "tour-plan"),
        "book_url": reverse("tour-book", args=[desk.tour.slug]) if desk.live else "",
        "plan_is_pdf": paper.is_available(),
    }


def by_hand(desk: Desk) -> Row:
    """Where the board's hands ask and write; nothing where no stop may be moved."""
    if not desk.shown or not desk.movable:
        return {}
    at = [desk.tour.slug, desk.shown.pk]
    return {"try_url": reverse("stop-try", args=at), "set_url": reverse("stop-set", args=at)}


def remedies(course: Course) -> dict[Breach, planner.Stop]:
    """The smallest move that mends each of the first breaches, where there is one; each costs a few trials."""
    found = {breach: arranging.remedy(course, breach) for breach in course.breaches[:REMEDIES_SOUGHT]}
    return {breach: stop for breach, stop in found.items() if stop}


def rows_of(desk: Desk, course: Course, stops: Mapping[str, Stop]) -> Rows:
    """The rows of the course, ready to be written."""
    return Rows(course, stops, glossary_of(desk), notes(desk, course))


def glossary_of(desk: Desk) -> Glossary:
    """Whose names stand behind the planner's."""
    names = {candidate_id(wish=wish): str(wish.organisation) for wish in desk.wishes.values()}
    names |= {candidate: str(booking.presenter) for candidate, booking in desk.live.items()}
    first = desk.course.problem.days[0].date if desk.course else desk.tour.starts_on
    return Glossary(first, names, desk.tour.production.currency)


# -- Stops ---------------------------------------


def stops_of(desk: Desk, course: Course) -> dict[str, Stop]:
    """The course's visits by candidate, in order of time."""
    first = course.problem.days[0].date
    found = {}
    for day in course.days:
        for times in day.stops:
            starts_at = moment(first + timedelta(days=day.day), times.start)
            found[times.candidate] = _stop(desk, times, starts_at)
    return found


def _stop(desk: Desk, times: StopTimes, starts_at: datetime) -> Stop:
    candidate = times.candidate
    wish = desk.wishes.get(wish_of(candidate) or 0)
    booking = desk.live.get(candidate)
    was = desk.was(candidate)
    agreed = booking if was == starts_at else None
    host, place = _where(wish, booking)
    order = desk.instructions.get(wish.pk) if wish else None
    return Stop(
        candidate=candidate,
        name=str(host),
        place=place.name,
        place_id=place.pk,
        state=agreed.status if agreed else PLANNED,
        label=_label(agreed) if agreed else _("planned"),
        waits=_("change waits") if agreed and agreed.open_change else "",
        starts_at=starts_at,
        shows=_shows(desk, wish, booking, times.start),
        price=_price(desk, wish, booking),
        url=f"#stopp-{candidate}",
        is_locked=order is not None and order.kind == Instruction.Kind.LOCKED,
        change=_change(desk, was, starts_at),
        was=was,
        address=_address(wish, booking),
        is_movable=candidate in desk.movable,
        tools=stop_tools(desk, wish, booking, starts_at),
    )


def _label(booking: Booking) -> str:
    """Its state in a word, with what waits for an answer."""
    state = str(Status(booking.status).label)
    return _("%(state)s, a change waits") % {"state": state} if booking.open_change else state


def _where(wish: Wish | None, booking: Booking | None) -> tuple[Organisation, Place]:
    if booking:
        return booking.presenter, booking.venue.place
    assert wish is not None
    return wish.organisation, wish.venue.place


def _address(wish: Wish | None, booking: Booking | None) -> str:
    """Where to drive: the hall and its place, and the street where it is known."""
    source = booking or wish
    assert source is not None
    venue = source.venue
    return ", ".join(filter(None, [str(venue), venue.address, venue.place.name]))


def _change(desk: Desk, was: datetime | None, starts_at: datetime) -> str:
    """How the stop differs from what has been agreed; nothing as long as nothing has."""
    if not desk.is_draft or not desk.live or was == starts_at:
        return ""
    return "moved" if was else "new"


def _shows(desk: Desk, wish: Wish | None, booking: Booking | None, start: int) -> list[tuple[int, int]]:
    """Start and end of every show, in minutes of the day."""
    count = len(booking.performances.all()) if booking else wish.shows_count if wish else 1
    return [(start + first, start + last) for first, last in desk.tour.production.show_times(count)]


def _price(desk: Desk, wish: Wish | None, booking: Booking | None) -> float:
    if booking:
        return float(booking.price)
    return float(desk.tour.production.price_of(wish.shows_count)) if wish else 0.0


def _cancelled(desk: Desk) -> list[Stop]:
    """Cancelled visits without a new one for the same wish; a plan shows only what it plays."""
    if desk.shown:
        return []
    over = [b for b in desk.bookings if b.is_called_off and b.performances.all()]
    return [_booked(b) for b in over if candidate_id(booking=b) not in desk.live]


def _gone(desk: Desk, course: Course) -> list[Stop]:
    """Agreed visits that the plan under consideration leaves out."""
    if not desk.is_draft:
        return []
    played = course.starts()
    return [_booked(booking) for candidate, booking in desk.live.items() if candidate not in played]


def _booked(booking: Booking) -> Stop:
    """A visit as its booking has it, outside the course."""
    shows = [
        (_minute(performance.starts_at), _minute(performance.ends_at))
        for performance in booking.performances.all()
    ]
    return Stop(
        candidate=candidate_id(booking=booking),
        name=str(booking.presenter),
        place=booking.venue.place.name,
        place_id=booking.venue.place_id,
        state=booking.status,
        label=str(Status(booking.status).label),
        starts_at=booking.starts_at,
        shows=shows,
        price=float(booking.price),
        url=reverse("booking", args=[booking.pk]),
    )


def _with_orders(desk: Desk, weeks: list[Row]) -> list[Row]:
    """The weeks, each of its days with what can be asked and ordered: who else, its sheet, cancel it, keep it free."""
    today = timezone.localdate(desk.now).isoformat()
    visited = {
        timezone.localdate(b.starts_at).isoformat() for b in desk.live.values() if b.occupied_to > desk.now
    }
    for row in (row for week in weeks for row in week["rows"]):
        if not row["closed"] and row["date"] > today:
            row["way_url"] = f"{reverse('on-the-way', args=[desk.tour.slug])}?{desk.query}&dag={row['date']}"
        if row["date"] in visited:
            row["cancel_url"] = reverse("day-cancel", args=[desk.tour.slug, row["date"]])
            row["sheet_url"] = reverse("tour-day-sheet", args=[desk.tour.slug, row["date"]])
        kept = date.fromisoformat(row["date"]) in desk.forbidden
        if kept or not row["closed"]:
            url = reverse("day-allow" if kept else "day-forbid", args=[desk.tour.slug, row["date"]])
            row["order"] = {"url": url, "is_kept_free": kept}
    return weeks


def _minute(at: datetime) -> int:
    return minute_of(timezone.localtime(at).time())


# -- Map, days and history ---------------------------------------


def route(desk: Desk, course: Course, stops: Mapping[str, Stop]) -> Row:
    """The route along the roads, its stops numbered in order."""
    lines = RoadLines()
    driven = {place_of(place.id) for place in course.problem.places}
    spots = {
        place.pk: (place.lat, place.lon) for place in Place.objects.filter(pk__in=driven).only("lat", "lon")
    }
    dates = [day.date for day in course.problem.days]
    ends = (
        (day.day, place_of(leg.origin), place_of(leg.destination)) for day in course.days for leg in day.legs
    )
    drives = [(min(pair), max(pair), dates[day]) for day, *pair in ends if pair[0] != pair[1]]
    home = desk.tour.production.ensemble.home
    points = [
        maps.Stop(
            stop.place,
            *spots[stop.place_id],
            stop.state,
            number if len(stops) <= NUMBERED_MAX else None,
            stop.url,
        )
        for number, stop in enumerate(stops.values(), start=1)
    ]
    points.append(maps.Stop(home.name, home.lat, home.lon, "home"))
    return maps.route_map(
        points, [maps.Leg(line) for line in lines.lines(drives, spots)], key="route", roads=lines.drawn(dates)
    )


def notes(desk: Desk, course: Course) -> Notes:
    """Red days, the breaks of the municipalities that wished, and why the ensemble is away on its days off."""
    first, last = course.problem.days[0].date, course.problem.days[-1].date
    country = desk.tour.season.region.country
    away = _kept_for_changes(desk) | _elsewhere(desk, first, last) | _days_off(desk, first, last)
    holidays = named_holidays(country, first, last)
    return Notes(holidays, _breaks(desk, first, last), away, desk.forbidden)


def _days_off(desk: Desk, first: date, last: date) -> dict[date, str]:
    ensemble = desk.tour.production.ensemble_id
    rows = EnsembleDayOff.objects.filter(ensemble=ensemble, ends_on__gte=first, starts_on__lte=last)
    return busy.notes_of(desk.tour) | {
        day: row.reason
        for row in rows
        for day in calendar_days(max(row.starts_on, first), min(row.ends_on, last))
    }


def _elsewhere(desk: Desk, first: date, last: date) -> dict[date, str]:
    """The days on which the ensemble plays another of its tours, with that tour's name."""
    rows = Allocation.objects.filter(
        Q(ensemble=desk.tour.production.ensemble_id)
        | Q(shared__in=desk.tour.production.ensemble.shared.all()),
        is_blocking=True,
        occupied_from__lt=moment(last + timedelta(days=1), 0),
        occupied_to__gt=moment(first, 0),
    ).exclude(booking__tour=desk.tour)
    return {
        day: _("Plays another tour: %(tour)s") % {"tour": tour}
        for tour, start, end in rows.values_list("booking__tour__name", "occupied_from", "occupied_to")
        for day in calendar_days(timezone.localdate(start), timezone.localdate(end - timedelta(seconds=1)))
    }


def _kept_for_changes(desk: Desk) -> dict[date, str]:
    """The days of this tour that wait for a presenter's yes to a change, with the presenter's name."""
    rows = Allocation.objects.filter(booking__tour=desk.tour, change__isnull=False, is_blocking=True)
    return {
        day: _("Kept for a change: %(presenter)s") % {"presenter": presenter}
        for presenter, start, end in rows.values_list(
            "booking__presenter__name", "occupied_from", "occupied_to"
        )
        for day in calendar_days(timezone.localdate(start), timezone.localdate(end - timedelta(seconds=1)))
    }


def _breaks(desk: Desk, first: date, last: date) -> list[tuple[date, date, str]]:
    """Each school break with the municipalities and schools that have it, of those that wished."""
    wished = {wish.venue.place.municipality_id for wish in desk.standing.values()}
    own = Q(school__organisation__in={wish.organisation_id for wish in desk.standing.values()})
    rows = SchoolBreak.objects.filter(Q(municipality__in=wished) | own).between(first, last)
    found: dict[tuple[date, date, str], list[Municipality | School]] = {}
    for row in rows.exclude(kind=SchoolBreak.Kind.OPEN).select_related(
        "municipality", "school__organisation"
    ):
        if whose := row.municipality or row.school:
            found.setdefault((row.starts_on, row.ends_on, row.name), []).append(whose)
    return [
        (start, end, f"{name}: {_everywhere(where, wished)}") for (start, end, name), where in found.items()
    ]


def _everywhere(where: list[Municipality | School], wished: set[int]) -> str:
    if len({whose.pk for whose in where if isinstance(whose, Municipality)}) == len(wished) > 1:
        return _("everywhere")
    return ", ".join(sorted(str(whose) for whose in where))


def history(desk: Desk) -> list[Row]:
    """What has happened to the tour's visits, newest first."""
    changes = agreed.of_tour(desk.tour).order_by("-at", "-id")[:CHANGES_TOLD]
    return [
        {
            "text": _("%(presenter)s: %(state)s")
            % {"presenter": change.booking.presenter, "state": _what(change)},
            "url": reverse("booking", args=[change.booking_id]),
            "when": moment_short(change.at),
            "by": str(change.by) if change.by else "",
            "reason": change.reason,
        }
        for change in changes
    ]


def _what(change: BookingChange) -> str:
    """The state that it led to; of what left the state as it was, what happened."""
    if change.from_status != change.to_status:
        return str(Status(change.to_status).label)
    return timeline.happened(change)


def _export(desk: Desk, name: str) -> str:
    """The same course in another form."""
    return f"{reverse(name, args=[desk.tour.slug])}?{desk.query}"
