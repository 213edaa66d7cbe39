"""Organisations, their people and their roles: who adds, who removes, who is found."""

import pytest

from tests.turne.pages import said
from venues.models import Membership, Organisation

pytestmark = pytest.mark.usefixtures("in_january")


def test_an_organisation_is_added_with_its_role(world, as_user):
    data = {"name": "Lits bygdegård", "roles": ["presenter"], "municipality": "", "email": ""}
    answer = as_user(world.administrator).post("/personer/lagg-till/", data)
    assert answer["Location"] == "/personer/lits-bygdegard/"
    assert Organisation.objects.get(slug="lits-bygdegard").roles.get().role == "presenter"


def test_a_name_that_is_taken_is_said_beside_the_name(world, as_user):
    data = {
        "name": "backe bygdegård",
        "roles": ["presenter"],
        "municipality": world.places["Backe"].municipality.pk,
    }
    answer = as_user(world.administrator).post("/personer/lagg-till/", data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])


def test_a_role_that_does_not_fit_is_not_offered(world, as_user):
    answer = as_user(world.administrator).get("/personer/backe-bygdegard/")
    assert [value for value, _label in answer.context["fitting"]] == ["presenter"]


def test_a_role_that_does_not_fit_is_refused_all_the_same(world, as_user):
    data = {"email": "ny@example.org", "role": "administrator"}
    answer = as_user(world.administrator).post("/personer/backe-bygdegard/ny/", data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])


def test_a_removed_member_is_one_press_from_coming_back(world, en):
    membership = Membership.objects.get(user=world.presenter)
    answer = en(world.administrator).post(f"/personer/medlemskap/{membership.pk}/ta-bort/", follow=True)
    assert said(answer) == [
        "Presenter is no longer presenter. To undo it, press Add: the form below is filled in."
    ]
    assert answer.context["form"].initial["email"] == "presenter@example.org"


def test_the_last_administrator_can_not_remove_himself(world, en):
    membership = Membership.objects.get(user=world.administrator)
    answer = en(world.administrator).post(f"/personer/medlemskap/{membership.pk}/ta-bort/", follow=True)
    assert "is the last administrator" in said(answer)[0]
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_an_officer_removes_nobody(world, as_user):
    membership = Membership.objects.get(user=world.presenter)
    assert as_user(world.officer).post(f"/personer/medlemskap/{membership.pk}/ta-bort/").status_code == 404
    assert Membership.objects.filter(pk=membership.pk).exists()


@pytest.mark.parametrize("words", ["BYGDEGÅRD", "bygdegard", "backe"])
def test_an_organisation_is_found_whatever_the_letters(world, as_user, words):
    shown = as_user(world.officer).get("/personer/", {"namn": words}).context["organisations"]
    assert [organisation.name for organisation in shown] == ["Backe bygdegård"]


def test_organisations_are_listed_by_what_they_are(world, as_user):
    shown = as_user(world.officer).get("/personer/?roll=school").context["organisations"]
    assert [organisation.name for organisation in shown] == ["Krokoms skola"]
