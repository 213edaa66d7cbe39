"""Working-time rules of a tour as the planner takes them: the law binds, agreements only warn."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from tours.models import Tour
from tours.windows import DAY_MIN
from venues.models import WorkRuleProfile

#: A profile's hours -> the planner's limit in minutes.
HOURS = {
    "travel_show_day_h": "drive_show_day_min",
    "travel_only_day_h": "drive_travel_day_min",
    "max_work_day_h": "work_day_min",
    "work_plus_travel_day_h": "total_day_min",
    "max_work_week_h": "work_week_min",
}
#: The planner's rule on breaks -> a profile's parameter: hours before a break, and its minutes.
BREAKS = (("work_before_break_min", "max_work_without_break_h"), ("break_min", "min_break_min"))
DRIVING_BREAKS = (
    ("drive_before_break_min", "max_drive_without_break_h"),
    ("drive_break_min", "min_drive_break_min"),
)
#: A profile's clock times -> the planner's, in minutes of the day.
CLOCKS = {
    "earliest_departure": "departure_min",
    "earliest_departure_morning_show": "departure_morning_min",
}


def rules_of(tour: Tour) -> dict[str, int]:
    """The frame of the tour and the law, the strictest of the region's and of those that the tour has chosen."""
    law = _law_of(tour)
    night = _strictest(law, "daily_rest_h")
    window = _strictest(law, "daily_window_h")
    week = _strictest(law, "weekly_rest_h")
    rules = {
        "performances_per_day": min(tour.performances_per_day, tour.production.shows_per_day_max),
        "drive_max_min": tour.drive_max_min,
        "day_open_min": tour.day_open_min,
        "day_close_min": tour.day_close_min,
    }
    if night:
        # Rest must fit into every 24 hours, so duty may span what is left of them.
        rules |= {"rest_night_min": night, "span_max_min": (window or DAY_MIN) - night}
    if week:
        rules["rest_week_min"] = week
    driving = [
        round(profile.parameters["max_drive_day_h"] * 60)
        for profile in law
        if "max_drive_day_h" in profile.parameters
    ]
    rules["drive_max_min"] = min([tour.drive_max_min, *driving])
    return rules | _breaks(law, BREAKS) | _breaks(law, DRIVING_BREAKS)


def _law_of(tour: Tour) -> list[WorkRuleProfile]:
    """What binds: the law of the region and the laws that the tour has chosen, those on vehicles only for such ones."""
    law = WorkRuleProfile.objects.filter(
        Q(region=tour.season.region) | Q(tours=tour), severity=WorkRuleProfile.Severity.BLOCK
    ).distinct()
    vehicle = tour.production.ensemble.vehicle
    return [profile for profile in law if profile.parameters.get("vehicle", vehicle) == vehicle]


def _breaks(law: Iterable[WorkRuleProfile], names: tuple[tuple[str, str], tuple[str, str]]) -> dict[str, int]:
    """The strictest of the laws on one kind of break: the shortest time before it, and its greatest length."""
    (most, hours), (least, minutes) = names
    found = [profile.parameters for profile in law if {hours, minutes} <= profile.parameters.keys()]
    if not found:
        return {}
    return {
        most: round(min(parameters[hours] for parameters in found) * 60),
        least: max(parameters[minutes] for parameters in found),
    }


def agreements_of(tour: Tour) -> list[dict[str, Any]]:
    """The limits of the agreements that the tour has chosen, as the planner's `agreements`."""
    chosen = tour.work_rules.filter(severity=WorkRuleProfile.Severity.WARN).order_by("pk")
    return [{"id": agreement_id(profile), **_limits(profile.parameters)} for profile in chosen]


def agreement_id(profile: WorkRuleProfile) -> str:
    """The planner's name of a profile ("r3")."""
    return f"r{profile.pk}"


def profile_of(agreement: str) -> int:
    """The profile behind the planner's name."""
    return int(agreement[1:])


def _limits(parameters: dict[str, Any]) -> dict[str, int]:
    found = {name: round(parameters[hours] * 60) for hours, name in HOURS.items() if hours in parameters}
    found |= {name: _minute(parameters[at]) for at, name in CLOCKS.items() if at in parameters}
    if "window" in parameters:
        opens, closes = parameters["window"]
        found |= {"day_open_min": _minute(opens), "day_close_min": _minute(closes)}
    return found


def _minute(clock: str) -> int:
    """ "24:00" -> 1440."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _strictest(profiles: Iterable[WorkRuleProfile], name: str) -> int | None:
    """The largest of the profiles' hours under that name, in minutes."""
    hours = [profile.parameters[name] for profile in profiles if name in profile.parameters]
    return round(max(hours) * 60) if hours else None
