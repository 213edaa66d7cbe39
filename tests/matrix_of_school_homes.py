"""The part of the matrix of routes that is about a school's own side; see `tests.matrix`."""

from collections.abc import Callable
from typing import Any

from tests.stage import Stage
from venues.models import Group


def _group(stage: Stage) -> list[Any]:
    """A group of the world's school."""
    school = stage.world.school.school
    group, _made = Group.objects.get_or_create(
        school=school, name="4A", school_year="2026/27", defaults={"grade": "4", "pupils_count": 24}
    )
    return [stage.world.school.slug, group.pk]


OF_SCHOOL = ("home", "confirm", "groups", "group-add", "groups-write", "groups-copy", "groups-undo", "hours")
ARGS: dict[str, Callable[[Stage], list[Any]]] = {
    **{f"school-{name}": lambda s: [s.world.school.slug] for name in (*OF_SCHOOL, "days", "rooms")},
    **{f"school-group-{name}": _group for name in ("change", "remove")},
    **{
        f"school-{name}": lambda s: [s.world.school.municipality.slug]
        for name in ("overview", "overview-csv")
    },
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
school-choose               get  login   404   404   404   200   404   404   200   200
school-home                 get  login   404   404   404   200   404   404   200   200
school-confirm              get  login   404   404   404   200   404   404   200   200
school-confirm              post login   404   404   404   302   404   404   302   302
school-groups               get  login   404   404   404   200   404   404   200   200
school-group-add            post login   404   404   404   422   404   404   422   422
school-groups-write         get  login   404   404   404   200   404   404   200   200
school-groups-write         post login   404   404   404   422   404   404   422   422
school-groups-copy          post login   404   404   404   302   404   404   302   302
school-groups-undo          post login   404   404   404   302   404   404   302   302
school-group-change         post login   404   404   404   422   404   404   422   422
school-group-remove         post login   404   404   404   302   404   404   302   302
school-hours                get  login   404   404   404   200   404   404   200   200
school-hours                post login   404   404   404   302   404   404   302   302
school-days                 get  login   404   404   404   200   200   404   200   200
school-rooms                get  login   404   404   404   200   404   404   200   200
school-rooms                post login   404   404   404   422   404   404   422   422
school-overview             get  login   404   404   404   404   404   404   200   200
school-overview-csv         get  login   404   404   404   404   404   404   200   200
"""
