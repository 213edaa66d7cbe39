"""Declaring by pages: the names of all and nothing else, and a conflict that is found while reading."""

from typing import Any

import pytest
from django.test import Client

from programmes.models import Declaration, Sighting
from tests.programmes.assessing import READING, dealt_panel, make_panel
from tests.turne.pages import get, post, said, text_of
from tests.world import World

ADDRESS = "/bedomning/residens-for-folkmusik/"


@pytest.fixture(autouse=True)
def while_panels_read(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(READING)


def names_on(client: Client) -> dict[str, str]:
    """The form's hidden fields."""
    rows = get(client, f"{ADDRESS}jav/").context["rows"]
    return {f"namn_{number}": row["name"] for number, row in enumerate(rows, 1)}


def test_a_ticked_name_is_a_conflict_and_all_others_are_none(world: World, en: Any) -> None:
    panel = make_panel(world)
    client = en(panel.seats[0].user)
    sent = {**names_on(client), "jav_1": "on", "varfor_1": "Syskon", "varfor_2": "Glömd ruta"}
    answer = client.post(f"{ADDRESS}jav/", sent, follow=True)
    assert said(answer)[-1] == "Declared: 1 application is closed to you."
    found = Declaration.objects.order_by("application__number")
    assert list(found.values_list("has_conflict", "why")) == [(True, "Syskon"), (False, ""), (False, "")]


def test_nothing_but_names_is_on_it_where_names_are_hidden(world: World, en: Any) -> None:
    panel = make_panel(world, is_blind=True)
    told = text_of(get(en(panel.seats[0].user), f"{ADDRESS}jav/"))
    assert ("Fiktiva Frost" in told, "Verk av" in told, "Låtar om vind" in told) == (True, False, False)


def test_a_list_that_has_changed_keeps_what_was_ticked(world: World, en: Any) -> None:
    panel = make_panel(world)
    client = en(panel.seats[0].user)
    sent = {**names_on(client), "namn_99": "Någon annan", "jav_99": "on", "jav_1": "on", "varfor_1": "Syskon"}
    answer = post(client, f"{ADDRESS}jav/", sent)
    row = answer.context["rows"][0]
    assert (answer.status_code, row["is_ticked"], row["why"], Declaration.objects.count()) == (
        409,
        True,
        "Syskon",
        0,
    )


def test_looking_at_the_names_is_noted(world: World, en: Any) -> None:
    panel = make_panel(world)
    get(en(panel.seats[0].user), f"{ADDRESS}jav/")
    assert list(Sighting.objects.values_list("what", "application", "user")) == [
        ("names", None, panel.seats[0].user.pk)
    ]


def test_a_conflict_found_while_reading_closes_the_page_at_once(world: World, en: Any) -> None:
    panel = dealt_panel(world)
    client = en(panel.seats[0].user)
    number = panel.seats[0].assignments.standing()[0].application.number
    assert get(client, f"{ADDRESS}{number}/").status_code == 200
    post(client, f"{ADDRESS}{number}/jav/", {"why": "Känner igen verket."})
    assert [get(client, f"{ADDRESS}{number}/").status_code, post(client, f"{ADDRESS}{number}/jav/").status_code] == [
        404, 404,
    ]  # fmt: skip
    assert Declaration.objects.conflicts().get().why == "Känner igen verket."


@pytest.mark.parametrize("words", ["Vän\0", "x" * 501])
def test_words_that_no_database_keeps_are_refused(world: World, en: Any, words: str) -> None:
    panel = dealt_panel(world)
    client, seat = en(panel.seats[0].user), panel.seats[0]
    number = seat.assignments.standing()[0].application.number
    assert post(client, f"{ADDRESS}{number}/jav/", {"why": words}).status_code == 302
    sent = {**names_on(client), "jav_1": "on", "varfor_1": words}
    assert post(client, f"{ADDRESS}jav/", sent).status_code == 422
    assert not Declaration.objects.conflicts().exists()


def test_a_call_with_a_thousand_names_is_declared(world: World, en: Any) -> None:
    """Each with a field for the name and one for the connection."""
    panel = make_panel(world)
    client = en(panel.seats[0].user)
    others = {f"namn_{number}": f"Namn {number}" for number in range(10, 1000)}
    words = {f"varfor_{number}": "" for number in range(1, 1000)}
    assert post(client, f"{ADDRESS}jav/", {**names_on(client), **others, **words}).status_code == 302
    assert Declaration.objects.count() == 3
