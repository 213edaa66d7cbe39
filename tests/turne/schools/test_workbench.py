"""The workbench of an allotment: before, while and after it is computed, for whom, and as a file."""

import pytest
from django.test import Client
from django.urls import reverse

from bookings import allotment_publishing, allotting
from bookings.allotting import Choice
from tests import allotments
from tests.allotments import NOW
from tests.turne.pages import source_of, text_of
from tests.world import World
from tours.models import Allotment, WishGroup

pytestmark = pytest.mark.usefixtures("while_schools_answer")


def address(found: Allotment, **query: str) -> str:
    return f"{reverse('allotment', args=[found.pk])}?{'&'.join(f'{k}={v}' for k, v in query.items())}"


def test_before_it_is_computed_there_is_nothing_but_what_to_do(world: World, officer: Client) -> None:
    response = officer.get(address(allotments.made(world)))
    assert (response.status_code, "views" in response.context) == (200, False)
    assert reverse("allotment-run", args=[Allotment.objects.get().pk]) in source_of(response)


def test_while_it_is_computed_the_page_asks_how_far_it_is(world: World, officer: Client) -> None:
    found = allotting.ask(allotments.made(world), by=world.officer, now=NOW)
    Allotment.objects.update(state="running", progress={"reached": 60, "pupils": 88, "cost": 100})
    page = officer.get(address(found))
    part = officer.get(reverse("allotment-progress", args=[found.pk]), headers={"HX-Request": "true"})
    for response in (page, part):
        assert reverse("allotment-progress", args=[found.pk]) in source_of(response)
    assert "60" in text_of(part)


def test_when_it_is_done_the_page_is_loaded_anew(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    part = officer.get(reverse("allotment-progress", args=[found.pk]), headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, reverse("allotment", args=[found.pk]))


def test_the_overview_has_the_coverage_before_and_after(world: World, officer: Client) -> None:
    response = officer.get(address(allotments.computed(world)))
    areas = {
        row["name"]: (row["pupils"], row["reached"], row["before"], row["after"])
        for row in response.context["areas"]
    }
    assert areas == {
        "Krokom": (67, 67, "0,00", "1,00"),
        "Åre": (9, 0, "0,00", "0,00"),
        "Östersund": (12, 12, "0,00", "1,00"),
    }
    assert [(row["name"], row["pupils"]) for row in response.context["grades"]] == [("4", 63), ("5", 25)]


def test_the_costs_add_up(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    costs = officer.get(address(found)).context["costs"]
    assert costs[-1]["amount"].replace("\N{NO-BREAK SPACE}", "").startswith(f"{found.plan['cost']:.0f}"[:5])


def test_each_grade_of_a_school_is_a_row(world: World, officer: Client) -> None:
    response = officer.get(address(allotments.computed(world), vy="skolor"))
    rows = [
        (line.school, line.grade, line.pupils, bool(line.production)) for line in response.context["lines"]
    ]
    assert rows == [
        ("Krokoms skola", "4", 42, True),
        ("Krokoms skola", "5", 25, True),
        ("Åre skola", "4", 9, False),
        ("Östersunds skola", "4", 12, True),
    ]


@pytest.mark.parametrize(
    ("query", "schools"),
    [
        ({"visa": "saknar"}, ["Åre skola"]),
        ({"arskurs": "5"}, ["Krokoms skola"]),
        ({"q": "östersund"}, ["Östersunds skola"]),
        ({"visa": "far", "ordning": "elever"}, ["Östersunds skola", "Krokoms skola", "Krokoms skola"]),
        ({"kommun": "kommun-2321"}, ["Åre skola"]),
        ({"produktion": "p0"}, []),
    ],
)
def test_the_rows_are_narrowed_and_sorted_by_the_address(
    world: World, officer: Client, query: dict[str, str], schools: list[str]
) -> None:
    response = officer.get(address(allotments.computed(world), vy="skolor", **query))
    assert [line.school for line in response.context["lines"]] == schools


def test_whoever_is_left_out_is_named_with_the_reason(world: World, officer: Client) -> None:
    response = officer.get(address(allotments.computed(world), vy="saknas"))
    [row] = response.context["unreached"]
    assert (row["who"].startswith("Åre skola"), row["pupils"], bool(row["why"])) == (True, 9, True)


def test_what_was_decided_by_hand_stands_with_who_and_why(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    allotting.choose(found, Choice(world.school.school, "4"), by=world.officer, now=NOW, reason="Läger")
    response = officer.get(address(found, vy="hand"))
    assert [(row["order"].reason, row["order"].by) for row in response.context["orders"]] == [
        ("Läger", world.officer)
    ]
    assert reverse("allotment-undo", args=[found.pk]) in source_of(response)


def test_the_file_is_narrowed_as_the_page_is(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    response = officer.get(f"{reverse('allotment-csv', args=[found.pk])}?visa=saknar")
    rows = response.content.decode().lstrip("\ufeff").splitlines()
    assert [row.split(";")[:4] for row in rows[1:]] == [["Åre", "Åre skola", "4", "9"]]


def test_a_coordinator_sees_the_own_municipality(world: World, as_user, coordinator) -> None:
    found = allotments.computed(world)
    response = as_user(coordinator).get(address(found, vy="skolor"))
    assert {line.municipality_name for line in response.context["lines"]} == {"Krokom"}
    assert reverse("allotment-publish", args=[found.pk]) not in source_of(response)


def test_a_coordinator_of_another_municipality_sees_nothing(world: World, as_user, coordinator) -> None:
    found = allotments.computed(world, municipalities=[world.places["Åre"].municipality])
    assert as_user(coordinator).get(address(found)).status_code == 404


def test_a_published_one_can_be_taken_back_and_not_changed(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    source = source_of(officer.get(address(found)))
    assert reverse("allotment-take-back", args=[found.pk]) in source
    assert reverse("allotment-run", args=[found.pk]) not in source


def test_a_page_takes_few_queries(world: World, officer: Client, django_assert_max_num_queries) -> None:
    found = allotments.computed(world)
    with django_assert_max_num_queries(40):
        officer.get(address(found, vy="skolor"))


def test_a_plan_is_known_to_be_old_before_anybody_publishes_it(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    publish = reverse("allotment-publish", args=[found.pk])
    fresh = officer.get(address(found))
    allotments.group(world.school.school, "4C", 21)
    old = officer.get(address(found))
    assert [response.context["is_outdated"] for response in (fresh, old)] == [False, True]
    assert [publish in source_of(response) for response in (fresh, old)] == [True, False]


def test_what_a_school_has_wished_for_itself_is_told_before_publishing(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    assert officer.get(address(found)).context["facts"]["wished"] == []
    group = world.school.school.groups.get(name="4A")
    WishGroup.objects.create(wish=world.school_wish, group=group, pupils_count=22)
    facts = officer.get(address(found)).context["facts"]
    assert len(facts["wished"]) == 1
    assert "Krokoms skola" in facts["wished"][0]
    assert world.production.title in facts["wished"][0]
