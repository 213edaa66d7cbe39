"""A call in figures: all of it for those who run it, and a public part once the answers are sent, without names."""

from typing import Any

import pytest
from django.test import Client

from programmes.models import Application
from tests.programmes.deciding import ANSWERED, DECIDING, MINUTE, decided, told
from tests.turne.pages import get, text_of
from tests.world import World

CALL = "/utlysningar/residens-for-folkmusik/"


def bytes_of(client: Client, address: str) -> str:
    text: str = get(client, address).content.decode()
    return text


def personal(made: dict[str, Application]) -> list[str]:
    """What tells who has applied."""
    return [word for one in made.values() for word in (one.title, one.applicant_name, one.applicant.email)]


@pytest.mark.parametrize("ending", ["statistik/", "statistik.csv"])
def test_officers_read_all_of_it_without_names(world: World, later: Any, as_user: Any, ending: str) -> None:
    made = decided(world)
    later(DECIDING)
    text = bytes_of(as_user(world.officer), f"{CALL}{ending}")
    assert [word for word in personal(made) if word in text] == []
    assert "Outside the region" in text


def test_the_public_part_comes_with_the_answers_and_names_nobody(
    world: World, client: Client, later: Any
) -> None:
    made = told(world)
    later(ANSWERED - MINUTE)
    assert "How it went" not in text_of(get(client, CALL))
    later(ANSWERED)
    text = bytes_of(client, CALL)
    assert "3 applications, 1 granted, 30,000" in " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")
    assert [word for word in personal(made) if word in text] == []


def test_a_municipality_of_one_or_two_is_no_number_in_public(
    world: World, client: Client, later: Any
) -> None:
    made = told(world, {"Anna": "granted", "Bosse": "refused"})
    assert len(made) == 2
    later(ANSWERED)
    answer = get(client, CALL)
    assert [(line.label, line.applied) for line in answer.context["figures"]["by_home"]] == [
        ("Municipalities with few applications", "1–2")
    ]
