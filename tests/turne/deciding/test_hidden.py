"""What an officer is in conflict with is hidden at every address of the way; new routes are looked at too."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Application
from tests.programmes.deciding import ANSWERED, DECIDING, conflict, decide, decided, fix, free, seat
from tests.programmes.deciding import answer as write_answers
from tests.turne.pages import get
from tests.world import World
from turne.web.deciding.deciding_urls import urlpatterns

WHY = "Ett skäl som bara står här."
#: What leads from the decision to a residency; its address names the decision.
WAY = "residency-from-decision"
SECRETS = ("Verk av Anna", "Anna", "Låtar om hemligheter", WHY)


@pytest.fixture
def made(world: World, later: Any) -> dict[str, Application]:
    """All is decided, fixed and answered; the officer is in conflict with Anna and with nobody else."""
    found = decided(world)
    submission = found["Anna"].submissions.get()
    facts = submission.facts | {"summary": "Låtar om hemligheter"}
    submission.delete()
    found["Anna"].submissions.create(number=1, facts=facts, digest="x", at=submission.at)
    decide(found["Anna"], world.administrator, motivation=WHY)
    call = found["Anna"].call
    fix(call, world.administrator)
    write_answers(call)
    seated = seat(call, world.officer)
    conflict(seated, found["Anna"])
    free(seated, found["Bosse"], found["Cilla"])
    later(ANSWERED)
    return found


def telling(client: Client, made: dict[str, Application]) -> set[str]:
    """The pages that say anything of Anna's application; a PDF is the minutes' page."""
    call, secrets = made["Anna"].call, (*SECRETS, made["Anna"].applicant.email)
    way = get(client, reverse(WAY, args=[made["Anna"].decision.pk]))
    found = {WAY} if any(one in way.content.decode() for one in secrets) else set()
    for pattern in urlpatterns:
        numbered = "<int:number>" in str(pattern.pattern)
        if "<uuid" in str(pattern.pattern) or str(pattern.name).endswith("-pdf"):
            continue
        response = get(client, reverse(str(pattern.name), args=[call.slug, 1] if numbered else [call.slug]))
        if response.status_code == 200 and any(one in response.content.decode() for one in secrets):
            found.add(str(pattern.name))
    return found


def test_nothing_of_it_is_told_to_one_in_conflict(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    assert telling(as_user(world.officer), made) == set()


@pytest.mark.parametrize("reader", ["officer", "Ella"])
def test_no_figure_is_told_of_it(
    world: World, made: dict[str, Application], as_user: Any, later: Any, reader: str
) -> None:
    """Anna alone was granted something; Ella of the panel follows the meeting, and is in conflict too."""
    later(DECIDING)
    call = made["Anna"].call
    ella = call.assessors.get(user__name="Ella")
    ella.declarations.filter(application=made["Anna"]).update(has_conflict=True)
    client = as_user(world.officer if reader == "officer" else ella.user)
    told = get(client, reverse("call-meeting", args=[call.slug])).context
    assert [(line.applied, line.granted) for line in told["shares"][0]["lines"]] == [(2, 0)]
    assert (told["chosen"]["sum"], told["chosen"]["granted"]) == ("", int(reader == "officer"))


def test_nor_in_the_table(world: World, made: dict[str, Application], as_user: Any) -> None:
    client, slug = as_user(world.officer), made["Anna"].call.slug
    figures = get(client, reverse("call-statistics", args=[slug])).context["figures"]
    rows = get(client, reverse("call-statistics-csv", args=[slug])).content.decode().splitlines()
    assert (figures.applied, figures.granted, rows[1].endswith("Applications;2;")) == (2, 0, True)


def test_nor_at_the_way_from_its_decision_to_a_residency(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    way = reverse("residency-from-decision", args=[made["Anna"].decision.pk])
    seen = [get(as_user(user), way).status_code for user in (world.officer, world.administrator)]
    assert seen == [404, 200]


def test_another_officer_reads_it_so_that_the_test_above_says_something(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    assert telling(as_user(world.administrator), made) == {
        "call-applications",
        "call-applications-csv",
        "call-application",
        "call-placing",
        "call-ranking",
        "call-meeting",
        "call-case",
        "call-minutes-version",
        "call-mail",
        WAY,
    }
