"""A school year compared and written: whole or not at all, once, and with who did it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.venues.school_days import AUTUMN, SPORT, STAFF, TERMS, YEAR, draft, municipality_of
from tests.world import World
from venues import school_years
from venues.errors import NotPossible
from venues.models import Municipality, School, SchoolBreak, SchoolYear, SchoolYearChange
from venues.school_years import Draft, Entry, Terms

AT = datetime(2026, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def school(world: World) -> School:
    return world.school.school


@pytest.fixture
def krokom(school: School) -> Municipality:
    return municipality_of(school)


def write(owner: school_years.Owner, wanted: Draft, **more: str) -> SchoolYearChange | None:
    return school_years.write(owner, YEAR, wanted, by=None, how="file", at=AT, **more)


def becomes(before: Draft, after: Draft) -> list[tuple[str, str]]:
    return [(change.what, change.entry.name) for change in school_years.compare(before, after)]


def test_what_becomes_of_each_day() -> None:
    moved = replace(SPORT, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    new = Entry("staff", "Planeringsdag", date(2027, 5, 3), date(2027, 5, 3))
    assert becomes(draft(AUTUMN, STAFF, SPORT), draft(AUTUMN, moved, new)) == [
        ("same", "Höstlov"),
        ("gone", "Studiedag"),
        ("changed", "Sportlov"),
        ("new", "Planeringsdag"),
    ]


def test_a_day_with_another_name_is_changed() -> None:
    assert becomes(draft(STAFF), draft(replace(STAFF, name="Planeringsdag"))) == [
        ("changed", "Planeringsdag")
    ]


def test_it_is_written_as_it_shall_be(krokom: Municipality) -> None:
    write(krokom, draft(AUTUMN, SPORT, terms=TERMS), source="lasar.ics")
    assert school_years.standing(krokom, YEAR) == draft(AUTUMN, SPORT, terms=TERMS)
    assert set(SchoolBreak.objects.values_list("source", flat=True)) == {"lasar.ics"}


def test_written_again_it_changes_nothing(krokom: Municipality) -> None:
    write(krokom, draft(AUTUMN, terms=TERMS))
    ids = list(SchoolBreak.objects.values_list("pk", flat=True))
    assert write(krokom, draft(AUTUMN, terms=TERMS)) is None
    assert (list(SchoolBreak.objects.values_list("pk", flat=True)), SchoolYearChange.objects.count()) == (
        ids,
        1,
    )


def test_who_wrote_what_when_from_what_is_kept(world: World, krokom: Municipality) -> None:
    write(krokom, draft(AUTUMN, STAFF))
    after = draft(replace(AUTUMN, kind="other"), SPORT)
    school_years.write(krokom, YEAR, after, by=world.officer, how="file", at=AT, source="a.ics")
    kept = SchoolYearChange.objects.first()
    assert kept is not None
    assert (kept.by, kept.at, kept.how, kept.source) == (world.officer, AT, "file", "a.ics")
    assert (kept.added_count, kept.changed_count, kept.gone_count) == (1, 1, 1)


def test_other_years_and_others_days_stay(school: School, krokom: Municipality) -> None:
    before = Entry("break", "Höstlov", date(2025, 10, 27), date(2025, 10, 31))
    school_years.write(krokom, 2025, draft(before), by=None, how="hand", at=AT)
    write(school, draft(STAFF))
    write(krokom, draft(AUTUMN))
    write(krokom, draft())
    assert set(SchoolBreak.objects.values_list("name", "starts_on")) == {
        ("Höstlov", date(2025, 10, 27)),
        ("Studiedag", date(2026, 11, 18)),
    }


def test_two_days_may_change_places(krokom: Municipality) -> None:
    one, other = STAFF, replace(STAFF, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25))
    write(krokom, draft(one, other))
    kinds = draft(replace(one, kind="other"), replace(other, kind="break"))
    write(krokom, kinds)
    assert school_years.standing(krokom, YEAR) == kinds


def test_who_has_not_seen_the_newest_is_refused(krokom: Municipality) -> None:
    seen = school_years.standing(krokom, YEAR).fingerprint
    write(krokom, draft(AUTUMN))
    with pytest.raises(NotPossible, match="Somebody else has changed this school year meanwhile"):
        write(krokom, draft(SPORT), expected=seen)
    assert school_years.standing(krokom, YEAR) == draft(AUTUMN)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (replace(AUTUMN, name=" "), "Give it a name of at most 80 letters."),
        (replace(AUTUMN, name="x" * 81), "Give it a name of at most 80 letters."),
        (replace(AUTUMN, ends_on=date(2026, 10, 25)), "The last day is before the first."),
        (replace(AUTUMN, ends_on=date(2027, 10, 30)), "This is more than 100 days. Check the years."),
        (replace(AUTUMN, kind="fest"), "Choose what kind of day it is."),
        (
            replace(AUTUMN, kind="open"),
            "Only a school can have school on a day that its municipality has off.",
        ),
    ],
)
def test_what_can_not_be_written(krokom: Municipality, entry: Entry, sentence: str) -> None:
    assert school_years.faults_of(krokom, YEAR, entry) == [sentence]
    with pytest.raises(NotPossible, match=sentence):
        write(krokom, draft(STAFF, entry))
    assert SchoolBreak.objects.count() == 0


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2027, 7, 1)])
def test_days_belong_to_the_year_in_which_they_begin(krokom: Municipality, day: date) -> None:
    [sentence] = school_years.faults_of(krokom, YEAR, Entry("break", "Lov", day, day))
    assert sentence.startswith("It begins outside the school year 2026/27")


def test_a_break_over_another_is_refused_and_a_day_of_another_kind_in_it_is_not(krokom: Municipality) -> None:
    longer = Entry("break", "Lov", date(2026, 10, 30), date(2026, 11, 3))
    in_it = Entry("staff", "Studiedag", date(2026, 10, 30), date(2026, 10, 30))
    assert school_years.breaks_over_others([AUTUMN, None, in_it, longer]) == {
        3: "Lov 30 Oct – 3 Nov 2026 lies over Höstlov 26–30 Oct 2026. Correct the days, or leave one of them out."
    }
    with pytest.raises(NotPossible, match="lies over Höstlov"):
        write(krokom, draft(AUTUMN, longer))
    assert school_years.standing(krokom, YEAR).entries == ()


def test_the_same_day_twice_is_refused(krokom: Municipality) -> None:
    with pytest.raises(NotPossible, match="stands there twice"):
        write(krokom, draft(STAFF, replace(STAFF, kind="other")))


def test_terms_must_be_in_order(krokom: Municipality) -> None:
    wrong = Terms(autumn_starts_on=date(2026, 8, 18), spring_ends_on=date(2026, 8, 17))
    assert list(school_years.faults_of_terms(YEAR, wrong)) == ["spring_ends_on"]
    with pytest.raises(NotPossible, match="comes before an earlier one"):
        write(krokom, draft(terms=wrong))
    assert SchoolYear.objects.count() == 0
