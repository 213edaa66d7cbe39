"""Who reads a contract: the host with which it was made, the artist and the region, whoever is the host now."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from bookings.models import ResidencyContract
from bookings.residencies import contracts, ending, permissions
from tests.bookings.residencies.stays_made import ANSWER_BY, Stay, offered
from tests.factories import OrganisationFactory
from tests.world import World
from venues.models import Organisation, User


@pytest.fixture
def stay(world: World) -> Stay:
    """Its contract was sent to the presenter; then it got the neighbour as its host, with a contract of its own."""
    found = offered(world)
    ending.move(found.residency, world.neighbouring, world.places["Strömsund"], **found.act())
    contracts.send(found.fresh(), answer_by=ANSWER_BY, **found.act())
    found.fresh()
    return found


def read_by(stay: Stay, user: User) -> list[int]:
    return [one.number for one in permissions.contracts_read_by(user, stay.residency)]


def test_each_host_reads_its_own_alone(stay: Stay) -> None:
    world = stay.world
    assert (read_by(stay, world.presenter), read_by(stay, world.neighbour)) == ([1], [2])


def test_the_artist_and_the_region_read_both(stay: Stay) -> None:
    world = stay.world
    assert [read_by(stay, one) for one in (stay.artist, world.officer, world.administrator)] == [[2, 1]] * 3


def test_others_read_none(stay: Stay) -> None:
    assert (read_by(stay, stay.world.producer), read_by(stay, stay.world.school_contact)) == ([], [])


def test_a_host_that_gets_it_back_reads_what_was_made_with_it(stay: Stay) -> None:
    world = stay.world
    ending.move(stay.residency, world.presenting, world.places["Backe"], **stay.act())
    assert (read_by(stay, world.presenter), read_by(stay, world.neighbour)) == ([1], [2])


def test_the_new_host_reads_what_was_done_since_it_is_the_host(stay: Stay) -> None:
    world = stay.world
    actions = [
        [line.action for line in permissions.history_read_by(one, stay.residency)]
        for one in (world.neighbour, world.officer)
    ]
    assert actions[0] == ["send", "move"]
    assert actions[1] == ["send", "move", "send", "dwelling", "room", "make"]


def test_the_artist_reads_what_was_done_before_too(stay: Stay) -> None:
    assert [line.action for line in permissions.history_read_by(stay.artist, stay.residency)][-1] == "make"


class TestContractsFromBefore:
    """The host of a contract that was sent when contracts did not name one."""

    def named(self) -> list[Organisation | None]:
        """Who each is found to be made with."""
        for contract in ResidencyContract.objects.all():
            ResidencyContract.objects.filter(pk=contract.pk).delete()
            contract.host = None
            contract.save(force_insert=True)
        steps = import_module("bookings.migrations.0095_hosts_of_earlier_contracts")
        steps.name_hosts(apps, SimpleNamespace(connection=connection))
        return [one.host for one in ResidencyContract.objects.order_by("number")]

    def test_it_is_the_host_that_it_had_then(self, stay: Stay) -> None:
        assert self.named() == [stay.world.presenting, stay.world.neighbouring]

    def test_a_name_that_two_have_is_nobodys(self, stay: Stay) -> None:
        world = stay.world
        OrganisationFactory(name=world.presenting.name, region=world.presenting.region)
        assert self.named() == [None, world.neighbouring]

    def test_what_was_kept_stays_as_it_was(self, stay: Stay) -> None:
        kept = list(
            ResidencyContract.objects.order_by("pk").values(
                "pk", "number", "made_at", "by", "facts", "digest"
            )
        )
        self.named()
        assert list(ResidencyContract.objects.order_by("pk").values(*kept[0])) == kept
