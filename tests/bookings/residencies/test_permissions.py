"""Who sees a residency, who runs it, and who answers for which side."""

import pytest

from bookings.models import Residency
from bookings.residencies import permissions
from tests import factories as make
from tests.bookings.residencies.stays_made import Stay, planned
from tests.world import World
from venues.models import User


@pytest.fixture
def stay(world: World) -> Stay:
    return planned(world)


def sees(user: User) -> list[Residency]:
    return list(permissions.visible_residencies(user))


def test_the_host_the_artist_and_the_region_see_it(stay: Stay) -> None:
    world = stay.world
    who = [world.presenter, stay.artist, world.officer, world.administrator]
    assert [sees(user) for user in who] == [[stay.residency]] * 4


def test_nobody_else_does(stay: Stay) -> None:
    world = stay.world
    who = [world.neighbour, world.producer, world.school_contact, world.stranger]
    assert [sees(user) for user in who] == [[]] * 4


def test_the_host_and_the_region_run_it(stay: Stay) -> None:
    world = stay.world
    who = [world.presenter, world.officer, stay.artist, world.neighbour]
    assert [permissions.can_run(user, stay.residency) for user in who] == [True, True, False, False]


def test_each_side_answers_for_itself(stay: Stay) -> None:
    world, residency = stay.world, stay.residency
    who = [world.presenter, stay.artist, world.officer]
    assert [permissions.can_answer_as_host(user, residency) for user in who] == [True, False, False]
    assert [permissions.can_answer_as_artist(user, residency) for user in who] == [False, True, False]


def test_the_producer_of_an_ensemble_answers_for_it(stay: Stay) -> None:
    stay.residency.ensemble = stay.world.ensemble
    stay.residency.save()
    assert sees(stay.world.producer) == [stay.residency]
    assert permissions.can_answer_as_artist(stay.world.producer, stay.residency)


def test_what_the_artist_needs_is_for_the_host_and_the_artist_alone(stay: Stay) -> None:
    world = stay.world
    who = [world.presenter, stay.artist, world.officer, world.administrator, world.neighbour]
    seen = [permissions.can_see_needs(user, stay.residency) for user in who]
    assert seen == [True, True, False, False, False]


def test_an_account_that_is_closed_sees_nothing(stay: Stay) -> None:
    stay.artist.is_active = False
    assert (sees(stay.artist), permissions.can_answer_as_artist(stay.artist, stay.residency)) == ([], False)


def test_whoever_is_no_host_keeps_no_dwelling(stay: Stay) -> None:
    member = make.MembershipFactory(organisation=stay.world.presenting, role="school_contact").user
    assert list(permissions.dwellings_kept_by(stay.world.presenter)) == [stay.dwelling]
    assert list(permissions.dwellings_kept_by(member)) == []
