"""An agreement's parameters become the planner's limits."""

import json
from pathlib import Path

from bookings.briefing import make_brief
from tests.agreements import agreement
from tests.world import World
from tours import planner
from tours.work_rules import agreement_id, agreements_of, profile_of
from venues.models import WorkRuleProfile

PROFILES = Path(__file__).resolve().parents[2] / "venues" / "data" / "work_rule_profiles.json"


def test_the_norwegian_agreement_warns_of_what_it_says(world: World) -> None:
    """The numbers of Spekter 5.2.3 and 5.2.4 as the register has them."""
    said = next(row for row in json.loads(PROFILES.read_text()) if row["id"] == "no-tour")
    profile = agreement(world, **said)
    assert agreements_of(world.tour) == [
        {
            "id": f"r{profile.pk}",
            "drive_show_day_min": 270,
            "drive_travel_day_min": 420,
            "work_day_min": 600,
            "total_day_min": 720,
            "work_week_min": 3240,
            "departure_min": 600,
            "departure_morning_min": 480,
            "day_open_min": 480,
            "day_close_min": 1440,
        }
    ]


def test_only_what_the_tour_has_chosen_warns(world: World) -> None:
    agreement(world)
    world.tour.work_rules.clear()
    assert "agreements" not in make_brief(world.tour).problem


def test_the_law_does_not_warn(world: World) -> None:
    agreement(world)
    WorkRuleProfile.objects.update(severity="block")
    assert agreements_of(world.tour) == []


def test_the_planner_reads_them(world: World) -> None:
    profile = agreement(world)
    problem = planner.Problem.from_json(make_brief(world.tour).problem)
    assert problem.agreements == (planner.Agreement(f"r{profile.pk}", total_day_min=540),)


def test_a_profile_is_found_by_the_planners_name(world: World) -> None:
    profile = agreement(world)
    assert profile_of(agreement_id(profile)) == profile.pk
