"""Plans side by side: figures, days, and who would notice."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import arranging, lifecycle, planning, running
from tests.factories import TourFactory
from tests.turne.pages import BEFORE_THE_TOUR, text_of
from tests.world import World
from tours.models import Proposal

pytestmark = pytest.mark.usefixtures("before_the_tour")


def planned(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def moved(world: World, plan: Proposal, day: int) -> Proposal:
    """The plan with the presenter's stop on another day, at noon."""
    at = timezone.make_aware(datetime(2027, 2, day, 12))
    return arranging.set_stop(plan, f"w{world.wish.pk}", at, by=world.producer)


def page(producer: Client, world: World, *plans: object) -> Any:
    address = reverse("compare", args=[world.tour.slug])
    return producer.get(address + "?" + "&".join(f"plan={plan}" for plan in plans))


def cells(answer: Any, label: str) -> list[tuple[str, bool]]:
    row = next(row for row in answer.context["figures"] if row["label"] == label)
    return [(cell["text"], cell["is_best"]) for cell in row["cells"]]


def test_a_lone_plan_has_nothing_beside_it(world: World, producer: Client) -> None:
    answer = page(producer, world, planned(world).pk)
    assert "It takes two" in text_of(answer)


def test_what_is_equal_is_no_better(world: World, producer: Client) -> None:
    plan = planned(world)
    answer = page(producer, world, plan.pk, moved(world, plan, 10).pk)
    assert cells(answer, "Wishes played") == [("3", False), ("3", False)]


def test_the_best_of_each_row_is_marked(world: World, producer: Client) -> None:
    plan = planned(world)
    answer = page(producer, world, plan.pk, moved(world, plan, 10).pk)
    assert [best for _text, best in cells(answer, "Worth, changes not counted")] == [True, False]


def test_days_that_differ_from_the_first_are_marked(world: World, producer: Client) -> None:
    plan = planned(world)
    other = moved(world, plan, 10)
    days = page(producer, world, plan.pk, other.pk).context["days"]
    differing = {row["day"] for row in days if row["cells"][1]["differs"]}
    assert "Wed 10 Feb" in {day.replace("\N{NO-BREAK SPACE}", " ") for day in differing}


def test_who_is_moved_and_who_goes_is_told_with_the_state(world: World, producer: Client) -> None:
    plan = planned(world)
    planning.adopt(plan, by=world.producer, now=BEFORE_THE_TOUR)
    for booking in world.tour.bookings.exclude(wish=world.wish):
        lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    again = moved(world, planned(world), 10)
    [told] = page(producer, world, "avtal", again.pk).context["told"]
    [line] = told["rows"]
    assert (line["name"], line["state"]) == (str(world.wish.organisation), "held")
    assert line["what"].startswith("from ")


def test_what_nobody_knows_is_left_out_and_each_stands_once(world: World, producer: Client) -> None:
    plan = planned(world)
    answer = page(producer, world, plan.pk, plan.pk, "99999999", "avtal", "x")
    assert [column.key for column in answer.context["columns"]] == [str(plan.pk)]


def test_another_tours_plan_is_not_shown(world: World, producer: Client) -> None:
    own, foreign = planned(world), planned(world)
    Proposal.objects.filter(pk=foreign.pk).update(tour=make_other_tour(world))
    columns = page(producer, world, own.pk, foreign.pk).context["columns"]
    assert [column.key for column in columns] == [str(own.pk)]


def make_other_tour(world: World):
    return TourFactory(production=world.production, season=world.season)


def test_without_a_choice_the_newest_several_are_compared(world: World, producer: Client) -> None:
    planned(world)
    run = planned(world)
    Proposal.objects.filter(pk=run.pk).update(kind="several", favours=["value"])
    way = planned(world)
    Proposal.objects.filter(pk=way.pk).update(kind="way", favours=["nights"], parent=run)
    columns = page(producer, world).context["columns"]
    assert [(c.key, c.how) for c in columns] == [
        (str(run.pk), "most value"),
        (str(way.pk), "few nights away"),
    ]


def test_without_a_choice_a_plan_lies_beside_the_one_it_came_from(world: World, producer: Client) -> None:
    first, second = planned(world), planned(world)
    hand = moved(world, first, 10)
    assert [c.key for c in page(producer, world).context["columns"]] == [str(first.pk), str(hand.pk)]
    assert second.pk < hand.pk


def test_several_that_are_still_looked_for_are_not_compared(world: World, producer: Client) -> None:
    first, second = planned(world), planned(world)
    planning.propose(world.tour, by=world.producer, seconds=1, several=True)
    assert [c.key for c in page(producer, world).context["columns"]] == [str(first.pk), str(second.pk)]


def test_a_plan_of_earlier_wishes_says_so(world: World, producer: Client) -> None:
    old = planned(world)
    world.wish.spans.update(starts_on="2027-02-09")
    notes = [column.note for column in page(producer, world, old.pk, planned(world).pk).context["columns"]]
    assert notes == ["made before something changed", ""]


def test_the_board_of_one_of_several_leads_to_all(world: World, producer: Client) -> None:
    run, way = planned(world), planned(world)
    Proposal.objects.filter(pk=run.pk).update(kind="several", favours=["value"])
    Proposal.objects.filter(pk=way.pk).update(kind="way", favours=["nights"], parent=run)
    answer = producer.get(reverse("board", args=[world.tour.slug]))
    link = f"{reverse('compare', args=[world.tour.slug])}?plan={run.pk}&amp;plan={way.pk}"
    assert ("2 plans favour different things." in text_of(answer), link in answer.content.decode()) == (
        True,
        True,
    )


def test_the_button_asks_for_several(world: World, producer: Client) -> None:
    producer.post(reverse("tour-propose", args=[world.tour.slug]), {"flera": "1", "sekunder": "30"})
    asked = Proposal.objects.get()
    assert (asked.kind, asked.seconds) == ("several", 120)
