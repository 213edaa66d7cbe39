"""Which performances belong to a feed, and inside which days."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings import entries, feeds
from bookings.feed_scopes import KINDS
from bookings.models import Feed, Performance
from tests import factories as make
from tests.bookings.visits import CHANGED_AT, NOW, STARTS_AT, visit
from tests.world import World

HOUR = timedelta(hours=1)
SCOPES = ["municipality", "presenter", "production", "tour", "region"]


def slug_of(world: World, kind: str) -> str:
    return {
        "municipality": world.venue.place.municipality.slug,
        "presenter": world.presenting.slug,
        "school": world.school.slug,
        "production": world.production.slug,
        "tour": world.tour.slug,
        "region": world.season.region.slug,
    }[kind]


def found(kind: str, slug: str) -> list[Performance]:
    calendar = feeds.find_public(kind, slug)
    assert calendar
    return list(feeds.shown(calendar, NOW))


def internal(world: World, scope: str) -> list[Performance]:
    """What the private feeds of a scope show."""
    ref = {
        Feed.Scope.PRESENTER: world.presenting.pk,
        Feed.Scope.PRODUCER: world.producing.pk,
        Feed.Scope.ENSEMBLE: world.ensemble.pk,
    }[scope]
    calendar = feeds.find_private(scope, ref)
    assert calendar
    return list(feeds.shown(calendar, NOW))


# -- Public feeds ---------------------------------------


@pytest.mark.parametrize("kind", SCOPES)
def test_a_published_performance_is_in_each_of_its_feeds(world: World, kind: str):
    performance = visit(world)
    assert found(kind, slug_of(world, kind)) == [performance]


def test_a_school_performance_is_in_the_feed_of_the_school(world: World):
    performance = visit(world, presenter=world.school, venue=world.school_venue, audience="school")
    assert found("school", world.school.slug) == [performance]


@pytest.mark.parametrize("kind", ["municipality", "presenter"])
def test_it_is_not_in_the_feed_of_another(world: World, kind: str):
    visit(world)
    other = {"municipality": "kommun-2309", "presenter": world.neighbouring.slug}[kind]
    assert found(kind, other) == []


@pytest.mark.parametrize(
    "fields", [{"status": "held"}, {"status": "offered"}, {"status": "declined"}, {"published_at": None}]
)
@pytest.mark.parametrize("kind", ["municipality", "presenter", "region"])
def test_what_is_not_published_and_agreed_is_in_no_public_feed(world: World, kind: str, fields: dict):
    visit(world, **fields)
    assert found(kind, slug_of(world, kind)) == []


def test_R35_a_cancelled_performance_stays(world: World):
    performance = visit(world, status="cancelled")
    assert found("municipality", slug_of(world, "municipality")) == [performance]


def test_order_is_by_start(world: World):
    later, earlier = visit(world, STARTS_AT + HOUR), visit(world)
    assert found("tour", world.tour.slug) == [earlier, later]


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_unknown_name_has_no_feed(world: World, kind: str):
    assert feeds.find_public(kind, "finns-inte") is None


def test_a_tour_without_a_published_date_has_no_feed_that_tells_its_name(world: World):
    visit(world, status="offered")
    assert feeds.find_public("tour", world.tour.slug) is None


def test_a_production_on_no_menu_has_no_feed(world: World):
    world.season.productions.clear()
    assert feeds.find_public("production", world.production.slug) is None


def test_a_body_that_has_hosted_keeps_its_feed_without_the_role(world: World):
    visit(world)
    world.presenting.roles.all().delete()
    assert feeds.find_public("presenter", world.presenting.slug) is not None


def test_a_presenter_is_no_school(world: World):
    assert feeds.find_public("school", world.presenting.slug) is None


# -- The window ---------------------------------------


def test_window_is_thirty_days_back_to_eighteen_months_ahead():
    assert feeds.window(NOW) == (
        datetime(2026, 12, 20, 23, tzinfo=UTC),
        datetime(2028, 7, 19, 22, tzinfo=UTC),
    )


def test_window_ends_on_the_last_day_of_a_shorter_month():
    assert feeds.window(datetime(2026, 8, 31, 12, tzinfo=UTC))[1] == datetime(2028, 2, 28, 23, tzinfo=UTC)


def test_window_stands_still_for_the_day():
    assert feeds.window(NOW) == feeds.window(NOW + timedelta(hours=13))


@pytest.mark.parametrize(
    ("starts_at", "is_in"),
    [
        (datetime(2026, 12, 20, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 20, 23, 0, tzinfo=UTC), True),
        (datetime(2028, 7, 19, 21, 59, tzinfo=UTC), True),
        (datetime(2028, 7, 19, 22, 0, tzinfo=UTC), False),
    ],
)
def test_window_is_half_open(world: World, starts_at: datetime, is_in: bool):
    visit(world, starts_at)
    assert len(found("tour", world.tour.slug)) == is_in


def test_R21_entry_carries_the_later_of_the_two_changes(world: World):
    performance = visit(world)
    Performance.objects.filter(pk=performance.pk).update(changed_at=CHANGED_AT + HOUR)
    read = Performance.objects.with_ground().get()
    assert entries.entry_of(read).changed_at == CHANGED_AT + HOUR


# -- Private feeds ---------------------------------------


@pytest.mark.parametrize("scope", [Feed.Scope.PRESENTER, Feed.Scope.PRODUCER, Feed.Scope.ENSEMBLE])
@pytest.mark.parametrize("status", ["held", "offered", "confirmed", "cancelled", "postponed"])
def test_R34_a_private_feed_shows_what_is_not_yet_agreed(world: World, scope: str, status: str):
    performance = visit(world, status=status, published_at=None)
    assert internal(world, scope) == [performance]


@pytest.mark.parametrize("status", ["declined", "withdrawn", "released", "expired"])
def test_a_private_feed_leaves_out_what_came_to_nothing(world: World, status: str):
    visit(world, status=status)
    assert internal(world, Feed.Scope.PRESENTER) == []


def test_a_private_feed_shows_nothing_of_another_presenter(world: World):
    visit(world, presenter=world.neighbouring, venue=world.neighbour_venue)
    assert internal(world, Feed.Scope.PRESENTER) == []


def test_a_producers_feed_shows_nothing_of_another_producer(world: World):
    visit(world, tour=make.TourFactory())
    assert internal(world, Feed.Scope.PRODUCER) == []


def test_the_crews_calendar_shows_what_is_agreed_alone(world: World):
    agreed, _offered = visit(world), visit(world, STARTS_AT + timedelta(days=2), status="offered")
    calendar = feeds.find_private(Feed.Scope.CREW, world.ensemble.pk)
    assert calendar
    assert list(feeds.shown(calendar, NOW)) == [agreed]
    assert {day.is_agreed for day in feeds.days_at_work(calendar, NOW)} == {True}


def test_the_producers_calendar_has_the_working_days_of_its_ensembles(world: World):
    visit(world)
    calendars = [
        feeds.find_private(Feed.Scope.PRODUCER, world.producing.pk),
        feeds.find_private(Feed.Scope.ENSEMBLE, world.ensemble.pk),
    ]
    days = [feeds.days_at_work(calendar, NOW) for calendar in calendars if calendar]
    assert days[0] == days[1] != []
