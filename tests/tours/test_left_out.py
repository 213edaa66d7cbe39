"""Why a wish was left out before anything was planned, in words."""

import pytest

from tests.world import World
from tours.left_out import excluded_reason
from tours.models import Rider, Wish
from tours.reasons import Reason
from venues.models import Venue

NB = "\u00a0"


@pytest.mark.parametrize(
    "code", ["declined", "not_answered", "cancelled", "dropped", "on_another_tour", "no_day"]
)
def test_every_wish_left_out_beforehand_says_why_and_what_helps(code: str) -> None:
    found = excluded_reason(code, {}, Wish())
    assert found.text.endswith(".")
    assert found.remedy.endswith(".")


def test_days_outside_the_tour_are_told() -> None:
    found = excluded_reason("no_day", {"beyond": [("2027-04-19", "2027-04-23")]}, Wish())
    assert found.text == "It was wished for on days outside the tour: 19–23 Apr 2027."


def test_a_room_that_does_not_fit_names_the_lines(world: World) -> None:
    Rider.objects.update(stage_h_m="3.5", needs_piano=True)
    Venue.objects.filter(pk=world.venue.pk).update(ceiling_m="3.2", piano=False)
    wish = Wish.objects.with_ground().get(pk=world.wish.pk)
    found = excluded_reason("room", {"lines": ["height", "piano"]}, wish)
    assert found.text == (
        f"The room does not fit. Height: needs 3.5{NB}m, the room has 3.2{NB}m; Tuned piano: no."
    )


def test_a_place_without_a_road_keeps_its_sentence() -> None:
    found = excluded_reason("no_road", {"text": "No road reaches Ön."}, Wish())
    assert found == Reason("No road reaches Ön.")
