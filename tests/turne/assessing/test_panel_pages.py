"""The panel's page for whoever runs the call, and its steps."""

from typing import Any

import pytest
from django.test import Client

from programmes import conflicts
from programmes.models import Assessment, Assessor, Declaration
from tests.programmes.assessing import (
    DUE,
    READING,
    deal,
    dealt_panel,
    declare,
    make_panel,
    public_call,
    score,
    seat,
)  # fmt: skip
from tests.turne.pages import errors_of, get, post, queries_of, said, text_of
from tests.world import World

ADDRESS = "/utlysningar/residens-for-folkmusik/panel/"


@pytest.fixture(autouse=True)
def while_panels_read(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(READING)


@pytest.fixture
def officer(world: World, en: Any) -> Client:
    return en(world.officer)


def version() -> dict[str, Any]:
    return {"version": Assessment.objects.get().version}


def told_after(answer: Any, client: Client) -> str:
    assert answer.status_code == 302
    return said(get(client, answer.headers["Location"]))[-1]


def test_without_a_panel_the_page_leads_to_its_terms(world: World, officer: Client) -> None:
    public_call(world)
    assert "No panel yet" in text_of(get(officer, ADDRESS))
    sent = {"version": 0, "scale_most": 5, "readers_count": 2, "due_on": DUE.isoformat()}
    assert told_after(post(officer, f"{ADDRESS}villkor/", sent), officer) == "Saved."
    assert "Scores 1 to 5, 2 score each application" in text_of(get(officer, ADDRESS))


def test_terms_that_cannot_be_are_told_at_their_field(world: World, officer: Client) -> None:
    public_call(world)
    sent = {"version": 0, "scale_most": 5, "readers_count": 2, "due_on": "2030-01-01"}
    assert list(errors_of(post(officer, f"{ADDRESS}villkor/", sent))) == ["due_on"]


def test_somebody_is_invited_and_an_applicant_is_refused_at_the_field(world: World, officer: Client) -> None:
    panel = make_panel(world)
    answer = post(
        officer, f"{ADDRESS}bjud-in/", {"email": "ny@jury.example", "kind": "external", **version()}
    )
    assert told_after(answer, officer) == "Invited. A mail is on its way to ny@jury.example."
    sent = {"email": panel.applications[0].applicant.email, "kind": "member", **version()}
    assert list(errors_of(post(officer, f"{ADDRESS}bjud-in/", sent))) == ["email"]


def test_somebody_is_taken_off_with_a_reason(world: World, officer: Client) -> None:
    panel = dealt_panel(world)
    address = f"{ADDRESS}ta-bort/{panel.seats[0].pk}/"
    assert list(errors_of(post(officer, address, {"why": "", **version()}))) == ["why"]
    answer = post(officer, address, {"why": "Sjuk.", **version()})
    assert told_after(answer, officer) == "Member 0 is off the panel. To others went: 2."
    assert get(officer, address).status_code == 404


def test_scores_of_one_who_left_are_left_out_and_taken_in(world: World, officer: Client) -> None:
    panel = dealt_panel(world)
    one = panel.seats[0]
    score(one, one.assignments.standing()[0].application)
    post(officer, f"{ADDRESS}ta-bort/{one.pk}/", {"why": "Sjuk.", **version()})
    for out, told in (("1", "Left out."), ("0", "Taken in: it counts.")):
        answer = post(officer, f"{ADDRESS}raknas/{one.pk}/", {"ute": out, **version()})
        assert told_after(answer, officer) == told
    assert "1 finished, counts" in text_of(get(officer, ADDRESS))


def test_all_is_dealt_and_the_readers_stand_beside(world: World, officer: Client) -> None:
    panel = make_panel(world)
    for one in panel.seats:
        declare(one)
    assert told_after(post(officer, f"{ADDRESS}fordela/", version()), officer) == "Dealt: 6 new readings."
    rows = get(officer, ADDRESS).context["rows"]
    assert [len(row["readers"]) for row in rows] == [2, 2, 2]


def test_a_shortage_says_which_and_why(world: World, officer: Client) -> None:
    panel = make_panel(world, applicants=1, members=2)
    declare(panel.seats[0], "Fiktiva Frost")
    declare(panel.seats[1])
    deal(panel)
    assert "Number 1 has 1 of 2 readers. In conflict: Member 0." in text_of(get(officer, ADDRESS))


def test_a_conflict_is_taken_back_with_a_reason(world: World, officer: Client) -> None:
    panel = make_panel(world)
    declare(panel.seats[0], "Fiktiva Frost")
    address = f"{ADDRESS}jav/{Declaration.objects.conflicts().get().pk}/"
    assert get(officer, address).status_code == 200
    answer = post(officer, address, {"why": "Fel namn.", **version()})
    assert told_after(answer, officer) == "Taken back. Member 0 declares anew."


@pytest.mark.parametrize(("is_blind", "is_told"), [(True, False), (False, True)])
def test_how_somebody_is_close_is_hidden_with_the_names(
    world: World, officer: Client, is_blind: bool, is_told: bool
) -> None:
    """From an officer who sits on the panel: it may say who applies, in the table and in the log."""
    panel = make_panel(world, is_blind=is_blind)
    own = seat(panel.call, world.officer.email, world.officer)
    declare(own)
    names = {"Fiktiva Frost": "Gift med Fiktiva Frost"}
    conflicts.declare(panel.seats[0], seen=list(names), conflicts=names, by=panel.seats[0].user, now=READING)
    assert ("Gift med" in text_of(get(officer, ADDRESS))) == is_told


def test_an_officer_in_conflict_sees_and_counts_nothing_of_it(world: World, officer: Client) -> None:
    panel = make_panel(world)
    own = seat(panel.call, world.officer.email, world.officer)
    for one in (own, panel.seats[0]):
        declare(one, "Fiktiva Frost")
    deal(panel)
    page = get(officer, ADDRESS)
    assert [row["application"].number for row in page.context["rows"]] == [2, 3]
    assert (list(page.context["conflicts"]), "Verk av F" in text_of(page)) == ([], False)
    assert {row["seat"].user: row["undeclared"] for row in page.context["seats"]}[panel.seats[1].user] == 2
    hidden = Declaration.objects.conflicts().filter(assessor=panel.seats[0]).get()
    assert get(officer, f"{ADDRESS}jav/{hidden.pk}/").status_code == 404


def test_it_is_closed_and_opened_again(world: World, officer: Client) -> None:
    dealt_panel(world)
    closed = told_after(post(officer, f"{ADDRESS}stang/", version() | {"despite_missing": "on"}), officer)
    opened = told_after(post(officer, f"{ADDRESS}oppna/", version()), officer)
    assert (closed, opened) == (
        "The assessment is closed. Say who is at the meeting, and decide.",
        "Open again: scores can be changed.",
    )


def test_those_who_have_something_left_are_reminded(world: World, officer: Client) -> None:
    dealt_panel(world)
    assert told_after(post(officer, f"{ADDRESS}paminn/", version()), officer) == "3 are reminded."
    assert told_after(post(officer, f"{ADDRESS}paminn/", version()), officer).startswith("Nobody is reminded")


def test_of_two_windows_the_second_is_told(world: World, officer: Client) -> None:
    make_panel(world)
    old = version()
    post(officer, f"{ADDRESS}bjud-in/", {"email": "en@jury.example", "kind": "member", **old})
    answer = post(officer, f"{ADDRESS}bjud-in/", {"email": "annan@jury.example", "kind": "member", **old})
    assert (answer.status_code, Assessor.objects.filter(user__email="annan@jury.example").exists()) == (
        409,
        False,
    )


def test_a_panel_of_more_takes_no_more_queries(world: World, officer: Client) -> None:
    few = dealt_panel(world, applicants=1, members=2)
    one = queries_of(officer, f"/utlysningar/{few.call.slug}/panel/")
    more = dealt_panel(world, applicants=4, members=4)
    assert queries_of(officer, f"/utlysningar/{more.call.slug}/panel/") == one


def test_the_calls_page_leads_to_its_panel_for_those_who_run_it(
    world: World, officer: Client, en: Any
) -> None:
    make_panel(world)
    call = "/utlysningar/residens-for-folkmusik/"
    assert f'href="{ADDRESS}"' in get(officer, call).content.decode()
    assert f'href="{ADDRESS}"' not in get(en(world.stranger), call).content.decode()
