"""What a calendar address gives: a name, performances and whole days, inside the window that feeds show."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import F, Q
from django.utils import timezone

from bookings import guests, ical, residency_scopes
from bookings.calendar_marks import FACETS
from bookings.crew_days import crew_days
from bookings.entries import dropped_entry_of, guest_entry_of, span_of, workshop_of
from bookings.feed_scopes import EVERYTHING, KINDS, Selection, selection
from bookings.models import CrewVisit, DroppedShow, Feed, Performance, Workshop
from bookings.models.booking import AGREED, CALLED_OFF, LIVE, Performances
from bookings.models.calendar import DroppedPeriods
from bookings.models.residency import Periods, SubEvents
from bookings.models.residency_parts import DayLines
from bookings.models.workshop import Workshops
from bookings.residency_scopes import Stays
from bookings.workdays import workdays
from tours.models import Ensemble, Tour
from tours.windows import midnight
from venues.models import Crew, Membership, Organisation, User

#: What a feed shows, in days before and calendar months after today.
#: Source: the contract of calendars, "window": a month to look back, and the coming school year whenever one asks.
DAYS_BACK = 30
MONTHS_AHEAD = 18
#: Seconds that an answer with what is in a calendar may be reused. Source: the contract of calendars, H20.
MAX_AGE_S = 900
#: What the kinds of private feeds begin with.
PRIVATE = "private-"
#: The scope of what a crew's class link shows. (`Feed.Scope.CREW` is of those who are hired to a tour.)
KULTURCREW = "kulturcrew"


@dataclass(frozen=True)
class Calendar:
    """What one address gives: a name and the performances in it, whatever their date, in one version.

    `kind` and `ref` say whose it is, and `dropped` are shows that are no more. `at_work` are the ensembles whose
    working days stand in it too: with `agreed_only` those on which all is agreed. With `has_spans` the tours that its
    performances are on do, as whole days. `workshops` stand in it too, where it has any. `hosted_by` is the KulturCrew
    whose days of tasks do. `gone_to` are performances at other houses to which groups of a school go. `stays` is what
    of residencies stands in it.
    """

    name: str
    performances: Performances
    dropped: Performances
    kind: str
    ref: int
    version: ical.Version = "public"
    at_work: tuple[Ensemble, ...] = ()
    has_spans: bool = False
    agreed_only: bool = False
    hosted_by: Crew | None = None
    workshops: Workshops | None = None
    gone_to: Performances | None = None
    stays: Stays | None = None


@dataclass(frozen=True)
class Address:
    """Where a calendar is: a kind of feed and whose it is, or "private-" and a scope; and what narrows it."""

    kind: str
    name: str
    query: str = ""

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}" + (f"?{self.query}" if self.query else "")

    @classmethod
    def read(cls, text: str) -> "Address":
        """The address that is written so."""
        path, _mark, query = text.partition("?")
        kind, _slash, name = path.partition("/")
        return cls(kind, name, query)

    @property
    def is_private(self) -> bool:
        """Whether it is what private links show."""
        return self.kind.startswith(PRIVATE)

    def calendar(self) -> Calendar | None:
        """What the address gives now.

        Raises:
            Refused: what narrows it is not understood.
        """
        chosen = selection(self.query, is_private=self.is_private)
        if self.is_private:
            return find_private(self.kind.removeprefix(PRIVATE), int(self.name), chosen)
        return find_public(self.kind, self.name, chosen)


def find_public(kind: str, name: str, chosen: Selection = EVERYTHING) -> Calendar | None:
    """The public feed of one row of a kind, if there is one."""
    row = KINDS[kind].find(name)
    if row is None:
        return None
    here = Q(**{KINDS[kind].where: row}) if KINDS[kind].has_shows else Q(pk__in=[])
    there = Q(pk__in=guests.shows_of(row.pk)) if kind == "school" else Q()
    theirs = residency_scopes.in_feeds_of(
        kind if kind in residency_scopes.KINDS else KINDS[kind].facet, [row.pk]
    )
    found = Performance.objects.public().filter(chosen.where, here | there)
    dropped = DroppedShow.objects.public().filter(chosen.where, here)
    return Calendar(
        KINDS[kind].title.format(row),
        found,
        dropped,
        KINDS[kind].facet,
        row.pk,
        KINDS[kind].version,
        has_spans=chosen.spans,
        stays=residency_scopes.public(theirs & chosen.stays),
    )


def find_private(scope: str, ref: int, chosen: Selection = EVERYTHING) -> Calendar | None:
    """What private links of a scope show: also what is held, offered or unpublished, but not what came to nothing."""
    if scope == KULTURCREW:
        return _of_crew(ref, chosen)
    if scope == Feed.Scope.PEDAGOGUE:
        return _of_pedagogue(ref, agreed_only=chosen.agreed_only)
    if scope == Feed.Scope.ARTIST:
        return _of_artist(ref, chosen)
    is_of_ensemble = scope in Feed.OF_ENSEMBLES
    row = (Ensemble if is_of_ensemble else Organisation).objects.filter(pk=ref).first()
    if row is None:
        return None
    kind = Feed.Scope.ENSEMBLE if is_of_ensemble else scope
    agreed_only = chosen.agreed_only or scope == Feed.Scope.CREW
    states = AGREED if agreed_only else (*LIVE, *CALLED_OFF)
    found, dropped = (
        model.objects.filter(chosen.where, booking__status__in=states, **{FACETS[kind]: ref})
        for model in (Performance, DroppedShow)
    )
    return Calendar(
        f"{row} (internt)",
        found,
        dropped,
        kind,
        ref,
        "presenter" if scope == Feed.Scope.PRESENTER else "working",
        _at_work(scope, ref),
        chosen.spans,
        agreed_only,
        workshops=guests.workshops_of(ref) if scope == Feed.Scope.PRESENTER else None,
        gone_to=_gone_to(ref, chosen, states) if scope == Feed.Scope.PRESENTER else None,
        stays=residency_scopes.private(scope, ref, chosen.stays, agreed_only=agreed_only),
    )


def _gone_to(ref: int, chosen: Selection, states: Sequence[str]) -> Performances:
    found = Performance.objects.filter(chosen.where, pk__in=guests.shows_of(ref))
    return found.filter(booking__status__in=states)


def _of_pedagogue(ref: int, *, agreed_only: bool) -> Calendar | None:
    """The workshops that a pedagogue holds: a calendar without performances."""
    active = User.objects.filter(pk=ref, is_active=True)
    person = active.filter(memberships__role=Membership.Role.PEDAGOGUE).distinct().first()
    if person is None:
        return None
    return Calendar(
        f"Workshoppar, {person} (internt)",
        Performance.objects.none(),
        DroppedShow.objects.none(),
        Feed.Scope.PEDAGOGUE,
        person.pk,
        "working",
        agreed_only=agreed_only,
        workshops=Workshop.objects.held_by(person),
    )


def _of_artist(ref: int, chosen: Selection) -> Calendar | None:
    """The residencies of an artist: a calendar without performances. Nobody's name is in it."""
    person = User.objects.filter(pk=ref, is_active=True).first()
    if person is None:
        return None
    stays = residency_scopes.private(Feed.Scope.ARTIST, ref, chosen.stays, agreed_only=chosen.agreed_only)
    none, no_more = Performance.objects.none(), DroppedShow.objects.none()
    return Calendar("Mina residens (internt)", none, no_more, "artist", ref, "working", stays=stays)


def _of_crew(ref: int, chosen: Selection) -> Calendar | None:
    """The visits that a KulturCrew hosts, as a school reads them, and its days of tasks. It is kept as its house's."""
    crew = Crew.objects.select_related("organisation").filter(pk=ref).first()
    if crew is None:
        return None
    hosted = CrewVisit.objects.filter(crew=crew, left_at=None).values("booking")
    found, dropped = (
        model.objects.filter(chosen.where, booking__in=hosted, booking__status__in=AGREED)
        for model in (Performance, DroppedShow)
    )
    house = crew.organisation_id
    return Calendar(f"{crew} (KulturCrew)", found, dropped, "presenter", house, "school", hosted_by=crew)


def _at_work(scope: str, ref: int) -> tuple[Ensemble, ...]:
    """The ensembles whose working days private links of a scope show."""
    if scope == Feed.Scope.PRODUCER:
        return tuple(Ensemble.objects.filter(producer=ref).order_by("pk"))
    return tuple(Ensemble.objects.filter(pk=ref)) if scope in Feed.OF_ENSEMBLES else ()


def private_address(scope: str, ref: int, query: str = "") -> Address:
    """The address of what private links of a scope show: links to the same thing share what is stored."""
    return Address(PRIVATE + scope, str(ref), query)


def window(now: datetime) -> tuple[datetime, datetime]:
    """The half-open range of starts that a feed shows; it moves at midnight only."""
    today = timezone.localdate(now)
    return midnight(today - timedelta(days=DAYS_BACK)), midnight(_months_after(today, MONTHS_AHEAD))


def shown(calendar: Calendar, now: datetime) -> Performances:
    """The performances of a calendar inside the window, in the fixed order."""
    return calendar.performances.between(*window(now)).order_by("starts_at", "uid")


def days_at_work(calendar: Calendar, now: datetime) -> list[ical.Workday]:
    """The working days in a calendar, those that begin inside the window."""
    days = [day for ensemble in calendar.at_work for day in workdays(ensemble, *window(now))]
    return [day for day in days if day.is_agreed or not calendar.agreed_only]


def days_of_crew(calendar: Calendar, now: datetime) -> list[ical.CrewDay]:
    """The days of tasks in a calendar, those that begin inside the window."""
    return crew_days(calendar.hosted_by, *window(now)) if calendar.hosted_by else []


def dropped(calendar: Calendar, now: datetime) -> list[ical.Entry]:
    """The shows that are no more, as cancelled, those that were to start inside the window."""
    # There are few anywhere: looked up first, they spare most calendars a query over ten tables.
    pks = list(DroppedShow.objects.between(*window(now)).values_list("pk", flat=True))
    if not pks:
        return []
    shows = calendar.dropped.filter(pk__in=pks)
    found = cast("Iterable[DroppedShow]", shows.with_ground().order_by("starts_at", "uid"))
    return [dropped_entry_of(show) for show in found]


def workshops(calendar: Calendar, now: datetime) -> list[ical.Workshop]:
    """The workshops in a calendar, those that begin inside the window, in the fixed order."""
    if calendar.workshops is None:
        return []
    found = calendar.workshops.between(*window(now))
    if calendar.agreed_only:
        found = found.exclude(status=Workshop.Status.PROPOSED)
    return [workshop_of(row) for row in found.with_ground().order_by("starts_at", "uid")]


def gone_to(calendar: Calendar, now: datetime) -> list[ical.Entry]:
    """The performances at other houses to which groups of the calendar's school go, in the fixed order."""
    if calendar.gone_to is None:
        return []
    found = calendar.gone_to.between(*window(now)).with_ground().order_by("starts_at", "uid")
    return [guest_entry_of(performance, calendar.ref) for performance in found]


def stays(theirs: Stays, now: datetime) -> tuple[Periods, SubEvents, DroppedPeriods, DayLines]:
    """What of it stands in the window, each in the fixed order.

    Periods and dropped periods touch it, sub-events start in it, and lines of day plans are of its days.
    """
    start, end = window(now)
    first, last = timezone.localdate(start), timezone.localdate(end) - timedelta(days=1)
    return (
        theirs.periods.between(first, last).order_by("starts_on", "uid"),
        theirs.sub_events.between(start, end).order_by("starts_at", "uid"),
        theirs.dropped.between(first, last).order_by("starts_on", "uid"),
        theirs.lines.between(first, last).order_by("on", F("starts").asc(nulls_first=True), "uid"),
    )


def spans(calendar: Calendar, now: datetime) -> list[ical.Span]:
    """The tours in a calendar as whole days, those that touch the window, in the order of their first days."""
    if not calendar.has_spans:
        return []
    first, end = (timezone.localdate(at) for at in window(now))
    tours = Tour.objects.filter(
        pk__in=calendar.performances.values("booking__tour"), starts_on__lt=end, ends_on__gte=first
    )
    return [span_of(tour) for tour in tours.for_calendars().order_by("starts_on", "pk")]


def _months_after(day: date, months: int) -> date:
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
