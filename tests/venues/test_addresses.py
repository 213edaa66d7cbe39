"""Days in addresses."""

from datetime import date

import pytest
from django.urls import Resolver404, resolve, reverse


def test_a_day_is_read_as_a_date() -> None:
    assert resolve("/turneer/norr/dag/2028-02-29/fri/").kwargs == {"slug": "norr", "on": date(2028, 2, 29)}


@pytest.mark.parametrize("day", [date(2027, 2, 3), "2027-02-03"])
def test_a_day_is_written_as_the_standard_has_it(day: date | str) -> None:
    assert reverse("day-forbid", args=["norr", day]) == "/turneer/norr/dag/2027-02-03/fri/"


@pytest.mark.parametrize("day", ["2027-02-29", "20270203", "2027-W05-3", "onsdag", "2027-02-03T10:00"])
def test_what_is_no_day_leads_nowhere(day: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/turneer/norr/dag/{day}/fri/")
