"""Calendars to subscribe to: which performances belong to each, their bytes, and the private addresses.

Feeds are assembled on request. What stored feeds will take over is cut already: `ical.render` makes the bytes
of one performance from its values alone, `Calendar` says which performances belong to an address, and
`assemble` only joins them.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import ical
from bookings.errors import Refused
from bookings.models import Booking, Ensemble, Feed, Performance, Production, Tour
from bookings.models.booking import LIVE, Performances, Status
from bookings.permissions import Person, organisations_of
from bookings.tokens import digest_of, new_token
from bookings.windows import midnight
from bookings.workdays import workdays
from venues.models import HOSTS, Membership, Municipality, Organisation, Region, User

#: What a feed shows, in days before and calendar months after today.
#: Source: the house's choice: a month to look back, and the coming school year whenever one asks.
DAYS_BACK = 30
MONTHS_AHEAD = 18
#: The mark of last use is written this seldom, so that reading a feed rarely writes.
USE_NOTED_EVERY = timedelta(hours=1)
#: Who makes and revokes the private addresses of which scope.
KEEPERS: dict[str, tuple[str, ...]] = {
    Feed.Scope.PRESENTER: tuple(HOSTS),
    Feed.Scope.PRODUCER: (Membership.Role.PRODUCER,),
}
#: Private feeds are of one organisation, or of one of its ensembles: how a performance leads to it.
WHERE = {
    Feed.Scope.PRESENTER: "booking__presenter",
    Feed.Scope.PRODUCER: "booking__tour__production__ensemble__producer",
    Feed.Scope.ENSEMBLE: "booking__tour__production__ensemble",
}


@dataclass(frozen=True)
class Calendar:
    """What one address gives: a name and the performances in it, whatever their date.

    `at_work` is the ensemble whose working days stand in it too.
    """

    name: str
    performances: Performances
    at_work: Ensemble | None = None


class Whose(NamedTuple):
    """What a private address may be made for."""

    organisation: Organisation
    scope: str
    ensemble: Ensemble | None = None

    def __str__(self) -> str:
        return str(self.ensemble or self.organisation)


@dataclass(frozen=True)
class Kind:
    """A kind of public feed: the rows that have one, how a performance leads to its row, and its name."""

    rows: Callable[[], "QuerySet[Any]"]
    where: str
    title: str = "{}"


def _presenters() -> "QuerySet[Organisation]":
    """Those that are presenters, or have been: an address that somebody subscribes to stays."""
    roles = Q(roles__role__in=[Organisation.Role.PRESENTER, Organisation.Role.LIBRARY])
    have_hosted = Q(bookings__isnull=False, school__isnull=True)
    return Organisation.objects.filter(roles | have_hosted).distinct()


def _schools() -> "QuerySet[Organisation]":
    return Organisation.objects.filter(school__isnull=False)


def _productions() -> "QuerySet[Production]":
    """Those on a menu or played in public: others have not been announced."""
    played = Performance.objects.public().filter(booking__tour__production=OuterRef("pk"))
    return Production.objects.filter(Q(seasons__isnull=False) | Exists(played)).distinct()


def _tours() -> "QuerySet[Tour]":
    """Those with a published date: the name of a tour that is being planned is nobody's business."""
    return Tour.objects.filter(Exists(Performance.objects.public().filter(booking__tour=OuterRef("pk"))))


KINDS = {
    "municipality": Kind(
        lambda: Municipality.objects.all(), "booking__venue__place__municipality", "Scenkonst i {}"
    ),
    "presenter": Kind(_presenters, "booking__presenter"),
    "school": Kind(_schools, "booking__presenter"),
    "production": Kind(_productions, "booking__tour__production"),
    "tour": Kind(_tours, "booking__tour"),
    "region": Kind(
        lambda: Region.objects.filter(is_served=True),
        "booking__venue__place__municipality__region",
        "Scenkonst i {}",
    ),
}


def find_public(kind: str, slug: str) -> Calendar | None:
    """The public feed of one row of a kind, if there is one."""
    row = KINDS[kind].rows().filter(slug=slug).first()
    if row is None:
        return None
    found = Performance.objects.public().filter(**{KINDS[kind].where: row})
    return Calendar(KINDS[kind].title.format(row), found)


def find_feed(token: str) -> Feed | None:
    """The private feed whose address has the token, revoked ones included."""
    return (
        Feed.objects.select_related("organisation", "ensemble").filter(token_digest=digest_of(token)).first()
    )


def private(feed: Feed) -> Calendar:
    """What a private feed shows: also what is held, offered or unpublished, but not what came to nothing."""
    where = WHERE[Feed.Scope(feed.scope)]
    found = Performance.objects.filter(
        booking__status__in=[*LIVE, Status.CANCELLED], **{where: feed.ensemble_id or feed.organisation_id}
    )
    return Calendar(f"{feed.whose} (internt)", found, feed.ensemble)


def window(now: datetime) -> tuple[datetime, datetime]:
    """The half-open range of starts that a feed shows; it moves at midnight only."""
    today = timezone.localdate(now)
    return midnight(today - timedelta(days=DAYS_BACK)), midnight(_months_after(today, MONTHS_AHEAD))


def shown(calendar: Calendar, now: datetime) -> Performances:
    """The performances of a calendar inside the window, in the fixed order, with all that is written."""
    return calendar.performances.between(*window(now)).with_ground().order_by("starts_at", "uid")


def assemble(calendar: Calendar, now: datetime, base_url: str) -> bytes:
    """The body of a feed. The same data give the same bytes for the whole day.

    Args:
        base_url: where the pages are, without a slash at the end.
    """
    vevents = [ical.render(entry_of(performance), base_url) for performance in shown(calendar, now)]
    if calendar.at_work:
        vevents += [ical.render_workday(day) for day in workdays(calendar.at_work, *window(now))]
    return ical.calendar(calendar.name, vevents)


def last_changed_at(now: datetime) -> datetime:
    """A moment after which no feed has changed, never earlier than one given before, and never after `now`.

    It is the last change of any booking, or today's midnight if that is later:

    - *any* booking, because one that has left a feed (moved to another venue, unpublished, declined) is not
      found from the feed any more, while its own change stays in the table;
    - midnight, because then the window moves, and because texts of productions and venues have no time of
      change: a client that sends no ETag learns of those on the next day.

    It may therefore be later than the feed's own last change, which costs such a client a needless answer.
    Feeds with stored bodies can say exactly when their bytes last differed.
    """
    last = Booking.objects.aggregate(visit=Max("changed_at"), show=Max("performances__changed_at"))
    latest: datetime = max(at for at in (midnight(timezone.localdate(now)), *last.values()) if at)
    return min(now, latest)


def entry_of(performance: Performance) -> ical.Entry:
    """Everything that a calendar says of a performance, read with `Performances.with_ground()`."""
    booking = performance.booking
    production, venue = booking.tour.production, booking.venue
    municipality = venue.place.municipality
    confirmed_or_later = booking.status in {Status.CONFIRMED, Status.CANCELLED}
    return ical.Entry(
        uid=performance.uid,
        sequence=performance.sequence,
        status=cast(ical.Status, str(booking.status)),
        hold_rank=booking.hold_rank,
        starts_at=performance.starts_at,
        ends_at=performance.ends_at,
        created_at=booking.created_at,
        changed_at=max(performance.changed_at, booking.changed_at),
        time_zone=municipality.region.time_zone,
        title=production.title,
        art_form=production.art_form,
        audience=booking.audience,
        age_min=production.age_min,
        age_max=production.age_max,
        grades=production.grades,
        ensemble=production.ensemble.name,
        presenter=booking.presenter.name,
        venue=venue.name,
        address=venue.address,
        place=venue.place.name,
        municipality=municipality.name,
        lat=venue.lat,
        lon=venue.lon,
        is_public=confirmed_or_later and booking.published_at is not None,
    )


def keeps(user: Person) -> list[Whose]:
    """Everything for which the user makes and revokes private addresses."""
    found = [
        Whose(organisation, scope)
        for scope, roles in KEEPERS.items()
        for organisation in organisations_of(user, *roles)
    ]
    producing = [whose.organisation for whose in found if whose.scope == Feed.Scope.PRODUCER]
    ensembles = (
        Ensemble.objects.filter(producer__in=producing).select_related("producer").order_by("name", "pk")
    )
    return [*found, *(Whose(row.producer, Feed.Scope.ENSEMBLE, row) for row in ensembles)]


def feeds_of(user: Person) -> "QuerySet[Feed]":
    """The private addresses that the user may see and revoke, newest first."""
    mine = Q(pk__in=[])
    for whose in keeps(user):
        mine |= Q(organisation=whose.organisation, scope=whose.scope, ensemble=whose.ensemble)
    return Feed.objects.filter(mine).select_related("organisation", "ensemble", "created_by")


@transaction.atomic
def create_feed(whose: Whose, name: str, by: User) -> tuple[Feed, str]:
    """Make a private address for somebody who is named.

    Returns:
        The feed and its token. The token is stored nowhere, so it can be shown this once.

    Raises:
        Refused: the name is missing or too long, or is that of another address in use.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Say who gets the link, so that you know which one to revoke."), field="name")
    if len(name) > 120:
        raise Refused(_("Write at most 120 characters."), field="name")
    # Two clicks on the same button wait for each other.
    Organisation.objects.select_for_update(no_key=True).get(pk=whose.organisation.pk)
    alike = Feed.objects.filter(**whose._asdict(), name__iexact=name, revoked_at__isnull=True)
    if alike.exists():
        raise Refused(
            _("There is a link with that name. Revoke it first, or choose another name."), field="name"
        )
    token, digest = new_token()
    feed = Feed.objects.create(**whose._asdict(), name=name, token_digest=digest, created_by=by)
    return feed, token


def revoke_feed(feed: Feed) -> Feed:
    """Make a private address stop working, for good. Once more changes nothing."""
    Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    feed.refresh_from_db()
    return feed


def mark_used(feed: Feed, now: datetime) -> None:
    """Note that the address was read, at most once an hour."""
    if feed.last_used_at is None or feed.last_used_at <= now - USE_NOTED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(last_used_at=now)


def _months_after(day: date, months: int) -> date:
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
