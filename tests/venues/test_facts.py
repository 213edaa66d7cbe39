"""Data directories: the committed one is whole, and a faulty one names every fault."""

import json
import shutil
from pathlib import Path

import pytest

from venues.errors import BadFacts
from venues.facts import DATA, closure, read_facts


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the committed directory, to spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def problems(directory: Path) -> list[str]:
    with pytest.raises(BadFacts) as caught:
        read_facts(directory)
    return [str(problem) for problem in caught.value.problems]


def append(file: Path, line: str) -> int:
    """Add a line to a file; its number."""
    text = file.read_text(encoding="utf-8").rstrip("\n") + f"\n{line}\n"
    file.write_text(text, encoding="utf-8")
    return text.count("\n")


def test_the_committed_facts_are_whole():
    facts = read_facts(DATA)
    counts = [facts.neighbours, facts.municipalities, facts.places, facts.roads, facts.rules, facts.rates]
    assert [len(some) for some in counts] == [5, 21, 83, 105, 4, 1]
    assert [len(some) for some in (facts.partners, facts.schemes, facts.emissions)] == [1, 5, 5]


def test_every_committed_place_is_on_the_roads():
    facts = read_facts(DATA)
    on_roads = {end for road in facts.roads for end in (road.start, road.end)}
    assert on_roads == {place.name for place in facts.places}


def test_the_readme_tells_of_every_file():
    told = (DATA / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DATA.iterdir() if path.name not in told and path.name != "README.md"] == []


def test_beds_are_assumed_from_the_kind_and_otherwise_unknown():
    beds = {place.kind: (place.has_lodging, "assumed" in place.source) for place in read_facts(DATA).places}
    assert {kind for kind, known in beds.items() if known == (True, True)} == {
        "residensstad", "centralort", "tätort", "fjällby", "granne", "granne-no",
    }  # fmt: skip
    assert {kind for kind, known in beds.items() if known == (None, False)} == {"stadsdel", "småort", "by"}


def test_a_neighbour_follows_from_the_code_of_the_municipality():
    regions = {place.code: place.region for place in read_facts(DATA).municipalities}
    assert [regions[code] for code in ("2309", "2260", "2039", "NO-5001")] == ["23", "22", "20", "NO-50"]


@pytest.mark.parametrize(
    ("season", "read"),
    [
        ("", ("", "", "")),
        ("closed 15 Oct - 6 Jun (Stekenjokk)", ("10-15", "06-06", "Stekenjokk")),
        ("closed 1 Dec - 29 Feb", ("12-01", "02-29", "")),
        ("may close in storms", ("", "", "may close in storms")),
    ],
)
def test_a_season_is_a_closure_or_a_note(season, read):
    assert closure(season) == read


@pytest.mark.parametrize(
    ("season", "says"),
    [
        ("closed in winter", "not understood"),
        ("closed 31 Apr - 6 Jun", "There is no 31 Apr"),
        ("closed 15 Okt - 6 Jun", "Okt is no month"),
    ],
)
def test_a_closure_that_is_not_understood_is_refused(season, says):
    with pytest.raises(ValueError, match=says):
        closure(season)


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("places.csv", "Sveg,Härjedalen,2361,62,14,tätort,manual", "Sveg is there twice"),
        ("places.csv", "Nyby,Bräcke,2309,62,14,by,manual", "2309 is Krokom, not Bräcke"),
        ("places.csv", "Nyby,Krokom,2309,62,194,by,manual", "194 is not between -180 and 180"),
        ("places.csv", "Nyby,Krokom,2309,nan,14,by,manual", "nan is not between -90 and 90"),
        ("places.csv", "Nyby,Krokom,2309,63.3 N,14,by,manual", '"63.3 N" is not a number'),
        ("places.csv", "Visby,Gotland,0980,57,18,tätort,manual", "No region of regions.json"),
        ("places.csv", ",Krokom,2309,63,14,by,manual", "A place needs a name"),
        ("roads.csv", "Sveg,Nirgends,10,Z,50,,low", "places.csv has no Nirgends"),
        ("roads.csv", "Krokom,Östersund,20,E14,75,,low", "Krokom–Östersund is there twice"),
        ("roads.csv", "Sveg,Sveg,20,E14,75,,low", "leads from Sveg to itself"),
        ("roads.csv", "Sveg,Storlien,-5,Z,50,,low", "-5 is not between 0.1 and 2000"),
        ("roads.csv", "Sveg,Storlien,5,Z,200,,low", "200 is not between 5 and 120"),
        ("roads.csv", "Sveg,Storlien,5,Z,50,closed 30 Feb - 1 May,low", "There is no 30 Feb"),
        ("population.csv", "Nirgends,2309,place,5,,x", "No place Nirgends"),
        ("population.csv", "Sveg,2361,place,many,,x", '"many" is not a number'),
    ],
)
def test_a_faulty_row_is_named_by_file_and_row(directory, file, line, says):
    row = append(directory / file, line)
    (problem,) = problems(directory)
    assert problem.startswith(f"{file}, row {row}: ")
    assert says in problem


def test_every_fault_is_named_not_only_the_first(directory):
    append(directory / "places.csv", "Sveg,Härjedalen,2361,62,14,tätort,manual")
    append(directory / "roads.csv", "Sveg,Nirgends,10,Z,50,,low")
    assert [problem.split(",")[0] for problem in problems(directory)] == ["places.csv", "roads.csv"]


def test_a_missing_file_a_missing_column_and_wrong_letters(directory):
    (directory / "population.csv").unlink()
    (directory / "roads.csv").write_text("from,to\n", encoding="utf-8")
    (directory / "municipalities.json").write_bytes("Åre".encode("cp1252"))
    told = problems(directory)
    assert [line.split(": ", 1)[0] for line in told] == [
        "municipalities.json",
        "population.csv",
        "roads.csv, row 1",
    ]


@pytest.mark.parametrize(
    ("winter", "sentence"),
    [
        ({"winter_to": ""}, "Give winter_from and winter_to, or neither."),
        ({"winter_from": "13-01"}, "month must be in 1..12"),
        ({"winter_from": "1 Oct"}, "Invalid isoformat string: '2024-1 Oct'"),
    ],
)
def test_a_winter_that_is_no_span_of_days_is_named(directory, winter, sentence):
    read = json.loads((directory / "regions.json").read_text(encoding="utf-8"))
    read["served"] |= winter
    (directory / "regions.json").write_text(json.dumps(read), encoding="utf-8")
    assert problems(directory)[0] == f"regions.json: entry 1: {sentence}"


def test_a_directory_without_regions_says_so_at_once(tmp_path):
    assert problems(tmp_path) == [
        "regions.json: the file is missing.",
        'regions.json: must name the region under "served".',
    ]


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        ("work_rule_profiles.json", {"severity": "shout"}, 'entry 1: severity must be "block" or "warn"'),
        ("rates_2026.json", {"valid_to": "2025-12-31"}, "comes before valid_from 2026-01-01"),
        ("rates_2026.json", {"valid_to": "2026-04-31"}, "entry 1:"),
        ("subsidy_schemes.json", {"region": "99"}, "regions.json has no region 99"),
        ("subsidy_schemes.json", {"valid_to": "2023-12-31"}, "comes before valid_from 2024-01-01"),
        ("emission_factors.json", {"well_to_tank_kg_per_km": "much"}, "must be a number in quotes"),
        ("emission_factors.json", {"tank_to_wheel_kg_per_km": 0.17}, "must be a number in quotes"),
    ],
)
def test_faulty_terms_are_named(directory, file, change, says):
    read = json.loads((directory / file).read_text(encoding="utf-8"))
    (read[0] if isinstance(read, list) else read).update(change)
    (directory / file).write_text(json.dumps(read), encoding="utf-8")
    (problem,) = problems(directory)
    assert problem.startswith(file)
    assert says in problem


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cap": 5000}, 'cap must be a number in quotes, such as "3.75", not 5000.'),
        ({"cap_next_day": "-1"}, "cap_next_day must be a number in quotes"),
        ({"per": "week"}, 'per must be one of show, day, not "week".'),
        ({"covers": ["per_diem"]}, 'covers must be one of travel, lodging, fee, not "per_diem".'),
        ({"currency": ""}, "currency is empty."),
        ({"mileage_per_km": {"car": "x"}}, "mileage_per_km of car must be"),
        ({"criteria": [{"kind": "luck"}]}, "kind must be one of"),
        ({"criteria": [{"kind": "place"}]}, "the criterion place lacks inhabitants_below."),
        ({"criteria": [{"kind": "presenters", "count": 3, "within": "km"}]}, "within must be one of region"),
        ({"criteria": [{"kind": "stated", "what": "luck"}]}, "what must be one of audience"),
        ({"claim": []}, "claim must be an object."),
        ({"claim": {"luck": 1}}, "a key of claim must be one of"),
        ({"claim": {"evidence": ["luck"]}}, "evidence must be one of audience"),
        ({"claim": {"corrects": ["km"]}}, "corrects must be one of audience"),
        ({"claim": {"partner": "luck"}}, "partner must be one of riksteatern"),
        ({"claim": {"remind_days": 0}}, "remind_days must be a whole number of days from 1 to 180"),
        ({"claim": {"complete_days": True}}, "complete_days must be a whole number of days"),
        ({"claim": {"asks": [{"key": "A b", "label": {}}]}}, "must be letters, digits and _"),
        ({"claim": {"asks": [{"key": "a", "label": {"sv": "A"}}]}}, "has no label in en."),
        ({"claim": {"asks": [{"key": "a", "kind": "x", "label": {}}]}}, "kind of a must be one of text, yes"),
        ({"claim": {"asks": [{"key": "a", "max": 0, "label": {"sv": "A", "en": "A"}}]}}, "max of a must be"),
        ({"claim": {"asks": [{"key": "a", "label": {"sv": "A", "en": "A"}}] * 2}}, "needs a key of its own."),
        ({"claim": {"pots": [{"from": "2027-02-01", "to": "2027-01-01", "amount": "1"}]}}, "ends before"),
        (
            {"claim": {"pots": [{"from": "2027-01-01", "to": "2027-12-31", "amount": 1}]}},
            "amount of a pot must",
        ),
        (
            {"claim": {"pots": [{"from": "2027-01-01", "to": "2027-12-31", "amount": "1"}] * 2}},
            "begins before the one before it has ended.",
        ),
    ],
)
def test_rules_of_a_subsidy_that_can_not_be_followed_are_named(directory, change, says):
    file = directory / "subsidy_schemes.json"
    read = json.loads(file.read_text(encoding="utf-8"))
    read[0]["rules"].update(change)
    file.write_text(json.dumps(read), encoding="utf-8")
    assert any(says in problem for problem in problems(directory))


def test_a_directory_may_do_without_subsidies_and_emissions(directory):
    for name in ("subsidy_schemes.json", "emission_factors.json"):
        (directory / name).unlink()
    facts = read_facts(directory)
    assert (facts.schemes, facts.emissions) == ([], [])
