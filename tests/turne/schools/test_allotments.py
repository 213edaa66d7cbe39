"""Allotments as forms and buttons: made, changed, asked for, stopped, published and taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import allotting
from tests import allotments
from tests.allotments import NOW
from tests.turne.pages import said
from tests.world import World
from tours.models import Allotment, Wish

pytestmark = pytest.mark.usefixtures("while_schools_answer")


def form(world: World, **changed: Any) -> dict[str, Any]:
    usual = {
        name: Allotment._meta.get_field(name).get_default()
        for name in allotting.RULES
        if name not in ("days_max", "unknown_fits", "skips_reached")
    }
    krokom = world.places["Krokom"].municipality
    sent = {**usual, "name": "Årskurs 4", "grades": ["4"], "municipalities": [krokom.pk]}
    return {**sent, "productions": [world.production.pk], **changed}


def step(browser: Client, name: str, found: Allotment, **sent: Any) -> Any:
    return browser.post(reverse(name, args=[found.pk]), sent, follow=True)


def test_a_new_one_is_made_and_shown(world: World, officer: Client) -> None:
    allotments.set_ground(world)
    response = officer.post(reverse("allotment-new", args=[world.season.slug]), form(world))
    found = Allotment.objects.get()
    assert response["Location"] == reverse("allotment", args=[found.pk])
    assert (found.grades, found.by, found.bus_max_km) == (["4"], world.officer, 40)


def test_the_form_begins_with_who_is_allotted_to(world: World, officer: Client) -> None:
    allotments.set_ground(world)
    fields = officer.get(reverse("allotment-new", args=[world.season.slug])).context["form"].fields
    assert (len(fields["municipalities"].initial), fields["productions"].initial) == (
        3,
        [world.production.pk],
    )


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"grades": []}, {"productions": []}, {"municipalities": [0]}, {"bus_max_km": 999}]
)
def test_what_is_wrong_is_told_beside_its_field(world: World, officer: Client, wrong: dict[str, Any]) -> None:
    allotments.set_ground(world)
    response = officer.post(reverse("allotment-new", args=[world.season.slug]), form(world, **wrong))
    assert (response.status_code, set(response.context["form"].errors), Allotment.objects.count()) == (
        422,
        set(wrong),
        0,
    )


def test_another_rule_is_saved(world: World, officer: Client) -> None:
    found = allotments.made(world)
    officer.post(
        reverse("allotment-edit", args=[found.pk]), form(world, bus_max_km=90, version=found.version)
    )
    found.refresh_from_db()
    assert (found.bus_max_km, found.name) == (90, "Årskurs 4")


def test_somebody_elses_change_is_told(world: World, officer: Client) -> None:
    found = allotments.made(world)
    sent = form(world, version=found.version - 1)
    response = officer.post(reverse("allotment-edit", args=[found.pk]), sent)
    assert (response.status_code, bool(response.context["form"].non_field_errors())) == (422, True)


def test_computing_is_asked_for(world: World, officer: Client) -> None:
    found = allotments.made(world)
    step(officer, "allotment-run", found, version=found.version)
    assert Allotment.objects.get().state == "queued"


def test_a_second_click_is_the_same_click(world: World, officer: Client) -> None:
    found = allotments.made(world)
    answers = [step(officer, "allotment-run", found, version=found.version) for _click in range(2)]
    assert (said(answers[0]), Allotment.objects.get().version) == (said(answers[1]), found.version + 1)


def test_it_is_stopped(world: World, officer: Client) -> None:
    found = allotting.ask(allotments.made(world), by=world.officer, now=NOW)
    step(officer, "allotment-stop", found)
    assert Allotment.objects.get().state == "draft"


def test_a_remedys_button_changes_the_rule(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    step(officer, "allotment-rule", found, bus_max_km="80", bus_max_min="70", version=found.version)
    step(officer, "allotment-rule", found, unknown_fits="yes")
    found.refresh_from_db()
    assert (found.bus_max_km, found.bus_max_min, found.unknown_fits) == (80, 70, True)


def test_it_is_published_and_taken_back(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    step(officer, "allotment-publish", found, version=found.version)
    given = Wish.objects.standing().filter(is_allotted=True).count()
    step(officer, "allotment-take-back", found)
    assert (given, Wish.objects.standing().filter(is_allotted=True).count()) == (1, 0)


def test_why_not_is_told(world: World, officer: Client) -> None:
    response = step(officer, "allotment-publish", allotments.made(world))
    assert len(said(response)) == 1


def test_the_list_has_the_allotments_of_the_season(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    [row] = officer.get(reverse("allotments")).context["rows"]
    assert (row["allotment"], row["url"]) == (found, reverse("allotment", args=[found.pk]))


def test_a_schools_contact_sees_what_its_grades_are_asked(world: World, as_user) -> None:
    allotments.set_ground(world)
    [row] = as_user(world.school_contact).get(reverse("allotments")).context["own"]
    assert (row["asked"], row["answered"]) == (2, 0)
    assert row["url"] == reverse("grade-answers", args=[world.school.slug, world.season.slug])
