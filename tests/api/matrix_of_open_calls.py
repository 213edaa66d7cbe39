"""The part of the API's matrix that is about open calls; see `tests.api.matrix`. The one called is a draft."""

from collections.abc import Callable
from typing import Any

from tests.programmes.open_calls import draft
from tests.world import World

#: anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-calls", "GET"): (200,) * 9,
    ("api-call", "GET"): (*(404,) * 7, 200, 200),
}
#: Route -> the parts of a `tests.api.matrix.Call`.
CALLS: dict[str, Callable[[World], dict[str, Any]]] = {
    "api-call": lambda world: {"args": (draft(world).slug,)},
}
