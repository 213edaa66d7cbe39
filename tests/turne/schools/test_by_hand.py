"""What one grade gets, by hand: tried, set, barred, undone and set free."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import allotting
from bookings.allotment_names import unit_key
from bookings.allotting import Choice
from tests import allotments
from tests.allotments import NOW
from tests.turne.pages import source_of
from tests.world import World
from tours.models import Allotment

pytestmark = pytest.mark.usefixtures("while_schools_answer")


HTMX = {"HX-Request": "true"}


def address(found: Allotment, world: World, name: str = "allotment-grade", grade: str = "4") -> str:
    return reverse(name, args=[found.pk, world.school.school.pk, grade])


def gives(found: Allotment, world: World) -> bool:
    found.refresh_from_db()
    return unit_key(world.school.school.pk, "4") in [one["unit"] for one in found.plan["assignments"]]


def test_the_page_offers_what_is_for_the_grade_and_the_nearest_rooms(world: World, officer: Client) -> None:
    allotments.production_for(world, "Stora", "7-9")
    found = allotments.computed(world)
    form = officer.get(address(found, world)).context["form"]
    assert list(form.fields["production"].queryset) == [world.production]
    assert form.fields["venue"].choices[1][0] == world.school_venue.pk
    assert form.initial == {"production": world.production.pk, "venue": world.school_venue.pk}


def test_trying_tells_what_it_does_and_changes_nothing(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    before = Allotment.objects.values().get()
    response = officer.get(
        address(found, world, "allotment-try"), {"production": "", "venue": ""}, headers=HTMX
    )
    figures = response.context["trial"]["figures"]
    assert (figures[0]["change"], response.context["trial"]["is_legal"]) == ("−42", True)
    assert "<html" not in source_of(response)
    assert Allotment.objects.values().get() == before


def test_without_a_script_the_trial_is_on_the_page(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    response = officer.get(address(found, world, "allotment-try"), {"production": world.production.pk})
    assert "<html" in source_of(response)
    assert address(found, world, "allotment-set") in source_of(response)


@pytest.mark.parametrize("sent", [{"production": 0}, {"production": 10**30}, {"venue": "x"}])
def test_what_is_not_offered_is_refused(world: World, officer: Client, sent: dict[str, Any]) -> None:
    found = allotments.computed(world)
    assert officer.get(address(found, world, "allotment-try"), sent).status_code == 422
    officer.post(address(found, world, "allotment-set"), sent)
    assert found.orders.count() == 0


def test_it_is_set_with_its_reason(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    sent = {"production": "", "venue": "", "reason": "Läger", "step": "choose", "version": found.version}
    officer.post(address(found, world, "allotment-set"), sent)
    assert (gives(found, world), found.orders.get().reason) == (False, "Läger")


def test_it_is_barred(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    sent = {"production": world.production.pk, "venue": "", "step": "forbid"}
    officer.post(address(found, world, "allotment-set"), sent)
    assert (found.orders.get().kind, gives(found, world)) == ("forbidden", True)


def test_it_is_undone(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    allotting.choose(found, Choice(world.school.school, "4"), by=world.officer, now=NOW)
    officer.post(reverse("allotment-undo", args=[found.pk]))
    assert gives(found, world)


def test_it_is_set_free(world: World, officer: Client) -> None:
    found = allotments.computed(world)
    order = allotting.choose(found, Choice(world.school.school, "4"), by=world.officer, now=NOW)
    officer.post(reverse("allotment-free", args=[found.pk, order.pk]))
    assert (gives(found, world), found.orders.filter(withdrawn_at=None).count()) == (False, 0)


def test_a_coordinator_decides_in_the_own_municipality(world: World, as_user, coordinator) -> None:
    found = allotments.computed(world)
    browser = as_user(coordinator)
    browser.post(address(found, world, "allotment-set"), {"production": "", "step": "choose"})
    elsewhere = world.places["Åre"].schools.get()
    other = reverse("allotment-set", args=[found.pk, elsewhere.pk, "4"])
    assert (gives(found, world), browser.post(other, {"production": ""}).status_code) == (False, 404)


@pytest.mark.parametrize("grade", ["9", "x"])
def test_a_grade_that_is_not_in_it_has_no_page(world: World, officer: Client, grade: str) -> None:
    assert officer.get(address(allotments.computed(world), world, grade=grade)).status_code == 404
