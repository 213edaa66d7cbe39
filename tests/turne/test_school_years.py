"""The pages of school years: the list of a year, one school's days, and the table that can be imported again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.bookings.visits import visit
from tests.turne.pages import get, queries_of, text_of
from tests.venues.school_days import AUTUMN, SPORT, STAFF, TERMS, YEAR, draft, municipality_of, read, upload
from tests.world import World
from venues import school_years
from venues.models import Municipality, School
from venues.models.school_years import year_label
from venues.school_years import Draft, Owner, Terms

pytestmark = pytest.mark.usefixtures("in_january")
LIST, MINE = "/lasar/?ar=2026", "/lasar/skola/krokoms-skola/2026/"


@pytest.fixture
def school(world: World) -> School:
    return world.school.school


@pytest.fixture
def krokom(school: School) -> Municipality:
    return municipality_of(school)


def note(world: World, owner: Owner, wanted: Draft, how: str = "file", year: int = YEAR) -> None:
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    school_years.write(owner, year, wanted, by=world.officer, how=how, at=at, source="lasar.ics")


def names(answer: Any) -> list[list[str]]:
    """Municipalities, schools with days of their own, and others."""
    groups = [*(lines for _title, lines in answer.context["groups"]), answer.context["others"]]
    return [[str(line.owner) for line in lines] for lines in groups]


def test_an_officer_sees_the_whole_region(world: World, as_user) -> None:
    assert names(get(as_user(world.officer), LIST)) == [
        sorted(["Krokom", "Strömsund", "Åre", "Östersund"], key=str.casefold),
        [],
        ["Krokoms skola"],
    ]


def test_a_school_sees_itself_and_its_municipality(world: World, as_user) -> None:
    assert names(get(as_user(world.school_contact), LIST)) == [["Krokom"], [], ["Krokoms skola"]]


def test_a_school_without_days_is_led_to_its_own(world: World, as_user) -> None:
    own, others = (text_of(get(as_user(who), LIST)) for who in (world.school_contact, world.officer))
    assert ("Note the days Krokoms skola" in own, "ask for its calendar" in own) == (True, False)
    assert ("Note the days" in others, "ask for its calendar" in others) == (False, True)


def test_the_list_counts_weekdays_and_says_who_noted_them(world: World, school: School, as_user) -> None:
    note(world, school, draft(AUTUMN, STAFF, terms=TERMS))
    told = text_of(get(as_user(world.officer), LIST))
    row = "Krokoms skola Krokom Tue 18 Aug 2026 – Fri 11 Jun 2027 5 1 Tue 1 Dec 2026, from a file · Officer"
    assert row in told


def test_the_headings_sort(world: World, krokom: Municipality, as_user) -> None:
    note(world, krokom, draft(AUTUMN))
    answer = get(as_user(world.officer), f"{LIST}&ordning=-lov")
    assert names(answer)[0][0] == "Krokom"
    assert answer.context["columns"][2]["order"] == "descending"


def test_the_list_takes_as_many_queries_for_many(
    world: World, school: School, krokom: Municipality, as_user
) -> None:
    client = as_user(world.officer)
    note(world, krokom, draft(AUTUMN))
    before = queries_of(client, LIST)
    note(world, school, draft(STAFF, SPORT))
    note(world, world.places["Åre"].municipality, draft(SPORT))
    assert queries_of(client, LIST) == before


def test_a_school_shows_its_days_beside_its_municipalitys(
    world: World, school: School, krokom: Municipality, as_user
) -> None:
    note(world, krokom, draft(AUTUMN, terms=TERMS))
    note(world, school, draft(STAFF))
    answer = get(as_user(world.school_contact), MINE)
    rows = [(row["entry"].name, str(row["whose"])) for row in answer.context["rows"]]
    assert rows == [("Höstlov", "Krokom"), ("Studiedag", "Krokoms skola")]
    assert "As Krokom says." in text_of(answer)


def test_days_that_are_the_municipalitys_too_are_pointed_out(
    world: World, school: School, krokom: Municipality, as_user
) -> None:
    note(world, krokom, draft(AUTUMN))
    note(world, school, draft(AUTUMN, STAFF))
    assert get(as_user(world.school_contact), MINE).context["warnings"] == [
        "Krokom has these days off already, and they bind the school too: Höstlov 26–30 Oct 2026."
    ]


def test_terms_of_a_schools_own_stand_there(
    world: World, school: School, krokom: Municipality, as_user
) -> None:
    note(world, krokom, draft(terms=TERMS))
    note(world, school, draft(terms=Terms(autumn_starts_on=date(2026, 8, 20))))
    answer = get(as_user(world.school_contact), MINE)
    assert answer.context["terms"][0]["first"] == date(2026, 8, 20)


def test_what_lies_on_a_day_off_is_told(world: World, school: School, as_user) -> None:
    booked = visit(world, presenter=world.school, venue=world.school_venue, audience="school")
    note(world, school, draft(replace(STAFF, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 4))))
    answer = get(as_user(world.school_contact), MINE)
    assert [row["booking"].pk for row in answer.context["clashes"]["visits"]] == [booked.booking_id]
    assert "Nothing of this is cancelled." in text_of(answer)


@pytest.mark.parametrize(("year", "offered"), [(YEAR, True), (YEAR + 1, False)])
def test_a_year_is_offered_for_copying_if_anything_is_noted(
    world: World, school: School, as_user, year: int, offered: bool
) -> None:
    note(
        world,
        school,
        draft(replace(STAFF, starts_on=date(2025, 11, 18), ends_on=date(2025, 11, 18))),
        year=YEAR - 1,
    )
    page = text_of(get(as_user(world.school_contact), f"/lasar/skola/krokoms-skola/{year}/"))
    assert (f"Copy {year_label(year - 1)}" in page) is offered


def test_who_wrote_it_is_told(world: World, school: School, as_user) -> None:
    note(world, school, draft(STAFF))
    told = text_of(get(as_user(world.school_contact), MINE))
    assert "from a file (lasar.ics), Officer – 1 new, 0 changed, 0 taken away" in told


def test_a_school_reads_its_municipality_and_does_not_write_it(
    world: World, krokom: Municipality, as_user
) -> None:
    client, url = as_user(world.school_contact), f"/lasar/kommun/{krokom.slug}/2026/"
    assert (get(client, url).status_code, get(client, f"{url}andra/").status_code) == (200, 404)
    elsewhere = world.places["Åre"].municipality.slug
    assert get(client, f"/lasar/kommun/{elsewhere}/2026/").status_code == 404


@pytest.mark.parametrize("url", ["/lasar/stad/krokoms-skola/2026/", "/lasar/skola/krokoms-skola/1926/"])
def test_other_addresses_do_not_exist(world: World, url: str, as_user) -> None:
    assert get(as_user(world.officer), url).status_code == 404


def test_the_table_can_be_imported_again(world: World, school: School, as_user) -> None:
    wanted = draft(AUTUMN, STAFF, replace(STAFF, kind="open", name="Skola som vanligt"), terms=TERMS)
    note(world, school, wanted)
    content = get(as_user(world.school_contact), f"{MINE[:-1]}.csv").content
    found = read(upload(content))
    assert (Draft(Terms(**found.terms), tuple(found.entries)).fingerprint, found.errors) == (
        wanted.fingerprint,
        [],
    )


def test_both_sides_are_told_on_the_visits_page(world: World, school: School, as_user) -> None:
    booked = visit(world, presenter=world.school, venue=world.school_venue, audience="school")
    note(world, school, draft(replace(STAFF, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 4))))
    sentence = "There is no school that day: Studiedag (Krokoms skola)."
    pages = [
        get(as_user(who), f"/bokning/{booked.booking_id}/") for who in (world.school_contact, world.producer)
    ]
    assert [sentence in text_of(page) for page in pages] == [True, True]


def test_the_board_tells_its_producer(world: World, school: School, as_user) -> None:
    visit(world, presenter=world.school, venue=world.school_venue, audience="school")
    note(world, school, draft(replace(STAFF, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 4))))
    told = text_of(get(as_user(world.producer), f"/turneer/{world.tour.slug}/"))
    assert "1 visit lies when the school can not. Krokoms skola Thu 4 Feb, Studiedag (Krokoms skola)." in told
