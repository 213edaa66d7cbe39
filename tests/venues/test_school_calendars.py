"""On which days a school has no school, and who says so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.venues.school_days import AUTUMN, STAFF, YEAR, draft, municipality_of
from tests.world import World
from venues import school_years
from venues.models import School
from venues.school_calendars import Off, SchoolCalendars, binding
from venues.school_years import Draft, Entry, Owner, Terms

FIRST, LAST = date(2026, 10, 20), date(2026, 11, 30)


@pytest.fixture
def school(world: World) -> School:
    return world.school.school


def note(owner: Owner, wanted: Draft) -> None:
    school_years.write(owner, YEAR, wanted, by=None, how="hand", at=datetime(2026, 8, 1, tzinfo=UTC))


def calendars(school: School) -> SchoolCalendars:
    return SchoolCalendars([municipality_of(school).pk], [school.pk], FIRST, LAST)


def off(school: School, found: SchoolCalendars | None = None) -> dict[str, str]:
    days = (found or calendars(school)).off(municipality_of(school).pk, school.pk)
    return {day.isoformat(): why.text for day, why in days.items()}


def test_the_municipalitys_days_bind_the_school(school: School) -> None:
    note(municipality_of(school), draft(AUTUMN))
    assert off(school) == {f"2026-10-{day}": "Höstlov (Krokom)" for day in range(26, 31)}


def test_the_schools_own_days_come_on_top(school: School) -> None:
    note(municipality_of(school), draft(replace(AUTUMN, ends_on=AUTUMN.starts_on)))
    note(school, draft(STAFF))
    assert off(school) == {"2026-10-26": "Höstlov (Krokom)", "2026-11-18": "Studiedag (Krokoms skola)"}


def test_a_schools_days_are_no_concern_of_others(school: School) -> None:
    note(school, draft(STAFF))
    assert calendars(school).off(municipality_of(school).pk) == {}


def test_a_school_may_have_school_all_the_same(school: School) -> None:
    note(municipality_of(school), draft(AUTUMN))
    note(school, draft(Entry("open", "Skola som vanligt", date(2026, 10, 26), date(2026, 10, 29))))
    assert off(school) == {"2026-10-30": "Höstlov (Krokom)"}


@pytest.mark.parametrize(
    ("terms", "first", "last", "count"),
    [
        (Terms(autumn_starts_on=date(2026, 10, 22)), "2026-10-20", "2026-10-21", 2),
        (Terms(spring_ends_on=date(2026, 11, 28)), "2026-11-29", "2026-11-30", 2),
        (
            Terms(autumn_ends_on=date(2026, 11, 2), spring_starts_on=date(2026, 11, 6)),
            "2026-11-03",
            "2026-11-05",
            3,
        ),
    ],
)
def test_there_is_no_school_outside_the_terms(
    school: School, terms: Terms, first: str, last: str, count: int
) -> None:
    note(municipality_of(school), draft(terms=terms))
    found = sorted(off(school).items())
    assert (found[0], found[-1], len(found)) == (
        (first, "outside the terms (Krokom)"),
        (last, "outside the terms (Krokom)"),
        count,
    )


def test_one_end_of_a_term_alone_says_nothing_of_the_gap(school: School) -> None:
    note(municipality_of(school), draft(terms=Terms(autumn_ends_on=date(2026, 11, 2))))
    assert off(school) == {}


def test_what_a_school_says_of_its_terms_stands(school: School) -> None:
    note(municipality_of(school), draft(terms=Terms(autumn_starts_on=date(2026, 10, 22))))
    note(school, draft(terms=Terms(autumn_starts_on=date(2026, 10, 21))))
    assert off(school) == {"2026-10-20": "outside the terms (Krokoms skola)"}


def test_a_draft_stands_instead_of_what_is_noted(school: School) -> None:
    note(school, draft(STAFF))
    day = replace(STAFF, starts_on=date(2026, 11, 19), ends_on=date(2026, 11, 19))
    assert off(school, calendars(school).with_draft(school, YEAR, draft(day))) == {
        "2026-11-19": "Studiedag (Krokoms skola)"
    }


def test_it_takes_two_queries(school: School) -> None:
    with CaptureQueriesContext(connection) as queries:
        SchoolCalendars([municipality_of(school).pk], [school.pk], FIRST, LAST)
    assert len(queries) == 2


def test_whose_days_bind(world: World) -> None:
    assert binding(world.school, world.venue) == (world.school.municipality_id, world.school.school.pk)
    assert binding(world.presenting, world.school_venue) == (world.school.municipality_id, None)


def test_why_in_words() -> None:
    assert (Off("", "Krokom").text, Off("Lov", "Krokom").text) == (
        "outside the terms (Krokom)",
        "Lov (Krokom)",
    )
