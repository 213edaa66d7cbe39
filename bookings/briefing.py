"""Database -> Problem: everything that a tour's planner must know, as the JSON form of docs/planner.md."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bookings import busy, same_pupils
from bookings.answered import answers_of, booked_elsewhere
from bookings.availability import Availability, visit_of
from bookings.brief_days import days_of
from bookings.candidates import candidate_id
from bookings.models import Booking
from bookings.models.booking import Status
from tours.beds import FullNights, beds_by, nights_in, worth_sleeping_in
from tours.models import Instruction, Tour, Wish
from tours.models.season import Wishes
from tours.roads import TourRoads, roads_of
from tours.rooms import Verdict, room_check
from tours.windows import minute_of
from tours.work_rules import agreements_of, rules_of
from venues.errors import NoRoad
from venues.lodging import full_nights
from venues.models import Place
from venues.travel import TravelPoint, point

#: What a wish is worth of the tour's `wish_worth` by its rank; a reserve is worth half. The house's choice:
#: a first wish outweighs a detour of some ten mil, a fourth does not.
RANK_SHARES = {1: 1.0, 2: 0.8, 3: 0.65, 4: 0.5}
LATER_RANK_SHARE = 0.4
RESERVE_SHARE = 0.5
#: A get-in of at least so many minutes beside a break has the break in it, before the audience comes. Source: the
#: house's assumption; riders give the minutes from the door to the first show, and people eat in them.
WORKED_GET_IN_MIN = 30


@dataclass(frozen=True)
class Brief:
    """What the planner gets. `excluded` are wishes left out beforehand: {"wish", "reason", "detail"}."""

    problem: dict[str, Any]
    excluded: list[dict[str, Any]]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over both, by which a plan notices that its ground has changed."""
        text = json.dumps([self.problem, self.excluded], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class _Desk:
    """What is gathered while a brief is written."""

    tour: Tour
    bookings: list[Booking]
    instructions: dict[int, Instruction]
    rules: dict[str, int]
    full: FullNights = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)
    excluded: list[dict[str, Any]] = field(default_factory=list)

    def leave_out(self, wish: Wish, reason: str, **detail: Any) -> None:
        self.excluded.append({"wish": wish.pk, "reason": reason, "detail": detail})


def make_brief(
    tour: Tour, *, orders: Iterable[Instruction] | None = None, booked_only: bool = False
) -> Brief:
    """Read the database and write the planner's problem for the tour, by some orders of its producers or all of them.

    Offered and confirmed visits and locked stops are fixed; held visits are the baseline that changes are
    counted against, and so are offered ones where the tour lets them move; wishes that were answered no, dropped,
    booked on another tour, do not fit the room or lie off every road are left out with their reason.

    Args:
        booked_only: whether wishes without a visit stay out, for whoever asks about the visits alone.

    Raises:
        NoRoad: no road leads from the ensemble's home to a visit that is agreed already, on its day or ever.
    """
    live = list(tour.bookings.reserving().with_ground())
    desk = _desk(tour, live, tour.instructions.all() if orders is None else orders)
    wishes = _standing_wishes(tour)
    booked = [booking.wish_id for booking in live if booking.wish_id]
    _choose_wishes(desk, wishes.filter(pk__in=booked) if booked_only else wishes)
    roads, beds = _roads(desk)
    candidates, fixed, baseline = _candidates(desk, roads)
    return Brief(
        problem={
            "days": days_of(tour, booked_only=booked_only),
            **_ground(desk, roads, beds),
            "candidates": same_pupils.played_once(candidates, fixed, desk.wishes, live),
            "fixed": fixed,
            "baseline": baseline,
        },
        excluded=desk.excluded,
    )


def visits_alone(tour: Tour, visits: Iterable[Booking]) -> dict[str, Any]:
    """The planner's problem of confirmed visits alone, each at its time: what is driven for them, and who sleeps where.

    Days, roads and beds are those of `make_brief`. When else a visit could be played is not read, nor who has pupils
    in common.

    Args:
        visits: of the tour, with their ground.

    Raises:
        NoRoad: as `make_brief`.
    """
    agreed = list(visits)
    others = tour.bookings.reserving().exclude(pk__in=[visit.pk for visit in agreed]).with_ground()
    live = sorted([*agreed, *others], key=lambda booking: (booking.occupied_from, booking.pk))
    desk = _desk(tour, live, tour.instructions.all())
    _choose_wishes(desk, _standing_wishes(tour).prefetch_related(None))
    roads, beds = _roads(desk)
    fixed = [fixed_stop(candidate_id(booking=one), tour, one.starts_at) for one in agreed]
    return {
        "days": days_of(tour, booked_only=False),
        **_ground(desk, roads, beds),
        "candidates": [
            _unwished(desk, one) | {"windows": [[stop["day"], stop["start_min"], stop["start_min"]]]}
            for one, stop in zip(agreed, fixed, strict=True)
        ],
        "fixed": fixed,
        "baseline": [],
    }


def _desk(tour: Tour, live: list[Booking], orders: Iterable[Instruction]) -> _Desk:
    return _Desk(tour, live, {row.wish_id: row for row in orders}, rules_of(tour))


def _ground(desk: _Desk, roads: TourRoads, beds: set[int]) -> dict[str, Any]:
    """The fields of a problem that its wishes do not change any more: places, drives, rules and costs."""
    tour = desk.tour
    ground = Place.objects.select_related("municipality").in_bulk({p.place_id for p in roads.points})
    return {
        "places": [_place(where, ground[where.place_id], beds) for where in roads.points],
        "home": place_key(roads.points[0]),
        **roads.document(),
        "rules": desk.rules,
        "costs": {
            "per_km": tour.cost_per_km,
            "per_night_away": tour.cost_per_night,
            "municipality_bonus": tour.municipality_bonus,
            "per_change": tour.cost_per_change,
        },
        **({"no_beds": no_beds} if (no_beds := _no_beds(desk, roads, beds)) else {}),
        **({"agreements": agreements} if (agreements := agreements_of(tour)) else {}),
    }


def place_of(key: str) -> int:
    """The place behind the planner's name of a place or of a venue away from it."""
    return int(key[1:].partition("@")[0])


def fixed_stop(candidate: str, tour: Tour, starts_at: datetime) -> dict[str, Any]:
    """A candidate with the day and minute at which its first show must start."""
    local = timezone.localtime(starts_at)
    return {
        "candidate": candidate,
        "day": (local.date() - tour.starts_on).days,
        "start_min": minute_of(local.time()),
    }


def _standing_wishes(tour: Tour) -> Wishes:
    wishes = Wish.objects.standing().with_ground()
    return wishes.filter(season=tour.season, production=tour.production).order_by("pk")


def _choose_wishes(desk: _Desk, wishes: Wishes) -> None:
    """Keep the wishes that may be planned; the others are left out with their reason."""
    tour = desk.tour
    booked = {booking.wish_id for booking in desk.bookings if booking.wish_id}
    answers, elsewhere = answers_of(tour), booked_elsewhere(tour)
    for wish in wishes:
        order = desk.instructions.get(wish.pk)
        misfits = [
            line.key
            for line in room_check(tour.production.rider, tour.production, wish.venue)
            if line.verdict == Verdict.DOES_NOT_FIT
        ]
        if order and order.kind == Instruction.Kind.DROPPED:
            desk.leave_out(wish, "dropped")
        elif wish.pk in elsewhere:
            desk.leave_out(wish, "on_another_tour")
        elif wish.pk in booked or order:
            desk.wishes.append(wish)
        elif wish.pk in answers:
            desk.leave_out(wish, answers[wish.pk])
        elif misfits:
            desk.leave_out(wish, "room", lines=misfits)
        else:
            desk.wishes.append(wish)


def _roads(desk: _Desk) -> tuple[TourRoads, set[int]]:
    """Drives between home, every venue and every bed, and the beds, which are full where no road leads that night.

    Wishes that no road ever reaches are left out.
    """
    tour, home = desk.tour, desk.tour.production.ensemble.home
    lodging = list(Place.objects.filter(has_lodging=True).select_related("municipality").order_by("pk"))
    away = {place.pk for place in lodging} - {home.pk}
    desk.full = full_nights(away, tour.starts_on, tour.ends_on - timedelta(days=1))
    while True:
        beds = beds_by({venue.place for venue in _stops(desk)}, lodging, desk.full)
        points = list(dict.fromkeys([point(home), *(point(v) for v in _stops(desk)), *map(point, beds)]))
        try:
            roads = roads_of(tour, points)
        except NoRoad as error:
            _leave_out_unreachable(desk, error)
        else:
            break
    for booking in desk.bookings:
        if closed := roads.cut_off(booking.venue.place_id, timezone.localdate(booking.starts_at)):
            raise closed
    lacking = roads.nights_cut_off()
    desk.full = {
        place: _nights(desk.full, place) | _nights(lacking, place) for place in {*desk.full, *lacking}
    }
    worth_it = [worth_sleeping_in(table, beds, desk.full) for table in roads.tables]
    return roads, {home.pk}.union(*worth_it)


def _nights(nights: FullNights, place: int) -> frozenset[date]:
    return nights.get(place, frozenset())


def _stops(desk: _Desk) -> list[Any]:
    return [*(wish.venue for wish in desk.wishes), *(booking.venue for booking in desk.bookings)]


def _leave_out_unreachable(desk: _Desk, error: NoRoad) -> None:
    booked = {booking.wish_id for booking in desk.bookings}
    gone = [wish for wish in desk.wishes if wish.venue.place_id == error.lost_id and wish.pk not in booked]
    if not gone:
        raise error
    for wish in gone:
        desk.leave_out(wish, "no_road", text=str(error))
    desk.wishes = [wish for wish in desk.wishes if wish not in gone]


def _no_beds(desk: _Desk, roads: TourRoads, beds: set[int]) -> list[list[Any]]:
    """The nights on which one of the beds cannot be had: none is left, or no road leads there."""
    days = (desk.tour.ends_on - desk.tour.starts_on).days + 1
    keys = {where.place_id: place_key(where) for where in roads.points if where.spot is None}
    nights = nights_in(desk.full, desk.tour.starts_on, days)
    return [[keys[place], day] for place, day in nights if place in beds]


def place_key(where: TravelPoint) -> str:
    """The planner's name of a place ("p12"), or of a venue away from it ("p12@63.1,14.6")."""
    return (
        f"p{where.place_id}" if where.spot is None else f"p{where.place_id}@{where.spot[0]},{where.spot[1]}"
    )


def _place(where: TravelPoint, place: Place, beds: set[int]) -> dict[str, Any]:
    return {
        "id": place_key(where),
        "name": place.name if where.spot is None else where.name,
        "municipality": place.municipality.code,
        "beds": where.spot is None and place.pk in beds,
    }


def _candidates(desk: _Desk, roads: TourRoads) -> tuple[list[Any], list[Any], list[Any]]:
    """The planner's candidates, fixed engagements and baseline."""
    ground = Availability(desk.tour, desk.wishes)
    booked = {booking.wish_id: booking for booking in desk.bookings if booking.wish_id}
    candidates, fixed, baseline = [], [], []
    for wish in desk.wishes:
        booking, order = booked.get(wish.pk), desk.instructions.get(wish.pk)
        start = _fixed_start(desk.tour, booking, order)
        windows = busy.with_held(ground, wish, booking)
        days = {timezone.localdate(start)} if start else {day for day, _low, _high in windows}
        closed = {day: error for day in days if (error := roads.cut_off(wish.venue.place_id, day))}
        if days and closed.keys() == days:
            desk.leave_out(wish, "no_road", text=str(closed[min(days)]))
            continue
        windows = [window for window in windows if window[0] not in closed]
        if start:
            fixed.append(fixed_stop(candidate_id(wish=wish), desk.tour, start))
        elif booking:
            baseline.append(_baseline_stop(desk.tour, booking))
            windows = _as_offered(windows, booking) if booking.status == Status.OFFERED else windows
        if not windows and not start:
            desk.leave_out(wish, "no_day", **busy.why_no_day(ground, wish))
            continue
        agreed = _as_booked(desk, booking) if booking and _is_agreed(desk.tour, booking) else {}
        candidates.append(_candidate(desk, wish, windows) | agreed)
    standing = {wish.pk for wish in desk.wishes}
    for booking in desk.bookings:
        if not booking.wish_id or (booking.wish_id not in standing and _is_agreed(desk.tour, booking)):
            candidates.append(_unwished(desk, booking))
            fixed.append(fixed_stop(candidate_id(booking=booking), desk.tour, booking.starts_at))
    known = {candidate["id"] for candidate in candidates}
    return candidates, fixed, [stop for stop in baseline if stop["candidate"] in known]


def _baseline_stop(tour: Tour, booking: Booking) -> dict[str, Any]:
    """The day of a visit that may move, and what moving it costs where it has been offered."""
    day = (timezone.localdate(booking.starts_at) - tour.starts_on).days
    price = {"price": tour.cost_per_offered_change} if booking.status == Status.OFFERED else {}
    return {"candidate": candidate_id(booking=booking), "day": day, **price}


def _as_offered(windows: list[tuple[date, int, int]], booking: Booking) -> list[tuple[date, int, int]]:
    """On its own day an offered visit is played as offered or not at all: another time of day is asking again."""
    local = timezone.localtime(booking.starts_at)
    start = minute_of(local.time())
    return sorted([*(w for w in windows if w[0] != local.date()), (local.date(), start, start)])


def _fixed_start(tour: Tour, booking: Booking | None, order: Instruction | None) -> datetime | None:
    """When a stop must be played, if it must: as agreed, else as the producer has locked it."""
    if booking and _is_agreed(tour, booking):
        return booking.starts_at
    return order.starts_at if order and order.kind == Instruction.Kind.LOCKED else None


def _candidate(desk: _Desk, wish: Wish, windows: list[tuple[date, int, int]]) -> dict[str, Any]:
    tour = desk.tour
    return {
        "id": candidate_id(wish=wish),
        "place": place_key(point(wish.venue)),
        "value": worth(tour, wish),
        **visit_minutes(tour, wish.shows_count, desk.rules),
        "performances": wish.shows_count,
        "windows": [[(day - tour.starts_on).days, low, high] for day, low, high in windows],
    }


def _is_agreed(tour: Tour, booking: Booking) -> bool:
    """Whether plans leave the visit where it is."""
    return booking.status == Status.CONFIRMED or (booking.status == Status.OFFERED and not tour.moves_offered)


def _as_booked(desk: _Desk, booking: Booking) -> dict[str, Any]:
    """Where and how long a visit is, as it was agreed, whatever has become of its wish."""
    shows = len(booking.performances.all())
    return {
        "place": place_key(point(booking.venue)),
        **visit_minutes(desk.tour, shows, desk.rules),
        "performances": shows,
    }


def _unwished(desk: _Desk, booking: Booking) -> dict[str, Any]:
    """A visit without a wish, or whose wish no longer stands."""
    return {
        "id": candidate_id(booking=booking),
        "value": round(booking.price),
        **_as_booked(desk, booking),
        "windows": [],
    }


def visit_minutes(tour: Tour, shows_count: int, rules: Mapping[str, int | None]) -> dict[str, int]:
    """A visit's get-in, shows and get-out, as a candidate has them, with the break that its get-in has room for.

    Args:
        rules: the problem's, by name.
    """
    visit = visit_of(tour, shows_count)
    # One break that serves every rule on breaks.
    pause = max(rules.get("break_min") or 0, rules.get("drive_break_min") or 0)
    return {
        **({"pause_min": pause} if pause and visit.get_in_min >= pause + WORKED_GET_IN_MIN else {}),
        "get_in_min": visit.get_in_min,
        "show_min": visit.show_min,
        "get_out_min": visit.get_out_min,
    }


def worth(tour: Tour, wish: Wish) -> int:
    """What playing a wish is worth to the planner: its fee, and the tour's `wish_worth` by its rank."""
    share = RANK_SHARES.get(wish.rank, LATER_RANK_SHARE) * (RESERVE_SHARE if wish.is_reserve else 1.0)
    return round(float(tour.production.price_of(wish.shows_count)) + share * tour.wish_worth)
