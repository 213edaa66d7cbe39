"""The repertoire's pages: productions with rider and pictures, seasons with their menu."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories as make
from tests.tours.test_pictures import image
from tests.turne.pages import ENGLISH, NOW, text_of
from tests.world import World
from tours import pictures
from tours.models import Production, Season, Wish


@pytest.fixture(autouse=True)
def _fixed(monkeypatch, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def get(client: Client, url: str):
    return client.get(url, headers=ENGLISH)


def post(client: Client, url: str, sent: dict | None = None, **more: object):
    return client.post(url, sent or {}, headers=ENGLISH, **more)


def piece(world: World, **other: object) -> dict:
    usual = {
        "ensemble": world.ensemble.pk,
        "title": "Under isen",
        "synopsis": "Om is.",
        "art_form": "dance",
        "kind": "performance",
        "age_min": "6",
        "duration_min": "50",
        "audience_max": "80",
        "shows_per_day_max": "2",
        "languages": ["none"],
        "fee": "8000",
        "fee_next_show": "4000.50",
        "get_in_min": "90",
        "get_out_min": "45",
        "changeover_min": "30",
        "stage_w_m": "5.5",
        "helpers_in": "1",
        "helpers_out": "0",
        "crew_size": "0",
        "accommodation_rooms": "0",
        "needs_piano": "on",
    }
    return usual | other


# -- productions ---------------------------------------


def test_the_repertoire_of_a_producer(world: World, as_user) -> None:
    told = text_of(get(as_user(world.producer), "/repertoar/"))
    assert "Trumman och tystnaden Trio Norr · 45 min · 9,800 kr Våren 2027: 3 wishes" in told
    assert "Våren 2027 Played 11 Jan – 28 May 2027 · 1 production · 3 wishes Open until" in told


def test_an_officer_sees_the_seasons(world: World, as_user) -> None:
    response = get(as_user(world.officer), "/repertoar/")
    assert (response.context["is_producer"], len(response.context["seasons"])) == (False, 1)


def test_the_repertoire_takes_as_many_queries_for_many(
    world: World, as_user, django_assert_max_num_queries
) -> None:
    for number in range(4):
        world.season.productions.add(make.ProductionFactory(ensemble=world.ensemble))
        make.WishFactory(season=world.season, production=world.production, rank=number + 1)
    client = as_user(world.producer)
    with django_assert_max_num_queries(12):
        get(client, "/repertoar/")


def test_a_new_production(world: World, as_user) -> None:
    response = post(as_user(world.producer), "/repertoar/ny/", piece(world))
    assert (response.status_code, response["Location"]) == (302, "/repertoar/under-isen/")
    made = Production.objects.select_related("rider").get(slug="under-isen")
    assert (made.languages, str(made.fee_next_show), made.is_all_in) == (["none"], "4000.50", False)
    assert (str(made.rider.stage_w_m), made.rider.needs_piano) == ("5.50", True)


@pytest.mark.parametrize(
    ("sent", "form", "field"),
    [
        ({"title": ""}, "form", "title"),
        ({"languages": []}, "form", "languages"),
        ({"age_max": "5"}, "form", "age_max"),
        ({"fee": "-1"}, "form", "fee"),
        ({"get_in_min": ""}, "needs", "get_in_min"),
        ({"get_in_min": "700", "duration_min": "480"}, "needs", "get_in_min"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    world: World, as_user, sent: dict, form: str, field: str
) -> None:
    response = post(as_user(world.producer), "/repertoar/ny/", piece(world, **sent))
    assert (response.status_code, list(response.context[form].errors)) == (422, [field])
    assert not Production.objects.filter(slug="under-isen").exists()


def test_changing_a_production(world: World, as_user) -> None:
    url = "/repertoar/trumman-och-tystnaden/"
    client = as_user(world.producer)
    assert get(client, url).context["form"]["fee"].value() == "9800"
    post(client, url, piece(world, title="Trumman", get_in_min="60"))
    world.production.refresh_from_db()
    assert (world.production.title, world.production.slug) == ("Trumman", "trumman-och-tystnaden")
    assert world.production.rider.get_in_min == 60


def test_a_production_without_a_rider_gets_one(world: World, as_user) -> None:
    make.ProductionFactory(ensemble=world.ensemble, slug="naken")
    client = as_user(world.producer)
    assert get(client, "/repertoar/naken/").status_code == 200
    post(client, "/repertoar/naken/", piece(world))
    assert Production.objects.get(slug="naken").rider.get_in_min == 90


def test_somebody_elses_ensemble_is_no_choice(world: World, as_user) -> None:
    other = make.EnsembleFactory()
    response = post(as_user(world.producer), "/repertoar/ny/", piece(world, ensemble=other.pk))
    assert list(response.context["form"].errors) == ["ensemble"]


@pytest.mark.parametrize("who", ["presenter", "officer", "stranger"])
def test_only_its_producer_writes_a_production(world: World, as_user, who: str) -> None:
    client = as_user(getattr(world, who))
    assert get(client, "/repertoar/trumman-och-tystnaden/").status_code == 404
    assert post(client, "/repertoar/ny/", piece(world)).status_code == 404


# -- pictures ---------------------------------------

PICTURES = "/repertoar/trumman-och-tystnaden/bilder/"


def upload(client: Client, content: bytes, alt: str = "En trumma"):
    sent = {"image": SimpleUploadedFile("x.svg", content), "alt": alt, "credit": "N. N."}
    return post(client, PICTURES, sent)


def test_putting_up_a_picture(world: World, as_user) -> None:
    response = upload(as_user(world.producer), image().getvalue())
    assert (response.status_code, world.production.pictures.get().alt) == (302, "En trumma")


@pytest.mark.parametrize(
    ("content", "alt", "field"), [(b"<svg/>", "En trumma", "image"), (None, "", "alt"), (b"", "x", "image")]
)
def test_what_is_no_picture_with_words(world: World, as_user, content: bytes, alt: str, field: str) -> None:
    response = upload(as_user(world.producer), image().getvalue() if content is None else content, alt)
    assert (response.status_code, list(response.context["picture_form"].errors)) == (422, [field])
    assert world.production.pictures.count() == 0


def test_taking_down_a_picture(world: World, as_user) -> None:
    picture = pictures.add_picture(world.production, image(), "En trumma", "", world.producer)
    post(as_user(world.producer), f"{PICTURES}{picture.pk}/ta-bort/")
    assert world.production.pictures.count() == 0


def test_somebody_elses_pictures(world: World, as_user) -> None:
    picture = pictures.add_picture(world.production, image(), "En trumma", "", world.producer)
    assert upload(as_user(world.presenter), image().getvalue()).status_code == 404
    assert post(as_user(world.presenter), f"{PICTURES}{picture.pk}/ta-bort/").status_code == 404
    other = make.ProductionFactory(ensemble=world.ensemble, slug="annan")
    away = f"/repertoar/{other.slug}/bilder/{picture.pk}/ta-bort/"
    assert post(as_user(world.producer), away).status_code == 404


# -- seasons ---------------------------------------

SEASON = "/sasonger/varen-2027/"


def season(**other: object) -> dict:
    usual = {
        "name": "Hösten 2027",
        "opens_at": "2027-02-01T08:00",
        "closes_at": "2027-05-01T16:00",
        "starts_on": "2027-08-23",
        "ends_on": "2027-12-17",
        "wishes_max": "6",
        "hold_days": "45",
        "hold_reminder_days": "5",
        "challenge_hours": "24",
        "late_cancel_days": "30",
        "answer_reminder_days": "2",
    }
    return usual | other


@pytest.mark.parametrize("who", ["producer", "officer", "administrator"])
def test_a_new_season(world: World, as_user, who: str) -> None:
    client = as_user(getattr(world, who))
    response = post(client, "/sasonger/ny/", season(productions=[world.production.pk]))
    assert (response.status_code, response["Location"]) == (302, "/sasonger/hosten-2027/")
    made = Season.objects.get(slug="hosten-2027")
    assert (made.region, list(made.productions.all())) == (world.season.region, [world.production])
    assert (made.opens_at, made.starts_on) == (datetime(2027, 2, 1, 7, tzinfo=UTC), date(2027, 8, 23))
    assert (made.hold_days, made.hold_reminder_days, made.challenge_hours) == (45, 5, 24)


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"starts_on": "2027-04-31"}, "starts_on", "There is no day 31 in April 2027, which has 30 days."),
        ({"closes_at": "2027-01-31T16:00"}, "closes_at", "The season must close after it opens."),
        ({"ends_on": "2027-08-22"}, "ends_on", "The last day is before the first."),
        ({"challenge_hours": "12"}, "challenge_hours", "Ensure this value is greater than or equal to 24."),
        ({"opens_at": "2027-02-01"}, "opens_at", "Write the time as 10:00, from 00:00 to 23:59."),
    ],
)
def test_a_season_that_can_not_be(world: World, as_user, sent: dict, field: str, sentence: str) -> None:
    response = post(as_user(world.officer), "/sasonger/ny/", season(**sent))
    assert (response.status_code, response.context["form"].errors) == (422, {field: [sentence]})
    assert Season.objects.count() == 1


def test_the_form_shows_the_season_as_it_stands(world: World, as_user) -> None:
    page = get(as_user(world.officer), SEASON).content.decode()
    assert 'value="2026-09-01T02:00"' in page  # midnight UTC
    assert 'value="2027-01-11"' in page


def test_a_production_that_is_wished_for_stays(world: World, as_user) -> None:
    response = post(as_user(world.officer), SEASON, season(name="Våren"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["productions"])
    assert list(world.season.productions.all()) == [world.production]


def test_changing_the_menu(world: World, as_user) -> None:
    Wish.objects.all().delete()
    assert post(as_user(world.producer), SEASON, season(name="Våren")).status_code == 302
    world.season.refresh_from_db()
    assert (world.season.name, world.season.productions.count()) == ("Våren", 0)


def test_closing_and_opening(world: World, as_user) -> None:
    client = as_user(world.officer)
    assert "Close for wishes now" in text_of(get(client, SEASON))
    told = text_of(post(client, SEASON + "stang/", follow=True))
    world.season.refresh_from_db()
    assert (world.season.closes_at, "Våren 2027 takes no more wishes." in told) == (NOW, True)
    told = text_of(post(client, SEASON + "oppna/", follow=True))
    assert "The season has closed. Give it a later closing time first." in told


def test_opening_early(world: World, as_user) -> None:
    Season.objects.update(opens_at=datetime(2026, 11, 1, tzinfo=UTC))
    told = text_of(post(as_user(world.officer), SEASON + "oppna/", follow=True))
    world.season.refresh_from_db()
    assert (world.season.opens_at, "Våren 2027 takes wishes now." in told) == (NOW, True)


@pytest.mark.parametrize("who", ["presenter", "school_contact", "stranger"])
def test_others_do_not_run_seasons(world: World, as_user, who: str) -> None:
    client = as_user(getattr(world, who))
    assert [get(client, url).status_code for url in ("/repertoar/", "/sasonger/ny/", SEASON)] == [404] * 3
    assert post(client, SEASON + "stang/").status_code == 404


def test_another_regions_producer_does_not_run_the_season(world: World, as_user) -> None:
    far = make.RegionFactory(slug="g", name="Gotland", code="09", is_served=True)
    body = make.OrganisationFactory(region=far, roles=["producer"])
    member = make.MembershipFactory(organisation=body, role="producer")
    client = as_user(member.user)
    assert get(client, SEASON).status_code == 404
    assert get(client, "/repertoar/").context["seasons"] == []
