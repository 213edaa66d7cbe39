"""What the planner gets for the small world's tour."""

from typing import Any

from bookings.briefing import Brief, make_brief
from tests.world import World
from tours.models import Tour
from venues.models import WorkRuleProfile


def brief(world: World) -> Brief:
    return make_brief(Tour.objects.with_ground().get(pk=world.tour.pk))


def candidates(world: World) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in brief(world).problem["candidates"]}


def excluded(world: World) -> dict[int, str]:
    return {row["wish"]: row["reason"] for row in brief(world).excluded}


def kinds(world: World) -> dict[str, str]:
    return {day["date"]: day["kind"] for day in brief(world).problem["days"]}


def law(world: World, **parameters: Any) -> WorkRuleProfile:
    return WorkRuleProfile.objects.create(
        region=world.season.region, key="law", label="Law", severity="block", parameters=parameters
    )
