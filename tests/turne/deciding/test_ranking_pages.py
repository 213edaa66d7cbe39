"""The ranking as officers read it: the best first, sorted by the address, with what was said."""

from typing import Any

import pytest
from django.test import Client

from programmes.models import Assessor, Call, Sighting
from tests.programmes.deciding import DECIDING, apply, assessed, close, conflict, free, residency, score, seat
from tests.turne.pages import get, text_of
from tests.world import World

RANKING = "/utlysningar/residens-for-folkmusik/rangordning/"


@pytest.fixture
def call(world: World, later: Any) -> Call:
    """Anna 3, Bo 4 with assessors who disagree, Cilla unread."""
    call = residency(world)
    made = [apply(call, name) for name in ("Anna", "Bosse", "Cilla")]
    panel = assessed(call, "Ella", "Filip")
    score(panel[0], made[0], 3, 3, comment="Genomtänkt.")
    score(panel[1], made[0], 3, 3)
    score(panel[0], made[1], 5, 5)
    score(panel[1], made[1], 3, 3)
    later(DECIDING)
    return call


def numbers(client: Client, query: str = "") -> list[int]:
    return [row["one"].number for row in get(client, f"{RANKING}{query}").context["rows"]]


def test_the_best_stands_first_unless_the_address_says_otherwise(
    world: World, call: Call, as_user: Any
) -> None:
    client = as_user(world.officer)
    queries = (
        "",
        "?ordning=medel",
        "?ordning=-spridning",
        "?ordning=-nummer",
        "?ordning=nummer",
        "?ordning=x",
    )
    assert {query: numbers(client, query) for query in queries} == {
        "": [2, 1, 3], "?ordning=medel": [1, 2, 3], "?ordning=-spridning": [2, 1, 3], "?ordning=-nummer": [3, 2, 1],
        "?ordning=nummer": [1, 2, 3], "?ordning=x": [2, 1, 3],
    }  # fmt: skip


def test_it_shows_means_spread_words_and_what_is_missing(world: World, call: Call, as_user: Any) -> None:
    page = text_of(get(as_user(world.officer), RANKING))
    for words in (
        "4.00",
        "3.00 to 5.00, σ 1.00",
        "disagree",
        "Genomtänkt.",
        "0 of 2",
        "2 scores are missing.",
    ):
        assert words in page


def test_that_it_was_read_is_kept(world: World, call: Call, as_user: Any) -> None:
    get(as_user(world.officer), RANKING)
    assert list(Sighting.objects.values_list("user", "what")) == [(world.officer.pk, "ranking")]


def test_whoever_scores_reads_it_when_the_scores_stand(world: World, call: Call, as_user: Any) -> None:
    free(seat(call, world.officer), *call.applications.all())
    client = as_user(world.officer)
    assert "You are on the panel" in text_of(get(client, RANKING))
    close(call)
    assert numbers(client) == [2, 1, 3]


def test_a_place_does_not_tell_how_a_hidden_one_was_scored(world: World, call: Call, as_user: Any) -> None:
    """Bo is best, and hidden: Anna is the first of what is shown."""
    first, second, third = call.applications.order_by("number")
    seated: Assessor = seat(call, world.officer)
    conflict(seated, second)
    free(seated, first, third)
    close(call)
    answer = get(as_user(world.officer), RANKING)
    assert [(row["one"].number, row["place"]) for row in answer.context["rows"]] == [(1, 1), (3, None)]
    assert ("Verk av Bosse" in answer.content.decode(), "1 application is hidden" in text_of(answer)) == (
        False,
        True,
    )


def test_a_call_that_nobody_assesses_says_so(world: World, as_user: Any, later: Any) -> None:
    residency(world)
    later(DECIDING)
    assert "Nobody assesses the call yet" in text_of(get(as_user(world.officer), RANKING))
