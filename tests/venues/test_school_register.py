"""A register of schools beside what stands: what becomes of each school, and all of it written, or nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.venues.units import NOW, Told, as_csv, compared, counts, documents, read, table, written
from tests.world import World
from venues.errors import BadRegister, StaleRegister
from venues.models import Organisation, RegisterImport, School, SchoolOwner, Succession
from venues.school_register import compare, compare_file, import_file, import_sheet

UNIT = Told()
OTHER = Told(code="22222222", name="Ljungskolan")
PRESCHOOL = Told(code=None, name="Förskolan Enen", forms={"förskola": ()}, email="", own_id="12")


def facts(unit: Told) -> dict[str, tuple[str, str]]:
    """What the register changes of a school: label -> before and after."""
    (change,) = compared(unit).changes
    return {fact.label: (fact.before, fact.after) for fact in change.facts}


def school(code: str = UNIT.code or "") -> School:
    return School.objects.with_forms().get(unit_code=code)


# -- What a register makes ---------------------------------------


def test_a_school_comes_with_all_that_the_register_knows(world: World) -> None:
    written(UNIT)
    made = school()
    assert (str(made), made.place.name, made.address, made.lat, made.opened_on, made.status) == (
        "Ripskolan",
        "Krokom",
        "Skolgatan 3, 835 31 Krokom",
        63.3261,
        date(1998, 7, 1),
        "active",
    )
    assert dict(made.forms.values_list("form", "grades")) == {
        "preschool_class": ["F"],
        "compulsory": list("123456"),
    }
    assert {role.role for role in made.organisation.roles.all()} == {"school"}


def test_its_owner_comes_with_it_once(world: World) -> None:
    written(UNIT, OTHER)
    (owner,) = SchoolOwner.objects.all()
    assert (str(owner), owner.kind, owner.org_number, owner.schools.count()) == (
        "Krokoms kommun",
        "municipal",
        "2129990004",
        2,
    )
    assert owner.organisation.municipality == world.places["Krokom"].municipality


def test_an_organisation_of_the_owners_name_becomes_the_owner(world: World) -> None:
    body = make.OrganisationFactory(name="Krokoms kommun", municipality=world.places["Krokom"].municipality)
    written(UNIT)
    assert SchoolOwner.objects.get().organisation == body
    assert {role.role for role in body.roles.all()} == {"presenter", "school_owner"}


def test_an_independent_owner_belongs_to_no_municipality(world: World) -> None:
    written(replace(UNIT, owner="FRISKOLAN ENRIS AB", kind="ENSKILD"))
    assert (SchoolOwner.objects.get().kind, SchoolOwner.objects.get().organisation.municipality) == (
        "independent",
        None,
    )


def test_a_persons_number_is_not_kept(world: World) -> None:
    unit = replace(UNIT, owner="Enskild firma", kind="ENSKILD", number="1212121212")
    written(unit)
    assert (SchoolOwner.objects.get().org_number, counts(written(unit))) == (None, (0, 0, 0, 1))


def test_a_unit_without_code_is_known_by_its_own_id(world: World) -> None:
    written(PRESCHOOL)
    assert School.objects.get(own_id="2309-12").grades == ["förskola"]
    assert counts(written(replace(PRESCHOOL, name="Förskolan Granen"))) == (0, 1, 0, 0)
    assert School.objects.get(own_id="2309-12").organisation.name == "Förskolan Granen"


def test_two_municipalities_may_have_the_same_own_id(world: World) -> None:
    there = replace(
        PRESCHOOL, municipality="2321", lat="63.399", lon="13.08", owner="Åre kommun", number="", town="ÅRE"
    )
    assert counts(written(PRESCHOOL, there)) == (2, 0, 0, 0)


def test_family_day_care_without_code_or_id_is_known_by_name_and_municipality(world: World) -> None:
    unit = replace(PRESCHOOL, own_id=None, name="Dagbarn i Krokom", forms={"pedagogisk omsorg": ()})
    assert (counts(written(unit)), counts(written(unit))) == ((1, 0, 0, 0), (0, 0, 0, 1))


def test_where_family_day_care_is_at_home_is_not_kept(world: World) -> None:
    unit = replace(PRESCHOOL, forms={"pedagogisk omsorg": ()})
    written(unit)
    made = School.objects.get(own_id="2309-12")
    assert (made.place.name, made.address, made.lat, made.lon) == ("Krokom", "", None, None)
    assert counts(written(unit)) == (0, 0, 0, 1)


# -- What a register changes ---------------------------------------


def test_each_change_is_told_with_what_stands_and_what_will(world: World) -> None:
    written(UNIT)
    later = replace(
        UNIT,
        name="Nya Ripskolan",
        status="VILANDE",
        forms={"GR": ("7", "8", "9")},
        owner="Fjällfriskolan",
        kind="ENSKILD",
        number="",
    )
    assert facts(later) == {
        "name": ("Ripskolan", "Nya Ripskolan"),
        "status": ("active", "dormant"),
        "school forms": ("preschool class F, compulsory school 1–6", "compulsory school 7–9"),
        "owner": ("Krokoms kommun", "Fjällfriskolan"),
    }


def test_a_school_that_moves_to_another_owner_has_that_one_only(world: World) -> None:
    written(UNIT)
    written(replace(UNIT, owner="Fjällfriskolan", kind="ENSKILD", number=""))
    assert (str(school().owner), School.objects.filter(owner__isnull=False).count()) == ("Fjällfriskolan", 1)


def test_an_owner_whose_kind_is_told_anew_is_corrected(world: World) -> None:
    written(UNIT)
    assert facts(replace(UNIT, kind="REGION")) == {"kind of owner": ("municipal", "regional")}
    written(replace(UNIT, kind="REGION"))
    assert SchoolOwner.objects.get().kind == "region"


def test_the_address_that_a_school_gave_itself_stays(world: World) -> None:
    written(UNIT)
    Organisation.objects.filter(school=school()).update(email="skolan@example.org")
    assert counts(compared(replace(UNIT, email="annan@example.org"))) == (0, 0, 0, 1)


def test_what_a_document_does_not_tell_stays(world: World) -> None:
    written(UNIT)
    assert counts(
        written(replace(UNIT, address="", postcode="", town="", lat="", lon="", email="", starts=None))
    ) == (0, 0, 0, 1)


def test_a_table_of_the_house_gives_forms_by_stage(world: World) -> None:
    text = "name;place;unit_code;stage\nRipskolan;Krokom;11111111;7-9\n"
    import_file(as_csv(text), None, NOW)
    assert school().grades == ["7", "8", "9"]


# -- What ceases, and what it goes on as ---------------------------------------


def test_a_school_that_ceased_is_told_apart_and_stays(world: World) -> None:
    written(UNIT, OTHER)
    comparison = written(replace(UNIT, status="UPPHORT", ends="2026-06-30"), OTHER)
    assert (counts(comparison), [str(change.unit.school) for change in comparison.of("ceased")]) == (
        (0, 0, 1, 1),
        ["Ripskolan"],
    )
    assert (school().has_ceased(NOW.date()), school().ceased_on) == (True, date(2026, 6, 30))


def test_a_day_to_come_is_kept_and_does_not_end_the_school_yet(world: World) -> None:
    written(replace(UNIT, ends="2027-06-30"))
    assert [school().has_ceased(day) for day in (date(2027, 6, 29), date(2027, 6, 30))] == [False, True]
    assert counts(written(replace(UNIT, ends="2027-06-30"), now=NOW + timedelta(days=365))) == (0, 0, 1, 0)


def test_a_school_that_is_there_again_has_no_day_on_which_it_ceased(world: World) -> None:
    written(UNIT)
    written(replace(UNIT, status="UPPHORT", ends="2026-06-30"))
    written(UNIT)
    assert (school().status, school().ceased_on) == ("active", None)


def test_a_split_has_two_successors_and_a_merger_two_predecessors(world: World) -> None:
    written(UNIT, OTHER)
    parts = [replace(UNIT, code=code, name=code) for code in ("33333333", "44444444")]
    gone = [replace(unit, ends="2026-06-30", successors=("33333333", "44444444")) for unit in (UNIT, OTHER)]
    assert counts(written(*gone, *parts)) == (2, 0, 2, 0)
    links = Succession.objects.values_list("predecessor__unit_code", "successor__unit_code", "on")
    assert sorted(links) == [
        (before, after, date(2026, 6, 30))
        for before in ("11111111", "22222222")
        for after in ("33333333", "44444444")
    ]
    assert counts(written(*gone, *parts)) == (0, 0, 0, 4)


def test_schools_that_the_file_does_not_name_are_told_and_left_alone(world: World) -> None:
    written(UNIT, OTHER, PRESCHOOL)
    assert [str(one) for one in compared(UNIT).missing] == ["Ljungskolan"]
    written(UNIT)
    assert school("22222222").status == "active"


# -- All or nothing ---------------------------------------


def test_nothing_is_half_imported(world: World) -> None:
    before = Organisation.objects.count(), School.objects.count()
    with pytest.raises(BadRegister) as caught:
        import_file(documents(UNIT, replace(OTHER, code="1")), None, NOW)
    assert (len(caught.value.report.errors), (Organisation.objects.count(), School.objects.count())) == (
        1,
        before,
    )


def test_a_comparison_writes_nothing(world: World) -> None:
    before = School.objects.count()
    compared(UNIT, OTHER)
    assert (School.objects.count(), SchoolOwner.objects.count(), RegisterImport.objects.count()) == (
        before,
        0,
        0,
    )


def test_what_was_looked_at_is_what_is_written(world: World) -> None:
    sheet = read(documents(UNIT, OTHER))
    seen = compare(sheet, None, NOW).fingerprint
    written(OTHER)
    with pytest.raises(StaleRegister):
        import_sheet(sheet, None, NOW, seen=seen)
    assert not School.objects.filter(unit_code="11111111").exists()


def test_an_import_is_noted_with_its_figures(world: World) -> None:
    import_sheet(read(documents(UNIT)), world.officer, NOW, source="skolenheter.json")
    noted = RegisterImport.objects.values_list("by", "at", "source", "created_count", "updated_count")
    assert list(noted) == [(world.officer.pk, NOW, "skolenheter.json", 1, 0)]


def test_three_hundred_units_take_as_few_queries_to_compare_as_one(
    world: World, django_assert_max_num_queries
) -> None:
    units = [replace(UNIT, code=f"{number:08}", name=f"Skola {number}") for number in range(30)]
    with django_assert_max_num_queries(25):
        compared(*units)


# -- Whatever it holds ---------------------------------------

FORMS = st.sampled_from(
    [
        {"FKLASS": (), "GR": ("1", "2", "3")},
        {"GR": ("7", "8", "9"), "FTH": ()},
        {"GY": ()},
        {"GRAN": ("4",)},
    ]
)
OWNERS = st.sampled_from(
    [
        ("Krokoms kommun", "2129990004", "KOMMUN"),
        ("Enris AB", "5590000005", "ENSKILD"),
        ("Stiftelsen Ljung", "", "ENSKILD"),
    ]
)
UNITS = st.builds(
    lambda code, name, forms, owner, status, town: Told(
        code=code,
        name=name,
        forms=forms,
        owner=owner[0],
        number=owner[1],
        kind=owner[2],
        status=status,
        address=town,
    ),
    st.from_regex(r"[1-9][0-9]{7}", fullmatch=True),
    st.sampled_from(["Ripskolan", "Ljungskolan", "Enskolan", "Skola Å"]),
    FORMS,
    OWNERS,
    st.sampled_from(["AKTIV", "VILANDE", "PLANERAD", "UPPHORT"]),
    st.sampled_from(["", "Skolgatan 1", "Byvägen 3 B"]),
)
REGISTERS = st.lists(UNITS, min_size=1, max_size=5, unique_by=lambda unit: unit.code)
SETTINGS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)


def stored() -> list[object]:
    """All that is kept of schools, as it stands."""
    schools = School.objects.order_by("pk").values()
    forms = School.objects.order_by("pk", "forms__form").values_list("pk", "forms__form", "forms__grades")
    return [
        *schools,
        *forms,
        *SchoolOwner.objects.order_by("pk").values(),
        *Organisation.objects.order_by("pk").values(),
    ]


@given(REGISTERS, REGISTERS)
@SETTINGS
def test_importing_any_register_again_changes_nothing(
    world: World, first: list[Told], then: list[Told]
) -> None:
    written(*first)
    written(*then)
    before = stored()
    again = written(*then)
    alone = sum(unit.status == "UPPHORT" for unit in then)
    assert (again.report.created, again.report.updated, again.report.ceased) == (0, 0, 0)
    assert again.report.unchanged >= len(then) - alone
    assert stored() == before


@given(REGISTERS)
@SETTINGS
def test_documents_and_table_of_the_same_units_say_the_same(world: World, units: list[Told]) -> None:
    both = [compare_file(file(*units), None, NOW)[0] for file in (documents, table)]
    first, second = [
        [(change.what, change.facts, change.unit.forms, change.said) for change in comparison.changes]
        for comparison in both
    ]
    assert first == second
