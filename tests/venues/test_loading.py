"""`load_region`: what it writes, what it leaves alone, and two regions side by side."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from venues.errors import BadFacts
from venues.facts import DATA
from venues.loading import load_region
from venues.models import (
    EmissionFactor,
    Municipality,
    Place,
    RateTable,
    Region,
    Road,
    SubsidyScheme,
    TravelOverride,
    Venue,
    WorkRuleProfile,
)
from venues.travel import set_override

pytestmark = pytest.mark.django_db
MODELS = [Region, Municipality, Place, Road, WorkRuleProfile, RateTable, SubsidyScheme, EmissionFactor]


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def changes(loaded) -> tuple[int, int]:
    return sum(t.created for t in loaded.tallies), sum(t.updated for t in loaded.tallies)


def kept(loaded) -> list[str]:
    return [name for tally in loaded.tallies for name in tally.kept]


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the committed directory, to change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


NEIGHBOUR = {
    "regions.json": json.dumps(
        {
            "served": {
                "code": "22", "slug": "vasternorrland", "name": "Västernorrland",
                "country": "SE", "currency": "SEK", "time_zone": "Europe/Stockholm",
            },
            "neighbours": [
                {
                    "code": "23", "slug": "jamtland-harjedalen", "name": "Jämtland",
                    "country": "SE", "currency": "SEK", "time_zone": "Europe/Stockholm",
                }
            ],
        }
    ),
    "municipalities.json": json.dumps(
        [{"code": "2281", "name": "Sundsvall", "centre": "Sundsvall", "sami_admin_area": False}]
    ),
    "places.csv": (
        "name,municipality,code,lat,lon,type,source\n"
        "Sundsvall,Sundsvall,2281,62.39,17.3,centralort,manual\n"
        "Matfors,Sundsvall,2281,62.35,17.02,tätort,manual\n"
        "Backe,Sundsvall,2281,62.4,17.1,by,manual\n"
        "Bräcke,Bräcke,2305,1,1,granne,manual\n"
    ),
    "population.csv": "name,municipality_code,level,population,as_of,source\n",
    "roads.csv": (
        "from,to,km,road,kmh,season,confidence\n"
        "Sundsvall,Matfors,19,E14,70,,medium\n"
        "Sundsvall,Backe,9,Y,70,,medium\n"
        "Sundsvall,Bräcke,999,E14,70,,medium\n"
    ),
    "work_rule_profiles.json": "[]",
}  # fmt: skip


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A small directory of a neighbour region, which calls the first one its neighbour."""
    directory = tmp_path / "beside"
    directory.mkdir()
    for file, text in NEIGHBOUR.items():
        (directory / file).write_text(text, encoding="utf-8")
    return directory


def test_the_region_its_neighbours_and_their_ground_are_there():
    load_region()
    region = Region.objects.get(is_served=True)
    assert (region.slug, region.code, region.currency) == ("jamtland-harjedalen", "23", "SEK")
    assert sorted(region.neighbours.values_list("code", flat=True)) == ["20", "21", "22", "24", "NO-50"]
    assert [model.objects.count() for model in MODELS] == [7, 21, 83, 105, 4, 1, 5, 5]


def test_a_norwegian_neighbour_has_its_own_money_and_clock():
    load_region()
    trondheim = Place.objects.select_related("municipality__region").get(slug="trondheim")
    region = trondheim.municipality.region
    found = (trondheim.municipality.code, region.country, region.currency, region.time_zone, region.is_served)
    assert found == ("NO-5001", "NO", "NOK", "Europe/Oslo", False)


def test_the_regions_winter_is_known_and_its_neighbours_is_not():
    load_region()
    known = Region.objects.filter(slug__in=["jamtland-harjedalen", "dalarna"]).order_by("slug")
    assert list(known.values_list("winter_from", "winter_to")) == [("", ""), ("10-01", "04-15")]


def test_addresses_are_plain_letters():
    load_region()
    slugs = set(Municipality.objects.filter(region__code="23").values_list("slug", flat=True))
    assert slugs == {"are", "berg", "bracke", "harjedalen", "krokom", "ostersund", "ragunda", "stromsund"}
    assert Place.objects.get(name="Änge (Offerdal)").slug == "ange-offerdal"


def test_inhabitants_come_with_their_source():
    load_region()
    assert Place.objects.get(name="Backe").population_source.startswith("GeoNames (CC BY 4.0)")
    assert Municipality.objects.get(code="2309").population_source.endswith("(about 2023)")
    assert Place.objects.get(name="Valsjöbyn").population is None


def test_a_yearly_closure_is_read_and_a_storm_is_a_note():
    load_region()
    over = {road.note: (road.closed_from, road.closed_to) for road in Road.objects.exclude(note="")}
    assert over == {"Stekenjokk": ("10-15", "06-06"), "may close in storms (Flatruet 975 m)": ("", "")}


def test_loading_again_changes_nothing():
    load_region()
    before = everything()
    again = load_region()
    assert (everything(), changes(again), kept(again)) == (before, (0, 0), [])


def test_what_stood_before_is_taken_over_with_its_address():
    place = make.PlaceFactory(name="Krokom", slug="krokoms-ort", kind="by", municipality__code="2309")
    load_region()
    place.refresh_from_db()
    assert (place.slug, place.kind, place.lat) == ("krokoms-ort", "centralort", 63.32589)


def test_a_corrected_file_corrects_its_rows(directory):
    load_region(directory)
    replace_in(directory / "places.csv", "Kaxås,Krokom,2309,63.526", "Kaxås,Krokom,2309,63.527")
    replace_in(directory / "roads.csv", "Kall,Huså,10,", "Huså,Kall,11,")
    assert changes(load_region(directory)) == (0, 2)
    assert Place.objects.get(name="Kaxås").lat == 63.527
    assert Road.objects.get(start__name="Kall", end__name="Huså").km == 11


def test_a_fault_in_a_file_writes_nothing(directory):
    replace_in(directory / "roads.csv", "Ramsele,Sollefteå,69", "Ramsele,Sollefteå,many")
    with pytest.raises(BadFacts, match='roads.csv, row 105: "many" is not a number'):
        load_region(directory)
    assert [model.objects.count() for model in MODELS] == [0] * len(MODELS)


# -- What people have corrected ---------------------------------------


def test_a_travel_override_survives():
    load_region()
    sveg, hede = Place.objects.get(name="Sveg"), Place.objects.get(name="Hede")
    set_override(sveg, hede, 70, 70, "slippery", make.UserFactory())
    load_region()
    assert list(TravelOverride.objects.values_list("drive_min", "reason")) == [(70, "slippery")]


@pytest.mark.parametrize(("name", "checked"), [("Krokom", False), ("Krokom", None), ("Huså", True)])
def test_beds_that_somebody_has_checked_survive(name, checked):
    load_region()
    Place.objects.filter(name=name).update(has_lodging=checked)
    assert changes(load_region()) == (0, 0)
    assert Place.objects.get(name=name).has_lodging is checked


def test_a_venue_edited_by_hand_is_not_touched():
    load_region()
    make.VenueFactory(
        place=Place.objects.get(name="Backe"), name="Folkets hus", seats=180, lat=63.9, lon=16.5
    )
    before = list(Venue.objects.values())
    load_region()
    assert list(Venue.objects.values()) == before


def test_terms_changed_here_are_kept_and_told():
    load_region()
    WorkRuleProfile.objects.filter(key="se-law").update(parameters={"daily_rest_h": 12})
    loaded = load_region()
    assert kept(loaded) == ["Arbetstidslagen och EU:s arbetstidsdirektiv"]
    assert WorkRuleProfile.objects.get(key="se-law").parameters == {"daily_rest_h": 12}


def test_the_files_terms_are_taken_when_asked_for():
    load_region()
    RateTable.objects.update(currency="NOK")
    assert changes(load_region(replace_terms=True)) == (0, 1)
    assert RateTable.objects.get().currency == "SEK"


def test_a_road_added_by_hand_is_kept_and_told():
    load_region()
    make.RoadFactory(start=Place.objects.get(name="Kall"), end=Place.objects.get(name="Kaxås"))
    assert kept(load_region()) == ["Kall–Kaxås is not in the file"]


# -- A second region ---------------------------------------


def test_a_neighbour_becomes_a_region_of_its_own(beside):
    load_region()
    load_region(beside)
    assert sorted(Region.objects.filter(is_served=True).values_list("code", flat=True)) == ["22", "23"]
    assert Place.objects.get(name="Sundsvall").kind == "centralort"


def test_a_neighbour_does_not_correct_a_region_that_has_its_own_directory(beside):
    load_region()
    loaded = load_region(beside)
    assert kept(loaded)[:4] == ["Jämtland Härjedalen", "Bräcke", "Bräcke", "Bräcke–Sundsvall"]
    assert Place.objects.get(name="Bräcke").kind == "centralort"
    assert Road.objects.get(start__name="Bräcke", end__name="Sundsvall").km == 117


def test_the_first_region_loaded_again_leaves_the_second_alone(beside):
    load_region()
    load_region(beside)
    before = everything()
    assert (changes(load_region()), changes(load_region(beside)), everything()) == ((0, 0), (0, 0), before)


def test_the_order_of_two_regions_does_not_decide_who_is_right(beside):
    load_region(beside)
    load_region()
    assert sorted(Region.objects.filter(is_served=True).values_list("code", flat=True)) == ["22", "23"]
    assert Place.objects.get(name="Bräcke").kind == "centralort"
    assert Place.objects.get(name="Sundsvall").kind == "centralort"


def test_two_places_of_one_name_get_two_addresses(beside):
    load_region()
    load_region(beside)
    slugs = {place.slug: place.municipality.name for place in Place.objects.filter(name="Backe")}
    assert slugs == {"backe": "Strömsund", "backe-sundsvall": "Sundsvall"}


def test_the_second_regions_terms_are_its_own(beside):
    load_region()
    load_region(beside)
    assert set(WorkRuleProfile.objects.values_list("region__code", flat=True)) == {"23"}


# -- The command ---------------------------------------


def run(*arguments: object) -> list[str]:
    out = StringIO()
    call_command("load_region", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_says_what_it_did():
    assert run()[:4] == [
        "Region Jämtland Härjedalen (23), "
        "beside Dalarna, Gävleborg, Trøndelag, Västerbotten, Västernorrland.",
        "  regions: 7 created, 0 updated, 0 unchanged",
        "  municipalities: 21 created, 0 updated, 0 unchanged",
        "  places: 83 created, 0 updated, 0 unchanged",
    ]
    assert run()[-1] == "Everything was there already."


def test_the_command_says_what_it_kept():
    load_region()
    RateTable.objects.update(currency="NOK")
    kept = "1 kept as they are here: Jämtland Härjedalen 2026-01-01–2026-12-31"
    assert [kept in line for line in run()].count(True) == 1


def test_the_command_refuses_a_faulty_directory(tmp_path):
    with pytest.raises(CommandError, match="regions.json: the file is missing"):
        run(tmp_path)
