"""The minutes on paper: what they lack, fixed, every version, opened again; nothing of what is hidden."""

from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from programmes.models import Application, Meeting, Minutes, Sighting
from tests.programmes.deciding import DECIDING, WORDS, answer, conflict, decided, fix, seat
from tests.turne.pages import errors_of, get, post, text_of
from tests.world import World
from turne.web import paper
from turne.web.deciding.minutes_pages import TEMPLATE, document

MINUTES = "/utlysningar/residens-for-folkmusik/protokoll/"


@pytest.fixture
def made(world: World, later: Any) -> dict[str, Application]:
    found = decided(world)
    later(DECIDING)
    return found


def version() -> str:
    return str(Meeting.objects.get().version)


def test_they_are_fixed_and_read(world: World, made: dict[str, Application], as_user: Any) -> None:
    client = as_user(world.officer)
    assert post(client, f"{MINUTES}faststall/", {"version": version()})["Location"] == MINUTES
    page = text_of(get(client, f"{MINUTES}1/"))
    kept = Minutes.objects.get()
    for words in (
        "Minutes: Residens för folkmusik", "Ella (external expert)", "§ 1 Verk av Anna", "Granted , 30,000 kr", WORDS,
        "In reserve, number 1", "mean 3.50 of 2 readers, spread 1.00, standard deviation 0.50", kept.digest,
    ):  # fmt: skip
        assert words in page
    assert list(Sighting.objects.values_list("what", flat=True)) == ["minutes"]


def test_they_have_a_line_for_each_who_signs(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    Meeting.objects.update(chair="Ordförande Ek", secretary="Sekreterare Asp")
    fix(made["Anna"].call, world.officer)
    page = get(as_user(world.officer), f"{MINUTES}1/").content.decode().partition('class="signing"')[2]
    assert [name in page for name in ("Ordförande Ek, chair", "Sekreterare Asp, secretary")] == [True, True]


@pytest.mark.pdf
def test_as_a_pdf(world: World, made: dict[str, Application], as_user: Any) -> None:
    fix(made["Anna"].call, world.officer)
    answered = get(as_user(world.officer), f"{MINUTES}1.pdf")
    assert (answered["Content-Type"], answered.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.pdf
@pytest.mark.parametrize("more", range(0, 45, 4))
def test_the_last_page_has_a_case_the_lines_to_sign_on_and_the_fingerprint(
    world: World, made: dict[str, Application], more: int
) -> None:
    """However long they are: the words of the second case push the others on."""
    kept = fix(made["Anna"].call, world.officer)
    kept.facts["cases"][1]["motivation"] = "Ord\n" * more
    text = render_to_string(TEMPLATE, document(made["Anna"].call, kept, set()))
    last = PdfReader(BytesIO(paper.made(text))).pages[-1].extract_text()
    told = ["§ 3" in last, "Ordförande, chair" in last, "Sekreterare, secretary" in last, "SHA-256" in last]
    assert told == [True] * 4


def test_what_is_hidden_from_the_reader_is_a_number(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    fix(made["Anna"].call, world.officer)
    seated = seat(made["Anna"].call, world.officer)
    for name in ("Anna", "Bosse"):
        conflict(seated, made[name])
    page = get(as_user(world.officer), f"{MINUTES}1/").content.decode()
    assert ("Verk av Anna" in page, "Verk av Bosse" in page, "§ 1" in page) == (False, False, True)


def test_they_are_opened_again_with_a_reason_until_answers_wait(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    call = made["Anna"].call
    fix(call, world.officer)
    client = as_user(world.officer)
    assert errors_of(post(client, f"{MINUTES}oppna/", {"version": version(), "why": ""}))["why"] != []
    assert post(client, f"{MINUTES}oppna/", {"version": version(), "why": "Fel ord."}).status_code == 302
    fix(call, world.officer)
    assert "Fel ord." in text_of(get(client, f"{MINUTES}2/"))
    assert "A later version holds now." in text_of(get(client, f"{MINUTES}1/"))
    answer(call)
    assert post(client, f"{MINUTES}oppna/", {"version": version(), "why": "Mer."}).status_code == 409


def test_a_version_that_is_not_there(world: World, made: dict[str, Application], as_user: Any) -> None:
    assert get(as_user(world.officer), f"{MINUTES}1/").status_code == 404
