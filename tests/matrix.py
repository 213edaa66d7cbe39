"""Who gets what at which address: one row a route, one status a person.

A row is written by intent, not by what the code happens to answer. The people, in order of the columns:
anonymous, a stranger who has an account, the presenter, a neighbouring presenter, the school's contact, the
producer, another producer, the region's officer, its administrator.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from bookings import answering, feeds, planning, season_plan
from bookings.models import (
    Booking,
    EnsembleDayOff,
    Feed,
    Notice,
    Performance,
    ProductionPicture,
    Proposal,
    SeasonRun,
    WarningOverride,
    WishChangeRequest,
)
from tests.agreements import agreement
from tests.factories import ClosureFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.world import World
from venues.models import Closure, Membership, NoBeds, TravelOverride, User

PEOPLE = (
    "anonymous",
    "stranger",
    "presenter",
    "neighbour",
    "school_contact",
    "producer",
    "other_producer",
    "officer",
    "administrator",
)


@dataclass
class Stage:
    """The world with one of everything that an address may name. The presenter has an offer and a past visit."""

    world: World
    other_producer: User
    offered: Booking
    performance: Performance
    token: str
    feed: Feed
    feed_token: str
    proposal: Proposal
    season_run: SeasonRun
    notice: Notice
    closure: Closure
    override: TravelOverride
    no_beds: NoBeds
    picture: ProductionPicture
    change_request: WishChangeRequest
    membership: Membership
    day_off: EnsembleDayOff
    decided: WarningOverride

    def person(self, name: str) -> User | None:
        """The user behind a column; None for nobody."""
        if name == "anonymous":
            return None
        return self.other_producer if name == "other_producer" else getattr(self.world, name)


def set_stage(world: World) -> Stage:
    """Build it."""
    now = timezone.now()
    offered = _booking(
        world, world.presenting, world.venue, Booking.Status.OFFERED, datetime(2027, 2, 3, 10, tzinfo=UTC)
    )
    shown = _booking(
        world,
        world.neighbouring,
        world.neighbour_venue,
        Booking.Status.CONFIRMED,
        datetime(2027, 2, 4, 10, tzinfo=UTC),
    )
    feed, feed_token = feeds.create_feed(
        feeds.Whose(world.presenting, Feed.Scope.PRESENTER), "Kansliet", world.presenter
    )
    other = UserFactory(email="other.producer@example.org")
    MembershipFactory(user=other, organisation=OrganisationFactory(roles=["producer"]), role="producer")
    late = date(2027, 3, 1)
    first, second = sorted([world.places["Åre"], world.places["Backe"]], key=lambda place: place.pk)
    return Stage(
        world=world,
        other_producer=other,
        offered=offered,
        performance=shown.performances.get(),
        token=answering.make_link(offered, expires_at=now + timedelta(days=9)),
        feed=feed,
        feed_token=feed_token,
        proposal=planning.propose(world.tour, by=world.producer, seconds=1),
        season_run=season_plan.propose(world.season, [world.tour], by=world.producer),
        notice=Notice.objects.create(
            kind="offered", to_email="a@example.org", language="sv", subject="Hej", body_text="Hej", booking=offered,
            send_after=now, state=Notice.State.FAILED,
        ),
        closure=ClosureFactory(venue=world.venue),
        override=TravelOverride.objects.create(start=first, end=second, drive_min=200, km=250, by=world.producer),
        no_beds=NoBeds.objects.create(
            place=world.places["Backe"], first_night=late, last_night=late, by=world.producer
        ),
        picture=ProductionPicture.objects.create(
            production=world.production, image=ContentFile(b"JPEG", "x.jpg"), alt="En bild"
        ),
        change_request=WishChangeRequest.objects.create(wish=world.wish, message="Byt vecka", asked_by=world.presenter),
        membership=world.neighbour.memberships.get(),
        day_off=EnsembleDayOff.objects.create(ensemble=world.ensemble, starts_on=late, ends_on=late),
        decided=WarningOverride.objects.create(
            tour=world.tour, profile=agreement(world), rule="total_day", on_date=date(2027, 2, 3), reason="Premiär",
            by=world.producer, at=now,
        ),
    )  # fmt: skip


def _booking(world: World, presenter: Any, venue: Any, status: str, starts_at: datetime) -> Booking:
    now, hour = timezone.now(), timedelta(hours=1)
    times = {"occupied_from": starts_at - hour, "occupied_to": starts_at + 2 * hour, "changed_at": now}
    times |= {"hold_expires_at": starts_at - hour, "answer_by": now + timedelta(days=9)}
    if status == Booking.Status.CONFIRMED:
        times["published_at"] = now
    booking = Booking.objects.create(
        tour=world.tour, presenter=presenter, venue=venue, status=status, price=9800, currency="SEK", **times
    )
    Performance.objects.create(
        booking=booking, number=1, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), changed_at=now
    )
    return booking


Args = Callable[[Stage], list[Any]]


def _world(*names: str) -> Args:
    """The slugs of things in the world."""
    return lambda stage: [getattr(stage.world, name).slug for name in names]


#: What stands in a route's address; routes that are not here take nothing.
ARGS: dict[str, Args] = {
    "performance": lambda s: [s.performance.uid],
    "performance-ics": lambda s: [s.performance.uid],
    "municipality": lambda s: [s.world.venue.place.municipality.slug],
    "presenter-page": _world("neighbouring"),
    "school-page": _world("school"),
    **{
        name: _world("presenting")
        for name in ("organisation", "member-add", "address-set", "riksteatern-set")
    },
    "member-remove": lambda s: [s.membership.pk],
    **{name: _world("venue") for name in ("venue-edit", "venue-place", "venue-look-up", "closure-add")},
    "closure-remove": lambda s: [s.world.venue.slug, s.closure.pk],
    "travel-clear": lambda s: [s.override.pk],
    **{name: lambda s: [s.no_beds.pk] for name in ("beds-end", "beds-remove")},
    "private-feed-revoke": lambda s: [s.feed.pk],
    "feed-municipality": lambda s: [s.world.venue.place.municipality.slug],
    "feed-presenter": _world("neighbouring"),
    "feed-school": _world("school"),
    "feed-production": _world("production"),
    "feed-tour": _world("tour"),
    "feed-region": lambda s: [s.world.season.region.slug],
    "feed-private": lambda s: [s.feed_token],
    "demo-login": lambda s: [s.world.presenter.pk],
    **{name: lambda s: [s.token] for name in ("answer", "answer-done", "answer-calendar")},
    **{name: lambda s: [s.offered.pk] for name in ("booking", "booking-calendar", "booking-report")},
    "booking-act": lambda s: [s.offered.pk, "decline"],
    **{name: lambda s: [s.notice.pk] for name in ("outbox-notice", "outbox-retry")},
    "picture": lambda s: [s.picture.pk],
    **{
        name: lambda s: [s.world.wish.pk]
        for name in ("wish-edit", "wish-withdraw", "wish-move", "wish-change-request")
    },
    "change-answer": lambda s: [s.change_request.pk],
    **{name: _world("season", "production") for name in ("production", "matching")},
    **{name: _world("production") for name in ("production-edit", "picture-add")},
    "picture-remove": lambda s: [s.world.production.slug, s.picture.pk],
    **{name: _world("ensemble") for name in ("ensemble-edit", "day-off-add")},
    "day-off-remove": lambda s: [s.world.ensemble.slug, s.day_off.pk],
    **{name: _world("season") for name in ("season-edit", "season-open", "season-close")},
    **{
        name: _world("tour")
        for name in (
            "board",
            "tour-edit",
            "tour-propose",
            "tour-adopt",
            "tour-offer",
            "tour-csv",
            "tour-plan",
            "runs",
            "compare",
            "on-the-way",
            "tour-prices",
            "tour-prices-csv",
        )
    },
    "warning-override": _world("tour"),
    "warning-withdraw": lambda s: [s.world.tour.slug, s.decided.pk],
    "season-plan": _world("season"),
    "season-run": lambda s: [s.world.season.slug, s.season_run.pk],
    **{
        name: lambda s: [s.world.tour.slug, s.proposal.pk]
        for name in ("proposal", "stop-try", "stop-set", "run-stop", "plan-restore")
    },
    "stop-why": lambda s: [s.world.tour.slug, s.proposal.pk, f"w{s.world.wish.pk}"],
    **{
        name: lambda s: [s.world.tour.slug, "2027-02-03"]
        for name in ("day-forbid", "day-allow", "day-cancel")
    },
    **{
        name: lambda s: [s.world.tour.slug, s.world.wish.pk]
        for name in ("stop-lock", "stop-drop", "stop-free", "stop-hold")
    },
}

#: "login" is the way to the login page. A method that has no row is refused (405), or asks to log in first.
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
healthz                     get    200   200   200   200   200   200   200   200   200
readyz                      get    200   200   200   200   200   200   200   200   200
home                        get    200   200   200   200   200   200   200   200   200
calendar                    get    200   200   200   200   200   200   200   200   200
map                         get    200   200   200   200   200   200   200   200   200
performance                 get    200   200   200   200   200   200   200   200   200
performance-ics             get    200   200   200   200   200   200   200   200   200
municipality                get    200   200   200   200   200   200   200   200   200
presenter-page              get    200   200   200   200   200   200   200   200   200
school-page                 get    200   200   200   200   200   200   200   200   200
accessibility               get    200   200   200   200   200   200   200   200   200
about-data                  get    200   200   200   200   200   200   200   200   200
coverage                    get  login   404   404   404   404   404   404   200   200
coverage-csv                get  login   404   404   404   404   404   404   200   200
people                      get  login   404   404   404   404   404   404   200   200
organisation-new            get  login   404   404   404   404   404   404   404   200
organisation-new            post login   404   404   404   404   404   404   404   422
organisation                get  login   404   404   404   404   404   404   200   200
member-add                  post login   404   404   404   404   404   404   404   422
address-set                 post login   404   404   404   404   404   404   404   302
riksteatern-set             post login   404   404   404   404   404   404   404   302
member-remove               post login   404   404   404   404   404   404   404   302
venues                      get  login   404   200   200   200   200   200   200   200
venue-edit                  get  login   404   200   404   404   200   200   200   200
venue-edit                  post login   404   422   404   404   404   404   404   404
venue-place                 post login   404   404   404   404   404   404   404   404
venue-look-up               post login   404   302   404   404   404   404   404   404
closure-add                 post login   404   422   404   404   404   404   404   404
closure-remove              post login   404   302   404   404   404   404   404   404
travel                      get  login   404   404   404   404   200   200   404   404
travel                      post login   404   404   404   404   422   422   404   404
travel-clear                post login   404   404   404   404   302   302   404   404
beds                        get  login   404   404   404   404   200   200   404   404
beds-add                    post login   404   404   404   404   422   422   404   404
beds-end                    post login   404   404   404   404   302   302   404   404
beds-remove                 post login   404   404   404   404   302   302   404   404
subscribe                   get    200   200   200   200   200   200   200   200   200
private-feeds               get  login   403   200   200   200   200   200   403   403
private-feeds               post login   403   422   422   422   422   422   403   403
private-feed-revoke         post login   404   302   404   404   404   404   404   404
feed-municipality           get    200   200   200   200   200   200   200   200   200
feed-presenter              get    200   200   200   200   200   200   200   200   200
feed-school                 get    200   200   200   200   200   200   200   200   200
feed-production             get    200   200   200   200   200   200   200   200   200
feed-tour                   get    200   200   200   200   200   200   200   200   200
feed-region                 get    200   200   200   200   200   200   200   200   200
feed-private                get    200   200   200   200   200   200   200   200   200
robots                      get    200   200   200   200   200   200   200   200   200
profile                     get  login   200   200   200   200   200   200   200   200
profile                     post login   200   200   200   200   200   200   200   200
account_login               get    200   302   302   302   302   302   302   302   302
account_login               post   200   302   302   302   302   302   302   302   302
account_request_login_code  get    200   302   302   302   302   302   302   302   302
account_request_login_code  post   200   302   302   302   302   302   302   302   302
account_confirm_login_code  get  login   302   302   302   302   302   302   302   302
account_confirm_login_code  post login   302   302   302   302   302   302   302   302
account_logout              get    302   200   200   200   200   200   200   200   200
account_logout              post   302   302   302   302   302   302   302   302   302
account_signup              get    200   200   200   200   200   200   200   200   200
demo-login                  post   404   404   404   404   404   404   404   404   404
set_language                get    302   302   302   302   302   302   302   302   302
set_language                post   302   302   302   302   302   302   302   302   302
answer                      get    200   200   200   200   200   200   200   200   200
answer                      post   422   422   422   422   422   422   422   422   422
answer-done                 get    302   302   302   302   302   302   302   302   302
answer-calendar             get    302   302   302   302   302   302   302   302   302
inbox                       get  login   200   200   200   200   200   200   200   200
booking                     get  login   404   200   404   404   200   404   200   200
booking-calendar            get  login   404   200   404   404   200   404   200   200
booking-act                 get  login   404   200   404   404   200   404   403   403
booking-act                 post login   404   422   404   404   422   404   403   403
booking-report              get  login   404   409   404   404   409   404   403   403
booking-report              post login   404   409   404   404   409   404   403   403
my-week                     get  login   200   200   200   200   200   200   200   200
outbox                      get  login   403   403   403   403   200   200   403   200
outbox-notice               get  login   403   403   403   403   200   404   403   200
outbox-retry                post login   403   403   403   403   302   404   403   302
season-menu                 get    200   200   200   200   200   200   200   200   200
production                  get    200   200   200   200   200   200   200   200   200
picture                     get    200   200   200   200   200   200   200   200   200
wishes                      get  login   404   200   200   200   404   404   404   404
wish-new                    get  login   404   302   302   302   404   404   404   404
wish-new                    post login   404   302   302   302   404   404   404   404
wish-edit                   get  login   404   200   404   404   404   404   404   404
wish-edit                   post login   404   422   404   404   404   404   404   404
wish-withdraw               post login   404   302   404   404   404   404   404   404
wish-move                   post login   404   302   404   404   404   404   404   404
wish-change-request         get  login   404   302   404   404   404   404   404   404
wish-change-request         post login   404   302   404   404   404   404   404   404
change-requests             get  login   404   404   404   404   200   200   404   404
change-answer               post login   404   404   404   404   422   404   404   404
matching                    get  login   404   404   404   404   200   404   200   200
repertoire                  get  login   404   404   404   404   200   200   200   200
ensemble-new                get  login   404   404   404   404   200   200   404   404
ensemble-new                post login   404   404   404   404   422   422   404   404
ensemble-edit               get  login   404   404   404   404   200   404   404   404
ensemble-edit               post login   404   404   404   404   422   404   404   404
day-off-add                 post login   404   404   404   404   422   404   404   404
day-off-remove              post login   404   404   404   404   302   404   404   404
production-new              get  login   404   404   404   404   200   302   404   404
production-new              post login   404   404   404   404   422   302   404   404
production-edit             get  login   404   404   404   404   200   404   404   404
production-edit             post login   404   404   404   404   422   404   404   404
picture-add                 post login   404   404   404   404   422   404   404   404
picture-remove              post login   404   404   404   404   302   404   404   404
season-new                  get  login   404   404   404   404   200   200   200   200
season-new                  post login   404   404   404   404   422   422   422   422
season-edit                 get  login   404   404   404   404   200   200   200   200
season-edit                 post login   404   404   404   404   422   422   422   422
season-open                 post login   404   404   404   404   302   302   302   302
season-close                post login   404   404   404   404   302   302   302   302
tours                       get  login   404   404   404   404   200   200   404   404
tour-new                    get  login   404   404   404   404   200   200   404   404
tour-new                    post login   404   404   404   404   200   200   404   404
board                       get  login   404   404   404   404   200   404   404   404
tour-edit                   get  login   404   404   404   404   200   404   404   404
tour-edit                   post login   404   404   404   404   200   404   404   404
tour-propose                post login   404   404   404   404   302   404   404   404
proposal                    get  login   404   404   404   404   302   404   404   404
tour-adopt                  post login   404   404   404   404   404   404   404   404
tour-offer                  get  login   404   404   404   404   200   404   404   404
tour-offer                  post login   404   404   404   404   200   404   404   404
tour-csv                    get  login   404   404   404   404   200   404   404   404
season-plan                 get  login   404   404   404   404   200   200   404   404
season-plan                 post login   404   404   404   404   200   200   404   404
season-run                  get  login   404   404   404   404   302   404   404   404
stop-why                    get  login   404   404   404   404   200   404   404   404
stop-try                    post login   404   404   404   404   422   404   404   404
stop-set                    post login   404   404   404   404   302   404   404   404
run-stop                    post login   404   404   404   404   302   404   404   404
plan-restore                post login   404   404   404   404   302   404   404   404
runs                        get  login   404   404   404   404   200   404   404   404
compare                     get  login   404   404   404   404   200   404   404   404
tour-plan                   get  login   404   404   404   404   200   404   404   404
on-the-way                  get  login   404   404   404   404   200   404   404   404
day-forbid                  post login   404   404   404   404   302   404   404   404
day-allow                   post login   404   404   404   404   302   404   404   404
day-cancel                  get  login   404   404   404   404   200   404   404   404
day-cancel                  post login   404   404   404   404   422   404   404   404
tour-prices                 get  login   404   404   404   404   200   404   404   404
tour-prices-csv             get  login   404   404   404   404   200   404   404   404
stop-lock                   post login   404   404   404   404   302   404   404   404
stop-drop                   post login   404   404   404   404   302   404   404   404
stop-hold                   get  login   404   404   404   404   200   404   404   404
stop-hold                   post login   404   404   404   404   422   404   404   404
stop-free                   post login   404   404   404   404   302   404   404   404
warning-override            post login   404   404   404   404   302   404   404   404
warning-withdraw            post login   404   404   404   404   302   404   404   404
"""


@dataclass(frozen=True)
class Row:
    """A route, how it is called, and what each of PEOPLE gets: a status, or "login"."""

    name: str
    method: str
    answers: tuple[str, ...]


ROWS = [
    Row(name, method, tuple(answers)) for name, method, *answers in map(str.split, TABLE.split("\n")[2:-1])
]
