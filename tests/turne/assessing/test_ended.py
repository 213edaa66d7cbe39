"""An assessment that has ended, on an assessor's pages: it says so, shows nothing, and leads nowhere that is closed."""

import re
from typing import Any

import pytest
from django.urls import reverse

from programmes import calls, permissions
from programmes.models import Application, Assessor, Call, Sighting
from tests.programmes.assessing import READING, dealt_panel
from tests.programmes.deciding import ANSWERED, DECIDING, told
from tests.turne.pages import get, post, text_of
from tests.world import World
from venues.models import User

SLUG = "residens-for-folkmusik"
ADDRESS = f"/bedomning/{SLUG}/"
MEETING = f"/utlysningar/{SLUG}/sammantrade/"
#: What an expert opened while it lasted -> what the same address gives once it has ended.
OPENED = {
    ADDRESS: (200, 200),
    f"{ADDRESS}1/": (200, 302),
    f"{ADDRESS}jav/": (200, 302),
    MEETING: (200, 404),
    f"{MEETING}1/": (200, 404),
}
#: What is for those who run the call alone, before and after.
RUN = ("protokoll/", "ansokningar/", "ansokningar/1/", "rangordning/", "besked/", "statistik/", "insyn/")


@pytest.fixture
def call(world: World, settings: Any) -> Call:
    """Decided about; the answers leave at `ANSWERED`."""
    settings.SESSION_COOKIE_AGE = 10**8
    return next(iter(told(world).values())).call


def expert(call: Call) -> User:
    return Assessor.objects.get(call=call, user__name="Ella").user


@pytest.mark.parametrize("address", OPENED)
def test_what_an_expert_has_opened_is_closed_once_the_answers_are_sent(
    call: Call, en: Any, later: Any, address: str
) -> None:
    client, answers = en(expert(call)), []
    for now in (DECIDING, ANSWERED):
        later(now)
        answers.append(get(client, address).status_code)
    assert tuple(answers) == OPENED[address]


@pytest.mark.parametrize("address", [f"{ADDRESS}1/", f"{ADDRESS}jav/"])
def test_a_form_that_was_open_leads_to_the_page_that_says_so(
    call: Call, en: Any, later: Any, address: str
) -> None:
    later(ANSWERED)
    answer = post(en(expert(call)), address, {"gor": "klar", "click": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, ADDRESS)


def test_no_conflict_is_found_in_what_is_not_read_any_more(call: Call, en: Any, later: Any) -> None:
    later(ANSWERED)
    assert post(en(expert(call)), f"{ADDRESS}1/jav/", {"why": "Vän."}).status_code == 404


@pytest.mark.parametrize("page", RUN)
def test_what_is_for_those_who_run_it_stays_theirs(
    world: World, call: Call, en: Any, later: Any, page: str
) -> None:
    later(ANSWERED)
    address = f"/utlysningar/{SLUG}/{page}"
    answers = [get(en(user), address).status_code for user in (expert(call), world.officer)]
    assert answers == [404, 200]


@pytest.mark.parametrize("number", ["", "1/"])
def test_who_runs_it_follows_the_meeting_still(
    world: World, call: Call, en: Any, later: Any, number: str
) -> None:
    later(ANSWERED)
    assert get(en(world.officer), f"{MEETING}{number}").status_code == 200


def test_the_page_says_that_it_has_ended_and_where_to_ask_and_shows_nothing_of_them(
    call: Call, en: Any, later: Any
) -> None:
    later(ANSWERED)
    page = get(en(expert(call)), ADDRESS)
    text = text_of(page)
    said = ("The assessment has ended", "no longer open to you", "Kulturkontoret", "To the call’s page")
    assert [words in text for words in said] == [True] * 4
    hidden = ("Verk av", "Declare another conflict", "To read for the meeting", "What you open is noted")
    assert [words in text for words in hidden] == [False] * 4
    assert f'href="{reverse("open-call", args=[SLUG])}"' in page.content.decode()


def test_the_list_says_so_and_has_no_task(call: Call, en: Any, later: Any) -> None:
    later(ANSWERED)
    page = get(en(expert(call)), "/bedomning/")
    (row,) = page.context["rows"]
    assert ("The assessment has ended." in text_of(page), row["is_task"], row["dealt"]) == (True, False, 0)


def test_my_week_leads_to_nothing_that_is_closed(call: Call, en: Any, later: Any) -> None:
    later(ANSWERED)
    client = en(expert(call))
    week = get(client, "/min-vecka/").content.decode()
    ours = {way for way in re.findall(r'href="(/[^"#?]*)', week) if "bedomning" in way or "utlysning" in way}
    assert {way: get(client, way).status_code for way in ours} == dict.fromkeys(ours, 200)
    assert "/bedomning/" in ours


def test_nothing_that_is_closed_is_noted_as_seen(call: Call, en: Any, later: Any) -> None:
    later(ANSWERED)
    for address in (ADDRESS, f"{ADDRESS}1/", f"{ADDRESS}jav/", MEETING):
        get(en(expert(call)), address)
    assert Sighting.objects.filter(user=expert(call)).count() == 0


class TestWithdrawn:
    """The call is withdrawn while it is assessed."""

    @pytest.fixture
    def expert(self, world: World, later: Any, settings: Any) -> User:
        settings.SESSION_COOKIE_AGE = 10**8
        panel = dealt_panel(world)
        later(READING)
        fresh = Call.objects.get(pk=panel.call.pk)
        calls.withdraw(fresh, why="Inga pengar.", version=fresh.version, by=world.officer, now=READING)
        return panel.seats[0].user

    def test_the_page_says_why_there_is_nothing(self, expert: User, en: Any) -> None:
        text = text_of(get(en(expert), ADDRESS))
        said = ("The call is withdrawn", "no longer open to you", "Verk av", "The due date has passed")
        assert [words in text for words in said] == [True, True, False, False]

    def test_nothing_is_read_scored_or_declared(self, expert: User, en: Any) -> None:
        number = Application.objects.filter(assignments__assessor__user=expert).order_by("pk")[0].number
        ways = [get(en(expert), f"{ADDRESS}{page}") for page in (f"{number}/", "jav/")]
        assert [one.headers["Location"] for one in ways] == [ADDRESS] * 2

    def test_nothing_of_it_waits_in_the_week(self, expert: User, en: Any) -> None:
        assert "applications to score" not in text_of(get(en(expert), "/min-vecka/"))

    def test_whoever_runs_it_sees_the_panel_with_its_applications_still(
        self, world: World, expert: User, en: Any
    ) -> None:
        assert "Verk av" in text_of(get(en(world.officer), f"/utlysningar/{SLUG}/panel/"))
        assert permissions.is_ended(Call.objects.get(slug=SLUG), READING)
