"""The parts of the table of who gets what at which address; see `tests.matrix`."""

from tests import (
    matrix_of_allotment,
    matrix_of_assessing,
    matrix_of_buses,
    matrix_of_calendars,
    matrix_of_claims,
    matrix_of_crews,
    matrix_of_deciding,
    matrix_of_fits,
    matrix_of_mail,
    matrix_of_open_calls,
    matrix_of_residencies,
    matrix_of_school_homes,
    matrix_of_school_visits,
    matrix_of_schools,
    matrix_of_sub_events,
    matrix_of_work_samples,
)

#: Parts of the table that stand for themselves, each with its `ARGS` and its `TABLE`.
PARTS = (
    matrix_of_allotment,
    matrix_of_mail,
    matrix_of_open_calls,
    matrix_of_residencies,
    matrix_of_assessing,
    matrix_of_deciding,
    matrix_of_sub_events,
    matrix_of_calendars,
    matrix_of_crews,
    matrix_of_fits,
    matrix_of_schools,
    matrix_of_school_homes,
    matrix_of_school_visits,
    matrix_of_buses,
    matrix_of_work_samples,
    matrix_of_claims,
)
