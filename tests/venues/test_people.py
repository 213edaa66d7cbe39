"""Who is who: what each verb does, and what it refuses with a sentence."""

import pytest

from tests import factories as make
from venues import people
from venues.errors import NotPossible
from venues.models import Membership, Organisation, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def presenter() -> Organisation:
    return make.OrganisationFactory(name="Backe bygdegård", roles=["presenter"])


@pytest.fixture
def office() -> Organisation:
    return make.OrganisationFactory(name="Kulturkontoret", roles=["region"])


def refused(call, *args, **options) -> tuple[str, str]:
    with pytest.raises(NotPossible) as caught:
        call(*args, **options)
    return caught.value.field, str(caught.value)


# -- Organisations ---------------------------------------


def test_an_organisation_gets_its_roles_and_a_plain_slug():
    region = make.RegionFactory()
    made = people.create_organisation(region, "  Årets  Bygdegård ", ["presenter", "library"])
    assert (made.name, made.slug) == ("Årets Bygdegård", "arets-bygdegard")
    assert sorted(made.roles.values_list("role", flat=True)) == ["library", "presenter"]


def test_a_slug_that_is_taken_gets_the_municipality_beside_it():
    municipality = make.MunicipalityFactory()
    make.OrganisationFactory(slug="folkets-hus")
    made = people.create_organisation(
        municipality.region, "Folkets hus", ["presenter"], municipality=municipality
    )
    assert made.slug == "folkets-hus-krokom"


@pytest.mark.parametrize(
    ("name", "roles", "field"), [(" ", ["presenter"], "name"), ("Ny", [], "roles"), ("Ny", ["king"], "roles")]
)
def test_an_organisation_needs_a_name_and_a_role(name, roles, field):
    assert refused(people.create_organisation, make.RegionFactory(), name, roles)[0] == field


def test_the_same_organisation_is_not_made_twice(presenter):
    answer = refused(people.create_organisation, presenter.region, "BACKE BYGDEGÅRD", ["presenter"])
    assert answer[0] == "name"
    assert Organisation.objects.count() == 1


def test_a_municipality_of_another_region_is_refused():
    elsewhere = make.MunicipalityFactory(region=make.RegionFactory(slug="annan", code="99", name="Annan"))
    answer = refused(
        people.create_organisation, make.RegionFactory(), "Ny", ["presenter"], municipality=elsewhere
    )
    assert answer[0] == "municipality"


def test_nothing_is_left_of_a_refused_organisation():
    refused(people.create_organisation, make.RegionFactory(), "Ny", ["presenter"], email="no address")
    assert Organisation.objects.count() == 0


def test_the_role_address_is_changed(presenter):
    people.set_contact(presenter, " Boka@Example.org ")
    presenter.refresh_from_db()
    assert presenter.email == "boka@example.org"


def test_the_role_address_may_be_empty(presenter):
    assert people.set_contact(presenter, "").email == ""


def test_what_is_no_address_is_refused(presenter):
    assert refused(people.set_contact, presenter, "boka@")[0] == "email"


# -- Members ---------------------------------------


def test_somebody_new_gets_a_user_in_the_organisations_language(presenter):
    presenter.language = "en"
    made = people.add_member(presenter, "Maj@Example.org", "presenter", name="Maj")
    assert (made.user.email, made.user.name, made.user.language) == ("maj@example.org", "Maj", "en")
    assert not made.user.has_usable_password()


def test_somebody_known_keeps_name_and_user(presenter):
    known = make.UserFactory(email="maj@example.org", name="Maj Lund")
    made = people.add_member(presenter, "MAJ@example.org", "presenter", name="Other")
    assert (made.user, made.user.name, User.objects.count()) == (known, "Maj Lund", 1)


def test_nobody_is_member_twice_in_the_same_role(presenter):
    people.add_member(presenter, "maj@example.org", "presenter")
    assert refused(people.add_member, presenter, "maj@example.org", "presenter")[0] == "email"
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("role", ["officer", "administrator", "producer", "school_contact", "king"])
def test_a_role_that_the_organisation_has_no_use_for_is_refused(presenter, role):
    assert refused(people.add_member, presenter, "maj@example.org", role)[0] == "role"
    assert User.objects.count() == 0


def test_a_region_may_have_officers(office):
    assert people.add_member(office, "maj@example.org", "officer").role == "officer"


@pytest.mark.parametrize("email", ["", "maj", "maj@", "maj lund@example.org"])
def test_a_member_needs_an_address(presenter, email):
    assert refused(people.add_member, presenter, email, "presenter")[0] == "email"


def test_a_removed_member_is_still_a_user(presenter):
    membership = people.add_member(presenter, "maj@example.org", "presenter")
    people.remove_member(membership)
    assert (Membership.objects.count(), User.objects.count()) == (0, 1)


def test_a_removed_member_can_be_added_again(presenter):
    people.remove_member(people.add_member(presenter, "maj@example.org", "presenter"))
    people.add_member(presenter, "maj@example.org", "presenter")
    assert Membership.objects.count() == 1


def test_the_last_administrator_stays(office):
    last = people.add_member(office, "maj@example.org", "administrator")
    refused(people.remove_member, last)
    assert Membership.objects.count() == 1


def test_one_of_two_administrators_can_go(office):
    first = people.add_member(office, "maj@example.org", "administrator")
    people.add_member(office, "siv@example.org", "administrator")
    people.remove_member(first)
    assert Membership.objects.get().user.email == "siv@example.org"


def test_an_administrator_of_another_region_does_not_help(office):
    elsewhere = make.OrganisationFactory(
        region=make.RegionFactory(slug="annan", code="99", name="Annan"), roles=["region"]
    )
    people.add_member(elsewhere, "siv@example.org", "administrator")
    last = people.add_member(office, "maj@example.org", "administrator")
    refused(people.remove_member, last)
    assert Membership.objects.count() == 2


def test_an_organisation_is_written_to_in_its_language_and_called_at_its_number(
    presenter: Organisation,
) -> None:
    people.set_contact(presenter, "", phone=" 010  123 ", language="en")
    presenter.refresh_from_db()
    assert (presenter.phone, presenter.language) == ("010 123", "en")


def test_no_language_leaves_the_one_that_is(presenter: Organisation) -> None:
    assert people.set_contact(presenter, "").language == "sv"
