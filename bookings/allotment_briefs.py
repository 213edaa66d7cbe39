"""Database -> Problem: everything that an allotment must know, as the JSON form of docs/allotment.md."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from bookings import allotment_ground as ground
from bookings.allotment_names import production_key, site_key, unit_key
from bookings.cohorts import had_before
from tours.grade_answers import week_name
from tours.models import Allotment, AllotmentOrder, GradeAnswer, Need, Production
from tours.models.production import SHOWS_MAX, services_of
from tours.rooms import Verdict, capacity_of, room_check, verdict_of
from venues.grades import GRADES, grades_of
from venues.models import Group, School, Venue
from venues.models.school_years import school_year_of, year_label

#: Everybody in a Swedish school receives Swedish. Source: skollagen (2010:800) 10 kap. 4 § (Swedish in every school).
SCHOOL_LANGUAGE = "sv"
#: What a room has that meets a need, in three values; other needs are met by what the production always has.
ROOM_MEETS: dict[str, Any] = {
    Need.WHEELCHAIR: lambda venue: None if venue.wheelchair_places is None else venue.wheelchair_places > 0,
    Need.STEP_FREE: lambda venue: venue.step_free_entrance,
    Need.HEARING_LOOP: lambda venue: venue.hearing_loop,
    Need.QUIET_ROOM: lambda venue: venue.quiet_room,
    Need.NO_FRAGRANCE: lambda venue: venue.fragrance_free,
}


@dataclass(frozen=True)
class Brief:
    """What the solver gets.

    Attributes:
        problem: a document of `tours.allotment`.
        fingerprint: SHA-256 over it without what people have ordered.
        left_out: {"school", "grade" or "production", "reason"} of what was left out beforehand: "reached" (has a visit
            already), "no_grades" (the production names none).
    """

    problem: dict[str, Any]
    fingerprint: str
    left_out: list[dict[str, Any]]


@dataclass
class _Desk:
    """What is gathered while a brief is written."""

    allotment: Allotment
    groups: dict[tuple[int, str], list[Group]]
    schools: dict[int, School]
    productions: list[Production]
    venues: list[Venue]
    answers: dict[tuple[int, str], GradeAnswer]
    had: Mapping[tuple[int, str], frozenset[int]]
    encounters: Mapping[int, int]
    weeks: set[tuple[int, int]]
    left_out: list[dict[str, Any]] = field(default_factory=list)


def make_brief(allotment: Allotment) -> Brief:
    """Read the database and write the solver's problem, with what people have ordered as locks and bars."""
    desk = _read(allotment)
    units = [unit for key in sorted(desk.groups, key=_in_order) if (unit := _unit(desk, key))]
    grades = {unit["grade"] for unit in units}
    productions = [
        entry for production in desk.productions if (entry := _production(desk, production, grades))
    ]
    known = {entry["id"] for entry in productions}
    for unit in units:
        unit["had"] = [name for name in unit["had"] if name in known]
    sites = _sites(desk, known)
    tables = ground.tables_of(desk.schools.values(), desk.productions, desk.venues, allotment.season)
    problem = {
        **tables.document(),
        "units": units,
        "productions": productions,
        "sites": sites,
        "rules": _rules(allotment),
        "locked": [],
        "forbidden": _stay_at_home(desk, units, productions, sites),
    }
    text = json.dumps([problem, desk.left_out], sort_keys=True, separators=(",", ":"))
    return Brief(with_orders(problem, allotment), hashlib.sha256(text.encode()).hexdigest(), desk.left_out)


def with_orders(problem: Mapping[str, Any], allotment: Allotment) -> dict[str, Any]:
    """The problem with the standing orders about what it knows; those about others say nothing to it."""
    orders = list(allotment.orders.filter(withdrawn_at=None))
    known = {entry["id"] for kind in ("units", "productions", "sites") for entry in problem[kind]}
    choices = [(order.kind, choice) for order in orders if _is_known(choice := choice_of(order), known)]
    locked = [choice for kind, choice in choices if kind == AllotmentOrder.Kind.LOCKED]
    forbidden = [choice for kind, choice in choices if kind == AllotmentOrder.Kind.FORBIDDEN]
    return {**problem, "locked": locked, "forbidden": [*problem["forbidden"], *forbidden]}


def choice_of(order: AllotmentOrder) -> dict[str, Any]:
    """An order as the solver's document has it."""
    return {
        "unit": unit_key(order.school_id, order.grade),
        "production": order.production_id and production_key(order.production_id),
        "site": order.venue_id and site_key(order.venue_id),
    }


def groups_of(allotment: Allotment) -> "QuerySet[Group]":
    """The groups of the target grades in the season's school year, at schools that stand when it begins."""
    standing = School.objects.standing(allotment.season.starts_on)
    return Group.objects.filter(
        school_year=year_label(school_year_of(allotment.season.starts_on)),
        grade__in=allotment.grades,
        school__in=standing.filter(organisation__municipality__in=allotment.municipalities.all()),
    ).select_related("school__organisation__municipality", "school__place")


def _is_known(choice: Mapping[str, Any], known: set[str]) -> bool:
    return all(name is None or name in known for name in choice.values())


def _read(allotment: Allotment) -> _Desk:
    season = allotment.season
    groups = defaultdict(list)
    for group in groups_of(allotment).order_by("school_id", "grade", "name"):
        groups[(group.school_id, group.grade)].append(group)
    schools = {group.school_id: group.school for those in groups.values() for group in those}
    productions = allotment.productions.filter(seasons=season, rider__isnull=False).order_by("pk")
    answers = GradeAnswer.objects.filter(season=season, school__in=schools)
    year = school_year_of(season.starts_on)
    return _Desk(
        allotment=allotment,
        groups=dict(groups),
        schools=schools,
        productions=list(productions.select_related("rider", "ensemble__home")),
        venues=list(ground.rooms_in(season.region)),
        answers={(answer.school_id, answer.grade): answer for answer in answers},
        had=had_before(ground.seen_by(schools, allotment), year, allotment.repeat_years),
        encounters=ground.encounters_of(schools, year, allotment),
        weeks=ground.school_weeks(season),
    )


def _in_order(key: tuple[int, str]) -> tuple[int, int]:
    school, grade = key
    return school, GRADES.index(grade) if grade in GRADES else len(GRADES)


def _unit(desk: _Desk, key: tuple[int, str]) -> dict[str, Any] | None:
    school, grade = desk.schools[key[0]], key[1]
    municipality = school.organisation.municipality
    assert municipality is not None
    groups = desk.groups[key]
    encounters = min(desk.encounters.get(group.pk, 0) for group in groups)
    if encounters and desk.allotment.skips_reached:
        desk.left_out.append({"school": school.pk, "grade": grade, "reason": "reached"})
        return None
    had = desk.had.get(key, frozenset())
    answer = desk.answers.get(key)
    weeks = ground.weeks_answered(answer, desk.weeks)
    return {
        "id": unit_key(*key),
        "school": str(school.pk),
        "municipality": municipality.code,
        "grade": grade,
        "home": ground.school_place(school.pk),
        "classes": [group.pupils_count for group in groups],
        "adults": sum(group.adults_count for group in groups),
        "languages": _languages(groups),
        "needs": sorted(need for need, count in answer.needs.items() if count) if answer else [],
        "had": sorted(production_key(pk) for pk in had),
        "encounters": encounters,
        "weeks": None if weeks is None else [week_name(week) for week in sorted(weeks)],
    }


def _languages(groups: Sequence[Group]) -> list[str]:
    """Swedish, and what every group of the grade receives besides: the whole grade sees the same."""
    common = set(groups[0].languages).intersection(*(group.languages for group in groups[1:]))
    return sorted({SCHOOL_LANGUAGE, *common})


def _production(desk: _Desk, production: Production, grades: set[str]) -> dict[str, Any] | None:
    told = grades_of(production.grades)
    if not told:
        desk.left_out.append({"production": production.pk, "reason": "no_grades"})
        return None
    days = ground.days_to_play(production, desk.allotment.season)
    days = min(days, desk.allotment.days_max or days)
    a_day = min(production.shows_per_day_max, SHOWS_MAX)
    return {
        "id": production_key(production.pk),
        "home": ground.home_place(production),
        "grades": [grade for grade in GRADES if grade in told & grades],
        "audience_max": production.audience_max,
        "shows_max": days * a_day,
        "days_max": days,
        "fee": float(production.fee),
        "fee_next": float(min(production.fee_next_show, production.fee)),
        "shows_per_day_max": a_day,
        "languages": list(production.languages) or [SCHOOL_LANGUAGE],
        "meets": list(services_of(production.access_services)),
    }


def _sites(desk: _Desk, known: set[str]) -> list[dict[str, Any]]:
    owners = {school.organisation_id: school.pk for school in desk.schools.values()}
    with translation.override(None):  # the check's words are not used here, and most of its time
        return [_site(desk, venue, known, owners.get(venue.organisation_id)) for venue in desk.venues]


def _site(desk: _Desk, venue: Venue, known: set[str], school: int | None) -> dict[str, Any]:
    fits, unknown = [], {}
    for production in desk.productions:
        name = production_key(production.pk)
        lines = room_check(production.rider, production, venue) if name in known else []
        verdict = verdict_of(lines)
        if lines and verdict == Verdict.FITS:
            fits.append(name)
        elif lines and verdict == Verdict.UNKNOWN:
            unknown[name] = [line.key for line in lines if line.verdict == Verdict.UNKNOWN]
    told = {need: has(venue) for need, has in ROOM_MEETS.items()}
    counts = desk.allotment.unknown_fits
    return {
        "id": site_key(venue.pk),
        "place": ground.school_place(school) if school else ground.venue_place(venue.pk),
        "seats": capacity_of(venue),
        "fits": fits,
        "unknown": unknown,
        "meets": sorted(str(need) for need, has in told.items() if has or (has is None and counts)),
        "rent": 0,
        "open": not venue.is_closed_down,
    }


def _rules(allotment: Allotment) -> dict[str, Any]:
    return {
        "targets": [grade for grade in GRADES if grade in allotment.grades],
        "shows_per_day": allotment.shows_per_day,
        "walk_max_km": float(allotment.walk_max_km),
        "bus_max_km": allotment.bus_max_km,
        "bus_max_min": allotment.bus_max_min,
        "bus_seats": allotment.bus_seats,
        "bus_base": allotment.bus_base,
        "bus_per_km": allotment.bus_per_km,
        "per_km": allotment.per_km,
        "per_night": allotment.per_night,
        "day_trip_max_min": allotment.day_trip_max_min,
        "unknown_fits": allotment.unknown_fits,
    }


def _stay_at_home(
    desk: _Desk,
    units: Iterable[Mapping[str, Any]],
    productions: Sequence[Mapping[str, Any]],
    sites: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """For grades that cannot go by bus or on foot every room but their own school's is barred."""
    staying = {unit_key(*key) for key, answer in desk.answers.items() if not answer.can_travel}
    return [
        {"unit": unit["id"], "production": production["id"], "site": site["id"]}
        for unit in units
        if unit["id"] in staying
        for production in productions
        if unit["grade"] in production["grades"]
        for site in sites
        if site["place"] != unit["home"] and production["id"] in {*site["fits"], *site["unknown"]}
    ]
