"""The verbs of a dwelling: two who write at once do not write over each other."""

from dataclasses import replace
from datetime import time

import pytest

from tests.world import World
from venues import dwellings
from venues.dwellings import DwellingInput
from venues.errors import Overtaken
from venues.models import Dwelling


@pytest.fixture
def told(world: World) -> DwellingInput:
    return DwellingInput("Lägenheten", world.places["Backe"], 3, has_kitchen=True)


@pytest.fixture
def home(world: World, told: DwellingInput) -> Dwelling:
    return dwellings.make(world.presenting, told)


def stands(home: Dwelling) -> tuple[str, int, bool, int]:
    found = Dwelling.objects.get(pk=home.pk)
    return found.name, found.beds, found.is_in_use, found.version


def test_each_change_is_a_version(home: Dwelling, told: DwellingInput) -> None:
    dwellings.change(home, replace(told, beds=4), version=1)
    dwellings.change(home, replace(told, beds=5), version=2)
    assert stands(home) == ("Lägenheten", 5, True, 3)


def test_the_second_of_two_is_told_what_the_first_wrote_and_nothing_is_written_over(
    home: Dwelling, told: DwellingInput
) -> None:
    dwellings.change(home, replace(told, beds=4, has_kitchen=False, notes="Tyst hus."), version=1)
    with pytest.raises(Overtaken) as refused:
        dwellings.change(home, replace(told, name="Lägenhet två"), version=1)
    assert str(refused.value) == (
        "Somebody has changed the dwelling since you opened the page. It says now: name: Lägenheten, beds: 4, "
        "kitchen: no, notes: Tyst hus."
    )
    assert stands(home) == ("Lägenheten", 4, True, 2)


def test_what_stands_unknown_or_empty_is_said_to_be(home: Dwelling, told: DwellingInput) -> None:
    dwellings.change(home, replace(told, has_kitchen=None), version=1)
    with pytest.raises(Overtaken, match="It says now: address: –, kitchen: not known$"):
        dwellings.change(home, replace(told, address="Byvägen 2"), version=1)


def test_hours_are_told_as_people_read_them(home: Dwelling, told: DwellingInput) -> None:
    dwellings.change(home, replace(told, comes_at=time(17)), version=1)
    with pytest.raises(Overtaken, match="It says now: one may come from: 17:00, one leaves by: as is usual$"):
        dwellings.change(home, replace(told, leaves_at=time(10)), version=1)


def test_who_writes_the_same_is_told_that_alone(home: Dwelling, told: DwellingInput) -> None:
    dwellings.change(home, replace(told, beds=4), version=1)
    with pytest.raises(Overtaken, match="since you opened the page.$"):
        dwellings.change(home, replace(told, beds=4), version=1)


def test_who_changes_what_is_lent_no_more_meanwhile_is_told(home: Dwelling, told: DwellingInput) -> None:
    dwellings.lend(home, False, version=1)
    with pytest.raises(Overtaken, match="It says now: is lent: no$"):
        dwellings.change(home, told, version=1)


def test_it_is_not_lent_again_by_who_has_not_seen_what_was_changed(
    home: Dwelling, told: DwellingInput
) -> None:
    dwellings.lend(home, False, version=1)
    dwellings.change(home, replace(told, beds=4), version=2)
    with pytest.raises(Overtaken):
        dwellings.lend(home, True, version=2)
    assert stands(home) == ("Lägenheten", 4, False, 3)


def test_pressed_twice_it_is_lent_no_more_once(home: Dwelling) -> None:
    for _turn in range(2):
        dwellings.lend(home, False, version=1)
    assert stands(home) == ("Lägenheten", 3, False, 2)
