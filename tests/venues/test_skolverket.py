"""Documents of Skolverket's register become rows, the same as its table gives; anything else is refused."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.venues.units import HEADING, Told, as_csv, as_json, document, documents, line, read, table
from tests.world import World
from venues.errors import BadSheet
from venues.sheets import Sheet
from venues.skolverket import rows_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["data", "attributes"]), inner)
    ),
    max_leaves=20,
)


def told(sheet: Sheet) -> list[dict[str, str]]:
    return [
        {name: cell.text for name, cell in zip(sheet.headings, cells, strict=False) if cell.text}
        for _number, cells in sheet.rows
    ]


def test_a_units_document_is_a_row() -> None:
    assert rows_in(document(Told()))[0] == {
        "schoolUnitCode": "11111111",
        "displayName": "Ripskolan",
        "municipalityCode": "2309",
        "schoolUnitType": "SKOLENHET",
        "status": "AKTIV",
        "email": "ripskolan@example.org",
        "schoolTypes": "FKLASS; GR 1, 2, 3, 4, 5, 6",
        "startDate": "1998-07-01",
        "streetAddress": "Skolgatan 3",
        "postalCode": "835 31",
        "locality": "KROKOM",
        "latitude": "63.3261",
        "longitude": "14.4501",
        "organizerName": "Krokoms kommun",
        "organizationNumber": "2129990004",
        "organizerType": "KOMMUN",
    }


@pytest.mark.parametrize("file", [documents, table])
def test_nobodys_name_is_read(db: None, file: Any) -> None:
    assert "Någon" not in str(read(file(Told())))


def test_several_documents_are_as_many_rows() -> None:
    assert [row["displayName"] for row in rows_in([document(Told(name=name)) for name in "ABC"])] == [
        "A",
        "B",
        "C",
    ]


def test_the_list_of_all_units_tells_code_name_and_status() -> None:
    unit = {"schoolUnitCode": "11111111", "name": "Ripskolan", "status": "AKTIV", "else": 1}
    answer = {"meta": {"extractDate": "2026-11-01"}, "data": {"type": "schoolunit", "attributes": [unit]}}
    del unit["else"]
    assert rows_in(answer) == [unit]


def test_the_list_of_the_first_version_is_read_too(db: None) -> None:
    unit = {
        "Skolenhetskod": "11111111",
        "Skolenhetsnamn": "Ripskolan",
        "Kommunkod": "2309",
        "Status": "Aktiv",
    }
    assert told(read(as_json({"Uttagsdatum": "2024-01-01", "Skolenheter": [unit]}))) == [unit]


def test_a_unit_without_an_address_has_none() -> None:
    made = document(Told())
    made["data"]["attributes"]["addresses"] = None
    assert {"streetAddress", "latitude"} & rows_in(made)[0].keys() == set()


def test_the_postal_address_stands_for_a_visiting_address_that_is_missing() -> None:
    made = document(Told())
    del made["data"]["attributes"]["addresses"][1]
    assert rows_in(made)[0]["streetAddress"] == "Box 1"


def test_a_time_behind_a_day_is_left_out() -> None:
    assert rows_in(document(Told(starts="1998-07-01T00:00:00")))[0]["startDate"] == "1998-07-01"


@pytest.mark.parametrize(
    "made",
    [
        {},
        [],
        {"data": []},
        {"data": {"attributes": 3}},
        [1],
        {"Skolenheter": [1]},
        {"units": [{}]},
        "AKTIV",
        None,
    ]
    + [{"data": {"attributes": [1]}}, [{"data": {}}], {"features": [{"properties": {}}]}],
)
def test_anything_else_is_refused_in_words(db: None, made: Any) -> None:
    with pytest.raises(BadSheet) as caught:
        read(as_json(made))
    says = "The file is empty." if made == [] else "The file is neither a unit of Skolverket's register"
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"data": 1, "data": 2}', "“data” is there twice in one object. Delete one of them."),
        ('{"\\ud800": 1, "\\ud800": 2}', "“…” is there twice in one object. Delete one of them."),
        ("[" * 100_000, "The file is not JSON: "),
        ('{"data": ' + "9" * 5000 + "}", "The file is not JSON: "),
        ("{'data': 1}", "The file is not JSON: "),
    ],
)
def test_hostile_json_is_refused_in_words(db: None, content: str, says: str) -> None:
    file = as_csv(content)
    file.name = "x.json"
    with pytest.raises(BadSheet) as caught:
        read(file)
    assert str(caught.value).startswith(says)


def test_a_number_that_is_none_is_a_fault_of_its_cell(db: None) -> None:
    made = document(Told())
    made["data"]["attributes"]["addresses"][1]["geoCoordinates"]["latitude"] = float("nan")
    sheet = read(as_json(made))
    cell = sheet.rows[0][1][sheet.headings.index("latitude")]
    assert cell.fault == "This is not a number."


@pytest.mark.parametrize("kind", [[], {}, None, 1])
def test_an_address_of_no_kind_is_left_out(db: None, kind: Any) -> None:
    made = document(Told())
    for address in made["data"]["attributes"]["addresses"]:
        address["type"] = kind
    assert "latitude" not in told(read(as_json(made)))[0]


@given(JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_json_is_read_or_refused(db: None, made: Any) -> None:
    file = as_csv(json.dumps(made))
    file.name = "x.json"
    with suppress(BadSheet):
        assert isinstance(read(file), Sheet)


def test_an_older_encoding_is_read_and_told(world: World) -> None:
    file = as_csv("")
    file.write((HEADING + line(Told(name="Björkskolan"))).encode("cp1252"))
    file.seek(0)
    sheet = read(file)
    assert (told(sheet)[0]["Skolenhetsnamn"], len(sheet.notes)) == ("Björkskolan", 1)
