"""Menu or allotment by municipality, what schools see of it, and who has not answered."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import allotments
from tests.allotments import NOW
from tests.turne.pages import source_of
from tests.world import World
from tours.models import GradeAnswer, SeasonWay

pytestmark = pytest.mark.usefixtures("while_schools_answer")


def page(world: World) -> str:
    return reverse("season-ways", args=[world.season.slug])


def sent(world: World, way: str) -> dict[str, str]:
    return {one.code: way for one in world.season.region.municipalities.all()}


def test_the_office_decides_for_all(world: World, officer: Client) -> None:
    officer.post(page(world), sent(world, "both"))
    assert SeasonWay.objects.filter(way="both", by=world.officer).count() == 4


def test_a_coordinator_decides_for_the_own_municipality(world: World, as_user, coordinator) -> None:
    browser = as_user(coordinator)
    assert len(browser.get(page(world)).context["form"].fields) == 1
    browser.post(page(world), sent(world, "allotment"))
    assert list(SeasonWay.objects.values_list("municipality__name", "way")) == [("Krokom", "allotment")]


def test_what_is_no_way_is_told(world: World, officer: Client) -> None:
    response = officer.post(page(world), sent(world, "lottery"))
    assert (response.status_code, SeasonWay.objects.count()) == (422, 0)


def test_a_school_is_told_instead_of_the_form(world: World, as_user, settings, monkeypatch) -> None:
    allotments.set_ground(world)
    asked = f"{reverse('wish-new')}?produktion={world.production.slug}"
    browser = as_user(world.school_contact)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW.replace(month=10))
    response = browser.get(asked)
    answers = reverse("grade-answers", args=[world.school.slug, world.season.slug])
    assert ("form" in response.context, answers in source_of(response)) == (False, True)


@pytest.mark.parametrize("address", ["season-menu", "wishes"])
def test_the_menu_and_the_list_say_so_too(world: World, as_user, monkeypatch, address: str) -> None:
    allotments.set_ground(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW.replace(month=10))
    response = as_user(world.school_contact).get(reverse(address))
    assert reverse("grade-answers", args=[world.school.slug, world.season.slug]) in source_of(response)


def test_who_has_not_answered(world: World, officer: Client) -> None:
    allotments.set_ground(world)
    GradeAnswer.objects.create(
        season=world.season, school=world.school.school, grade="4", by=world.school_contact, at=NOW
    )
    response = officer.get(reverse("season-answers", args=[world.season.slug]))
    rows = [(str(row["school"]), row["answered"], row["missing"]) for row in response.context["rows"]]
    assert rows == [
        ("Krokoms skola", 1, ["5"]),
        ("Åre skola", 0, ["4"]),
        ("Östersunds skola", 0, ["4"]),
    ]


def test_the_same_as_a_file(world: World, officer: Client) -> None:
    allotments.set_ground(world)
    response = officer.get(reverse("season-answers-csv", args=[world.season.slug]))
    assert len(response.content.decode().splitlines()) == 4


def test_a_coordinator_sees_the_own_schools(world: World, as_user, coordinator) -> None:
    allotments.set_ground(world)
    response = as_user(coordinator).get(reverse("season-answers", args=[world.season.slug]))
    assert {row["municipality"] for row in response.context["rows"]} == {"Krokom"}
