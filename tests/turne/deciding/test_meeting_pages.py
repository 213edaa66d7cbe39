"""The meeting on a wall: the assessment closed, who is there, case by case, how it spreads."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Application, Assessment, Call, Decision, Meeting, Sighting
from tests.bookings.residencies.stays_made import planned
from tests.programmes.deciding import (
    ANSWERED,
    DECIDING,
    WORDS,
    answer,
    apply,
    assessed,
    conflict,
    decide,
    decided,
    fix,
    free,
    meet,
    residency,
    score,
    seat,
)
from tests.turne.pages import errors_of, get, post, said, text_of
from tests.world import World

MEETING = "/utlysningar/residens-for-folkmusik/sammantrade/"
CLOSING = "/utlysningar/residens-for-folkmusik/panel/stang/"
HELD = {"held_on": "2027-02-04", "chair": "Ordförande", "secretary": "", "notes": "", "version": "0"}


@pytest.fixture
def call(world: World, later: Any) -> Call:
    call = residency(world)
    later(DECIDING)
    return call


def follow(client: Client, answer: Any) -> Any:
    assert answer.status_code == 302
    return get(client, answer["Location"])


def test_the_assessment_is_closed_knowing_what_is_missing(world: World, call: Call, as_user: Any) -> None:
    apply(call, "Anna")
    assessed(call, "Ella")
    client = as_user(world.officer)
    assert "2 scores are missing." in text_of(get(client, MEETING))
    assert "application 1: 2 scores" in text_of(get(client, CLOSING))
    assert list(errors_of(post(client, CLOSING, {"version": "1"}))) == ["despite_missing"]
    closed = post(client, CLOSING, {"version": "1", "despite_missing": "on", "click": "2"})
    assert closed["Location"] == MEETING
    assert Assessment.objects.get().closed_at == DECIDING


def test_who_is_there_is_said_once_it_is_closed(world: World, call: Call, as_user: Any) -> None:
    made, panel = apply(call, "Anna"), assessed(call, "Ella", "Filip")
    for one in panel:
        score(one, made, 3, 3)
    client = as_user(world.officer)
    post(client, CLOSING, {"version": "1"})
    assert errors_of(post(client, MEETING, HELD))["present"] != []
    post(client, MEETING, HELD | {"present": [panel[0].pk]})
    assert [str(one) for one in Meeting.objects.get().present.all()] == ["Ella"]
    assert "Decide, beginning with application 1" in text_of(get(client, MEETING))


def test_the_cases_stand_in_the_rankings_order_with_what_is_decided(
    world: World, later: Any, as_user: Any
) -> None:
    decided(world)
    later(DECIDING)
    answer = get(as_user(world.officer), MEETING)
    rows = [(row["one"].number, row["place"], row["state_text"]) for row in answer.context["rows"]]
    assert rows == [(1, 1, "granted"), (2, 1, "in reserve, number 1"), (3, 1, "not granted")]
    page = text_of(answer)
    for words in ("1 of 2 granted · 30,000 kr · 3 decided", "How it spreads so far", "All is decided"):
        assert words in page


# -- a case ---------------------------------------


@pytest.fixture
def made(world: World, call: Call) -> list[Application]:
    """Anna and Bo; Ella has a conflict with Anna."""
    found = [apply(call, name) for name in ("Anna", "Bosse")]
    panel = assessed(call, "Ella", "Filip")
    conflict(panel[0], found[0])
    score(panel[1], found[0], 4, 4, comment="Bra.")
    meet(call, panel)
    return found


SENT = {"outcome": "granted", "motivation": WORDS, "reserve_number": "", "version": "0"}


def test_a_case_shows_what_it_says_its_scores_and_who_leaves_the_room(
    world: World, made: list[Application], as_user: Any
) -> None:
    page = text_of(get(as_user(world.officer), f"{MEETING}1/"))
    for words in ("Verk av Anna", "4.00", "Bra.", "Ella takes no part in this case.", "Låtar om vind."):
        assert words in page
    assert "takes no part" not in text_of(get(as_user(world.officer), f"{MEETING}2/"))


def test_deciding_leads_on_to_the_next(world: World, made: list[Application], as_user: Any) -> None:
    client = as_user(world.officer)
    first = post(client, f"{MEETING}1/", SENT)
    assert first["Location"] == f"{MEETING}2/"
    second = post(client, f"{MEETING}2/", {**SENT, "outcome": "reserve", "reserve_number": "1"})
    assert second["Location"] == MEETING
    assert list(Decision.objects.values_list("outcome", "reserve_number")) == [
        ("granted", None),
        ("reserve", 1),
    ]


def test_the_second_of_two_windows_is_told_and_writes_nothing(
    world: World, made: list[Application], as_user: Any
) -> None:
    decide(made[0], world.administrator, "refused")
    answer = post(as_user(world.officer), f"{MEETING}1/", SENT)
    assert answer.status_code == 409
    assert "decided while you looked: not granted" in text_of(answer)
    assert Decision.objects.get().outcome == "refused"


def test_what_is_wrong_stands_beside_its_field(world: World, made: list[Application], as_user: Any) -> None:
    client = as_user(world.officer)
    assert list(errors_of(post(client, f"{MEETING}1/", {**SENT, "motivation": ""}))) == ["motivation"]
    assert list(errors_of(post(client, f"{MEETING}1/", {**SENT, "outcome": "reserve"}))) == ["reserve_number"]


def test_what_an_outcome_needs_is_not_called_optional(
    world: World, made: list[Application], as_user: Any
) -> None:
    assert "(optional)" not in text_of(get(as_user(world.officer), f"{MEETING}1/"))


def test_a_decision_is_taken_back_and_its_history_stays(
    world: World, made: list[Application], as_user: Any
) -> None:
    client = as_user(world.officer)
    post(client, f"{MEETING}1/", SENT)
    taken_back = post(client, f"{MEETING}1/angra/", {"version": "1"})
    assert "Taken back: application 1 is undecided." in said(follow(client, taken_back))
    page = text_of(get(client, f"{MEETING}1/"))
    assert "not decided → granted, 30,000 kr" in page
    assert "granted, 30,000 kr → not decided" in page


def test_an_officer_in_conflict_leaves_the_room(world: World, made: list[Application], as_user: Any) -> None:
    seated = seat(made[0].call, world.officer)
    conflict(seated, made[0])
    free(seated, made[1])
    decide(made[0], world.administrator)
    client = as_user(world.officer)
    for address in (f"{MEETING}1/", MEETING):
        page = get(client, address).content.decode()
        assert [word for word in ("Anna", WORDS, "Bra.", "4.00") if word in page] == []
    assert post(client, f"{MEETING}1/", {**SENT, "version": "1"}).status_code == 403
    assert post(client, f"{MEETING}1/angra/", {"version": "1"}).status_code == 403
    assert Decision.objects.get().version == 1


def test_the_panel_follows_it_and_writes_nothing(world: World, made: list[Application], as_user: Any) -> None:
    """Filip reads both cases; Ella is in conflict with the first."""
    call = made[0].call
    ella, filip = (one.user for one in call.assessors.order_by("pk"))
    pages = [get(as_user(user), f"{MEETING}1/").content.decode() for user in (filip, ella)]
    assert ["Verk av Anna" in page for page in pages] == [True, False]
    assert post(as_user(filip), f"{MEETING}1/", SENT).status_code == 403
    assert post(as_user(filip), MEETING, HELD).status_code == 403
    assert get(as_user(filip), "/utlysningar/residens-for-folkmusik/rangordning/").status_code == 404


def test_the_panel_does_not_follow_before_the_assessment_is_closed(
    world: World, call: Call, as_user: Any
) -> None:
    apply(call, "Anna")
    panel = assessed(call, "Ella")
    assert get(as_user(panel[0].user), MEETING).status_code == 404


def test_what_is_granted_for_good_becomes_a_stay(world: World, later: Any, as_user: Any) -> None:
    made = decided(world)
    later(DECIDING)

    client = as_user(world.officer)

    def stays() -> list[Any]:
        shown = [get(client, f"{MEETING}{number}/").context["stay"] for number in (1, 2, 3)]
        return [stay and stay["is_answered"] for stay in shown]

    fix(made["Anna"].call, world.officer)
    answer(made["Anna"].call)
    assert stays() == [False, None, None]
    assert "once the answers have been sent" in text_of(get(client, f"{MEETING}1/"))
    later(ANSWERED)
    client = as_user(world.officer)
    assert stays() == [True, None, None]
    way = reverse("residency-from-decision", args=[made["Anna"].decision.pk])
    assert [way in get(client, page).content.decode() for page in (MEETING, f"{MEETING}1/")] == [True, True]
    Sighting.objects.all().delete()
    get(client, way)  # with what was sent in, and by whom
    seen = Sighting.objects.filter(application=made["Anna"]).order_by("pk").values_list("what", flat=True)
    assert list(seen) == ["application", "names"]


def test_the_residency_and_its_decision_lead_to_each_other(world: World, later: Any, as_user: Any) -> None:
    made = decided(world)
    fix(made["Anna"].call, world.officer)
    later(DECIDING)
    client = as_user(world.officer)
    stay, decision = planned(world).residency, made["Anna"].decision
    Decision.objects.filter(pk=decision.pk).update(residency=stay)
    there = reverse("residency", args=[stay.pk])
    pages = [get(client, page).content.decode() for page in (f"{MEETING}1/", MEETING, there)]
    assert [there in pages[0], there in pages[1], f"{MEETING}1/" in pages[2]] == [True, True, True]
    assert f"{MEETING}1/" not in get(as_user(world.presenter), there).content.decode()


def test_fixed_minutes_leave_nothing_to_write(world: World, later: Any, as_user: Any) -> None:
    made = decided(world)
    fix(made["Anna"].call, world.officer)
    later(DECIDING)
    client = as_user(world.officer)
    assert "<textarea" not in get(client, f"{MEETING}1/").content.decode()
    assert post(client, f"{MEETING}1/", {**SENT, "version": "1"}).status_code == 409
