"""The pages of a producer's ensembles and their days off."""

from datetime import date

import pytest
from django.test import Client

from bookings import shares
from tests import agreements
from tests import factories as make
from tests.turne.pages import ENGLISH, NOW, text_of
from tests.world import World
from tours.models import Ensemble, EnsembleDayOff, Shared
from venues.models import User

TRIO = "/repertoar/ensembler/trio-norr/"
NEW = "/repertoar/ensembler/ny/"


@pytest.fixture(autouse=True)
def _fixed(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def newcomer(world: World) -> User:
    """A producer without an ensemble."""
    body = make.OrganisationFactory(name="Nykomlingen", roles=["producer"])
    return make.MembershipFactory(organisation=body, role="producer").user


def get(client: Client, url: str, **more: object):
    return client.get(url, headers=ENGLISH, **more)


def post(client: Client, url: str, sent: dict | None = None, **more: object):
    return client.post(url, sent or {}, headers=ENGLISH, **more)


def told(world: World, **other: object) -> dict:
    usual = {"name": "Duo Syd", "home": world.places["Åre"].pk, "people_count": "3", "vehicle": "car"}
    return usual | other


def days(first: str = "2027-03-01", last: str = "2027-03-05", reason: str = "Semester") -> dict:
    return {"starts_on": first, "ends_on": last, "reason": reason}


def noted(world: World) -> EnsembleDayOff:
    return EnsembleDayOff.objects.create(
        ensemble=world.ensemble, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5), reason="Semester"
    )


# -- the list ---------------------------------------


def test_the_repertoire_lists_the_ensembles(world: World, as_user) -> None:
    make.EnsembleFactory(name="Andras")
    page = text_of(get(as_user(world.producer), "/repertoar/"))
    assert "Trio Norr Östersund · 2 people on tour · car 1 production" in page
    assert "Andras" not in page


def test_ensembles_stand_by_name_and_seasons_newest_first(world: World, as_user) -> None:
    make.EnsembleFactory(producer=world.producing, name="Andras")
    make.SeasonFactory(name="Hösten 2027", starts_on=date(2027, 8, 23), ends_on=date(2027, 12, 17))
    shown = get(as_user(world.producer), "/repertoar/").context
    assert [ensemble.name for ensemble in shown["ensembles"]] == ["Andras", "Trio Norr"]
    assert [row["season"].name for row in shown["seasons"]] == ["Hösten 2027", "Våren 2027"]


def test_a_newcomer_is_asked_for_an_ensemble_first(newcomer: User, as_user) -> None:
    page = text_of(get(as_user(newcomer), "/repertoar/"))
    assert ("No ensembles yet" in page, "No productions yet" in page) == (True, False)


def test_a_newcomer_of_a_region_that_is_not_served_comes_in(db: None, as_user) -> None:
    far = make.RegionFactory(slug="g", name="Gotland", code="09", is_served=False)
    body = make.OrganisationFactory(region=far, roles=["producer"])
    page = get(as_user(make.MembershipFactory(organisation=body, role="producer").user), "/repertoar/")
    assert ("No ensembles yet" in text_of(page), "New season" in text_of(page)) == (True, False)


def test_an_officer_has_seasons_and_no_ensembles(world: World, as_user) -> None:
    page = text_of(get(as_user(world.officer), "/repertoar/"))
    assert ("Seasons" in page, "Ensembles" in page) == (True, False)


def test_the_list_takes_as_many_queries_for_many(
    world: World, as_user, django_assert_max_num_queries
) -> None:
    make.EnsembleFactory.create_batch(5, producer=world.producing)
    client = as_user(world.producer)
    with django_assert_max_num_queries(12):
        get(client, "/repertoar/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_new_production_leads_a_newcomer_to_the_ensemble(newcomer: User, as_user, method: str) -> None:
    answer = getattr(as_user(newcomer), method)("/repertoar/ny/", headers=ENGLISH, follow=True)
    assert answer.redirect_chain == [(NEW, 302)]
    assert "A production is played by an ensemble. Write down yours first." in text_of(answer)


# -- the ensemble ---------------------------------------


def test_a_new_ensemble(world: World, as_user) -> None:
    answer = post(as_user(world.producer), NEW, told(world))
    made = Ensemble.objects.get(slug="duo-syd")
    assert (answer.status_code, answer["Location"]) == (302, "/repertoar/ensembler/duo-syd/")
    assert (made.producer, made.home, made.people_count) == (world.producing, world.places["Åre"], 3)


def test_after_the_first_ensemble_a_production_can_be_written(world: World, newcomer: User, as_user) -> None:
    client = as_user(newcomer)
    page = post(client, NEW, told(world), follow=True)
    assert "Duo Syd is saved." in text_of(page)
    assert get(client, "/repertoar/ny/").status_code == 200


def test_the_homes_stand_under_their_municipalities(world: World, as_user) -> None:
    choices = get(as_user(world.producer), NEW).context["form"].fields["home"].choices
    assert [
        (group, [name for _pk, name in places]) for group, places in choices[1:] if group == "Strömsund"
    ] == [("Strömsund", ["Backe", "Strömsund"])]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Trio norr"}, "name"),
        ({"home": ""}, "home"),
        ({"home": "999999"}, "home"),
        ({"people_count": "0"}, "people_count"),
        ({"vehicle": "rocket"}, "vehicle"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(world: World, as_user, sent: dict, field: str) -> None:
    answer = post(as_user(world.producer), NEW, told(world, **sent))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Ensemble.objects.count() == 1


def test_a_home_in_another_region_is_no_choice(world: World, as_user) -> None:
    far = make.MunicipalityFactory(region=make.RegionFactory(slug="g", code="09"), code="0980")
    answer = post(as_user(world.producer), NEW, told(world, home=make.PlaceFactory(municipality=far).pk))
    assert list(answer.context["form"].errors) == ["home"]


def test_changing_an_ensemble(world: World, as_user) -> None:
    client = as_user(world.producer)
    assert get(client, TRIO).context["form"]["name"].value() == "Trio Norr"
    post(client, TRIO, told(world, name="Kvartett Norr", vehicle="light_lorry_or_bus"))
    world.ensemble.refresh_from_db()
    assert (world.ensemble.name, world.ensemble.slug) == ("Kvartett Norr", "trio-norr")
    assert world.ensemble.vehicle == "light_lorry_or_bus"


def test_what_it_shares_is_named_and_shown_again(world: World, as_user) -> None:
    client = as_user(world.producer)
    shared = {"shared_people": "the violinist, the  driver", "shared_vehicles": "the blue van"}
    post(client, TRIO, told(world, name="Trio Norr", **shared))
    form = get(client, TRIO).context["form"]
    assert [form[name].value() for name in shared] == ["the driver, the violinist", "the blue van"]


def test_two_visits_that_stand_are_not_given_one_van(world: World, as_user) -> None:
    duo = make.RiderFactory(production__ensemble__producer=world.producing).production.ensemble
    shares.share(duo, Shared.Kind.VEHICLE, ["van"], NOW)
    tour = make.TourFactory(production=duo.productions.get(), season=world.season)
    wish = make.WishFactory(
        season=world.season, production=tour.production, organisation=world.neighbouring, rank=7
    )
    agreements.held(world)
    agreements.held(world, tour=tour, wish=wish)
    answer = post(as_user(world.producer), TRIO, told(world, name="Trio Norr", shared_vehicles="van"))
    assert (answer.status_code, "van is already taken" in text_of(answer)) == (422, True)
    assert not world.ensemble.shared.exists()


def test_the_page_keeps_the_stored_name_over_a_wrong_form(world: World, as_user) -> None:
    answer = post(as_user(world.producer), TRIO, told(world, name="Felet", people_count="0"))
    assert answer.context["ensemble"].name == "Trio Norr"


def test_whoever_works_for_two_producers_chooses(world: World, as_user) -> None:
    second = make.OrganisationFactory(roles=["producer"])
    make.MembershipFactory(user=world.producer, organisation=second, role="producer")
    client = as_user(world.producer)
    assert list(post(client, NEW, told(world)).context["form"].errors) == ["producer"]
    post(client, NEW, told(world, producer=second.pk))
    assert Ensemble.objects.get(slug="duo-syd").producer == second


def test_an_ensemble_stays_with_its_producer(world: World, as_user) -> None:
    second = make.OrganisationFactory(roles=["producer"])
    make.MembershipFactory(user=world.producer, organisation=second, role="producer")
    post(as_user(world.producer), TRIO, told(world, producer=second.pk))
    world.ensemble.refresh_from_db()
    assert (world.ensemble.name, world.ensemble.producer) == ("Duo Syd", world.producing)


def test_somebody_elses_organisation_is_no_choice(world: World, newcomer: User, as_user) -> None:
    post(as_user(newcomer), NEW, told(world, producer=world.producing.pk))
    assert Ensemble.objects.get(slug="duo-syd").producer.name == "Nykomlingen"


@pytest.mark.parametrize("who", ["presenter", "officer", "stranger"])
def test_only_producers_make_ensembles(world: World, as_user, who: str) -> None:
    client = as_user(getattr(world, who))
    assert [get(client, url).status_code for url in (NEW, TRIO)] == [404, 404]
    assert [post(client, url, told(world)).status_code for url in (NEW, TRIO)] == [404, 404]


def test_another_producer_does_not_find_the_ensemble(world: World, newcomer: User, as_user) -> None:
    row = noted(world)
    client = as_user(newcomer)
    assert get(client, TRIO).status_code == 404
    assert post(client, f"{TRIO}ledigt/", days()).status_code == 404
    assert post(client, f"{TRIO}ledigt/{row.pk}/ta-bort/").status_code == 404
    assert EnsembleDayOff.objects.count() == 1


# -- addresses ---------------------------------------


def test_a_production_that_is_called_like_a_page(world: World, as_user) -> None:
    production = make.ProductionFactory(ensemble=world.ensemble, slug="ensembler")
    assert get(as_user(world.producer), f"/repertoar/{production.slug}/").context["production"] == production


# -- days off ---------------------------------------


def test_days_off_are_noted_and_shown(world: World, as_user) -> None:
    answer = post(as_user(world.producer), f"{TRIO}ledigt/", days(), follow=True)
    assert answer.redirect_chain == [(f"{TRIO}#days-off", 302)]
    assert "The days off are noted. Nothing new will be planned then." in text_of(answer)
    assert "1–5 Mar 2027 Remove 1–5 Mar 2027 Semester" in text_of(answer)


def test_days_that_are_over_are_not_shown(world: World, as_user) -> None:
    EnsembleDayOff.objects.create(
        ensemble=world.ensemble, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30)
    )
    assert "No days off noted." in text_of(get(as_user(world.producer), TRIO))


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        (
            days("2027-04-31", "2027-05-01"),
            "starts_on",
            "There is no day 31 in April 2027, which has 30 days.",
        ),
        (
            days("2027-02-01", "2027-02-30"),
            "ends_on",
            "There is no day 30 in February 2027, which has 28 days.",
        ),
        (days("2027-03-05", "2027-03-01"), "ends_on", "The last day is before the first."),
        (days("2026-09-01", "2026-09-30"), "ends_on", "These days are over. Choose days to come."),
        (days("", "2027-03-01"), "starts_on", "This field is required."),
    ],
)
def test_days_that_can_not_be(world: World, as_user, sent: dict, field: str, sentence: str) -> None:
    answer = post(as_user(world.producer), f"{TRIO}ledigt/", sent)
    assert (answer.status_code, answer.context["day_off_form"].errors) == (422, {field: [sentence]})
    assert (answer.context["form"].errors, EnsembleDayOff.objects.count()) == ({}, 0)


def test_a_visit_in_the_way_is_named(world: World, as_user) -> None:
    agreements.held(world)
    answer = post(as_user(world.producer), f"{TRIO}ledigt/", days("2027-02-01", "2027-02-05"))
    assert answer.context["day_off_form"].errors == {
        "starts_on": [
            "Trumman och tystnaden is booked at Backe bygdegård on Wed 3 Feb 2027. "
            "Choose other days, or move the visit first."
        ]
    }


def test_days_off_are_removed(world: World, as_user) -> None:
    row = noted(world)
    answer = post(as_user(world.producer), f"{TRIO}ledigt/{row.pk}/ta-bort/", follow=True)
    assert "The ensemble works on those days again." in text_of(answer)
    assert EnsembleDayOff.objects.count() == 0


def test_only_the_ensembles_own_days_off_are_removed(world: World, as_user) -> None:
    other = make.EnsembleFactory(producer=world.producing, slug="annan")
    row = noted(world)
    answer = post(as_user(world.producer), f"/repertoar/ensembler/{other.slug}/ledigt/{row.pk}/ta-bort/")
    assert (answer.status_code, EnsembleDayOff.objects.count()) == (404, 1)
