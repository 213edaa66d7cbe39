"""The part of the API's matrix that is about a school's own side; see `tests.api.matrix`."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.world import World
from venues.models import Group
from venues.models.school_years import year_label
from venues.school_confirming import year_to_confirm

#: anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-school-groups", "GET"): (401, 404, 404, 404, 200, 404, 404, 200, 200),
    ("api-school-groups", "POST"): (401, 404, 404, 404, 201, 404, 404, 201, 201),
    ("api-school-group", "PUT"): (401, 404, 404, 404, 200, 404, 404, 200, 200),
    ("api-school-group", "DELETE"): (401, 404, 404, 404, 204, 404, 404, 204, 204),
    ("api-school-hours", "GET"): (401, 404, 404, 404, 200, 200, 404, 200, 200),
    ("api-school-hours", "PUT"): (401, 404, 404, 404, 200, 404, 404, 200, 200),
    ("api-school-days", "GET"): (401, 404, 404, 404, 200, 200, 404, 200, 200),
    ("api-school-confirm", "POST"): (401, 404, 404, 404, 200, 404, 404, 200, 200),
}
GROUP = {"name": "4A", "grade": "4", "pupils_count": 24, "adults_count": 2}
HOURS = {"weekdays": [{"weekday": 0, "starts": "08:00", "ends": "14:00"}]}


def _group(world: World) -> dict[str, Any]:
    group = Group.objects.create(
        school=world.school.school, name="5B", grade="5", school_year="2026/27", pupils_count=20
    )
    return {"args": (world.school.slug, group.pk), "body": GROUP}


def _confirmed(world: World) -> dict[str, Any]:
    """A school with a group in the year that is confirmed now."""
    year = year_label(year_to_confirm(timezone.localdate()))
    Group.objects.get_or_create(
        school=world.school.school, name="5A", school_year=year, defaults={"grade": "5", "pupils_count": 20}
    )
    return {"args": (world.school.slug,)}


#: Route (and method, where it matters) -> the parts of a `tests.api.matrix.Call`.
CALLS: dict[str, Callable[[World], dict[str, Any]]] = {
    "api-school-groups": lambda world: {"args": (world.school.slug,)},
    "api-school-groups POST": lambda world: {
        "args": (world.school.slug,),
        "body": GROUP | {"school_year": "2026/27"},
    },
    "api-school-group": _group,
    "api-school-hours": lambda world: {"args": (world.school.slug,), "body": HOURS},
    "api-school-days": lambda world: {
        "args": (world.school.slug,),
        "query": "?from=2027-02-01&to=2027-02-05",
    },
    "api-school-confirm": _confirmed,
}
