"""The season menu and its productions, for everybody and for those who may wish."""

from datetime import datetime

import pytest
from django.test import Client

from tests import factories as make
from tests.tours.test_pictures import image
from tests.turne.pages import CLOSED, ENGLISH, NOW, text_of
from tests.world import World
from tours import pictures
from tours.models import Production, Wish
from venues.models import User, Venue

MENU = "/utbud/"


@pytest.fixture(autouse=True)
def _fixed(monkeypatch, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def later(monkeypatch, now: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def get(client: Client, url: str = MENU, **more: object):
    return client.get(url, headers=ENGLISH | more.pop("headers", {}), **more)


def staged(world: World, title: str, rider: dict | None = None, **fields: object) -> Production:
    production = make.ProductionFactory(ensemble=world.ensemble, title=title, slug=title.lower(), **fields)
    make.RiderFactory(production=production, **(rider or {}))
    world.season.productions.add(production)
    return production


def shown(response) -> list[str]:
    return [card["production"].title for card in response.context["offerings"]]


def uncertain(response) -> list[str]:
    return [card["production"].title for card in response.context["uncertain"]]


# -- the list ---------------------------------------


def test_anybody_reads_the_open_menu(world: World, client: Client) -> None:
    response = get(client)
    assert (response.status_code, shown(response)) == (200, ["Trumman och tystnaden"])
    assert "Wish by Tue 15 Dec 2026 at 01:00" in text_of(response)
    assert "Fits my room" not in text_of(response)


def test_filters_and_order_are_in_the_address(world: World, client: Client) -> None:
    staged(world, "Dans", art_form="dance", age_min=6, languages=["none"])
    staged(world, "Saga", age_max=5, languages=["sma"], fee=100)
    assert shown(get(client, MENU + "?alder=4&ordning=pris")) == ["Saga", "Trumman och tystnaden"]
    assert shown(get(client, MENU + "?konstform=dance")) == ["Dans"]
    assert shown(get(client, MENU + "?sprak=sma")) == ["Dans", "Saga"]


@pytest.mark.parametrize(
    "query", ["?alder=x", "?alder=-1", "?konstform=x", "?ordning=x", "?sasong=x", "?lokal=x"]
)
def test_nonsense_in_the_address_is_left_out(world: World, client: Client, query: str) -> None:
    assert shown(get(client, MENU + query)) == ["Trumman och tystnaden"]


def test_nothing_found_says_what_to_do(world: World, client: Client) -> None:
    assert "Nothing answers all of that Take away a filter" in text_of(
        get(client, MENU + "?konstform=circus")
    )


def test_htmx_gets_the_list_alone(world: World, client: Client) -> None:
    response = get(client, headers={"hx-request": "true"})
    assert [t.name for t in response.templates][0] == "menu/offerings.html"
    assert "HX-Request" in response["Vary"]


def test_going_back_with_htmx_gives_the_whole_page(world: World, client: Client) -> None:
    response = get(client, headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert [t.name for t in response.templates][0] == "menu/season_menu.html"


def test_the_menu_for_ones_own_room(world: World, as_user) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(piano=False, sound_system=True)
    for title, need in (("Ljud", "needs_sound"), ("Ljus", "needs_light"), ("Piano", "needs_piano")):
        staged(world, title, rider={need: True})
    response = get(as_user(world.presenter), MENU + f"?lokal={world.venue.slug}")
    assert shown(response) == ["Ljud", "Trumman och tystnaden"]
    assert uncertain(response) == ["Ljus"]
    assert "2 productions fit into Backe bygdegård, salen" in text_of(response)


def test_somebody_elses_room_is_not_asked_about(world: World, as_user) -> None:
    response = get(as_user(world.presenter), MENU + f"?lokal={world.neighbour_venue.slug}")
    assert response.context["venue"] is None


def test_ones_own_wishes_are_marked(world: World, as_user) -> None:
    assert "Your wish number 1" in text_of(get(as_user(world.presenter)))
    Wish.objects.filter(pk=world.wish.pk).update(is_reserve=True)
    assert "Your reserve" in text_of(get(as_user(world.presenter)))


def test_after_closing_the_menu_is_still_to_read(world: World, client: Client, monkeypatch) -> None:
    later(monkeypatch, CLOSED)
    response = get(client)
    assert shown(response) == ["Trumman och tystnaden"]
    assert "The season closed for wishes Tue 15 Dec 2026" in text_of(response)
    assert "wish-new" not in response.content.decode()


def test_before_opening_the_menu_is_not_shown(world: World, client: Client, monkeypatch) -> None:
    later(monkeypatch, world.season.opens_at.replace(month=8))
    response = get(client)
    assert response.context["offerings"] == []
    assert "Våren 2027 It opens Tue 1 Sep 2026" in text_of(response)


def test_without_any_season(db: None, client: Client) -> None:
    assert "No season yet" in text_of(get(client))


def test_another_open_season_is_a_link_away(world: World, client: Client) -> None:
    other = make.SeasonFactory(name="Hösten", slug="hosten", opens_at=world.season.opens_at)
    response = get(client, MENU + "?sasong=hosten")
    assert (response.context["season"], shown(response)) == (other, [])
    assert [chip["label"] for chip in response.context["season_chips"]] == ["Våren 2027", "Hösten"]


def test_the_menu_takes_as_many_queries_for_many(
    world: World, as_user, django_assert_max_num_queries
) -> None:
    client = as_user(world.presenter)
    for number in range(4):
        staged(world, f"P{number}")
    with django_assert_max_num_queries(14):
        get(client, MENU + f"?lokal={world.venue.slug}")


@pytest.mark.parametrize(
    ("who", "there"), [(None, True), ("school_contact", True), ("producer", False), ("stranger", False)]
)
def test_only_those_who_may_wish_get_the_button(
    world: World, client: Client, as_user, who, there: bool
) -> None:
    Wish.objects.all().delete()
    page = get(as_user(getattr(world, who)) if who else client).content.decode()
    assert ("/onskemal/ny/?produktion=trumman-och-tystnaden" in page) == there


# -- a production ---------------------------------------

PRODUCTION = "/utbud/varen-2027/trumman-och-tystnaden/"


def test_a_production_in_plain_words(world: World, client: Client) -> None:
    Production.objects.update(content_warnings="Strobe", teacher_guide_url="https://example.org/guide")
    response = get(client, PRODUCTION)
    told = text_of(response)
    for sentence in ("Trio Norr, Scenlaget", "Strobe", "Teacher guide", "Get-in 1 h 15 min", "9,800 kr"):
        assert sentence in told
    assert [action["label"] for action in response.context["actions"]] == ["Wish for this"]


def test_a_stranger_is_asked_to_log_in_before_wishing(world: World, client: Client) -> None:
    action = get(client, PRODUCTION).context["actions"][0]
    response = client.get(action["url"])
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/konto/logga-in/")


def test_ones_own_rooms_are_checked_line_by_line(world: World, as_user) -> None:
    world.production.rider.needs_piano = True
    world.production.rider.save()
    told = text_of(get(as_user(world.presenter), PRODUCTION))
    assert "Backe bygdegård, salen ? Not known" in told
    assert "Tuned piano: nobody has said" in told


def test_who_has_wished_sees_the_wish(world: World, as_user) -> None:
    response = get(as_user(world.presenter), PRODUCTION)
    assert [(a["label"], a["url"]) for a in response.context["actions"]] == [
        ("See your wish", f"/onskemal/{world.wish.pk}/")
    ]


@pytest.mark.parametrize(
    ("who", "labels"),
    [("producer", ["Who suits?", "Edit"]), ("officer", ["Who suits?"]), ("stranger", [])],
)
def test_others_see_what_they_may_do(world: World, as_user, who: str, labels: list[str]) -> None:
    user: User = getattr(world, who)
    actions = get(as_user(user), PRODUCTION).context["actions"]
    assert [action["label"] for action in actions] == labels


@pytest.mark.parametrize(("who", "status"), [("producer", 200), ("officer", 200), ("presenter", 404)])
def test_a_menu_that_has_not_opened_is_for_those_who_run_it(
    world: World, as_user, monkeypatch, who: str, status: int
) -> None:
    later(monkeypatch, world.season.opens_at.replace(month=8))
    assert get(as_user(getattr(world, who)), PRODUCTION).status_code == status


@pytest.mark.parametrize(
    "path", ["/utbud/varen-2027/x/", "/utbud/x/trumman-och-tystnaden/", "/produktion/x/"]
)
def test_what_is_not_there(world: World, client: Client, path: str) -> None:
    assert get(client, path).status_code == 404


def test_a_production_off_the_menu(world: World, client: Client) -> None:
    world.season.productions.clear()
    assert get(client, PRODUCTION).status_code == 404


def test_the_short_address_leads_to_the_newest_menu(world: World, client: Client) -> None:
    response = get(client, "/produktion/trumman-och-tystnaden/")
    assert (response.status_code, response["Location"]) == (302, PRODUCTION)


# -- pictures ---------------------------------------


def test_a_picture_is_shown_with_its_words(world: World, client: Client) -> None:
    picture = pictures.add_picture(world.production, image(), "En trumma", "N. N.", world.producer)
    page = get(client, PRODUCTION).content.decode()
    assert (f'src="/bilder/{picture.pk}.jpg" alt="En trumma"' in page, "Photo: N. N." in page) == (True, True)
    response = client.get(f"/bilder/{picture.pk}.jpg")
    assert (response["Content-Type"], b"".join(response.streaming_content)[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "immutable" in response["Cache-Control"]


def test_a_picture_whose_file_is_lost(world: World, client: Client) -> None:
    picture = pictures.add_picture(world.production, image(), "En trumma", "", world.producer)
    picture.image.storage.delete(picture.image.name)
    assert client.get(f"/bilder/{picture.pk}.jpg").status_code == 404
