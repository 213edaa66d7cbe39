"""The world with one of everything that an address may name, for the matrix of routes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from bookings import (
    advancing,
    agreements,
    answering,
    feed_links,
    own_items,
    planning,
    reach,
    report_links,
    season_plan,
)
from bookings.models import Booking, Feed, Notice, OwnItem, Performance
from tests import allotments
from tests.agreements import agreement
from tests.checklists import template
from tests.factories import ClosureFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.world import World
from tours import own_calendars
from tours.models import (
    AllotmentOrder,
    EnsembleDayOff,
    ProductionPicture,
    Proposal,
    SeasonRun,
    WarningOverride,
    WishChangeRequest,
)
from venues.incoming import keeping
from venues.models import Closure, IncomingCalendar, Membership, NoBeds, TravelOverride, User


@dataclass
class Stage:
    """The world with one of everything that an address may name. The presenter has an offer and a past visit."""

    world: World
    other_producer: User
    offered: Booking
    performance: Performance
    token: str
    report_token: str
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
    own_item: OwnItem
    reminder_token: str
    calendars: tuple[IncomingCalendar, IncomingCalendar]
    order: AllotmentOrder

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
    template(world)
    advancing.make_list(shown, now)
    agreements.keep(shown, by=world.neighbour, now=now)
    feed, feed_token = feed_links.create_feed(
        feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Kansliet", world.presenter
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
        report_token=report_links.make_link(offered, now=now),
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
        own_item=own_items.add(
            world.producing, text="Filter", phase="before", who="both", due_days=-7, by=world.producer, now=now
        ),
        reminder_token=reach.unsubscribe_url("a@example.org", now).rstrip("/").rpartition("/")[2],
        calendars=_calendars(world, now),
        order=allotments.ordered(world),
    )  # fmt: skip


def _calendars(world: World, now: datetime) -> tuple[IncomingCalendar, IncomingCalendar]:
    return (
        keeping.give_address(world.venue, "https://example.org/a.ics", "", now=now),
        own_calendars.give_address(world.ensemble, "https://example.org/b.ics", "", now=now),
    )


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
