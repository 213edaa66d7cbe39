"""In which calendars residencies stand: whose, for whom, narrowed by what, and inside which days."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import checking_feeds, dropped_periods
from bookings.feed_scopes import selection
from bookings.feeds import Address, private_address
from bookings.models import Residency
from tests.bookings.ical_reader import Block, vevents
from tests.bookings.stays import STARTS_AT, cancelled, period, room, stay, sub_event
from tests.bookings.stored import address, body_at
from tests.bookings.visits import NOW
from tests.school import group
from tests.world import World
from tours.errors import Refused

DAYS, SHOWING = "Residens: Ljud av is", "Visning: Första lyssningen"
BOTH = [DAYS, SHOWING]
DAY = timedelta(days=1)


def read(where: Address, at: datetime = NOW) -> list[Block]:
    """What stands there; what is stored is what it would be if it were made now."""
    found = vevents(body_at(where, at))
    assert list(checking_feeds.differences(at)) == []
    return found


def told(where: Address, at: datetime = NOW) -> list[str]:
    return [event.text("SUMMARY") for event in read(where, at)]


def private(world: World, scope: str, query: str = "") -> Address:
    ref = {
        "presenter": world.presenting.pk,
        "producer": world.producing.pk,
        "ensemble": world.ensemble.pk,
        "crew": world.ensemble.pk,
        "artist": world.stranger.pk,
    }[scope]
    return private_address(scope, ref, query)


def with_both(world: World, **fields: object) -> Residency:
    made = stay(world, **fields)
    period(made)
    sub_event(made, venue=world.venue)
    return made


# -- Public calendars ---------------------------------------


@pytest.mark.parametrize("kind", ["municipality", "place", "presenter", "region"])
def test_a_public_residency_is_in_each_of_its_calendars(world: World, kind: str) -> None:
    with_both(world)
    assert told(address(world, kind)) == BOTH


def test_and_in_those_of_its_ensemble_and_production(world: World) -> None:
    with_both(world, ensemble=world.ensemble, production=world.production)
    assert (told(address(world, "ensemble")), told(address(world, "production"))) == (BOTH, BOTH)


@pytest.mark.parametrize("kind", ["tour", "season"])
def test_a_tour_or_a_season_has_none(world: World, kind: str) -> None:
    with_both(world)
    address_of = address(world, kind)
    calendar = address_of.calendar()
    assert calendar is None or told(address_of) == []


def test_it_has_a_calendar_of_its_own_and_its_region_one_of_all(world: World) -> None:
    made = with_both(world)
    stay(world, title="En annan")
    assert told(Address("residency", made.slug)) == BOTH
    assert told(Address("residencies", world.season.region.slug)) == BOTH


def test_a_room_has_what_is_in_it(world: World) -> None:
    made = stay(world)
    days = period(made)
    sub_event(made, venue=world.neighbour_venue, title="Hos grannen")
    sub_event(made)
    assert told(address(world, "venue")) == []
    room(days, world.venue)
    assert told(address(world, "venue")) == [DAYS]
    assert told(Address("venue", world.neighbour_venue.slug)) == ["Visning: Hos grannen"]


def test_a_sub_event_is_where_its_room_is(world: World) -> None:
    made = stay(world)
    sub_event(made, venue=world.school_venue)
    assert told(address(world, "municipality")) == []
    assert told(Address("place", world.school_venue.place.slug)) == [SHOWING]


@pytest.mark.parametrize("fields", [{"published_at": None}, {"status": "planned"}])
@pytest.mark.parametrize("kind", ["municipality", "presenter"])
def test_what_is_not_public_is_in_no_public_calendar(world: World, kind: str, fields: dict) -> None:
    with_both(world, **fields)
    assert told(address(world, kind)) == []


def test_a_published_one_stays_while_a_later_contract_waits(world: World) -> None:
    with_both(world, status="offered")
    found = read(address(world, "municipality"))
    assert [(event.text("SUMMARY"), event.text("STATUS")) for event in found] == [
        (DAYS, "TENTATIVE"),
        (SHOWING, "TENTATIVE"),
    ]


def test_a_residency_that_is_not_public_has_no_calendar(world: World) -> None:
    assert Address("residency", stay(world, published_at=None).slug).calendar() is None


def test_a_closed_sub_event_is_in_no_public_calendar(world: World) -> None:
    made = stay(world)
    sub_event(made, is_public=False).groups.add(group(world))
    for where in (address(world, "presenter"), address(world, "school"), Address("residency", made.slug)):
        assert told(where) == []


def test_an_open_one_to_which_its_groups_come_is_in_a_school_s_calendar(world: World) -> None:
    made = stay(world)
    period(made)
    sub_event(made).groups.add(group(world), group(world, "4B"))
    assert told(address(world, "school")) == [SHOWING]


def test_a_cancelled_residency_keeps_its_place(world: World) -> None:
    made = with_both(world)
    before = {event.text("UID"): int(event.text("SEQUENCE")) for event in read(address(world, "region"))}
    cancelled(made)
    for event in read(address(world, "region")):
        assert (event.text("STATUS"), event.text("TRANSP")) == ("CANCELLED", "TRANSPARENT")
        assert event.text("SUMMARY").startswith("INSTÄLLT: ")
        assert int(event.text("SEQUENCE")) == before[event.text("UID")] + 1


def test_a_body_that_only_hosts_artists_has_a_calendar(world: World) -> None:
    with_both(world, host=world.producing)
    assert told(Address("presenter", world.producing.slug)) == BOTH


# -- Private calendars ---------------------------------------


@pytest.mark.parametrize("scope", ["presenter", "producer", "ensemble", "artist"])
@pytest.mark.parametrize(
    ("status", "says"), [("planned", "TENTATIVE"), ("offered", "TENTATIVE"), ("confirmed", "CONFIRMED")]
)
def test_those_who_take_part_have_it_before_it_is_agreed(
    world: World, scope: str, status: str, says: str
) -> None:
    with_both(world, status=status, published_at=None, ensemble=world.ensemble, artist=world.stranger)
    found = read(private(world, scope))
    assert [event.text("SUMMARY") for event in found] == BOTH
    assert {event.text("STATUS") for event in found} == {says}


@pytest.mark.parametrize("scope", ["presenter", "producer", "ensemble", "artist"])
def test_others_have_it_not(world: World, scope: str) -> None:
    with_both(world, host=world.neighbouring, artist=world.producer)
    assert told(private(world, scope)) == []


def test_a_producer_that_is_the_host_has_it(world: World) -> None:
    with_both(world, host=world.producing)
    assert told(private(world, "producer")) == BOTH


@pytest.mark.parametrize("scope", ["presenter", "crew", "artist"])
@pytest.mark.parametrize(("status", "shown"), [("offered", []), ("confirmed", BOTH)])
def test_held_0_leaves_out_what_is_not_agreed(
    world: World, scope: str, status: str, shown: list[str]
) -> None:
    with_both(world, status=status, ensemble=world.ensemble, artist=world.stranger)
    assert told(private(world, scope, "" if scope == "crew" else "held=0")) == shown


def test_what_was_cancelled_before_it_was_agreed_is_told_as_long_as_it_was(world: World) -> None:
    made = with_both(world, status="offered", artist_agreed_at=None)
    cancelled(made)
    assert len(told(private(world, "presenter"))) == 2
    assert told(private(world, "presenter", "held=0")) == []


def test_a_school_has_what_its_groups_come_to_and_no_more(world: World) -> None:
    made = stay(world, published_at=None)
    period(made)
    sub_event(made, is_public=False, kind="workshop", title="Isljud").groups.add(group(world))
    sub_event(made, is_public=False, title="Annat")
    where = private_address("presenter", world.school.pk)
    assert told(where) == ["Workshop: Isljud"]


def test_an_artist_that_is_no_user_any_more_has_none(world: World) -> None:
    world.stranger.is_active = False
    world.stranger.save()
    assert private(world, "artist").calendar() is None


# -- What narrows them ---------------------------------------


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("art_form=music", BOTH),
        ("art_form=dance,theatre", []),
        ("audience=public", [SHOWING]),
        ("audience=family", []),
        ("audience=school", []),
        ("audience=public,school", [SHOWING]),
        ("age=7", []),
        ("grade=4", []),
        ("language=sv", []),
        ("access=relaxed", []),
        ("municipality=kommun-2313", BOTH),
        ("municipality=kommun-2309", []),
        ("venue=backe-bygdegard-salen", [SHOWING]),
        ("presenter=backe-bygdegard", BOTH),
        ("school=krokoms-skola", []),
        ("spans=1", BOTH),
    ],
)
def test_what_narrows_a_calendar_narrows_residencies(world: World, query: str, shown: list[str]) -> None:
    with_both(world)
    assert told(address(world, "region", query)) == shown


def test_what_is_for_groups_is_for_schools(world: World) -> None:
    sub_event(stay(world), is_public=False, title="Isljud").groups.add(group(world))
    assert told(private(world, "presenter", "audience=school")) == ["Visning: Isljud"]


def test_a_residency_narrows_nothing(world: World) -> None:
    with pytest.raises(Refused):
        selection("residency=fjallvind-1")


# -- Inside which days ---------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "is_in"),
    [
        (date(2026, 12, 1), date(2026, 12, 20), False),
        (date(2026, 12, 1), date(2026, 12, 21), True),
        (date(2028, 7, 19), date(2028, 8, 1), True),
        (date(2028, 7, 20), date(2028, 8, 1), False),
    ],
)
def test_days_that_touch_the_window_are_in_it(world: World, first: date, last: date, is_in: bool) -> None:
    period(stay(world), first, last)
    assert bool(told(address(world, "region"))) is is_in


def test_a_sub_event_leaves_it_as_a_performance_does(world: World) -> None:
    with_both(world)
    assert told(address(world, "region"), STARTS_AT + 32 * DAY) == [DAYS]
    assert told(address(world, "region"), STARTS_AT + 40 * DAY) == []


# -- Days that are taken away ---------------------------------------


def test_days_that_were_agreed_say_that_they_are_no_more(world: World) -> None:
    made = stay(world)
    days = period(made)
    before = read(address(world, "region"))[0]
    dropped_periods.drop(days, NOW)
    (after,) = read(address(world, "region"))
    assert (after.text("UID"), after.text("DTSTART")) == (before.text("UID"), before.text("DTSTART"))
    assert (after.text("STATUS"), int(after.text("SEQUENCE"))) == ("CANCELLED", 1)
    assert after.text("LAST-MODIFIED") > before.text("LAST-MODIFIED")
    assert told(private(world, "presenter")) == [f"INSTÄLLT: {DAYS}"]
    assert told(address(world, "region"), NOW + 60 * DAY) == []


def test_what_was_not_agreed_leaves_no_trace(world: World) -> None:
    dropped_periods.drop(period(stay(world, status="planned")), NOW)
    assert told(private(world, "presenter")) == []


def test_it_reads_no_more_however_many_there_are(world: World) -> None:
    made = with_both(world, artist=world.stranger)
    body_at(private(world, "artist"), NOW)
    counts = []
    for month in (3, 4):
        for day in range(1, 3 * month):
            sub_event(made, STARTS_AT.replace(month=month, day=day))
            period(made, date(2027, month, day), date(2027, month, day))
        with CaptureQueriesContext(connection) as asked:
            body_at(private(world, "artist"), NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1]
