"""Who saw what: noted, never changed, and read without what is hidden from the reader."""

import pytest
from django.db import DatabaseError, transaction

from programmes import sightings
from programmes.models import Sighting
from tests.programmes.assessing import READING, declare, make_panel, seat
from tests.world import World


def test_what_is_noted_stands_and_the_latest_is_first(world: World) -> None:
    panel = make_panel(world, applicants=1)
    for what in (Sighting.What.NAMES, Sighting.What.RANKING):
        sightings.note(panel.call, None, world.officer, what, READING)
    assert [one.what for one in sightings.of_call(panel.call, world.administrator)] == ["ranking", "names"]


def test_it_never_changes(world: World) -> None:
    panel = make_panel(world, applicants=1)
    sightings.note(panel.call, None, world.officer, Sighting.What.NAMES, READING)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sighting.objects.update(what="file")


def test_what_is_hidden_from_the_reader_is_not_in_it(world: World) -> None:
    panel = make_panel(world, applicants=2)
    for one in panel.applications:
        sightings.note(panel.call, one, panel.seats[0].user, Sighting.What.APPLICATION, READING)
    declare(seat(panel.call, world.officer.email, world.officer), "Fiktiva Frost")
    shown = {
        person: sightings.of_call(panel.call, person).count()
        for person in (world.officer, world.administrator)
    }
    assert shown == {world.officer: 1, world.administrator: 2}
