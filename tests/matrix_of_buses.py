"""The part of the matrix of routes that is about buses and Skapande skola; see `tests.matrix`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from bookings import grants
from bookings.models import SchoolGrant, VisitGroup
from tests.bookings.buses import RULE
from tests.bookings.granted import granted
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


def _grant(stage: Stage) -> list[Any]:
    """What the owner of the world's school was granted."""
    found = SchoolGrant.objects.first() or granted(stage.world)
    return [found.pk]


def _proof(stage: Stage) -> list[Any]:
    """What the world's producer has told of its ensemble."""
    values = {"kind": "cv", "what": "Meriter", "where_kept": "Diariet"}
    told = grants.tell_proof(stage.world.ensemble, by=stage.world.producer, now=timezone.now(), **values)
    return [stage.world.ensemble.slug, told.pk]


def _nothing_but_a_grant(stage: Stage) -> list[Any]:
    _grant(stage)
    return []


ARGS: dict[str, Callable[[Stage], list[Any]]] = {
    "bus": _way,
    "bus-act": lambda s: [*_way(s), "order"],
    "bus-rule-end": _choice,
    "creative-grant-new": _nothing_but_a_grant,
    **dict.fromkeys(
        ("creative-grant", "creative-grant-csv", "creative-grant-edit", "creative-tag", "creative-untag"),
        _grant,
    ),
    "proofs": lambda s: [s.world.ensemble.slug],
    **dict.fromkeys(("proof-see", "proof-remove"), _proof),
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
creative-school             get  login   404   404   404   404   404   404   200   200
creative-school-csv         get  login   404   404   404   404   404   404   200   200
creative-grant-new          get  login   404   404   404   404   404   404   200   200
creative-grant-new          post login   404   404   404   404   404   404   422   422
creative-grant              get  login   404   404   404   404   404   404   200   200
creative-grant-csv          get  login   404   404   404   404   404   404   200   200
creative-grant-edit         get  login   404   404   404   404   404   404   200   200
creative-grant-edit         post login   404   404   404   404   404   404   422   422
creative-tag                post login   404   404   404   404   404   404   404   404
creative-untag              post login   404   404   404   404   404   404   404   404
proofs                      get  login   404   404   404   404   200   404   200   200
proofs                      post login   404   404   404   404   422   404   422   422
proof-see                   post login   404   404   404   404   403   404   302   302
proof-remove                post login   404   404   404   404   302   404   302   302
"""
