"""The life of a private address, and who keeps which."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings import feed_links
from bookings.feeds import Address
from bookings.models import Feed
from tests import factories as make
from tests.bookings.stays import stay
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.world import World
from tours.errors import Refused

HOUR = timedelta(hours=1)


def make_feed(
    world: World, scope: str = Feed.Scope.PRESENTER, name: str = "Vaktmästaren", query: str = ""
) -> tuple[Feed, str]:
    whose = {
        Feed.Scope.PRESENTER: feed_links.Whose(world.presenting, scope),
        Feed.Scope.PRODUCER: feed_links.Whose(world.producing, scope),
        Feed.Scope.ENSEMBLE: feed_links.Whose(world.producing, scope, world.ensemble),
    }
    return feed_links.create_feed(whose[scope], name, world.presenter, query)


def test_a_token_is_256_bits_and_only_its_digest_is_kept(world: World):
    feed, token = make_feed(world)
    assert len(token) == 43  # 32 bytes in base64 without padding
    assert feed.token_digest == hashlib.sha256(token.encode()).hexdigest()


def test_a_feed_is_found_by_its_token_only(world: World):
    feed, token = make_feed(world)
    assert feed_links.find_feed(token) == feed
    assert feed_links.find_feed(feed.token_digest) is None


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
    feed_links.revoke_feed(feed, NOW)
    assert make_feed(world)[0].name == feed.name


def test_revoking_once_more_keeps_the_first_time(world: World):
    feed, _token = make_feed(world)
    assert [feed_links.revoke_feed(feed, at).revoked_at for at in (NOW, NOW + HOUR)] == [NOW, NOW]


def test_use_is_noted_at_most_once_an_hour(world: World):
    feed, _token = make_feed(world)
    noted = []
    for minutes in (0, 59, 60):
        feed_links.mark_used(feed.pk, NOW + timedelta(minutes=minutes))
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
    assert feed_links.keeps(getattr(world, person)) == [feed_links.Whose(getattr(world, organisation), scope)]


def test_producers_keep_the_links_of_their_ensembles_too(world: World):
    make.EnsembleFactory()
    assert feed_links.keeps(world.producer) == [
        feed_links.Whose(world.producing, Feed.Scope.PRODUCER),
        feed_links.Whose(world.producing, Feed.Scope.ENSEMBLE, world.ensemble),
        feed_links.Whose(world.producing, Feed.Scope.CREW, world.ensemble),
    ]


@pytest.mark.parametrize("person", ["officer", "stranger"])
def test_others_keep_none(world: World, person: str):
    assert feed_links.keeps(getattr(world, person)) == []


@pytest.mark.parametrize("person", ["neighbour", "school_contact", "producer", "officer", "stranger"])
def test_others_do_not_see_a_presenters_link(world: World, person: str):
    make_feed(world)
    assert list(feed_links.feeds_of(getattr(world, person))) == []


def test_everybody_of_the_organisation_sees_its_links(world: World):
    feed, _token = make_feed(world)
    colleague = make.MembershipFactory(organisation=world.presenting, role="presenter").user
    assert list(feed_links.feeds_of(colleague)) == [feed]


def test_a_presenter_who_also_produces_does_not_hand_out_the_producers_links(world: World):
    make.MembershipFactory(user=world.presenter, organisation=world.producing, role="presenter")
    make_feed(world, Feed.Scope.PRODUCER)
    assert list(feed_links.feeds_of(world.presenter)) == []


# -- Narrowed, changed, given anew ---------------------------------------


def test_a_link_may_leave_out_what_is_not_agreed(world: World):
    visit(world, status="held")
    visit(world, STARTS_AT + HOUR, status="offered", venue=world.neighbour_venue)
    agreed = visit(world, STARTS_AT + 9 * HOUR, published_at=None)
    feed, _token = make_feed(world, query="held=0")
    calendar = Address.read(feed.address).calendar()
    assert calendar is not None
    assert (list(calendar.performances), calendar.agreed_only) == ([agreed], True)


@pytest.mark.parametrize("query", ["held=1", "held=", "held=0,1", "x=1", "age=gammal"])
def test_what_is_not_understood_makes_no_link(world: World, query: str):
    with pytest.raises(Refused):
        make_feed(world, query=query)
    assert Feed.objects.count() == 0


@pytest.mark.parametrize("query", ["held=0", "held=1"])
def test_public_calendars_do_not_know_what_is_held(world: World, query: str):
    with pytest.raises(Refused):
        Address("presenter", world.presenting.slug, query).calendar()


def test_a_change_keeps_the_token(world: World):
    feed, token = make_feed(world)
    feed_links.change_feed(feed, " Kansliet ", "held=0")
    found = feed_links.find_feed(token)
    assert found is not None
    assert (found.name, feed_links.query_of(found)) == ("Kansliet", "held=0")


def test_a_change_may_keep_the_name_but_not_take_another_s(world: World):
    feed, _token = make_feed(world)
    make_feed(world, name="Kansliet")
    assert feed_links.change_feed(feed, "Vaktmästaren", "").name == "Vaktmästaren"
    with pytest.raises(Refused):
        feed_links.change_feed(feed, "kansliet", "")


def test_a_new_token_revokes_the_old_one(world: World):
    old, old_token = make_feed(world, Feed.Scope.ENSEMBLE, query="held=0")
    new, token = feed_links.rotate_feed(old, world.producer, NOW)
    old.refresh_from_db()
    assert old.revoked_at is not None
    assert (new.name, new.address, new.ensemble, new.created_by) == (
        old.name,
        old.address,
        old.ensemble,
        world.producer,
    )
    assert feed_links.find_feed(token) == new
    assert (token != old_token, len(token)) == (True, 43)


def test_a_revoked_link_is_neither_changed_nor_given_anew(world: World):
    feed = feed_links.revoke_feed(make_feed(world)[0], NOW)
    with pytest.raises(Refused):
        feed_links.change_feed(feed, "Kansliet", "")
    with pytest.raises(Refused):
        feed_links.rotate_feed(feed, world.producer, NOW)


# -- an artist ---------------------------------------


def test_an_artist_keeps_one_link_of_the_own_stays(world: World) -> None:
    for _time in range(2):
        stay(world, artist=world.stranger)
    (whose,) = feed_links.keeps(world.stranger)
    assert (whose.scope, whose.ref, str(whose)) == (
        Feed.Scope.ARTIST,
        world.stranger.pk,
        str(world.stranger),
    )


def test_it_is_made_changed_given_anew_and_revoked_as_others_are(world: World) -> None:
    stay(world, artist=world.stranger)
    (whose,) = feed_links.keeps(world.stranger)
    feed, _token = feed_links.create_feed(whose, "Telefonen", world.stranger)
    with pytest.raises(Refused):
        feed_links.create_feed(whose, "telefonen", world.stranger)
    feed_links.change_feed(feed, "Datorn", "held=0")
    new, _token = feed_links.rotate_feed(feed, world.stranger, NOW)
    assert (new.name, new.address) == ("Datorn", f"private-artist/{world.stranger.pk}?held=0")
    assert set(feed_links.feeds_of(world.stranger)) == {feed, new}
    assert list(feed_links.feeds_of(world.presenter)) == []


def test_only_an_artist_s_link_has_no_organisation(world: World) -> None:
    whose = feed_links.Whose(None, Feed.Scope.PRESENTER, person=world.stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feed.objects.create(**whose._asdict(), name="Fel", token_digest="x", created_by=world.stranger)
