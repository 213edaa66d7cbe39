"""The example files of the docs: in the form of the register, the same twice over, and imported as they stand."""

from pathlib import Path

import pytest

from tests.venues.units import NOW, as_csv
from venues.grades import label_of
from venues.loading import load_region
from venues.models import School, Succession
from venues.school_register import import_file

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture
def region(db: None) -> None:
    """The region's own ground."""
    load_region()


def imported(name: str) -> tuple[int, int]:
    with (EXAMPLES / name).open("rb") as file:
        report = import_file(file, None, NOW)
    return report.created, report.unchanged


def test_the_documents_and_the_table_are_the_same_ten_units(region: None) -> None:
    assert imported("skolenheter.json") == (9, 0)
    assert imported("skolenheter.csv") == (0, 9)


def test_the_split_is_linked_where_the_old_school_was_known(region: None) -> None:
    heading, *rows = (EXAMPLES / "skolenheter.csv").read_text("utf-8").splitlines()
    cells = rows[2].split(";")
    cells[3], cells[15], cells[17] = "Aktiv", "", ""  # as it was before the split
    import_file(as_csv(f"{heading}\n{';'.join(cells)}\n"), None, NOW)
    imported("skolenheter.json")
    old = School.objects.get(unit_code="90000003")
    assert old.has_ceased(NOW.date())
    assert set(Succession.objects.values_list("predecessor", "successor__unit_code")) == {
        (old.pk, "90000004"),
        (old.pk, "90000005"),
    }


def test_the_kinds_of_units_that_the_register_knows_are_there(region: None) -> None:
    imported("skolenheter.json")
    grades = {school.organisation.name: label_of(school.grades) for school in School.objects.with_forms()}
    assert grades == {
        "Exempelskolan Ripan": "F–6",
        "Exempelskolan Ljungen": "7–9",
        "Exempelskolan Odon F–3": "F–3",
        "Exempelskolan Odon 4–6": "4–6",
        "Exempelfriskolan Enris": "F–9",
        "Exempelgymnasiet Fjällripan": "gy1–gy4",
        "Exempelsameskolan": "F–6",
        "Exempelförskolan Smultronet": "förskola",
        "Exempelns dagbarnvårdare": "förskola",
    }
