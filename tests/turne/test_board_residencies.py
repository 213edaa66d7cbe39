"""What board and visit say of residencies of the ensemble in the same days."""

from datetime import date, timedelta

from tests.agreements import SHOW_AT, held
from tests.bookings.residencies.moments import confirmed, planned
from tests.turne.plans import desk
from tests.world import World
from turne.web import board_residencies, visit_notices

DAYS = (date(2027, 2, 3), date(2027, 2, 5))


def told(world: World) -> dict:
    found = board_residencies.notice(desk(world)) or {}
    return {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in found.items()}


def test_nothing_is_said_without_a_residency(world: World) -> None:
    assert told(world) == {}


def test_a_confirmed_one_is_kept_free(world: World) -> None:
    confirmed(world, periods=[DAYS], ensemble=world.ensemble)
    assert told(world) == {
        "tone": "info",
        "title": "Trio Norr has a residency in the days of the tour.",
        "text": "Vindens väg in Backe, 3–5 Feb 2027: a new plan keeps these days free.",
    }


def test_one_that_is_planned_is_said(world: World) -> None:
    planned(world, periods=[DAYS], ensemble=world.ensemble)
    assert told(world)["text"] == "Vindens väg in Backe, 3–5 Feb 2027, is not confirmed yet."


def test_a_visit_in_its_days_with_the_road_between(world: World) -> None:
    held(world)
    day = SHOW_AT.date()
    confirmed(
        world,
        periods=[(day, day + timedelta(days=1))],
        ensemble=world.ensemble,
        place=world.places["Strömsund"],
    )
    found = told(world)
    assert found["tone"] == "waits"
    assert "46 min from Strömsund. They stand: a residency reserves nobody." in found["text"]


def test_the_visit_says_so_to_its_producer_alone(world: World) -> None:
    booking, day = held(world), SHOW_AT.date()
    confirmed(world, periods=[(day, day)], ensemble=world.ensemble)
    now = booking.occupied_from - timedelta(days=9)
    titles = [
        [row["title"] for row in visit_notices.notices(booking, set(), now, plans=plans)]
        for plans in (True, False)
    ]
    assert titles == [["The ensemble has a residency that day: Vindens väg."], []]
