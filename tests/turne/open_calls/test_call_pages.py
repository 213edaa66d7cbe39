"""Open calls as they are read: by anybody, in two languages, by state; drafts only by those who write them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from programmes import calls
from programmes.calls import standing
from tests.programmes.open_calls import CLOSED, CLOSES, NOW, OPEN, draft, grant, published
from tests.turne.pages import get, text_of
from tests.world import World


@pytest.fixture(autouse=True)
def while_it_is_open(later: Any) -> None:
    later(OPEN)


def page(client: Client, address: str = "/utlysningar/residens-for-folkmusik/") -> str:
    return text_of(get(client, address))


def test_anybody_reads_a_public_call_in_their_language(world: World, client: Client) -> None:
    published(world)
    client.cookies["django_language"] = "sv"
    assert "Tid att arbeta, nära dem som lyssnar." in page(client)
    client.cookies["django_language"] = "en"
    told = page(client)
    for words in (
        "Residency for folk music",
        "Time to work, close to those who listen.",
        "Den som arbetar yrkesmässigt med musik.",
        "4 paid weeks",
        "Housing",
        "Quality 60 %",
        "Backe bygdegård, Strömsund",
        "Krokom",
    ):
        assert words in told


def test_a_draft_is_there_for_those_who_run_it_alone(world: World, client: Client, as_user: Any) -> None:
    draft(world)
    found = [
        client.get("/utlysningar/residens-for-folkmusik/").status_code,
        as_user(world.presenter).get("/utlysningar/residens-for-folkmusik/").status_code,
        as_user(world.officer).get("/utlysningar/residens-for-folkmusik/").status_code,
    ]
    assert found == [404, 404, 200]


def test_the_list_has_what_is_open_first_and_is_narrowed_by_kind(
    world: World, client: Client, later: Any
) -> None:
    published(world)
    longer = {"closes_at": CLOSES + timedelta(days=9), "answers_on": date(2027, 4, 1)}
    made = grant(world, title="Arbetsstipendium", **longer)
    calls.publish(made, version=made.version, by=world.officer, now=NOW)
    later(CLOSED)
    sections = get(client, "/utlysningar/").context["sections"]
    assert [(s["state"], [c["call"].kind for c in s["cards"]]) for s in sections] == [
        ("open", ["working_grant"]),
        ("closed", ["residency"]),
    ]
    narrowed = get(client, "/utlysningar/?slag=residency").context["sections"]
    assert [s["state"] for s in narrowed] == ["closed"]
    assert get(client, "/utlysningar/?slag=prize").context["sections"] == []


def test_an_empty_list_says_so(client: Client, world: World) -> None:
    client.cookies["django_language"] = "en"
    assert "No call is published" in page(client, "/utlysningar/")


def test_what_was_changed_since_is_shown(world: World, client: Client) -> None:
    call = published(world)
    data = replace(standing(call), chosen_count=3, purpose="Anna ord.", closes_at=CLOSES + timedelta(days=1))
    calls.change(call, data, version=call.version, by=world.officer, now=OPEN)
    client.cookies["django_language"] = "en"
    told = page(client)
    assert "How many are chosen: 2 → 3" in told
    assert "Purpose is written anew." in told
    assert "Closes: 2027-02-03 10:00 → 2027-02-04 10:00" in told


def test_who_changed_it_is_nobodys_business(world: World, client: Client) -> None:
    published(world)
    assert world.officer.name not in page(client)


def test_a_withdrawn_call_says_why(world: World, client: Client) -> None:
    call = published(world)
    calls.withdraw(call, why="Värden har stängt.", version=call.version, by=world.officer, now=OPEN)
    assert "Värden har stängt." in page(client)


def test_periods_are_told_with_their_weeks(world: World, client: Client) -> None:
    published(world)
    client.cookies["django_language"] = "en"
    assert "3–16 May 2027, weeks 18–19" in page(client)
