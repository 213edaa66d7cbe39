"""The officers' list of applications: only a number while the call is open, sorted and narrowed by the address."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes import applications
from programmes.models import Call, Sighting
from tests.programmes.applying import draft
from tests.programmes.deciding import (
    DECIDING,
    apply,
    asking,
    assessed,
    conflict,
    free,
    project,
    residency,
    seat,
)
from tests.programmes.open_calls import CLOSES, OPEN
from tests.programmes.sample_files import added
from tests.turne.pages import get, text_of
from tests.world import World

LIST = "/utlysningar/residens-for-folkmusik/ansokningar/"


@pytest.fixture
def call(world: World, later: Any) -> Call:
    """Anna of Krokom makes music, Bo of nowhere dances; it is the day after the call has closed."""
    call = residency(world, art_forms=["music", "dance"])
    apply(call, "Anna", home=world.school.municipality, is_first_time=True)
    apply(call, "Bosse", art_form="dance", is_first_time=False)
    later(DECIDING)
    return call


def titles(client: Client, query: str = "") -> list[str]:
    return [row["one"].title for row in get(client, f"{LIST}{query}").context["rows"]]


def test_while_it_is_open_officers_read_how_many_and_nothing_else(
    world: World, call: Call, as_user: Any, later: Any
) -> None:
    draft(call, world.stranger, title="Utkast")
    for now in (OPEN, CLOSES - timedelta(seconds=1)):
        later(now)
        page = text_of(get(as_user(world.officer), LIST))
        assert "2 applications are sent in so far" in page
        assert [
            word for word in ("Anna", "Bosse", "Utkast", "Verk") if word in page.replace("Bokning", "")
        ] == []
        assert as_user(world.officer).get(f"{LIST}1/").status_code == 404
        assert as_user(world.officer).get(LIST[:-1] + ".csv").status_code == 404
    assert Sighting.objects.count() == 0


def test_it_is_sorted_and_narrowed_by_the_address(world: World, call: Call, as_user: Any) -> None:
    client = as_user(world.officer)
    anna, bo = "Verk av Anna", "Verk av Bosse"
    found = {query: titles(client, query) for query in (
        "", "?ordning=-nummer", "?ordning=konst", "?konst=dance", "?hem=2309", "?hem=utanfor", "?forsta=ja",
        "?beslut=inget", "?beslut=granted", "?ordning=nonsense",
    )}  # fmt: skip
    assert found == {
        "": [anna, bo], "?ordning=-nummer": [bo, anna], "?ordning=konst": [bo, anna], "?konst=dance": [bo],
        "?hem=2309": [anna], "?hem=utanfor": [bo], "?forsta=ja": [anna], "?beslut=inget": [anna, bo],
        "?beslut=granted": [], "?ordning=nonsense": [anna, bo],
    }  # fmt: skip


def test_without_a_stay_it_has_what_is_asked_for_instead_of_when_and_where(
    world: World, later: Any, as_user: Any
) -> None:
    call = project(world)
    for name, amount in (("Anna", 40_000), ("Bosse", 60_000)):
        apply(call, name, budget=[asking(amount)], periods=[], places=[])
    later(DECIDING)
    page = get(as_user(world.officer), f"/utlysningar/{call.slug}/ansokningar/?ordning=-sokt")
    labels = [str(column["label"]) for column in page.context["columns"]]
    assert (labels[-2:], "When" in labels) == (["Sum asked for", "Decision"], False)
    assert [row["one"].title for row in page.context["rows"]] == ["Verk av Bosse", "Verk av Anna"]
    assert "60,000 kr" in text_of(page)


def test_the_table_has_the_same(world: World, call: Call, as_user: Any) -> None:
    text = get(as_user(world.officer), LIST[:-1] + ".csv?konst=music").content.decode("utf-8-sig")
    heading, anna = text.splitlines()
    assert (
        heading
        == "Application no.;Work;Applicant;Art form;Lives in;First time;When;Where;Sum asked for;Decision"
    )
    assert anna.startswith("1;Verk av Anna;Anna;music;Krokom;Yes;")
    assert anna.endswith(";30000.00;not decided")


def test_one_is_read_as_it_was_sent_in(world: World, call: Call, as_user: Any) -> None:
    page = text_of(get(as_user(world.officer), f"{LIST}1/"))
    digest = call.applications.get(number=1).submissions.get().digest
    for words in (
        "Verk av Anna",
        "Låtar om vind.",
        "Fiolspelare",
        "Demo",
        "30,000 kr",
        digest,
        "this one counts",
    ):
        assert words in page
    assert "Hiss" not in page  # what somebody needs is for the host alone


def test_what_is_withdrawn_is_shown_as_withdrawn_and_nothing_else(
    world: World, call: Call, as_user: Any
) -> None:
    gone = call.applications.get(number=1)
    applications.withdraw(gone, by=gone.applicant, version=gone.version, now=DECIDING)
    client = as_user(world.officer)
    pages = [text_of(get(client, address)) for address in (LIST, f"{LIST}1/")]
    assert all("ithdrawn" in page and "Anna" not in page for page in pages)
    assert titles(client) == ["Verk av Bosse"]


def test_that_it_was_read_is_kept(world: World, call: Call, as_user: Any) -> None:
    client = as_user(world.officer)
    get(client, LIST)
    get(client, f"{LIST}2/")
    seen = Sighting.objects.order_by("pk").values_list("user", "what", "application__number")
    assert list(seen) == [(world.officer.pk, "names", None), (world.officer.pk, "application", 2)]


def test_what_one_is_in_conflict_with_is_a_number(world: World, call: Call, as_user: Any) -> None:
    first, second = call.applications.order_by("number")
    seated = seat(call, world.officer)
    conflict(seated, first)
    free(seated, second)
    client = as_user(world.officer)
    for address in (LIST, f"{LIST}1/", LIST[:-1] + ".csv", f"{LIST}?ordning=titel", f"{LIST}?konst=music"):
        answer = get(client, address)
        assert (answer.status_code, "Anna" in answer.content.decode()) == (200, False)
    assert "Verk av Anna" in text_of(get(as_user(world.administrator), LIST))
    assert Sighting.objects.filter(application=first).count() == 0


def test_names_are_hidden_from_one_who_scores_blindly(world: World, as_user: Any, later: Any) -> None:
    call = residency(world, is_blind=True)
    made = apply(call, "Anna", title="Vindar")
    assessed(call)
    free(seat(call, world.officer), made)
    later(DECIDING)
    for address in (LIST, f"{LIST}1/", LIST[:-1] + ".csv"):
        page = get(as_user(world.officer), address).content.decode()
        assert ("Vindar" in page, "Anna" in page, made.applicant.email in page) == (True, False, False)


def test_a_closed_call_leads_there(world: World, call: Call, as_user: Any, client: Client) -> None:
    page = get(as_user(world.officer), "/utlysningar/residens-for-folkmusik/").content.decode()
    assert LIST in page
    client.logout()
    assert LIST not in get(client, "/utlysningar/residens-for-folkmusik/").content.decode()


def test_files_are_opened_from_the_application(world: World, call: Call, as_user: Any) -> None:
    one = call.applications.get(number=1)
    file = added(one, title="Skiss")
    version = call.applications.get(number=1).version
    applications.send_in(one, by=one.applicant, version=version, now=OPEN)
    client, way = as_user(world.officer), reverse("work-sample", args=[file.pk])
    page = get(client, f"{LIST}1/").content.decode()
    assert ["Skiss" in page, way in page, get(client, way).status_code] == [True, True, 200]
