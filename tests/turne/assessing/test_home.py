"""An assessor's own pages: what is left, until when; another's are not there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from programmes import panels
from tests.programmes.assessing import (
    DUE,
    READING,
    Panel,
    deal,
    dealt_panel,
    declare,
    make_panel,
    public_call,
    score,
    set_up,
)  # fmt: skip
from tests.programmes.open_calls import OPEN
from tests.turne.pages import get, queries_of, text_of
from tests.world import World

ADDRESS = "/bedomning/residens-for-folkmusik/"


@pytest.fixture(autouse=True)
def while_panels_read(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(READING)


@pytest.fixture
def panel(world: World) -> Panel:
    return dealt_panel(world)


def test_the_calls_that_one_assesses_say_what_is_left(panel: Panel, en: Any) -> None:
    client = en(panel.seats[0].user)
    assert "2 applications to score." in text_of(get(client, "/bedomning/"))
    assert "0 of 2" in text_of(get(client, ADDRESS))


@pytest.mark.parametrize(("hour", "is_late"), [(22, False), (23, True)])
def test_it_is_late_when_the_day_is_over_here(
    panel: Panel, en: Any, later: Any, hour: int, is_late: bool
) -> None:
    later(datetime(DUE.year, DUE.month, DUE.day, hour, 30, tzinfo=UTC))
    told = text_of(get(en(panel.seats[0].user), "/bedomning/"))
    assert ("The due date has passed." in told) == is_late


def test_who_sits_on_no_panel_is_told_how_one_gets_there(world: World, en: Any) -> None:
    assert "You are on no panel" in text_of(get(en(world.stranger), "/bedomning/"))


def test_the_list_is_narrowed_by_the_address(panel: Panel, en: Any) -> None:
    seat, client = panel.seats[0], en(panel.seats[0].user)
    first, second = [one.application for one in seat.assignments.standing().order_by("application__number")]
    score(seat, first)
    titles = {key: text_of(get(client, f"{ADDRESS}?visa={key}")) for key in ("kvar", "klara", "annat")}
    marks = (f"{first.number}. {first.title}", f"{second.number}. {second.title}")
    assert [tuple(mark in titles[key] for mark in marks) for key in titles] == [
        (False, True),
        (True, False),
        (True, True),
    ]


def test_before_the_call_has_closed_there_is_nothing_to_see(panel: Panel, en: Any, later: Any) -> None:
    later(OPEN)
    client = en(panel.seats[0].user)
    told = text_of(get(client, ADDRESS))
    assert ("Nothing to read yet" in told, "Verk av" in told) == (True, False)
    assert get(client, f"{ADDRESS}1/").status_code == 404
    assert get(client, f"{ADDRESS}jav/").headers["Location"] == ADDRESS


def test_before_one_has_declared_there_is_only_the_way_to_the_names(world: World, en: Any) -> None:
    panel = make_panel(world)
    client = en(panel.seats[0].user)
    told = text_of(get(client, ADDRESS))
    assert ("conflicts of interest" in told, "Verk av" in told, "Fiktiva" in told) == (True, False, False)
    assert get(client, f"{ADDRESS}1/").status_code == 404


def test_once_it_is_closed_one_reads_the_others_too_but_not_those_in_conflict(world: World, en: Any) -> None:
    panel = make_panel(world, applicants=4, members=3)
    declare(panel.seats[0], "Fiktiva Frost")
    declare(panel.seats[1])
    declare(panel.seats[2])
    deal(panel)
    panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    client = en(panel.seats[0].user)
    assert [get(client, f"{ADDRESS}{number}/").status_code for number in (1, 2, 3, 4)] == [404, 200, 200, 200]
    assert "Your scores" not in text_of(get(client, f"{ADDRESS}2/"))


def test_anothers_panel_and_one_that_one_has_left_are_not_there(world: World, panel: Panel, en: Any) -> None:
    other = public_call(world, title="En annan")
    set_up(other, world.officer)
    client = en(panel.seats[0].user)
    assert get(client, f"/bedomning/{other.slug}/").status_code == 404
    panels.remove(
        panel.seats[0], why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    addresses = (ADDRESS, f"{ADDRESS}jav/", f"{ADDRESS}1/", f"{ADDRESS}2/")
    assert [get(client, one).status_code for one in addresses] == [404] * 4


def test_my_week_says_what_waits(panel: Panel, en: Any) -> None:
    told = text_of(get(en(panel.seats[0].user), "/min-vecka/"))
    assert ("Applications to assess" in told, "2 applications to score." in told) == (True, True)


def test_a_list_of_more_takes_no_more_queries(world: World, as_user: Any) -> None:
    few = dealt_panel(world, applicants=1, members=1, readers_count=1)
    one = queries_of(as_user(few.seats[0].user), f"/bedomning/{few.call.slug}/")
    world.season.region.calls.update(slug="forsta")
    more = dealt_panel(world, applicants=4, members=1, readers_count=1)
    assert queries_of(as_user(more.seats[0].user), f"/bedomning/{more.call.slug}/") == one
