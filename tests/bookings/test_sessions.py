"""Short sessions, several a day: the same objects, six of them where a performance has three."""

import pytest

from bookings import lifecycle
from tests.agreements import NOW, SHOW_AT
from tests.school import group, wish_with
from tests.world import World
from tours.models import Production


@pytest.fixture
def session(world: World) -> Production:
    """The world's production as a session of 20 minutes with 10 between."""
    production = world.production
    production.kind, production.duration_min, production.shows_per_day_max = "session", 20, 6
    production.audience_max = 15
    production.save()
    production.rider.changeover_min = 10
    production.rider.save()
    return production


@pytest.mark.parametrize(("kind", "most"), [("session", 6), ("performance", 3)])
def test_how_many_a_day_may_be_wished_for(session: Production, kind: str, most: int) -> None:
    session.kind = kind
    assert session.shows_most == most


def test_six_groups_have_six_sessions(world: World, session: Production) -> None:
    groups = [group(world, f"Grupp {n}", grade="förskola", pupils_count=12) for n in range(6)]
    wish_with(world, groups, 6)
    world.tour.production = session
    visit = lifecycle.hold(
        tour=world.tour, wish=world.school_wish, starts_at=SHOW_AT, by=world.producer, now=NOW
    )
    shows = visit.performances.all()
    minutes = [(show.starts_at - SHOW_AT).total_seconds() / 60 for show in shows]
    assert minutes == [0, 30, 60, 90, 120, 150]
    assert sorted(row.show_number for row in visit.groups.all()) == [1, 2, 3, 4, 5, 6]
