"""Pages of Skapande skola: the list of a year, one grant, what is tagged where, and the list for the report."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from bookings import grants
from bookings.models import Booking, FundedVisit, SchoolGrant
from tests.bookings.buses import coming, school_of
from tests.bookings.granted import NOW, granted, owner, proof, scheme, to_the_school, told
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.turne.pages import errors_of, get, post, queries_of, said, text_of
from tests.world import World
from venues.models import SchoolOwner, User

pytestmark = pytest.mark.usefixtures("in_january")


@pytest.fixture
def grant(world: World) -> SchoolGrant:
    return granted(world)


def coordinator(of: SchoolOwner) -> User:
    user: User = UserFactory()
    MembershipFactory(user=user, organisation=of.organisation, role="coordinator")
    return user


def tag(client: Client, grant: SchoolGrant, booking: Booking, step: str = "marka", **more: str) -> Any:
    return post(client, f"/skapande-skola/{grant.pk}/{step}/", {"booking": booking.pk, **more})


def test_the_list_shows_promised_against_reached(world: World, grant: SchoolGrant, as_user: Any) -> None:
    booking = told(to_the_school(world, 0, 24, 25), 20, 23)
    grants.tag(booking, grant, by=world.officer, now=NOW)
    (row,) = get(as_user(world.officer), "/skapande-skola/").context["rows"]
    assert (row["promised"], row["reached"], row["hoped"], row["visits"]) == (100, 43, 43, "1 visit")


def test_a_grants_page_takes_as_many_queries_for_many_visits(
    world: World, grant: SchoolGrant, as_user: Any
) -> None:
    client, address = as_user(world.officer), f"/skapande-skola/{grant.pk}/"
    asked = []
    for days in range(0, 28, 7):
        grants.tag(to_the_school(world, days, 24), grant, by=world.officer, now=NOW)
        to_the_school(world, days + 1, 24)
        asked.append(queries_of(client, address))
    assert len(set(asked)) == 1


def test_another_year_is_empty_and_says_what_to_do(world: World, grant: SchoolGrant, as_user: Any) -> None:
    page = get(as_user(world.officer), "/skapande-skola/?lasar=2025")
    assert "No grant is noted for this school year" in text_of(page)


def test_without_owners_it_says_where_they_come_from(world: World, as_user: Any) -> None:
    assert "No owner of schools is known here" in text_of(get(as_user(world.officer), "/skapande-skola/"))


def test_a_coordinator_keeps_the_grants_of_the_owner_alone(
    world: World, grant: SchoolGrant, as_user: Any
) -> None:
    body = OrganisationFactory(roles=["school_owner"])
    other = SchoolOwner.objects.create(organisation=body, kind="independent")
    mine = as_user(coordinator(grant.owner)).get(f"/skapande-skola/{grant.pk}/").status_code
    theirs = as_user(coordinator(other)).get(f"/skapande-skola/{grant.pk}/").status_code
    assert (mine, theirs) == (200, 404)


def test_a_grant_is_noted_by_form(world: World, as_user: Any) -> None:
    whose = owner(world)
    sent = {
        "owner": whose.pk, "scheme": scheme().pk, "year": "2026", "promised_count": "120", "amount": "250000",
        "form_compulsory": "100", "form_preschool": "20", "reference": "KUR 1", "decided_on": "2026-06-15",
    }  # fmt: skip
    answer = post(as_user(coordinator(whose)), "/skapande-skola/ny/", sent)
    made = SchoolGrant.objects.get()
    assert answer.headers["Location"] == f"/skapande-skola/{made.pk}/"
    assert (made.promised_count, made.promised_by_form) == (120, {"compulsory": 100, "preschool": 20})


def test_parts_that_are_not_the_whole_are_told_beside_the_field(
    world: World, grant: SchoolGrant, as_user: Any
) -> None:
    sent = {"promised_count": "100", "amount": "1", "form_compulsory": "90", "version": "1"}
    answer = post(as_user(world.officer), f"/skapande-skola/{grant.pk}/andra/", sent)
    assert errors_of(answer)["promised_count"] == [
        "By school form there are 90 pupils, but 100 are promised in all."
    ]


def test_it_is_changed(world: World, grant: SchoolGrant, as_user: Any) -> None:
    sent = {"promised_count": "90", "amount": "1", "version": "1"}
    post(as_user(world.officer), f"/skapande-skola/{grant.pk}/andra/", sent)
    grant.refresh_from_db()
    assert (grant.promised_count, grant.version) == (90, 2)


def test_a_visit_is_tagged_from_the_grant_and_untagged(
    world: World, grant: SchoolGrant, as_user: Any
) -> None:
    client, booking = as_user(coordinator(grant.owner)), to_the_school(world, 0, 24)
    page = get(client, f"/skapande-skola/{grant.pk}/")
    assert [row["pk"] for row in page.context["could_be"]] == [booking.pk]
    tag(client, grant, booking)
    assert FundedVisit.objects.get().booking == booking
    tag(client, grant, booking, "avmarka")
    assert FundedVisit.objects.count() == 0


def test_a_visit_is_tagged_from_its_own_page(world: World, grant: SchoolGrant, as_user: Any) -> None:
    client, booking = as_user(world.officer), to_the_school(world, 0, 24)
    page = get(client, f"/bokning/{booking.pk}/")
    assert [one.pk for one in page.context["funded"]["could"]] == [grant.pk]
    answer = tag(client, grant, booking, **{"from": "besoket"})
    assert answer.headers["Location"] == f"/bokning/{booking.pk}/"


def test_the_producer_sees_the_tag_and_may_not_change_it(
    world: World, grant: SchoolGrant, as_user: Any
) -> None:
    booking = to_the_school(world, 0, 24)
    grants.tag(booking, grant, by=world.officer, now=NOW)
    client = as_user(world.producer)
    page = get(client, f"/bokning/{booking.pk}/")
    assert "Skapande skola, Krokoms kommun 2026/27 pays this visit." in text_of(page)
    assert page.context["funded"]["proofs_url"] == "/repertoar/ensembler/trio-norr/underlag/"
    assert tag(client, grant, booking, "avmarka").status_code == 404


def test_a_visit_of_nobody_in_the_grant_is_not_found(world: World, grant: SchoolGrant, as_user: Any) -> None:
    assert tag(as_user(world.officer), grant, to_the_school(world)).status_code == 404


def test_a_refusal_is_said(world: World, grant: SchoolGrant, as_user: Any) -> None:
    client, booking = as_user(world.officer), to_the_school(world, 0, 24)
    Booking.objects.update(status="cancelled")
    answer = tag(client, grant, booking)
    assert said(get(client, answer.headers["Location"])) == [
        "A visit is paid by a grant once it is confirmed."
    ]


def test_the_list_for_the_report_has_its_evidence(world: World, grant: SchoolGrant, as_user: Any) -> None:
    proof(world)
    booking = told(to_the_school(world, 0, 24, 25), 20, 25)
    grants.tag(booking, grant, by=world.officer, now=NOW)
    answer = get(as_user(world.officer), f"/skapande-skola/{grant.pk}/besok.csv")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row["Date"], row["Groups"], row["Pupils expected"], row["Pupils who came"]) == (
        "2027-02-04",
        "1A 24 (20), 2A 25",
        "49",
        "45",
    )
    assert (row["Proof of professionalism"], row["Seen on"], row["Paid by the grant"]) == (
        "CV: Meriter",
        "2027-01-20",
        "9800,00",
    )


def test_the_years_table_has_a_line_an_owner(world: World, grant: SchoolGrant, as_user: Any) -> None:
    answer = get(as_user(world.officer), "/skapande-skola.csv")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row["Owner"], row["Promised"], row["Reached"]) == ("Krokoms kommun", "100", "0")


def test_the_conditions_stand_there_with_their_source(world: World, grant: SchoolGrant, as_user: Any) -> None:
    assert "The owner applies. (x)" in text_of(get(as_user(world.officer), f"/skapande-skola/{grant.pk}/"))


class TestProofs:
    def test_the_producer_tells_and_the_officer_looks(self, world: World, as_user: Any) -> None:
        sent = {"kind": "cv", "what": "Meriter", "where_kept": "Diariet"}
        post(as_user(world.producer), "/repertoar/ensembler/trio-norr/underlag/", sent)
        told_one = world.ensemble.proofs.get()
        post(as_user(world.officer), f"/repertoar/ensembler/trio-norr/underlag/{told_one.pk}/sett/")
        told_one.refresh_from_db()
        assert told_one.seen_by == world.officer

    def test_a_link_that_is_not_https_is_told_beside_the_field(self, world: World, as_user: Any) -> None:
        sent = {"kind": "cv", "what": "Meriter", "link": "http://example.org/cv"}
        answer = post(as_user(world.producer), "/repertoar/ensembler/trio-norr/underlag/", sent)
        assert errors_of(answer) == {"link": ["The link must begin with https://."]}

    def test_a_coordinator_looks_where_the_ensemble_plays_for_its_schools(
        self, world: World, as_user: Any
    ) -> None:
        client = as_user(coordinator(owner(world)))
        address = "/repertoar/ensembler/trio-norr/underlag/"
        before = client.get(address).status_code
        coming(to_the_school(world), school_of(world))
        assert (before, client.get(address).status_code) == (404, 200)
