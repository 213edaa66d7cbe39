"""The crews' votes: five places a ballot, one ballot a crew, while the season takes wishes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.crews import crew_of, menu_of
from tests.factories import ProductionFactory, RegionFactory
from tests.world import World
from tours import votes
from tours.errors import NotNow, Refused, SeasonClosed, TurneError
from tours.models import CrewBallot, CrewVote, Production
from tours.models.votes import POINTS
from venues.models import Crew

OPEN = datetime(2026, 10, 1, tzinfo=UTC)


def voted(world: World, crew: Crew, ranked: list[Production], **changes: Any) -> CrewBallot:
    values: dict[str, Any] = {"hands_count": 5, "version": 0, "now": OPEN}
    return votes.vote(crew, world.season, ranked, **{**values, **changes})


def refused(kind: type[TurneError], *args: Any, **changes: Any) -> str:
    with pytest.raises(kind) as refusal:
        voted(*args, **changes)
    return refusal.value.field


def test_the_places_are_kept_in_order(world: World) -> None:
    a, b, c = menu_of(world, 3)
    ballot = voted(world, crew_of(world.school), [b, c, a])
    assert [(vote.place, vote.production) for vote in ballot.votes.all()] == [(1, b), (2, c), (3, a)]


def test_a_vote_may_be_changed_until_the_season_closes(world: World) -> None:
    a, b = menu_of(world, 2)
    crew = crew_of(world.school)
    voted(world, crew, [a, b])
    voted(world, crew, [b], version=1, hands_count=7)
    assert [(vote.place, vote.production) for vote in CrewVote.objects.all()] == [(1, b)]
    assert refused(SeasonClosed, world, crew, [a], version=2, now=world.season.closes_at) == ""


def test_before_it_opens_nobody_votes(world: World) -> None:
    early = datetime(2026, 8, 1, tzinfo=UTC)
    assert refused(SeasonClosed, world, crew_of(world.school), menu_of(world, 1), now=early) == ""
    assert list(votes.open_for(crew_of(world.presenting), early)) == []


def test_another_regions_crew_has_no_vote(world: World) -> None:
    other = RegionFactory(slug="vn", name="Västernorrland", code="22")
    world.school.region = other
    world.school.save()
    assert refused(SeasonClosed, world, crew_of(world.school), menu_of(world, 1)) == ""


def test_who_comes_second_is_told(world: World) -> None:
    (a,) = menu_of(world, 1)
    crew = crew_of(world.school)
    voted(world, crew, [a])
    refused(NotNow, world, crew, [a])
    assert CrewBallot.objects.get().version == 1


def test_what_can_not_be_is_refused(world: World) -> None:
    six, crew = menu_of(world, 6), crew_of(world.school)
    a, b = six[:2]
    assert refused(Refused, world, crew, []) == "place_1"
    assert refused(Refused, world, crew, six) == "place_1"
    assert refused(Refused, world, crew, [a, b, a]) == "place_3"
    assert refused(Refused, world, crew, [ProductionFactory()]) == "place_1"
    assert refused(Refused, world, crew, [a], hands_count=0) == "hands_count"
    assert refused(Refused, world, crew, [a], hands_count=8) == "hands_count"
    assert not CrewBallot.objects.exists()


def test_the_database_refuses_a_place_given_twice(world: World) -> None:
    a, b = menu_of(world, 2)
    ballot = voted(world, crew_of(world.school), [a])
    with pytest.raises(IntegrityError), transaction.atomic():
        CrewVote.objects.create(ballot=ballot, production=b, place=1)


def test_a_large_crew_weighs_no_more_than_a_small_one(world: World) -> None:
    a, b = menu_of(world, 2)
    small, large = crew_of(world.school, pupils_count=5), crew_of(world.presenting, pupils_count=30)
    voted(world, small, [a, b])
    voted(world, large, [b, a], hands_count=30)
    assert [(row.production, row.points) for row in votes.sums(world.season)] == [(a, 9), (b, 9)]


def test_places_by_house(world: World) -> None:
    a, b = menu_of(world, 2)
    voted(world, crew_of(world.school, name="Ett"), [a, b])
    voted(world, crew_of(world.school, name="Två"), [b])
    assert votes.places_by_house(world.season) == {
        world.school.pk: [("Ett", {a.pk: 1, b.pk: 2}), ("Två", {b.pk: 1})]
    }


@given(st.integers(1, 5))
def test_a_ballot_gives_the_points_of_its_places(count: int) -> None:
    assert sum(POINTS[place] for place in range(1, count + 1)) == sum(range(6 - count, 6))
