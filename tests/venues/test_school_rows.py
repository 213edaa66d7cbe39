"""Rows of a register of schools: every fault is named with its row, and what is of no concern is left alone."""

from dataclasses import replace

import pytest

from tests import factories as make
from tests.venues.units import NOW, Told, as_csv, as_json, compared, counts, documents, faults, table, written
from tests.world import World
from venues.school_register import compare_file

UNIT = Told()
OTHER = Told(code="22222222", name="Ljungskolan")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "1234"}, "schoolUnitCode: “1234” is not a school-unit code."),
        ({"name": ""}, "displayName: This can not be empty."),
        ({"number": "2129990005"}, "organizationNumber: The last digit of 2129990005 is not its check digit."),
        ({"kind": "HMANUTL"}, "organizerType: “HMANUTL” is not one of: municipal, independent, state, regional."),
        ({"kind": ""}, "organizerName: Say what kind of owner this is: municipal, independent, state or region."),
        ({"status": "STÄNGD"}, "status: “STÄNGD” is not one of: active, planned, dormant, ceased."),
        ({"forms": {"GR": ("12",)}}, "schoolTypes: "),
        ({"forms": {"SAM": ("7",)}}, "schoolTypes: Sami school has no grade 7."),
        ({"forms": {}}, "schoolTypes: This can not be empty."),
        ({"starts": "2027-07-01", "ends": "2027-06-30"}, "endDate: It can not cease before it opens, on 2027-07-01."),
        ({"starts": "2027-13-01"}, "startDate: There is no 2027-13-01 in the calendar. Check month and day."),
        ({"lat": "14.4501", "lon": "63.3261"}, "latitude: This is 6604 km from Krokom."),
        ({"lat": "x"}, "latitude: “x” is not a number. Write for example 7.5, without unit."),
        ({"lat": "", "lon": "", "town": "Ingenstans"}, "place: Nobody can tell where the school lies."),
        ({"email": "ripskolan"}, "email: Enter a valid email address."),
        ({"successors": ("22222222",)}, "successors: A school with successors has ceased. Say when, or delete them."),
        ({"ends": "2027-06-30", "successors": ("33333333",)}, "successors: Nobody knows a school with"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_row_and_column(world: World, changed: dict, says: str) -> None:
    (found,) = faults(OTHER, replace(UNIT, **changed))
    assert found.startswith(f"Row 2, {says}")


def test_the_same_fault_is_named_by_the_tables_own_heading(world: World) -> None:
    report = compare_file(table(OTHER, replace(UNIT, forms={"SAM": ("7",)})), None, NOW)[0].report
    assert [str(error) for error in report.errors] == ["Row 3, Skolformer: Sami school has no grade 7."]


@pytest.mark.parametrize(
    "other", [{"name": "Ljungskolan"}, {"code": None}, {"code": None, "name": "RIPSKOLAN"}]
)
def test_two_rows_about_one_school_are_named(world: World, other: dict) -> None:
    assert faults(UNIT, replace(UNIT, **other)) == [
        "Row 2: This row is about the same as row 1. Delete one of them."
    ]


def test_an_id_of_its_own_makes_a_unit_of_the_same_name_another(world: World) -> None:
    assert counts(compared(UNIT, replace(UNIT, code=None, own_id="7"))) == (2, 0, 0, 0)


def test_two_rows_may_not_tell_two_kinds_of_one_owner(world: World) -> None:
    assert faults(UNIT, replace(OTHER, kind="ENSKILD")) == [
        "Row 2, organizerName: Row 1 says another kind of the same owner. Write the same in both."
    ]


def test_a_code_of_another_municipalitys_school_is_named(world: World) -> None:
    written(UNIT)
    assert faults(replace(UNIT, municipality="2321")) == [
        "Row 1, schoolUnitCode: This is the code of Ripskolan in Krokom. Check code and municipality."
    ]


def test_a_place_without_a_road_is_named(world: World) -> None:
    make.PlaceFactory(name="Verkön", municipality=world.places["Krokom"].municipality, lat=63.5, lon=14.0)
    assert faults(replace(UNIT, lat="63.501", lon="14.001")) == [
        "Row 1, place: No road reaches Verkön, so nothing can be played there. Add its road first."
    ]


@pytest.mark.parametrize(
    "successors",
    [{"11111111": ("22222222",), "22222222": ("11111111",)}, {"11111111": ("11111111",)}]
    + [{"11111111": ("22222222",), "22222222": ("33333333",), "33333333": ("11111111",)}],
)
def test_a_circle_of_successors_is_named(world: World, successors: dict[str, tuple[str, ...]]) -> None:
    units = [Told(code=code, name=code, ends="2027-06-30", successors=s) for code, s in successors.items()]
    found = faults(*units)
    assert [error.partition(", by")[0] for error in found] == [
        f"Row {len(units)}, successors: 11111111 goes on"
    ]


def test_a_circle_over_what_stands_is_named(world: World) -> None:
    written(replace(UNIT, ends="2027-06-30", successors=("22222222",)), OTHER)
    (found,) = faults(replace(OTHER, ends="2028-06-30", successors=("11111111",)))
    assert found.startswith("Row 1, successors: 11111111 goes on, by way of others, as this school itself.")


# -- What is left alone ---------------------------------------


@pytest.mark.parametrize("municipality", ["0180", "180"])
def test_units_of_other_regions_are_left_alone_whatever_is_wrong_with_them(
    world: World, municipality: str
) -> None:
    report = compared(UNIT, replace(OTHER, municipality=municipality, code="1")).report
    assert (report.created, report.errors, report.notes) == (
        1,
        [],
        ["1 unit of other regions is left alone."],
    )


def test_a_region_that_is_not_the_importers_is_left_alone(world: World) -> None:
    comparison = compare_file(documents(UNIT), {0}, NOW)[0]
    assert [str(error) for error in comparison.report.errors] == [
        "The file: No row is about a school of the region. Check the municipality codes."
    ]


def test_a_unit_that_is_no_school_is_left_alone(world: World) -> None:
    text = "Skolenhetskod;Skolenhetsnamn;Kommunkod;Skolenhetstyp\n11111111;Insamling;2309;CENTRAL\n"
    report = compare_file(as_csv(text), None, NOW)[0].report
    assert report.notes[0].startswith("1 unit is no school of the region")


def test_a_unit_that_had_ceased_before_anybody_knew_it_is_left_alone(world: World) -> None:
    comparison = compared(UNIT, replace(OTHER, status="UPPHORT"))
    assert (counts(comparison), comparison.report.notes) == (
        (1, 0, 0, 0),
        ["1 unit had ceased before Turne knew of it, and is left alone."],
    )


def test_the_list_of_all_units_names_and_ends_only_the_schools_that_are_known(world: World) -> None:
    written(UNIT, OTHER)
    units = [
        {"schoolUnitCode": "11111111", "name": "Nya Ripskolan", "status": "AKTIV"},
        {"schoolUnitCode": "22222222", "name": "Ljungskolan", "status": "UPPHORT"},
        {"schoolUnitCode": "99999999", "name": "Fjärran skola", "status": "AKTIV"},
    ]
    listed = {"data": {"type": "schoolunit", "attributes": units}}
    comparison = compare_file(as_json(listed), None, NOW)[0]
    assert (counts(comparison), [note[:24] for note in comparison.report.notes]) == (
        (0, 1, 1, 0),
        ["1 unit is not known yet,"],
    )


# -- Where a school lies ---------------------------------------


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"municipality": "2313", "lat": "63.8170", "lon": "16.3990"}, "Backe"),
        ({"municipality": "2313", "lat": "63.86", "lon": "15.6", "town": "BACKE"}, "Strömsund"),
        ({"municipality": "2313", "lat": "", "lon": "", "town": "BACKE"}, "Backe"),
    ],
)
def test_a_school_lies_in_the_nearest_place_else_in_its_post_town(
    world: World, changed: dict, place: str
) -> None:
    (change,) = compared(replace(UNIT, **changed)).changes
    assert str(change.unit.place) == place


def test_a_place_that_somebody_put_right_stays_while_the_register_says_the_same(world: World) -> None:
    school = written(UNIT).changes[0].unit.school
    school.place = world.places["Åre"]
    school.save()
    assert counts(compared(UNIT)) == (0, 0, 0, 1)
    assert counts(compared(replace(UNIT, lat="63.3262"))) == (0, 1, 0, 0)
