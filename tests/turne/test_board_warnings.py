"""Warnings on the board: shown under their day with their source, overridden with a reason, withdrawn."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import planning, running
from tests.agreements import agreement
from tests.world import World
from tours.models import Tour, WarningOverride
from venues.models import WorkRuleProfile

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def profile(world: World) -> WorkRuleProfile:
    """One hour a day is agreed on; the plan plays in Backe on the third, which takes longer."""
    made = agreement(world, work_plus_travel_day_h=1)
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    planning.lock_stop(world.tour, world.wish, at, by=world.producer)
    tour = Tour.objects.with_ground().get(pk=world.tour.pk)
    running.run(planning.propose(tour, by=world.producer, seconds=1))
    return made


def board(producer: Client, world: World) -> Any:
    return producer.get(reverse("board", args=[world.tour.slug]))


def warned(response: Any) -> list[dict[str, Any]]:
    rows = [row for week in response.context["weeks"] for row in week["rows"]]
    return next(row["warnings"] for row in rows if row["name"] == "Wed 3 Feb")


def override(producer: Client, world: World, profile: WorkRuleProfile, **changes: object) -> Any:
    typed = {"profile": profile.pk, "rule": "total_day", "date": "2027-02-03", "reason": "The premiere"}
    return producer.post(reverse("warning-override", args=[world.tour.slug]), typed | changes, follow=True)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_it_stands_under_its_day_with_its_source(world: World, producer: Client, profile) -> None:
    shown = warned(board(producer, world))
    assert [(row["text"], row["source"]) for row in shown] == [("A long day.", "Turnéavtalet (avtalet 5.2)")]
    assert shown[0]["detail"].endswith(", 1\u00a0h at the most.")


def test_it_does_not_stop_the_plan(world: World, producer: Client, profile) -> None:
    rows = [row for week in board(producer, world).context["weeks"] for row in week["rows"]]
    assert [row["breaches"] for row in rows if row["breaches"]] == []


def test_overridden_it_shows_who_decided_and_why(world: World, producer: Client, profile) -> None:
    response = override(producer, world, profile)
    row = warned(response)[0]
    assert told(response) == ["Noted. The warning stays on the board with your reason."]
    assert (row["reason"], str(world.producer) in row["decided"]) == ("The premiere", True)


def test_withdrawn_it_can_be_overridden_again_and_its_history_is_told(
    world: World, producer: Client, profile
):
    override(producer, world, profile)
    decided = WarningOverride.objects.get()
    response = producer.post(reverse("warning-withdraw", args=[world.tour.slug, decided.pk]), follow=True)
    row = warned(response)[0]
    assert ("decided" in row, len(row["earlier"])) == (False, 1)
    assert "The premiere. Withdrawn by" in row["earlier"][0]


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": " "}, {"date": "some day"}, {"reason": "x" * 301}]
)
def test_nothing_is_kept_without_a_reason_that_fits(world: World, producer: Client, profile, wrong) -> None:
    override(producer, world, profile, **wrong)
    assert WarningOverride.objects.count() == 0


def test_the_law_is_refused_in_words(world: World, producer: Client, profile) -> None:
    WorkRuleProfile.objects.update(severity="block")
    told_so = told(override(producer, world, profile))
    assert told_so == ["Turnéavtalet is the law and cannot be overridden. Change the plan instead."]


def test_another_tours_decision_is_not_found(world: World, producer: Client, profile) -> None:
    override(producer, world, profile)
    decided = WarningOverride.objects.get()
    address = reverse("warning-withdraw", args=["en-annan", decided.pk])
    assert producer.post(address).status_code == 404
