"""Registers are written whole or not at all, again and again."""

import io
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from tests import factories as make
from tests.venues.files import SCHOOLS, VENUES, counts, file
from tests.venues.units import Told, documents
from tests.world import World
from venues.errors import BadRegister
from venues.grades import label_of
from venues.imports import import_presenters, import_register, import_schools, import_venues
from venues.models import Organisation, School, Venue


def names(model) -> list[str]:
    return sorted(str(row) for row in model.objects.all())


# -- Venues ---------------------------------------


def test_a_venue_comes_with_its_presenter_and_only_the_facts_that_are_given(world: World):
    report = import_venues(file(VENUES + "Backe bygdeförening;Bygdegården;Backe;;120;ja;;\n"), world.officer)
    venue = Venue.objects.select_related("organisation", "place").get(name="Bygdegården")
    assert counts(report) == (1, 1, 0, 0)
    assert (venue.place.name, venue.seats, venue.shower, venue.slug) == (
        "Backe",
        120,
        True,
        "bygdegarden-backe",
    )
    assert (venue.depth_m, venue.checked_on, venue.piano, venue.blackout) == (None, None, None, "")
    body = venue.organisation
    assert (body.name, body.municipality.code, body.slug) == (
        "Backe bygdeförening",
        "2313",
        "backe-bygdeforening",
    )
    assert [role.role for role in body.roles.all()] == ["presenter"]


def test_an_empty_cell_is_unknown_and_never_no(world: World):
    import_venues(file(VENUES + "A;Salen;Åre;;;;;\nA;Hallen;Åre;;;nej;;\n"), None)
    assert dict(Venue.objects.filter(organisation__name="A").values_list("name", "shower")) == {
        "Salen": None,
        "Hallen": False,
    }


def test_importing_again_changes_nothing(world: World):
    text = VENUES + "A;Salen;Åre;;90;ja;7,5;2026-04-30\nA;Hallen;Åre;;;nej;;\n"
    import_venues(file(text), None)
    before = list(Venue.objects.values())
    assert counts(import_venues(file(text), None)) == (2, 0, 0, 2)
    assert list(Venue.objects.values()) == before


def test_an_empty_cell_leaves_what_is_known_and_a_question_mark_takes_it_back(world: World):
    import_venues(file(VENUES + "A;Salen;Åre;;90;ja;;\n"), None)
    assert counts(import_venues(file(VENUES + "a;SALEN;Åre;;;?;;\n"), None)) == (1, 0, 1, 0)
    assert Venue.objects.filter(name="Salen").values_list("seats", "shower").get() == (90, None)


def test_a_venue_of_the_world_is_known_again_by_organisation_and_name(world: World):
    body = world.presenting
    row = {"organisation": body.name, "name": world.venue.name, "place": world.venue.place.name, "seats": 77}
    assert counts(import_venues(file([row]), None)) == (1, 0, 1, 0)
    world.venue.refresh_from_db()
    assert (world.venue.seats, body.venues.count()) == (77, 1)


def test_a_presenter_may_be_seated_elsewhere_than_its_venue(world: World):
    row = {
        "organisation": "A",
        "organisation_municipality": "Östersunds kommun",
        "name": "Salen",
        "place": "Åre",
    }
    import_venues(file([row]), None)
    assert Organisation.objects.get(name="A").municipality.code == "2380"


def test_an_organisation_of_the_whole_region_is_known_in_each_municipality(world: World):
    body = make.OrganisationFactory(name="Riksföreningen", municipality=None)
    import_venues(file(VENUES + "Riksföreningen;Salen;Åre;;;;;\nRiksföreningen;Salen 2;Krokom;;;;;\n"), None)
    assert body.venues.count() == 2


def test_headings_may_be_labels_and_the_letters_of_windows(world: World):
    text = "Presenter;NAME;Place;Seats;Tuned piano\nA;Salen;Åre;90;no\n"
    made = io.BytesIO(text.encode("cp1252"))
    made.name = "lokaler.csv"
    report = import_venues(made, None)
    assert Venue.objects.filter(name="Salen").values_list("seats", "piano").get() == (90, False)
    assert [note.split(";")[0] for note in report.notes] == ["The file is not in UTF-8"]


def test_two_venues_of_one_name_get_two_addresses(world: World):
    import_venues(file(VENUES + "A;Salen;Åre;;;;;\nB;Salen;Åre;;;;;\n"), None)
    slugs = set(Venue.objects.filter(name="Salen").values_list("slug", flat=True))
    assert slugs == {"salen-are", "salen-are-b"}


def test_every_fault_of_every_row_is_named_and_nothing_is_written(world: World):
    before = names(Venue) + names(Organisation)
    text = VENUES + "A;Salen;Åre;;90;;;\nB;Salen;Visby;;x;;y;\nC;Salen;Krokom;;;?!;;2026-02-30\n"
    with pytest.raises(BadRegister, match="Nothing was imported: 4 faults to put right") as caught:
        import_venues(file(text), world.officer)
    errors = [(error.row, error.column) for error in caught.value.report.errors]
    assert errors == [(3, "seats"), (3, "depth_m"), (4, "shower"), (4, "checked_on")]
    assert names(Venue) + names(Organisation) == before


def test_somebody_else_writing_at_the_same_time_leaves_nothing_half_written(world: World, monkeypatch):
    def already(*arguments: object, **options: object) -> None:
        raise IntegrityError

    before = names(Organisation)
    monkeypatch.setattr(Venue, "save", already)
    with pytest.raises(BadRegister) as caught:
        import_venues(file(VENUES + "A;Salen;Åre;;;;;\n"), None)
    assert "at the same time" in str(caught.value.report.errors[0])
    assert names(Organisation) == before


# -- Presenters ---------------------------------------


def test_a_presenter_comes_with_address_and_roles(world: World):
    text = "name;municipality;email;roles\nBiblioteket;Krokom;bib@example.org;library, presenter\n"
    assert counts(import_presenters(file(text), None)) == (1, 1, 0, 0)
    body = Organisation.objects.get(name="Biblioteket")
    assert (body.municipality.code, body.region.code, body.email) == ("2309", "23", "bib@example.org")
    assert sorted(role.role for role in body.roles.all()) == ["library", "presenter"]
    assert counts(import_presenters(file(text), None)) == (1, 0, 0, 1)


def test_a_school_that_hosts_gets_the_role_and_keeps_its_own(world: World):
    row = {"name": world.school.name, "municipality": world.school.municipality.code}
    assert counts(import_presenters(file([row]), None)) == (1, 0, 1, 0)
    assert {role.role for role in world.school.roles.all()} >= {"presenter"}


# -- Schools ---------------------------------------


def test_a_school_comes_with_its_organisation(world: World):
    assert counts(import_schools(file(SCHOOLS + "Backe skola;Backe;12345678;F–6\n"), None)) == (1, 1, 0, 0)
    school = School.objects.select_related("organisation").get(unit_code="12345678")
    assert (str(school), label_of(school.grades), school.place.name) == ("Backe skola", "F–6", "Backe")
    assert [role.role for role in school.organisation.roles.all()] == ["school"]


def test_a_school_is_known_by_its_code_when_its_name_changes(world: World):
    import_schools(file(SCHOOLS + "Backe skola;Backe;12345678;f-6\n"), None)
    report = import_schools(file(SCHOOLS + "Fjällsjöskolan;Strömsund;12345678;f-9\n"), None)
    assert counts(report) == (1, 0, 1, 0)
    school = School.objects.get(unit_code="12345678")
    assert (str(school), label_of(school.grades), school.place.name) == ("Fjällsjöskolan", "F–9", "Strömsund")


def test_a_preschool_without_a_code_is_known_by_name_and_municipality(world: World):
    text = SCHOOLS + "Förskolan Blåklinten;Åre;;preschool\nFörskolan Blåklinten;Krokom;;preschool\n"
    assert counts(import_schools(file(text), None)) == (2, 2, 0, 0)
    assert counts(import_schools(file(text), None)) == (2, 0, 0, 2)


def test_a_code_that_comes_later_is_given_to_the_school_that_had_none(world: World):
    import_schools(file(SCHOOLS + "Backe skola;Backe;;f-6\n"), None)
    assert counts(import_schools(file(SCHOOLS + "Backe skola;Backe;12345678;f-6\n"), None)) == (1, 0, 1, 0)
    assert School.objects.filter(organisation__name="Backe skola").count() == 1


def test_two_schools_of_one_name_with_two_codes_are_two(world: World):
    text = SCHOOLS + "Centralskolan;Åre;11111111;f-6\nCentralskolan;Åre;22222222;7-9\n"
    assert counts(import_schools(file(text), None)) == (2, 2, 0, 0)
    assert counts(import_schools(file(text), None)) == (2, 0, 0, 2)


def test_a_presenter_that_is_a_school_too_is_one_organisation(world: World):
    body = make.OrganisationFactory(name="Birka", municipality=world.places["Krokom"].municipality)
    import_schools(file(SCHOOLS + "Birka;Krokom;;upper\n"), None)
    assert (label_of(body.school.grades), sorted(role.role for role in body.roles.all())) == (
        "gy1–gy3",
        ["presenter", "school"],
    )


# -- The command ---------------------------------------


def run(*arguments: object) -> list[str]:
    out = StringIO()
    call_command("import_register", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lokaler.csv"


def test_the_command_imports_and_says_what_it_did(world: World, path):
    path.write_text(VENUES + "A;Salen;Åre;;;;;\n", encoding="utf-8")
    assert run("venues", path, "--check") == ["Nothing is wrong."]
    assert run("venues", path) == ["1 rows: 1 created, 0 updated, 0 unchanged."]
    assert run("venues", path) == ["1 rows: 0 created, 0 updated, 1 unchanged."]


def test_the_command_takes_units_of_skolverkets_register(world: World, tmp_path: Path):
    path = tmp_path / "skolenheter.json"
    path.write_bytes(documents(Told(), Told(code="22222222", name="Ljungskolan")).read())
    assert run("schools", path, "--check") == ["Nothing is wrong."]
    assert run("schools", path) == ["2 rows: 2 created, 0 updated, 0 unchanged."]
    path.write_bytes(documents(Told(status="UPPHORT")).read())
    assert run("schools", path) == ["1 rows: 0 created, 0 updated, 1 ceased, 0 unchanged."]


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_the_command_names_the_faults(world: World, path, options):
    path.write_text(VENUES + "A;Salen;Visby;;;;;\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Row 2, place: No place is called Visby"):
        run("venues", path, *options)


def test_the_command_names_a_file_that_is_not_there(world: World, path):
    with pytest.raises(CommandError, match=r"lokaler.csv can not be opened: No such file"):
        run("venues", path)


def test_a_register_that_nobody_knows_is_a_mistake_of_the_caller(world: World):
    with pytest.raises(KeyError):
        import_register(file(VENUES), "pupils", None)
