"""The yearly confirmation: which year it is for, what it needs, and who has not."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from venues import groups, school_confirming
from venues.errors import NotPossible
from venues.groups import GroupInput
from venues.models import School

NOW = datetime(2027, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def school(db: None) -> School:
    return make.SchoolFactory()


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 8, 20), 2026),
        (date(2027, 2, 1), 2026),
        (date(2027, 4, 30), 2026),
        (date(2027, 5, 1), 2027),
        (date(2027, 12, 31), 2027),
    ],
)
def test_in_spring_it_is_the_year_that_comes(today: date, year: int) -> None:
    assert school_confirming.year_to_confirm(today) == year


def test_it_is_noted_who_has_confirmed_and_proposals_are_known(school: School) -> None:
    groups.add(school, 2026, GroupInput("4A", "4", 24))
    (made,) = groups.copy_last_year(school, 2027).made
    by = make.UserFactory()
    told = school_confirming.confirm(school, by=by, now=NOW)
    made.refresh_from_db()
    assert (told.confirmed_at, told.confirmed_by, told.confirmed_for, made.is_proposal) == (
        NOW,
        by,
        2027,
        False,
    )
    assert [school_confirming.is_confirmed(told, year) for year in (2026, 2027, 2028)] == [True, True, False]


def test_without_groups_nothing_is_confirmed(school: School) -> None:
    with pytest.raises(NotPossible, match="Write the school's groups for 2027/28 first"):
        school_confirming.confirm(school, by=make.UserFactory(), now=NOW)


def test_who_has_not_confirmed_is_listed_while_it_stands(school: School) -> None:
    School.objects.filter(pk=make.SchoolFactory(confirmed_for=2027).pk)
    make.SchoolFactory(status="ceased")
    old = make.SchoolFactory(confirmed_for=2026)
    found = school_confirming.unconfirmed(School.objects.order_by("pk"), 2027, NOW.date())
    assert list(found) == [school, old]
