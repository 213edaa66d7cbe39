"""The same form sent several times at the same moment: each is answered in words, and none is an error."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Event
from time import sleep
from typing import Any

import pytest

from bookings import feed_links, lifecycle, planning, running, wish_changes
from bookings.models import Booking, Feed
from tests.agreements import NOW
from tests.races import at_once
from tests.world import World
from tours import frames, repertoire
from tours.frames import Frame
from tours.models import Production, Rider, Season
from venues import people

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 6
Click = Callable[[Any], str]


def address_of(verb: Callable[[], Any]) -> Click:
    """A click that tells the address of what it has made."""
    return lambda _subject: str(verb().slug)


def new_tour(world: World) -> Click:
    frame = Frame(name="Trumman i norr", starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 12))
    return address_of(lambda: frames.create_tour(world.production, world.season, frame))


def new_season(world: World) -> Click:
    days: dict[str, Any] = {"starts_on": date(2027, 8, 23), "ends_on": date(2027, 12, 17)}
    days |= {"opens_at": NOW, "closes_at": datetime(2027, 5, 1, tzinfo=UTC)}
    return address_of(
        lambda: repertoire.save_season(
            Season(region=world.season.region, name="Hösten 2027", **days), [], world.officer
        )
    )


def new_production(world: World) -> Click:
    facts: dict[str, Any] = {"title": "Under isen", "synopsis": "Om is.", "art_form": "dance"}
    facts |= {"duration_min": 50, "audience_max": 80, "languages": ["none"], "fee": 8000, "fee_next_show": 0}
    return address_of(
        lambda: repertoire.save_production(
            Production(ensemble=world.ensemble, **facts), Rider(get_in_min=60, get_out_min=30), world.producer
        )
    )


@pytest.mark.parametrize("click", [new_tour, new_season, new_production])
def test_each_gets_an_address_of_its_own(world: World, click: Callable[[World], Click]) -> None:
    outcomes = at_once(click(world), [None] * CLICKS)
    assert set(outcomes.values()) == {1}
    assert not [outcome for outcome in outcomes if outcome.endswith("Error")]


def test_one_organisation_is_made(world: World) -> None:
    region = world.season.region
    made = address_of(lambda: people.create_organisation(region, "Nya scenen", ["presenter"]))
    assert at_once(made, [None] * CLICKS) == {"nya-scenen": 1, "NotPossible": CLICKS - 1}


def test_one_member_is_added(world: World) -> None:
    def add(_subject: Any) -> str:
        return people.add_member(world.presenting, "ny@example.org", "presenter").user.email

    assert at_once(add, [None] * CLICKS) == {"ny@example.org": 1, "NotPossible": CLICKS - 1}


def test_one_private_link_is_made(world: World) -> None:
    def make(_subject: Any) -> str:
        return feed_links.create_feed(
            feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Kansliet", world.presenter
        )[0].name

    assert at_once(make, [None] * CLICKS) == {"Kansliet": 1, "Refused": CLICKS - 1}


def test_a_wish_is_not_withdrawn_from_under_its_hold(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    compared, hold = Event(), lifecycle.hold

    def hold_slowly(**values: Any) -> Booking:
        compared.set()
        sleep(0.5)
        return hold(**values)

    def adopt() -> None:
        planning.adopt(proposal, by=world.producer, now=NOW)

    def withdraw() -> None:
        compared.wait(30)
        wish_changes.withdraw_wish(world.wish, world.presenter, world.season.opens_at)

    monkeypatch.setattr(lifecycle, "hold", hold_slowly)
    assert at_once(lambda verb: verb(), [adopt, withdraw]) == {None: 1, "NotNow": 1}
