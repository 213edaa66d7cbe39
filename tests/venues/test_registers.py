"""Registers: every fault of every row is named, with what to do."""

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.venues.files import SCHOOLS, VENUES, faults, file
from tests.world import World
from venues.imports import check_file


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (";Salen;Åre;;;;;", "Row 2, organisation: This can not be empty."),
        ("A;;Åre;;;;;", "Row 2, name: This can not be empty."),
        ("A;Salen;;;;;;", "Row 2, place: This can not be empty."),
        (
            "A;Salen;Visby;;;;;",
            "Row 2, place: No place is called Visby. Write a place of the region's gazetteer.",
        ),
        (
            "A;Salen;Strömsnud;;;;;",
            "Row 2, place: No place is called Strömsnud. Is it Strömsund (Strömsund)?",
        ),
        ("A;Salen;Backe;Åre;;;;", "Row 2, place: No place in Åre is called Backe. Is it Backe (Strömsund)?"),
        ("A;Salen;Åre;;many;;;", "Row 2, seats: “many” is not a whole number. Write digits only."),
        (
            "A;Salen;Åre;;;maybe;;",
            "Row 2, shower: “maybe” is neither yes nor no. Leave it empty if nobody knows.",
        ),
        (
            "A;Salen;Åre;;;;;2026-04-31",
            "Row 2, checked_on: There is no 2026-04-31 in the calendar. Check month and day.",
        ),
        ("A;Salen;Åre;;;;;;12", "Row 2: “12” stands right of the last heading."),
    ],
)
def test_a_fault_is_named_by_row_and_column_with_what_to_do(world: World, row, says):
    assert faults(VENUES + row + "\n") == [says]


def test_a_venue_in_a_place_that_no_road_reaches_is_a_fault(world: World):
    make.PlaceFactory(name="Verkön", municipality=world.places["Krokom"].municipality)
    assert faults(VENUES + "A;Salen;Verkön;;;;;\n") == [
        "Row 2, place: No road reaches Verkön, so nothing can be played there. Add its road first."
    ]


def test_a_name_of_two_places_asks_for_the_municipality(world: World):
    twin = make.PlaceFactory(name="Backe", municipality=world.places["Krokom"].municipality)
    make.RoadFactory(start=twin, end=world.places["Krokom"])
    assert faults(VENUES + "A;Salen;Backe;;;;;\n") == [
        "Row 2, place: Backe may be Backe (Strömsund), Backe (Krokom). "
        "Write the name as here, with its municipality."
    ]
    assert faults(VENUES + "A;Salen;Backe;2309;;;;\n") == []


@pytest.mark.parametrize(
    ("lat", "lon", "says"),
    [
        ("63.4", "", ["Row 2, lat: Give both lat and lon, or neither."]),
        (
            "13.08",
            "63.4",
            ["Row 2, lat: This is 6809 km from Åre. Check the figures: lat comes first, then lon."],
        ),
        ("63.4", "13.1", []),
        ("", "", []),
    ],
)
def test_a_position_is_whole_and_near_the_place(world: World, lat, lon, says):
    assert faults(f"organisation;name;place;lat;lon\nA;Salen;Åre;{lat};{lon}\n") == says


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        (
            "organisation;name;place;stolar",
            "The file, stolar: This column is not known. Rename or delete it.",
        ),
        ("organisation;name;place;Name", "The file, Name: This column is there twice. Delete one."),
        ("organisation;name", "The file, place: This column is missing. Add it with its heading."),
    ],
)
def test_a_wrong_heading_is_named(world: World, heading, says):
    assert says in faults(heading + "\n" + ";".join(["x"] * len(heading.split(";"))) + "\n")


def test_a_heading_alone_is_no_register(world: World):
    assert faults(VENUES) == ["The file: There are no rows under the heading."]


def test_a_value_under_no_heading_is_named(world: World):
    assert faults("organisation;;name;place\nA;lost;Salen;Åre\n") == [
        "Row 2: “lost” stands under no heading."
    ]


def test_a_file_that_is_no_table_is_a_fault_of_the_file(world: World):
    assert faults("") == ["The file: The file is empty."]


def test_the_same_venue_twice_is_named(world: World):
    assert faults(VENUES + "A;Salen;Åre;;;;;\nB;Salen;Åre;;;;;\na;salen;Åre;;;;;\n") == [
        "Row 4: This row is about the same as row 2. Delete one of them."
    ]


def test_two_rows_must_not_say_different_things_of_one_presenter(world: World):
    head = "organisation;name;place;email;phone\n"
    assert faults(head + "A;Ett;Åre;a@example.org;\nA;Två;Åre;;1\nA;Tre;Åre;b@example.org;\n") == [
        "Row 4, email: Row 2 says something else of the same presenter. Write the same in both."
    ]


def test_organisations_of_one_name_in_one_municipality_are_named(world: World):
    for number in (1, 2):
        make.OrganisationFactory(name="A", slug=f"a-{number}", municipality=world.places["Åre"].municipality)
    assert faults(VENUES + "A;Salen;Åre;;;;;\n") == [
        "Row 2: Turne knows 2 organisations of this name there. Rename all but one first."
    ]


def test_checking_reads_and_never_writes_in_as_many_queries_for_three_rows_as_for_one(
    world: World, django_assert_num_queries
):
    for rows in (1, 3):
        with django_assert_num_queries(4) as queries:
            check_file(file(VENUES + "".join(f"A;Salen {n};Åre;;;;;\n" for n in range(rows))), "venues")
        assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


cells = st.text(alphabet="Åre12;,?\"'\n\x00 jaÅ", max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(cells, min_size=8, max_size=8), min_size=1, max_size=4))
def test_any_rows_give_a_report(world: World, rows):
    report = check_file(
        file([dict(zip(VENUES.strip().split(";"), row, strict=True)) for row in rows]), "venues"
    )
    assert all(error.text and error.row <= len(rows) for error in report.errors)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A;Narnia;", "Row 2, municipality: No municipality is called Narnia."),
        ("A;;", "Row 2, municipality: This can not be empty."),
        ("A;Krokom;king", "Row 2, roles: king is not one of: producer, presenter, school"),
    ],
)
def test_faults_of_presenters(world: World, row, says):
    (found,) = faults(f"name;municipality;roles\n{row}\n", "presenters")
    assert found.startswith(says)


@pytest.mark.parametrize("codes", [("11111111", ""), ("", "11111111"), ("", ""), ("11111111", "11111111")])
def test_two_schools_of_one_name_need_two_codes(world: World, codes):
    text = SCHOOLS + "".join(f"Centralskolan;Åre;{code};f-6\n" for code in codes)
    assert faults(text, "schools") == ["Row 3: This row is about the same as row 2. Delete one of them."]


def test_a_stage_that_is_none_is_named(world: World):
    (found,) = faults(SCHOOLS + "Skolan;Åre;;kindergarten\n", "schools")
    assert found == (
        "Row 2, stage: “kindergarten” names no grades. "
        "Write for example one of: preschool, f-3, f-6, f-9, 7-9, upper."
    )


def test_faults_stand_in_the_order_of_the_rows_and_in_the_readers_words(world: World):
    rows = "A;Krokom;school\nA;Krokom;school\nB;Krokom;king\n"
    with override("sv"):
        report = check_file(file(f"name;municipality;roles\n{rows}"), "presenters")
        (missing,) = check_file(file("municipality;roles\nKrokom;school\n"), "presenters").errors
    assert [error.row for error in report.errors] == [3, 4]
    assert ("producer" in report.errors[1].text, missing.column) == (False, "namn")
