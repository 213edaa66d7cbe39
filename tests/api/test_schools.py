"""The register of schools for programs."""

import pytest

from tests import factories as make
from tests.api.callers import API, caller
from tests.world import World
from venues.models import School, SchoolOwner, Succession


@pytest.fixture
def schools(world: World) -> None:
    """Krokoms skola F–6 of a municipality, which goes on as Ripskolan 7–9."""
    place = world.places["Åre"]
    body = make.OrganisationFactory(
        name="Ripskolan", slug="ripskolan", municipality=place.municipality, roles=["school"]
    )
    other = make.SchoolFactory(organisation=body, place=place, stage="7-9", unit_code="11111111")
    owner = SchoolOwner.objects.create(
        organisation=make.OrganisationFactory(name="Krokoms kommun", slug="krokoms-kommun"),
        kind="municipal",
        org_number="2129990004",
    )
    own = world.school.school
    School.objects.filter(pk=own.pk).update(owner=owner, address="Skolgatan 3", lat=63.3, lon=14.4)
    Succession.objects.create(predecessor=own, successor=other)


def names(query: str) -> list[str]:
    return [one["name"] for one in caller().get(f"{API}/schools?{query}").json()["results"]]


def test_a_school_is_told_with_forms_owner_and_what_it_went_on_as(schools: None) -> None:
    assert caller().get(f"{API}/schools/krokoms-skola").json() == {
        "slug": "krokoms-skola",
        "name": "Krokoms skola",
        "municipality": {"slug": "kommun-2309", "name": "Krokom"},
        "unit_code": None,
        "own_id": None,
        "status": "active",
        "opened_on": None,
        "ceased_on": None,
        "forms": [
            {"form": "preschool_class", "grades": ["F"]},
            {"form": "compulsory", "grades": ["1", "2", "3", "4", "5", "6"]},
        ],
        "owner": {
            "slug": "krokoms-kommun",
            "name": "Krokoms kommun",
            "kind": "municipal",
            "org_number": "2129990004",
        },
        "place": {"slug": "ort-1", "name": "Krokom"},
        "grades": ["F", "1", "2", "3", "4", "5", "6"],
        "predecessors": [],
        "successors": [{"slug": "ripskolan", "name": "Ripskolan"}],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Krokoms skola", "Ripskolan"]),
        ("municipality=kommun-2321", ["Ripskolan"]),
        ("form=preschool_class", ["Krokoms skola"]),
        ("owner_kind=municipal", ["Krokoms skola"]),
        ("unit_code=11111111", ["Ripskolan"]),
        ("status=ceased", []),
    ],
)
def test_the_list_is_narrowed(schools: None, query: str, found: list[str]) -> None:
    assert names(query) == found


@pytest.mark.parametrize("query", ["form=nursery", "status=gone", "owner_kind=king", "stage=f-6"])
def test_what_is_no_choice_is_refused(schools: None, query: str) -> None:
    assert caller().get(f"{API}/schools?{query}").status_code == 400
