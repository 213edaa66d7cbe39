"""What lies on days without school: visits to schools, and wishes of theirs; and a school year written knowing of them.

Nothing is cancelled by a school year: a visit on a day off stands until somebody moves or cancels it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import layer_checks
from bookings.availability import visit_of
from bookings.errors import SchoolOffOverVisits
from bookings.models import Booking
from tours.layer_words import Layer, No
from tours.models import Wish, WishSpan
from tours.windows import calendar_days, midnight
from venues import school_years
from venues.models import School, SchoolYearChange, User
from venues.models.school_years import bounds
from venues.red_days import public_holidays
from venues.school_calendars import Off, SchoolCalendars, binding
from venues.school_years import Draft, Owner

SCHOOL = Wish.Audience.SCHOOL


@dataclass(frozen=True)
class VisitClash:
    """A visit to a school, and why it cannot be received then: a day off, or another layer of the calendars."""

    booking: Booking
    off: Off | No

    @property
    def is_day(self) -> bool:
        """Whether it is the day, and not its hours or another visit."""
        return isinstance(self.off, Off) or self.off.layer in (Layer.HOLIDAY, Layer.MUNICIPALITY, Layer.OWN)


@dataclass(frozen=True)
class WishClash:
    """A school's wish of which some days are gone: how many weekdays that are not red, and how many are left."""

    wish: Wish
    offs: tuple[Off, ...]
    gone_count: int
    left_count: int


@dataclass(frozen=True)
class Clashes:
    """What lies on days off, in the order of days."""

    visits: list[VisitClash] = field(default_factory=list)
    wishes: list[WishClash] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.visits or self.wishes)


def clashes_now(owner: Owner, year: int, today: date) -> Clashes:
    """What lies on a school year's days off as they are noted, from today on."""
    return _Ground(owner, year, today).clashes(None)


def clashes_of(owner: Owner, year: int, draft: Draft, today: date) -> Clashes:
    """What would lie on days that are off by the draft, and are not yet."""
    return _Ground(owner, year, today).clashes(draft)


def visits_off(bookings: Iterable[Booking]) -> list[VisitClash]:
    """Those of the visits to schools to which a layer of the calendars says no, in the order given; few queries.

    Closures are told elsewhere, and so are rooms that are taken.

    Args:
        bookings: live ones, read with their ground.
    """
    found = [booking for booking in bookings if booking.audience == SCHOOL]
    moments = [
        layer_checks.Moment(one, one.starts_at, visit_of(one.tour, len(one.performances.all())))
        for one in found
    ]
    said = layer_checks.against(moments) if moments else []
    return [
        VisitClash(booking, no)
        for booking, no in zip(found, said, strict=True)
        if no and no.layer != Layer.ROOM and no.code != "closed"
    ]


@transaction.atomic
def keep(
    owner: Owner,
    year: int,
    draft: Draft,
    *,
    by: User,
    now: datetime,
    how: str,
    source: str = "",
    expected: str = "",
    despite: bool = False,
) -> SchoolYearChange | None:
    """Write a school year; whatever lies on its new days off is named first, and stands.

    Args:
        despite: whoever writes knows of the visits and wishes on the new days off; others as in `school_years.write`.

    Raises:
        SchoolOffOverVisits: visits or wishes lie there, and nobody has said that they know.
        NotPossible: see `school_years.write`.
    """
    clashes = clashes_of(owner, year, draft, timezone.localdate(now))
    if clashes and not despite:
        raise SchoolOffOverVisits(
            _("Visits or wishes lie on the new days off. Nothing is cancelled by this: say that you know."),
            bookings=[clash.booking.pk for clash in clashes.visits],
            wishes=[clash.wish.pk for clash in clashes.wishes],
        )
    return school_years.write(owner, year, draft, by=by, how=how, source=source, at=now, expected=expected)


class _Ground:
    """The visits and wishes of an owner's schools from today to the end of a school year, and all their days off."""

    def __init__(self, owner: Owner, year: int, today: date) -> None:
        self.owner, self.year = owner, year
        first, self.last = bounds(year)
        self.first = max(first, today)
        start, end = midnight(self.first), midnight(self.last + timedelta(days=1))
        bookings = Booking.objects.live().filter(audience=SCHOOL).filter(_of(owner, "presenter"))
        self.bookings = list(bookings.between(start, end).with_ground().order_by("occupied_from", "pk"))
        wishes = Wish.objects.standing().filter(audience=SCHOOL).filter(_of(owner, "organisation"))
        touching = WishSpan.objects.filter(starts_on__lte=self.last, ends_on__gte=self.first)
        wishes = wishes.filter(pk__in=touching.values("wish"))
        booked = Booking.objects.live().exclude(wish=None).values("wish")
        self.wishes = list(wishes.exclude(pk__in=booked).with_ground().order_by("pk"))
        self.calendars = SchoolCalendars(*self._whose(), self.first, self.last)
        region = owner.organisation.region if isinstance(owner, School) else owner.region
        self.red_days = public_holidays(region.country, self.first, self.last)

    def clashes(self, draft: Draft | None) -> Clashes:
        """By the draft what is not noted yet; without one all that is noted."""
        then = self.calendars.with_draft(self.owner, self.year, draft) if draft else self.calendars
        visits, wishes = [], []
        for booking in self.bookings:
            off = self._new(then, draft, binding(booking.presenter, booking.venue))
            if reason := off.get(timezone.localdate(booking.starts_at)):
                visits.append(VisitClash(booking, reason))
        for wish in self.wishes:
            off = self._new(then, draft, binding(wish.organisation, wish.venue))
            if clash := self._clash(wish, off, then):
                wishes.append(clash)
        return Clashes(visits, wishes)

    def _new(
        self, then: SchoolCalendars, draft: Draft | None, key: tuple[int, int | None]
    ) -> dict[date, Off]:
        off = then.off(*key)
        if draft is None:
            return off
        before = self.calendars.off(*key)
        return {day: reason for day, reason in off.items() if day not in before}

    def _clash(self, wish: Wish, off: dict[date, Off], then: SchoolCalendars) -> WishClash | None:
        days = {
            day
            for span in wish.spans.all()
            for day in calendar_days(max(span.starts_on, self.first), min(span.ends_on, self.last))
            if day.weekday() < 5 and day not in self.red_days
        }
        gone = sorted(days & off.keys())
        if not gone:
            return None
        left = days - then.off(*binding(wish.organisation, wish.venue)).keys()
        return WishClash(wish, tuple(dict.fromkeys(off[day] for day in gone)), len(gone), len(left))

    def _whose(self) -> tuple[set[int], set[int]]:
        """The municipalities and schools whose days off decide over what is there."""
        keys = [binding(booking.presenter, booking.venue) for booking in self.bookings]
        keys += [binding(wish.organisation, wish.venue) for wish in self.wishes]
        return {municipality for municipality, _school in keys}, {school for _m, school in keys if school}


def _of(owner: Owner, host: str) -> Q:
    """The visits or wishes for whose audience an owner's days off count, `host` being who receives."""
    if isinstance(owner, School):
        return Q(**{host: owner.organisation_id})
    own = Q(**{f"{host}__school__isnull": False, f"{host}__municipality": owner})
    return own | Q(**{f"{host}__school__isnull": True, "venue__place__municipality": owner})
