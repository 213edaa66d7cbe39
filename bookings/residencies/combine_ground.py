"""Where a residency's artists could go: schools near by, their classes that have met nothing, and when these can.

A residency reserves nobody, but here its own sub-events and the visits of its ensemble take their time all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from bookings import pupil_coverage
from bookings.layers import Asked, Layered, Layers, asked_by_school
from bookings.models import Allocation, Residency, SubEvent, Workshop
from bookings.residencies import combine_words as words
from bookings.residencies.combine_plans import (
    BASE,
    Class,
    Ground,
    NearSchool,
    Offer,
    Windows,
)
from tours import wish_rules
from tours.layer_words import Layer
from tours.models import Production
from tours.rooms import Verdict, room_check, verdict_of
from tours.windows import (
    Bar,
    Span,
    Visit,
    midnight,
    minute_of,
    minutes_by_day,
    rounded_up,
    starts,
)
from venues import reach
from venues.grades import ages_of
from venues.models import Group, School
from venues.models.school_years import school_year_of, year_label
from venues.travel import point

#: Road minutes within which a school is near. Source: the house's choice, an hour: there and back is a school morning.
NEAR_MIN = 60
#: Schools that are tried at the most, those with most pupils for their road first. Source: the house's choice by
#: measurement, so that nobody waits for the page.
SCHOOLS_TRIED = 12
#: A workshop with one class, and getting ready for it and packing after it. Source: the house's choice, a long lesson.
WORKSHOP_MIN, READY_MIN = 60, 15
WORKSHOP = "workshop"


def read(residency: Residency, days: Sequence[date], offers: Sequence[Offer]) -> Ground:
    """The ground for some days of one school year, in order; few queries, however many schools there are."""
    if not days or not offers:
        return Ground((), tuple(offers), (), {})
    near = _near(residency, days[0], days[-1])
    lacking = {key: rows for key, rows in _lacking(residency, near, days[0]).items() if rows}
    tried = sorted(
        (school for school in near if school.pk in lacking),
        key=lambda school: (-_pupils(lacking[school.pk]) / (READY_MIN + near[school]), school.pk),
    )[:SCHOOLS_TRIED]
    return Ground(
        days=tuple(days),
        offers=tuple(offers),
        schools=tuple(_Calendars(residency, days, tried, lacking, offers).schools()),
        drives=_drives(residency, tried, days[0], days[-1]),
    )


def workshop() -> Offer:
    """A workshop with one class."""
    return Offer(WORKSHOP, words.workshop(), WORKSHOP_MIN, READY_MIN, READY_MIN)


def offer_of(production: Production) -> Offer:
    """A production that the ensemble has; its rider read along."""
    rider = production.rider
    return Offer(
        key=f"p{production.pk}",
        title=production.title,
        minutes=production.duration_min,
        before_min=rider.get_in_min,
        after_min=rider.get_out_min,
        most=production.audience_max,
        between_min=rider.changeover_min,
        production=production.pk,
    )


def _near(residency: Residency, first: date, last: date) -> dict[School, int]:
    """The schools of the region within reach, with the minutes to each."""
    found = School.objects.standing(first).filter(organisation__region=residency.region_id)
    schools = list(
        found.select_related("place__municipality", "organisation__municipality").prefetch_related(
            "forms", "organisation__venues"
        )
    )
    [[row]] = reach.between(
        [point(residency.place)], [point(school) for school in schools], spans=[(first, last)]
    )
    return {
        school: leg.minutes
        for school, leg in zip(schools, row, strict=True)
        if leg is not None and leg.minutes <= NEAR_MIN
    }


def _lacking(residency: Residency, schools: Iterable[School], first: date) -> dict[int, list[Group]]:
    """By school its groups that meet nothing this school year, nor anything of this residency."""
    year = year_label(school_year_of(first))
    groups = Group.objects.filter(school__in=list(schools), school_year=year)
    served = set(pupil_coverage.came(groups.values("pk")))
    events = residency.sub_events.filter(cancelled_at=None)
    served |= set(events.filter(groups__isnull=False).values_list("groups", flat=True))
    found: dict[int, list[Group]] = defaultdict(list)
    for group in groups.order_by("pk"):
        if group.pk not in served:
            found[group.school_id].append(group)
    return found


def _pupils(groups: Iterable[Group]) -> int:
    return sum(group.pupils_count for group in groups)


def _drives(
    residency: Residency, schools: Sequence[School], first: date, last: date
) -> dict[tuple[int, int], int]:
    keys = [BASE, *(school.pk for school in schools)]
    points = [point(residency.place), *(point(school) for school in schools)]
    table = reach.reach(points, on=first, until=last)
    return {
        (keys[i], keys[j]): rounded_up(leg.minutes)
        for i, row in enumerate(table)
        for j, leg in enumerate(row)
        if leg is not None
    }


class _Calendars:
    """When the classes of the schools that are tried can, by the layers of their calendars."""

    def __init__(
        self,
        residency: Residency,
        days: Sequence[date],
        tried: Sequence[School],
        lacking: Mapping[int, Sequence[Group]],
        offers: Sequence[Offer],
    ) -> None:
        self.residency, self.days, self.tried, self.lacking, self.offers = (
            residency,
            days,
            tried,
            lacking,
            offers,
        )
        asked = [
            asked_by_school(school, None, [group.pk]) for school in tried for group in lacking[school.pk]
        ]
        self.layers = Layers(asked, days[0], days[-1], residency.region.country)
        self.own = _own_bars(residency, days)
        self.elsewhere = _group_days(asked, days)
        ids = [offer.production for offer in offers if offer.production]
        self.productions = {
            row.pk: row for row in Production.objects.filter(pk__in=ids).select_related("rider")
        }

    def schools(self) -> list[NearSchool]:
        """Those that have a class that could come to something."""
        found = [self._school(school) for school in self.tried]
        return [school for school in found if school.classes]

    def _school(self, school: School) -> NearSchool:
        rooms = {offer.key: self._room(school, offer) for offer in self.offers}
        suiting = [offer for offer in self.offers if rooms[offer.key] is not None]
        classes = [self._class(school, group, suiting) for group in self.lacking[school.pk]]
        town = school.organisation.municipality or school.place.municipality
        is_invited = town.pk == self.residency.place.municipality_id
        if not is_invited and WORKSHOP in rooms:
            rooms[WORKSHOP] = [words.elsewhere(str(school), str(town))]
        return NearSchool(
            school=school.pk,
            name=str(school),
            classes=tuple(one for one in classes if one.windows),
            is_invited=is_invited,
            warnings=tuple(self._warnings(school)),
            offer_warnings={key: tuple(told) for key, told in rooms.items() if told},
        )

    def _class(self, school: School, group: Group, offers: Sequence[Offer]) -> Class:
        asked = asked_by_school(school, None, [group.pk])
        bars = self.layers.bars(asked, own_calendars=False)
        booked = {bar.day for bar in bars if bar.no.layer == Layer.BOOKED} | self.elsewhere.get(
            group.pk, set()
        )
        free = [day for day in self.days if day not in booked]
        windows = {
            (offer.key, day): found
            for offer in offers
            if self._suits(group, offer)
            for day, found in self._windows(offer, bars, free).items()
        }
        return Class(group.pk, group.name, group.grade, group.pupils_count, group.heads_count, windows)

    def _windows(self, offer: Offer, bars: Sequence[Layered], days: Sequence[date]) -> dict[date, Windows]:
        """When the session may start; one day has at most one visit."""
        low, high = minute_of(wish_rules.EARLIEST), minute_of(wish_rules.LATEST_AT_SCHOOL)
        spans = [Span(day, day, low, high) for day in days]
        visit = Visit(offer.before_min, offer.minutes, offer.after_min)
        found: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for day, first, last in starts(
            spans, [*bars, *self.own], visit, first_day=self.days[0], last_day=self.days[-1]
        ):
            found[day].append((first, last))
        return {day: tuple(windows) for day, windows in found.items()}

    def _suits(self, group: Group, offer: Offer) -> bool:
        """Whether the production is for the pupils' age; a workshop is made for the class."""
        ages = ages_of([group.grade]) if group.grade else None
        if offer.production is None or ages is None:
            return True
        production, (youngest, oldest) = self.productions[offer.production], ages
        return production.age_min <= oldest and (production.age_max is None or youngest <= production.age_max)

    def _room(self, school: School, offer: Offer) -> list[str] | None:
        """What is not known of the school's best room for the offer; None where no room fits."""
        if offer.production is None:
            return []
        production = self.productions[offer.production]
        rooms = [room for room in school.organisation.venues.all() if not room.is_closed_down]
        if not rooms:
            return [words.no_room(str(school), offer.title)]
        checked = [room_check(production.rider, production, room) for room in rooms]
        best = min(checked, key=lambda lines: _ORDER.index(verdict_of(lines)))
        verdict = verdict_of(best)
        if verdict == Verdict.DOES_NOT_FIT:
            return None
        return [words.room_unknown(str(school), offer.title, best)] if verdict == Verdict.UNKNOWN else []

    def _warnings(self, school: School) -> Iterable[str]:
        if not self.layers.are_hours_known(asked_by_school(school)):
            yield words.hours_unknown(str(school))
        if any(group.is_proposal for group in self.lacking[school.pk]):
            yield words.numbers_unknown(str(school))


_ORDER = (Verdict.FITS, Verdict.UNKNOWN, Verdict.DOES_NOT_FIT)


def _own_bars(residency: Residency, days: Sequence[date]) -> list[Bar]:
    """When the artists are somewhere else: at sub-events of theirs, and on visits of the ensemble."""
    start, end = midnight(days[0]), midnight(days[-1] + timedelta(days=1))
    events = SubEvent.objects.filter(
        residency=residency, cancelled_at=None, starts_at__lt=end, ends_at__gt=start
    )
    spans = list(events.values_list("starts_at", "ends_at"))
    if residency.ensemble_id:
        taken = Allocation.objects.filter(ensemble=residency.ensemble_id, is_blocking=True)
        visits = taken.filter(occupied_from__lt=end, occupied_to__gt=start)
        spans += list(visits.values_list("occupied_from", "occupied_to"))
    return [Bar(*found, of_shows=False) for span in spans for found in minutes_by_day(*span)]


def _group_days(asked: Sequence[Asked], days: Sequence[date]) -> dict[int, set[date]]:
    """By group the days on which it meets something else: a workshop beside a visit, a sub-event of a residency."""
    groups = {group for one in asked for group in one.groups}
    start, end = midnight(days[0]), midnight(days[-1] + timedelta(days=1))
    found: dict[int, set[date]] = defaultdict(set)
    events = SubEvent.objects.standing().filter(groups__in=groups, starts_at__lt=end, ends_at__gt=start)
    workshops = Workshop.objects.standing().filter(groups__in=groups, starts_at__lt=end, ends_at__gt=start)
    for rows in (events, workshops):
        for group, first, last in rows.values_list("groups", "starts_at", "ends_at"):
            found[group].update(day for day, _start, _end in minutes_by_day(first, last))
    return found
