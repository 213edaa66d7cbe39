"""A school year written on its pages: by hand, from a file, out of last year's, and what is shown before."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.bookings.visits import visit
from tests.turne.pages import get, post, said, text_of
from tests.venues.school_days import AUTUMN, SPORT, STAFF, TERMS, YEAR, draft
from tests.world import World
from venues import school_years
from venues.models import School, SchoolYearChange
from venues.school_years import Draft, Entry

pytestmark = pytest.mark.usefixtures("in_january")
URL = "/lasar/skola/krokoms-skola/2026/"
EDIT, IMPORT, COPY = f"{URL}andra/", f"{URL}importera/", f"{URL}kopiera/"


@pytest.fixture
def school(world: World) -> School:
    return world.school.school


@pytest.fixture
def contact(world: World, as_user) -> Client:
    return as_user(world.school_contact)


def note(school: School, wanted: Draft, year: int = YEAR) -> None:
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    school_years.write(school, year, wanted, by=None, how="hand", at=at)


def sent(*entries: Entry, **more: str) -> dict[str, str]:
    """The form with these rows."""
    found = {"dag-TOTAL_FORMS": str(len(entries)), "dag-INITIAL_FORMS": "0", **more}
    for number, entry in enumerate(entries):
        found |= {f"dag-{number}-kind": entry.kind, f"dag-{number}-name": entry.name}
        found |= {
            f"dag-{number}-starts_on": str(entry.starts_on),
            f"dag-{number}-ends_on": str(entry.ends_on),
        }
    return found


def shown(answer: Any) -> dict[str, str]:
    """What becomes of each row of the form."""
    rows = [(row["row"], row["what"]) for row in answer.context["marked"]]
    return {row["name"].value(): what for row, what in rows if row["name"].value()}


def test_a_break_over_another_is_told_at_its_row_and_nothing_is_saved(
    contact: Client, school: School
) -> None:
    longer = Entry("break", "Lov", date(2026, 10, 30), date(2026, 11, 3))
    answer = contact.post(EDIT, sent(AUTUMN, longer))
    rows = answer.context["form"].rows
    assert (answer.status_code, [list(row.errors) for row in rows]) == (422, [[], ["starts_on"]])
    assert school_years.standing(school, YEAR).entries == ()


def imported(client: Client, text: str, name: str = "lasar.csv") -> Any:
    return post(client, IMPORT, {"file": SimpleUploadedFile(name, text.encode())})


def as_sent(answer: Any) -> dict[str, str]:
    """The form of a page as a browser would send it back."""
    form = answer.context["form"]
    fields = [*form, *form.rows.management_form, *(field for row in form.rows for field in row)]
    values = {field.html_name: field.value() for field in fields}
    return {name: "" if value is None or value is False else str(value) for name, value in values.items()}


def test_days_are_written_by_hand(school: School, contact: Client) -> None:
    answer = post(contact, EDIT, sent(AUTUMN, STAFF, autumn_starts_on="2026-08-18"))
    assert (answer.status_code, answer["Location"]) == (302, URL)
    noted = school_years.standing(school, YEAR)
    assert (noted.entries, noted.terms.autumn_starts_on) == ((AUTUMN, STAFF), date(2026, 8, 18))
    assert said(get(contact, URL)) == [
        "Saved. Plans that are made from now on keep to these days. 2 rows are new."
    ]


def test_a_last_day_left_empty_is_the_first(school: School, contact: Client) -> None:
    post(contact, EDIT, sent(STAFF) | {"dag-0-ends_on": ""})
    assert school_years.standing(school, YEAR) == draft(STAFF)


def test_a_row_that_is_left_out_goes_away(school: School, contact: Client) -> None:
    note(school, draft(AUTUMN, STAFF))
    post(contact, EDIT, sent(AUTUMN, replace(STAFF, kind="")))
    assert school_years.standing(school, YEAR) == draft(AUTUMN)


def test_empty_rows_say_nothing(school: School, contact: Client) -> None:
    form = get(contact, EDIT)
    answer = post(contact, EDIT, as_sent(form))
    assert form.context["form"].rows[0]["kind"].value() == "break"
    assert (answer.status_code, SchoolYearChange.objects.count()) == (302, 0)


@pytest.mark.parametrize(
    ("more", "field", "error"),
    [
        ({"dag-0-name": ""}, "name", "This is needed, or choose to leave the row out."),
        ({"dag-0-starts_on": ""}, "starts_on", "This is needed, or choose to leave the row out."),
        ({"dag-0-ends_on": "2026-10-01"}, "starts_on", "The last day is before the first."),
        (
            {"dag-0-starts_on": "2026-02-30"},
            "starts_on",
            "There is no day 30 in February 2026, which has 28 days.",
        ),
    ],
)
def test_a_wrong_row_is_said_so_beside_it(
    school: School, contact: Client, more: dict[str, str], field: str, error: str
) -> None:
    answer = post(contact, EDIT, sent(STAFF) | more)
    assert (answer.status_code, answer.context["form"].rows[0].errors) == (422, {field: [error]})


def test_looking_saves_nothing_and_tells_what_becomes(school: School, contact: Client) -> None:
    note(school, draft(AUTUMN, STAFF))
    answer = post(contact, EDIT, sent(AUTUMN, replace(STAFF, kind=""), SPORT, look="on"))
    assert shown(answer) == {"Höstlov": "same", "Studiedag": "gone", "Sportlov": "new"}
    assert school_years.standing(school, YEAR) == draft(AUTUMN, STAFF)


def test_looking_gives_more_rows(school: School, contact: Client) -> None:
    answer = post(contact, EDIT, sent(AUTUMN, SPORT, look="on"))
    kinds = [row["kind"].value() for row in answer.context["form"].rows]
    assert (answer.status_code, kinds) == (200, ["break"] * 5)


def test_there_are_no_more_rows_than_a_year_takes(contact: Client) -> None:
    answer = post(contact, EDIT, {"dag-TOTAL_FORMS": "100000", "dag-INITIAL_FORMS": "0", "look": "on"})
    assert (answer.status_code, len(answer.context["form"].rows.forms)) == (422, 151)


def test_somebody_elses_change_is_not_written_over(school: School, contact: Client) -> None:
    form = as_sent(get(contact, EDIT))
    note(school, draft(SPORT))
    answer = post(contact, EDIT, form | sent(AUTUMN))
    assert answer.status_code == 422
    assert "Somebody else has changed this school year meanwhile" in text_of(answer)
    assert school_years.standing(school, YEAR) == draft(SPORT)


def test_what_lies_on_new_days_off_is_told_before_they_are_saved(
    world: World, school: School, contact: Client
) -> None:
    booked = visit(world, presenter=world.school, venue=world.school_venue, audience="school").booking
    day = replace(STAFF, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 4))
    answer = post(contact, EDIT, sent(day))
    assert [row["booking"].pk for row in answer.context["clashes"]["visits"]] == [booked.pk]
    assert (answer.status_code, school_years.standing(school, YEAR)) == (422, draft())
    post(contact, EDIT, sent(day, despite="on"))
    booked.refresh_from_db()
    assert (school_years.standing(school, YEAR), booked.status) == (draft(day), "confirmed")


def test_a_file_is_shown_before_it_is_saved(school: School, contact: Client) -> None:
    moved = replace(SPORT, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    note(school, draft(AUTUMN, moved, STAFF))
    rows = "Höstlov;2026-10-26;2026-10-30\nSportlov;2027-03-08;2027-03-12\nLovdag;2027-05-07;\nFoto;2026-09-01;\n"
    answer = imported(contact, f"namn;från;till\n{rows}")
    assert shown(answer) == {
        "Foto": "out",
        "Höstlov": "same",
        "Studiedag": "gone",
        "Sportlov": "changed",
        "Lovdag": "new",
    }
    assert school_years.standing(school, YEAR) == draft(AUTUMN, STAFF, moved)


def test_the_form_of_a_file_sent_back_is_the_file(world: World, school: School, contact: Client) -> None:
    form = as_sent(
        imported(contact, "namn;från;till\nHöstlov;2026-10-26;2026-10-30\nTerminsstart;2026-08-18;\n")
    )
    assert post(contact, EDIT, form).status_code == 302
    noted = school_years.standing(school, YEAR)
    assert (noted.entries, noted.terms.autumn_starts_on) == ((AUTUMN,), date(2026, 8, 18))
    kept = SchoolYearChange.objects.get()
    assert (kept.by, kept.how, kept.source) == (world.school_contact, "file", "lasar.csv")


def test_the_same_file_again_changes_nothing(school: School, contact: Client) -> None:
    for _time in range(2):
        post(contact, EDIT, as_sent(imported(contact, "namn;från\nStudiedag;2026-11-18\n")))
    assert said(get(contact, URL))[-1] == "Everything stood there already; nothing is changed."
    assert SchoolYearChange.objects.count() == 1


def test_the_kind_can_be_chosen_otherwise(school: School, contact: Client) -> None:
    form = as_sent(imported(contact, "namn;från\nFoto;2026-11-18\n"))
    post(contact, EDIT, form | {"dag-0-kind": "other"})
    assert school_years.standing(school, YEAR) == draft(
        Entry("other", "Foto", STAFF.starts_on, STAFF.ends_on)
    )


def test_where_a_row_can_not_be_read_nothing_is_taken_away(school: School, contact: Client) -> None:
    note(school, draft(STAFF))
    answer = imported(contact, "namn;från\nHöstlov;2026-10-26\nStudiedag;18/11\n")
    assert answer.context["found"].errors == ["Row 3, från: “18/11” is not a date. Write it as 2026-09-30."]
    assert shown(answer) == {"Höstlov": "new", "Studiedag": "same"}


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("namn;från\nHöstlov;2025-10-26\n", "a.csv", "There is nothing about 2026/27 in the file."),
        ("hej", "a.ics", "The file is no calendar: it does not begin with BEGIN:VCALENDAR."),
        ("namn\nHöstlov\n", "a.csv", "The file, starts_on: This column is missing. Add it with its heading."),
    ],
)
def test_a_file_of_no_use_says_why(contact: Client, text: str, name: str, sentence: str) -> None:
    answer = imported(contact, text, name)
    assert (answer.status_code, answer.context["found"].errors) == (422, [sentence])


def test_last_year_is_proposed(school: School, contact: Client) -> None:
    before = Entry("break", "Sportlov", date(2026, 3, 2), date(2026, 3, 6))
    note(school, draft(before), YEAR - 1)
    answer = get(contact, COPY)
    assert shown(answer) == {"Sportlov": "new"}
    assert post(contact, EDIT, as_sent(answer)).status_code == 302
    assert school_years.standing(school, YEAR) == draft(SPORT)
    assert (SchoolYearChange.objects.first().how, SchoolYearChange.objects.first().source) == (
        "copy",
        "2025/26",
    )


def test_copying_takes_nothing_away(school: School, contact: Client) -> None:
    note(school, draft(Entry("staff", "Studiedag", date(2025, 11, 18), date(2025, 11, 18))), YEAR - 1)
    note(school, draft(AUTUMN, terms=TERMS))
    post(contact, EDIT, as_sent(get(contact, COPY)) | {"autumn_starts_on": "2026-08-18"})
    assert [entry.name for entry in school_years.standing(school, YEAR).entries] == ["Höstlov", "Studiedag"]


def test_without_a_year_before_there_is_nothing_to_copy(contact: Client) -> None:
    assert get(contact, COPY)["Location"] == URL
    assert said(get(contact, URL)) == ["Nothing is noted for 2025/26, so there is nothing to copy."]


def test_a_file_with_the_municipalitys_days_is_told_so(school: School, contact: Client) -> None:
    municipality = school.organisation.municipality
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    school_years.write(municipality, YEAR, draft(AUTUMN), by=None, how="hand", at=at)
    answer = imported(contact, "namn;första dag;sista dag\nHöstlov;2026-10-26;2026-10-30\n")
    assert answer.context["warnings"] == [
        "Krokom has these days off already, and they bind the school too: Höstlov 26–30 Oct 2026."
    ]
