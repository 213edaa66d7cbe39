"""Wishes that are not played, each with its reason and its next step."""

from datetime import date, datetime, timedelta

import pytest

from bookings import changing, lifecycle, planning
from tests.agreements import NOW, SHOW_AT, confirmed
from tests.turne.pages import BEFORE_THE_TOUR
from tests.turne.plans import adopted, board, lock, of_wish, planned, rows
from tests.world import World
from tours.models import Proposal, Tour, Wish


def left_out(world: World, kind: str) -> list[tuple[str, str]]:
    return [(row["name"], row["text"]) for row in board(world)["left_out"][kind]]


def test_what_does_not_pay_says_what_is_missing(world: World) -> None:
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=900)
    planned(world)
    found = dict(left_out(world, "unplaced"))
    assert found["Backe bygdegård"].startswith("Costs ")


@pytest.mark.parametrize(
    ("state", "remedy"),
    [("running", "They come when the planner is done."), ("failed", "Plan again to learn them.")],
)
def test_what_a_run_at_work_leaves_out_is_not_called_new(world: World, state: str, remedy: str) -> None:
    """Better plans are stored without reasons as they are found; a run that fails leaves the last one."""
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=900)
    made = planned(world)
    made.plan["unplaced"] = []
    Proposal.objects.filter(pk=made.pk).update(state=state, plan=made.plan)
    found = board(world, str(made.pk))["left_out"]
    texts = {(row["text"], row["remedy"]) for row in found["unplaced"]}
    assert (texts, found["excluded"]) == ({("The reasons are not known yet.", remedy)}, [])


def test_a_dropped_wish_can_be_freed(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    planned(world)
    row = board(world)["left_out"]["excluded"][0]
    assert (row["text"], row["tools"]["order"]) == ("You have left it out.", "Left out by you")
    assert "free_url" in row["tools"]
    assert "drop_url" not in row["tools"]


def test_a_no_and_another_day_are_told_apart(world: World) -> None:
    adopted(world)
    declined, countered = of_wish(world, world.wish), of_wish(world, world.neighbour_wish)
    for booking in (declined, countered):
        lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    lifecycle.decline(declined, by=None, now=BEFORE_THE_TOUR, reason="Upptaget")
    day, nine = date(2027, 2, 11), datetime(2027, 1, 1, 9).time()
    lifecycle.counter(
        countered, by=None, now=BEFORE_THE_TOUR, starts_on=day, ends_on=day, earliest=nine, latest=nine
    )
    assert left_out(world, "excluded") == [
        ("Backe bygdegård", "The presenter has declined."),
        (
            "Folkets hus Strömsund",
            "The presenter has proposed Thu 11 Feb 2027, start between 09:00 and 09:00.",
        ),
    ]


def test_after_a_no_the_next_step_is_to_plan_again(world: World) -> None:
    for booking in adopted(world):
        lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    declined = of_wish(world, world.wish)
    lifecycle.decline(declined, by=None, now=BEFORE_THE_TOUR + timedelta(hours=1), reason="Upptaget")
    steps = board(world)["steps"]
    assert [(step["name"], step["primary"]) for step in steps] == [("plan", True)]


def test_with_everything_offered_there_is_nothing_to_press_first(world: World) -> None:
    for booking in adopted(world):
        lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    assert [step["primary"] for step in board(world)["steps"]] == [False]


def test_a_wish_that_came_later_says_so(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=BEFORE_THE_TOUR)
    planned(world)
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=None)
    assert left_out(world, "excluded") == [("Backe bygdegård", "It is new since this plan was made.")]


def test_an_offered_stop_has_no_lock(world: World) -> None:
    adopted(world)
    lifecycle.offer(of_wish(world, world.wish), by=world.producer, now=BEFORE_THE_TOUR)
    tools = {stop.name: stop.tools for row in rows(board(world)) for stop in row["stops"]}
    assert "lock_url" not in tools["Backe bygdegård"]
    assert {"lock_url", "drop_url"} <= set(tools["Krokoms skola"])
    assert tools["Krokoms skola"]["offer_url"].endswith(f"?besok={of_wish(world, world.school_wish).pk}")


def test_the_lock_is_prefilled_with_the_plans_time(world: World) -> None:
    lock(world, world.wish, 3)
    planned(world)
    tools = {stop.name: stop.tools for row in rows(board(world)) for stop in row["stops"]}
    found = tools["Backe bygdegård"]
    assert (found["date"], found["time"], found["order"]) == (
        "2027-02-03",
        "13:00",
        "Locked to Wed 3 Feb 13:00",
    )


def test_a_change_that_waits_is_said_above_the_board_and_beside_its_visit(world: World) -> None:
    booking = confirmed(world)
    changing.propose_change(
        booking, by=world.presenter, now=NOW, reason="Bussen.", starts_at=SHOW_AT + timedelta(minutes=30)
    )
    context = board(world)
    [stop] = [visit for row in rows(context) for visit in row["visits"]]
    assert (stop["mark"], stop["performances"][0]["label"]) == (
        "change waits",
        "Backe bygdegård 11:15–12:00, confirmed, a change waits",
    )
    notice = context["notices"][0]
    assert (notice["title"], notice["text"]) == (
        "1 change of a confirmed visit waits for an answer.",
        "Backe bygdegård (you answer).",
    )


def test_a_change_that_is_asked_for_is_not_called_a_confirmation(world: World) -> None:
    changing.propose_change(
        confirmed(world),
        by=world.presenter,
        now=NOW,
        reason="Bussen.",
        starts_at=SHOW_AT + timedelta(minutes=30),
    )
    assert board(world)["history"][0]["text"].startswith("Backe bygdegård: A change asked for by")
