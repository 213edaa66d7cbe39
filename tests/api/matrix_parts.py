"""The parts of the table of who may do what through the API; see `tests.api.matrix`."""

from functools import reduce
from operator import or_
from typing import Any

from tests.api import (
    matrix_of_applications,
    matrix_of_claims,
    matrix_of_crews,
    matrix_of_open_calls,
    matrix_of_residencies,
    matrix_of_school_homes,
    matrix_of_schools,
)

PARTS: dict[tuple[str, str], Any] = reduce(
    or_,
    (
        part.TABLE
        for part in (
            matrix_of_applications,
            matrix_of_claims,
            matrix_of_crews,
            matrix_of_open_calls,
            matrix_of_residencies,
            matrix_of_school_homes,
            matrix_of_schools,
        )
    ),
)
#: How some of them are called: the address and the document, as a function of the world.
PART_CALLS: dict[str, Any] = (
    matrix_of_applications.CALLS
    | matrix_of_claims.CALLS
    | matrix_of_crews.CALLS
    | matrix_of_open_calls.CALLS
    | matrix_of_residencies.CALLS
    | matrix_of_school_homes.CALLS
)
