"""Which performances belong to a feed, when it changed, and the life of a private address."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from bookings import feeds
from bookings.errors import Refused
from bookings.models import Feed, Performance
from tests import factories as make
from tests.bookings.visits import CHANGED_AT, NOW, STARTS_AT, change, visit
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


@pytest.mark.parametrize("kind", list(feeds.KINDS))
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


# -- When it changed (H06) ---------------------------------------


def test_H06_last_change_is_that_of_the_booking(world: World):
    visit(world, changed_at=NOW - HOUR)
    assert feeds.last_changed_at(NOW) == NOW - HOUR


def test_H06_last_change_is_midnight_when_nothing_has_changed_since(world: World):
    visit(world)
    assert feeds.last_changed_at(NOW) == datetime(2027, 1, 19, 23, tzinfo=UTC)


def test_H06_last_change_is_midnight_in_an_empty_database(db: None):
    assert feeds.last_changed_at(NOW) == datetime(2027, 1, 19, 23, tzinfo=UTC)


def test_H06_last_change_is_never_in_the_future(world: World):
    visit(world, changed_at=NOW + HOUR)
    assert feeds.last_changed_at(NOW) == NOW


@pytest.mark.parametrize(
    "leaving", ["moves away", "is unpublished", "goes to another presenter", "comes to nothing"]
)
def test_H06_it_goes_forward_when_a_performance_leaves(world: World, leaving: str):
    performance = visit(world, changed_at=NOW)
    fields = {
        "moves away": {"venue": world.neighbour_venue},
        "is unpublished": {"published_at": None},
        "goes to another presenter": {"presenter": world.neighbouring},
        "comes to nothing": {"status": "withdrawn"},
    }[leaving]
    change(performance, NOW + HOUR, **fields)
    assert feeds.last_changed_at(NOW + 2 * HOUR) == NOW + HOUR


def test_H06_it_never_goes_back_as_days_pass(world: World):
    visit(world, changed_at=NOW)
    times = [feeds.last_changed_at(NOW + n * 5 * HOUR) for n in range(60)]
    assert times == sorted(times)


# -- Bytes ---------------------------------------


def test_R50_bytes_do_not_depend_on_the_readers_language_or_the_hour(world: World):
    visit(world, audience="school")
    calendar = feeds.find_public("tour", world.tour.slug)
    assert calendar
    swedish = feeds.assemble(calendar, NOW, "https://turne.example.org")
    with translation.override("en"):
        assert feeds.assemble(calendar, NOW + 13 * HOUR, "https://turne.example.org") == swedish


def test_R20_the_same_performance_has_the_same_bytes_in_every_feed(world: World):
    visit(world)
    events = set()
    for kind in SCOPES:
        calendar = feeds.find_public(kind, slug_of(world, kind))
        assert calendar
        body = feeds.assemble(calendar, NOW, "https://turne.example.org")
        events.add(body[body.index(b"BEGIN:VEVENT") : body.index(b"END:VCALENDAR")])
    assert len(events) == 1


def test_R21_entry_carries_the_later_of_the_two_changes(world: World):
    performance = visit(world)
    Performance.objects.filter(pk=performance.pk).update(changed_at=CHANGED_AT + HOUR)
    (read,) = found("tour", world.tour.slug)
    assert feeds.entry_of(read).changed_at == CHANGED_AT + HOUR


# -- Private feeds ---------------------------------------


def make_feed(
    world: World, scope: str = Feed.Scope.PRESENTER, name: str = "Vaktmästaren"
) -> tuple[Feed, str]:
    whose = {
        Feed.Scope.PRESENTER: feeds.Whose(world.presenting, scope),
        Feed.Scope.PRODUCER: feeds.Whose(world.producing, scope),
        Feed.Scope.ENSEMBLE: feeds.Whose(world.producing, scope, world.ensemble),
    }
    return feeds.create_feed(whose[scope], name, world.presenter)


@pytest.mark.parametrize("scope", Feed.Scope.values)
@pytest.mark.parametrize("status", ["held", "offered", "confirmed", "cancelled"])
def test_R34_a_private_feed_shows_what_is_not_yet_agreed(world: World, scope: str, status: str):
    performance = visit(world, status=status, published_at=None)
    feed, _token = make_feed(world, scope)
    assert list(feeds.shown(feeds.private(feed), NOW)) == [performance]


@pytest.mark.parametrize("status", ["declined", "withdrawn", "released", "expired"])
def test_a_private_feed_leaves_out_what_came_to_nothing(world: World, status: str):
    visit(world, status=status)
    feed, _token = make_feed(world)
    assert list(feeds.shown(feeds.private(feed), NOW)) == []


def test_a_private_feed_shows_nothing_of_another_presenter(world: World):
    visit(world, presenter=world.neighbouring, venue=world.neighbour_venue)
    feed, _token = make_feed(world)
    assert list(feeds.shown(feeds.private(feed), NOW)) == []


def test_a_producers_feed_shows_nothing_of_another_producer(world: World):
    visit(world, tour=make.TourFactory())
    feed, _token = make_feed(world, Feed.Scope.PRODUCER)
    assert list(feeds.shown(feeds.private(feed), NOW)) == []


def test_a_token_is_256_bits_and_only_its_digest_is_kept(world: World):
    feed, token = make_feed(world)
    assert len(token) == 43  # 32 bytes in base64 without padding
    assert feed.token_digest == hashlib.sha256(token.encode()).hexdigest()


def test_a_feed_is_found_by_its_token_only(world: World):
    feed, token = make_feed(world)
    assert feeds.find_feed(token) == feed
    assert feeds.find_feed(feed.token_digest) is None


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 121])
def test_a_link_needs_a_name_of_reasonable_length(world: World, name: str):
    with pytest.raises(Refused):
        make_feed(world, name=name)


def test_two_links_in_use_do_not_share_a_name(world: World):
    make_feed(world, name="Vaktmästaren")
    with pytest.raises(Refused, match="link with that name|länk med det namnet"):
        make_feed(world, name=" vaktmästaren")


def test_the_name_of_a_revoked_link_is_free(world: World):
    feed, _token = make_feed(world)
    feeds.revoke_feed(feed)
    assert make_feed(world)[0].name == feed.name


def test_revoking_once_more_keeps_the_first_time(world: World):
    feed, _token = make_feed(world)
    first = feeds.revoke_feed(feed).revoked_at
    assert feeds.revoke_feed(feed).revoked_at == first


def test_use_is_noted_at_most_once_an_hour(world: World):
    feed, _token = make_feed(world)
    noted = []
    for minutes in (0, 59, 60):
        feeds.mark_used(feed, NOW + timedelta(minutes=minutes))
        feed.refresh_from_db()
        noted.append(feed.last_used_at)
    assert noted == [NOW, NOW, NOW + HOUR]


# -- Who keeps which ---------------------------------------


@pytest.mark.parametrize(
    ("person", "organisation", "scope"),
    [
        ("presenter", "presenting", Feed.Scope.PRESENTER),
        ("school_contact", "school", Feed.Scope.PRESENTER),
    ],
)
def test_members_keep_their_own_organisations_links(world: World, person: str, organisation: str, scope: str):
    assert feeds.keeps(getattr(world, person)) == [feeds.Whose(getattr(world, organisation), scope)]


def test_producers_keep_the_links_of_their_ensembles_too(world: World):
    make.EnsembleFactory()
    assert feeds.keeps(world.producer) == [
        feeds.Whose(world.producing, Feed.Scope.PRODUCER),
        feeds.Whose(world.producing, Feed.Scope.ENSEMBLE, world.ensemble),
    ]


@pytest.mark.parametrize("person", ["officer", "stranger"])
def test_others_keep_none(world: World, person: str):
    assert feeds.keeps(getattr(world, person)) == []


@pytest.mark.parametrize("person", ["neighbour", "school_contact", "producer", "officer", "stranger"])
def test_others_do_not_see_a_presenters_link(world: World, person: str):
    make_feed(world)
    assert list(feeds.feeds_of(getattr(world, person))) == []


def test_everybody_of_the_organisation_sees_its_links(world: World):
    feed, _token = make_feed(world)
    colleague = make.MembershipFactory(organisation=world.presenting, role="presenter").user
    assert list(feeds.feeds_of(colleague)) == [feed]


def test_a_presenter_who_also_produces_does_not_hand_out_the_producers_links(world: World):
    make.MembershipFactory(user=world.presenter, organisation=world.producing, role="presenter")
    make_feed(world, Feed.Scope.PRODUCER)
    assert list(feeds.feeds_of(world.presenter)) == []
