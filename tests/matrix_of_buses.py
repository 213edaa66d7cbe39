"""The part of the matrix of routes that is about buses and Skapande skola; see `tests.matrix`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from bookings.models import VisitGroup
from tests.bookings.buses import RULE
from tests.stage import Stage
from venues.models import BusRule, BusRuleChoice, Group, School


def _way(stage: Stage) -> list[Any]:
    """The way of the world's school to the neighbour's visit."""
    school = School.objects.get(organisation=stage.world.school)
    group, _made = Group.objects.get_or_create(
        school=school, name="4A", school_year="2026/27", defaults={"grade": "4", "pupils_count": 24}
    )
    VisitGroup.objects.get_or_create(
        booking=stage.performance.booking, group=group, defaults={"pupils_count": 24, "adults_count": 2}
    )
    _rule(stage)
    return [stage.performance.booking_id, stage.world.school.slug, 1]


def _rule(stage: Stage) -> BusRule:
    values = {"label": "Antagandet", "parameters": RULE, "is_default": True, "source": "beslut"}
    rule, _made = BusRule.objects.get_or_create(
        region=stage.world.season.region, key="antagande", valid_from=date(2026, 1, 1), defaults=values
    )
    return rule


def _choice(stage: Stage) -> list[Any]:
    now = timezone.now()
    chosen = BusRuleChoice.objects.create(
        rule=_rule(stage), valid_from=timezone.localdate(now), by=stage.world.administrator, at=now
    )
    return [chosen.pk]


ARGS: dict[str, Callable[[Stage], list[Any]]] = {
    "bus": _way,
    "bus-act": lambda s: [*_way(s), "order"],
    "bus-rule-end": _choice,
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
buses                       get  login   404   200   200   200   200   200   200   200
buses-csv                   get  login   404   200   200   200   200   200   200   200
bus                         get  login   404   404   200   200   200   404   200   200
bus-act                     post login   404   404   403   302   302   404   302   302
bus-rules                   get  login   404   404   404   404   404   404   200   200
bus-rule-choose             post login   404   404   404   404   404   404   404   422
bus-rule-new                post login   404   404   404   404   404   404   404   422
bus-rule-end                post login   404   404   404   404   404   404   404   302
"""
