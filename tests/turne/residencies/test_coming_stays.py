"""Residencies to come in somebody's week: as artist or host, and nobody else's."""

from typing import Any

import pytest

from tests.bookings.residencies.moments import confirmed
from tests.bookings.residencies.stays_made import AFTER, NOW, Stay
from tests.world import World
from turne.web.residencies.coming_stays import coming_stays
from turne.web.residencies.my_stays import stay_sections


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world)


def test_artist_and_host_read_of_it_and_nobody_else(stay: Stay) -> None:
    people = (stay.artist, stay.world.presenter, stay.world.officer, stay.world.neighbour)
    assert [len(coming_stays(one, NOW)) for one in people] == [1, 1, 0, 0]


def test_its_row_says_each_period(stay: Stay) -> None:
    [row] = coming_stays(stay.artist, NOW)[0].rows
    assert (row["title"], row["end"].split(" · ")[0]) == ("Vindens väg", "3–16 May 2027; 9–22 Aug 2027")


def test_what_is_over_or_cancelled_does_not_come(stay: Stay) -> None:
    over: list[Any] = coming_stays(stay.artist, AFTER)
    stay.residency.status = "cancelled"
    stay.residency.cancelled_at = NOW
    stay.residency.cancelled_by_side = "host"
    stay.residency.save()
    assert [over, coming_stays(stay.artist, NOW)] == [[], []]


def test_where_no_contract_waits_nothing_is_said_of_contracts(stay: Stay) -> None:
    agreed = [stay_sections(stay.artist, NOW), stay_sections(stay.world.presenter, NOW)]
    stay.residency.host_agreed_at, stay.residency.status = None, "offered"
    stay.residency.answer_by = AFTER
    stay.residency.save()
    [waits] = stay_sections(stay.world.presenter, NOW)
    assert (agreed, [row["title"] for row in waits.rows]) == ([[], []], ["Vindens väg"])
