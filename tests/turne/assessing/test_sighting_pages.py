"""Who has seen what: for whoever runs the call, narrowed by the address."""

from typing import Any

import pytest

from programmes import sightings
from programmes.models import Sighting
from tests.programmes.assessing import READING, make_panel
from tests.turne.pages import get, text_of
from tests.world import World

ADDRESS = "/utlysningar/residens-for-folkmusik/insyn/"


@pytest.fixture(autouse=True)
def while_panels_read(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(READING)


def test_it_is_narrowed_by_who_what_which_and_when(world: World, en: Any) -> None:
    panel = make_panel(world, applicants=2)
    first, second = panel.applications
    one, other = panel.seats[0].user, panel.seats[1].user
    sightings.note(panel.call, first, one, Sighting.What.APPLICATION, READING)
    sightings.note(panel.call, second, other, Sighting.What.NAMES, READING)
    client = en(world.officer)
    asked = (
        "",
        f"vem={one.pk}",
        "nummer=2",
        "vad=names",
        "dag=2027-02-04",
        "dag=2027-02-05",
        "vem=x&nummer=9",
    )
    counts = [len(get(client, f"{ADDRESS}?{query}").context["page"].object_list) for query in asked]
    assert counts == [2, 1, 1, 1, 2, 0, 2]


def test_an_empty_log_says_when_something_comes(world: World, en: Any) -> None:
    make_panel(world)
    assert "Nobody has seen anything yet" in text_of(get(en(world.officer), ADDRESS))
