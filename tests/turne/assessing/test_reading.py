"""Reading and scoring by pages: what is shown, what is kept, and what is refused with nothing lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes import applications, reviews
from programmes.models import Application, Review, SampleFile, Sighting
from tests.programmes.assessing import (
    READING,
    Panel,
    dealt_panel,
    score,
)  # fmt: skip
from tests.programmes.open_calls import OPEN
from tests.programmes.sample_files import added
from tests.turne.pages import errors_of, get, post, text_of
from tests.world import World

ADDRESS = "/bedomning/residens-for-folkmusik/"


@pytest.fixture(autouse=True)
def while_panels_read(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(READING)


@pytest.fixture
def panel(world: World) -> Panel:
    return dealt_panel(world)


@pytest.fixture
def client_of_first(panel: Panel, en: Any) -> Client:
    return en(panel.seats[0].user)


def numbers(panel: Panel) -> list[int]:
    return list(reviews.mine(panel.seats[0]).values_list("application__number", flat=True))


def form(panel: Panel, points: Any = 4, **more: Any) -> dict[str, Any]:
    given = {f"points_{one.pk}": points for one in panel.call.criteria.all()}
    words = {f"comment_{one.pk}": "Om detta." for one in panel.call.criteria.all()}
    return {"version": 0, "gor": "klar", "comment": "Ett bra verk.", **given, **words, **more}


def test_it_shows_what_was_sent_in_and_who(panel: Panel, client_of_first: Client) -> None:
    number = numbers(panel)[0]
    told = text_of(get(client_of_first, f"{ADDRESS}{number}/"))
    one = Application.objects.get(number=number)
    for words in (
        one.title,
        one.applicant_name,
        one.group_name,
        one.phone,
        "Vi skriver låtar",
        "Arvoden",
        "Fiolspelare",
    ):
        assert words in told


def test_needs_are_never_shown(panel: Panel, client_of_first: Client) -> None:
    assert Application.objects.filter(access_needs="Hiss.").count() == 3
    for number in numbers(panel):
        assert "Hiss" not in text_of(get(client_of_first, f"{ADDRESS}{number}/"))


def test_what_was_changed_and_not_sent_in_is_not_shown(panel: Panel, client_of_first: Client) -> None:
    number = numbers(panel)[0]
    Application.objects.filter(number=number).update(title="Ändrad efteråt")
    assert "Ändrad" not in text_of(get(client_of_first, f"{ADDRESS}{number}/"))


def test_where_names_are_hidden_the_page_has_none(world: World, en: Any) -> None:
    panel = dealt_panel(world, is_blind=True)
    client = en(panel.seats[0].user)
    for number in numbers(panel):
        body = get(client, f"{ADDRESS}{number}/").content.decode()
        one = Application.objects.get(number=number)
        hidden = (
            one.applicant_name,
            one.group_name,
            one.phone,
            one.applicant.email,
            "Fiolspelare",
            "musik.example",
        )
        assert [words for words in hidden if words in body] == []


def test_points_are_kept_and_the_next_one_comes(panel: Panel, client_of_first: Client) -> None:
    first, second = numbers(panel)
    answer = post(client_of_first, f"{ADDRESS}{first}/", form(panel))
    review = Review.objects.get()
    assert answer.headers["Location"] == f"{ADDRESS}{second}/"
    assert [(one.points, one.comment) for one in review.scores.all()] == [(4, "Om detta.")] * 2
    last = post(client_of_first, f"{ADDRESS}{second}/", form(panel))
    assert last.headers["Location"] == ADDRESS


def test_a_draft_stays_on_its_page(panel: Panel, client_of_first: Client) -> None:
    first = numbers(panel)[0]
    answer = post(client_of_first, f"{ADDRESS}{first}/", form(panel, "", gor="spara"))
    assert (answer.headers["Location"], Review.objects.get().finished_at) == (f"{ADDRESS}{first}/", None)
    shown = get(client_of_first, f"{ADDRESS}{first}/").context["form"]
    assert shown["comment"].value() == "Ett bra verk."


@pytest.mark.parametrize("points", ["0", "6", "fem", "-1"])
def test_points_beyond_the_scale_are_told_and_the_words_are_kept(
    panel: Panel, client_of_first: Client, points: str
) -> None:
    answer = post(client_of_first, f"{ADDRESS}{numbers(panel)[0]}/", form(panel, points))
    first = panel.call.criteria.all()[0]
    assert (answer.status_code, f"points_{first.pk}" in errors_of(answer), Review.objects.count()) == (
        422,
        True,
        0,
    )
    assert "Give 1 to 5 points." in text_of(answer)
    assert answer.context["form"]["comment"].value() == "Ett bra verk."


def test_what_is_missing_to_finish_is_told_at_its_criterion(panel: Panel, client_of_first: Client) -> None:
    second = panel.call.criteria.all()[1]
    answer = post(
        client_of_first, f"{ADDRESS}{numbers(panel)[0]}/", form(panel, **{f"points_{second.pk}": ""})
    )
    assert (answer.status_code, list(errors_of(answer))) == (422, [f"points_{second.pk}"])


def test_an_older_window_is_told_and_keeps_its_words(panel: Panel, client_of_first: Client) -> None:
    number = numbers(panel)[0]
    score(panel.seats[0], Application.objects.get(number=number), 5)
    answer = post(client_of_first, f"{ADDRESS}{number}/", form(panel, comment="Gammalt."))
    assert (answer.status_code, answer.context["form"]["comment"].value()) == (409, "Gammalt.")
    assert Review.objects.get().comment == "Ett bra verk."


def test_a_double_click_saves_once(panel: Panel, client_of_first: Client) -> None:
    number = numbers(panel)[0]
    answers = [post(client_of_first, f"{ADDRESS}{number}/", form(panel)) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Review.objects.get().version == 1


def test_each_reading_is_noted(panel: Panel, client_of_first: Client) -> None:
    number = numbers(panel)[0]
    get(client_of_first, f"{ADDRESS}{number}/")
    found = Sighting.objects.order_by("pk").values_list("what", "application__number", "user")
    me = panel.seats[0].user.pk
    assert list(found) == [("application", number, me), ("names", number, me)]


def test_one_that_is_another_ones_to_score_is_not_there(panel: Panel, client_of_first: Client) -> None:
    (other,) = {1, 2, 3} - set(numbers(panel))
    assert get(client_of_first, f"{ADDRESS}{other}/").status_code == 404
    assert post(client_of_first, f"{ADDRESS}{other}/", form(panel)).status_code == 404


def test_files_are_opened_by_those_who_may_and_titles_that_tell_are_hidden(world: World, en: Any) -> None:
    panel = dealt_panel(world, is_blind=True)
    one = reviews.mine(panel.seats[0])[0].application
    named, plain = (
        added(one, title=title, is_identifying=yes) for title, yes in (("Porträtt", True), ("Skiss", False))
    )
    applications.send_in(one, by=one.applicant, version=Application.objects.get(pk=one.pk).version, now=OPEN)
    client = en(panel.seats[0].user)
    body = get(client, f"{ADDRESS}{one.number}/").content.decode()
    ways = [reverse("work-sample", args=[file.pk]) for file in (named, plain)]
    assert [word in body for word in ("Porträtt", ways[0], "Skiss", ways[1])] == [False, False, True, True]
    assert [get(client, way).status_code for way in ways] == [404, 200]
    SampleFile.objects.update(scan_state="waiting")
    body = get(client, f"{ADDRESS}{one.number}/").content.decode()
    assert ["Skiss" in body, ways[1] in body] == [True, False]


def test_a_file_is_told_by_what_people_call_its_kind(panel: Panel, client_of_first: Client) -> None:
    one = reviews.mine(panel.seats[0])[0].application
    added(one, title="Skiss")
    applications.send_in(one, by=one.applicant, version=Application.objects.get(pk=one.pk).version, now=OPEN)
    shown = get(client_of_first, f"{ADDRESS}{one.number}/")
    assert [file["label"] for file in shown.context["files"]] == ["TXT"]
    assert "text/plain" not in text_of(shown)
