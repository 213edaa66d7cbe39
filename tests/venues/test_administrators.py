"""The first administrator: into an empty region, into an office that stands, and what is refused."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from venues.administrators import add_administrator
from venues.errors import NotPossible
from venues.models import Membership, Organisation, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make.RegionFactory(name="Jämtland Härjedalen", code="23", is_served=True)


def test_the_first_administrator_comes_with_an_office(region):
    made = add_administrator("anna@example.org", name="Anna")
    assert (made.role, made.user.email, made.user.name) == ("administrator", "anna@example.org", "Anna")
    assert (made.organisation.name, made.organisation.region) == ("Jämtland Härjedalen", region)
    assert list(made.organisation.roles.values_list("role", flat=True)) == ["region"]


def test_an_office_that_stands_is_used(region):
    office = make.OrganisationFactory(region=region, roles=["region"])
    assert add_administrator("anna@example.org").organisation == office


def test_an_invented_office_is_not_used(region):
    make.OrganisationFactory(region=region, roles=["region"], is_demo=True, name="Exempelkontoret")
    assert add_administrator("anna@example.org").organisation.name == "Jämtland Härjedalen"


def test_of_several_regions_the_one_that_is_named(region):
    other = make.RegionFactory(slug="dalarna", name="Dalarna", code="20", is_served=True)
    assert add_administrator("anna@example.org", code="20").organisation.region == other


@pytest.mark.parametrize("code", ["", "99"])
def test_of_several_regions_one_must_be_named(region, code):
    make.RegionFactory(slug="dalarna", name="Dalarna", code="20", is_served=True)
    with pytest.raises(NotPossible) as caught:
        add_administrator("anna@example.org", code=code)
    said = "Say which region, by its county code: 20 (Dalarna), 23 (Jämtland Härjedalen)."
    assert str(caught.value) == said


def test_without_a_region_nobody_can_administer_it():
    with pytest.raises(NotPossible, match="No region is loaded yet"):
        add_administrator("anna@example.org")


def test_a_wrong_address_leaves_no_office_behind(region):
    with pytest.raises(NotPossible, match="is no e-mail address"):
        add_administrator("anna")
    assert Organisation.objects.count() == 0


def test_the_command_says_who_administers_what(region):
    out = StringIO()
    call_command("add_administrator", "anna@example.org", stdout=out)
    assert out.getvalue() == "anna@example.org administers Jämtland Härjedalen.\n"
    assert Membership.objects.get().role == "administrator"


def test_the_command_says_no_in_one_sentence(region):
    call_command("add_administrator", "anna@example.org", stdout=StringIO())
    with pytest.raises(CommandError, match="already"):
        call_command("add_administrator", "anna@example.org")
