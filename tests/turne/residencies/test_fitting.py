"""The page of rooms and periods that fit a residency."""

import pytest
from django.test import Client

from tests import factories as make
from tests.agreements import SHOW_AT, held
from tests.bookings.residencies.moments import confirmed, planned
from tests.bookings.residencies.stays_made import Stay
from tests.turne.pages import get, text_of
from tests.world import World
from venues.models import Dwelling, Place, Venue


@pytest.fixture
def stay(world: World) -> Stay:
    Venue.objects.filter(pk=world.venue.pk).update(width_m=8)
    return planned(world)


def url(stay: Stay, query: str = "") -> str:
    return f"/residenser/{stay.residency.pk}/passar/{query}"


def rooms(response) -> list[str]:
    return [row["room"].host_name for row in response.context["rows"]]


def asked(**more: object) -> str:
    return "?" + "&".join(f"{key}={value}" for key, value in {"fragat": 1, **more}.items())


def test_the_residencys_own_days_and_the_best_room_first(world: World, stay: Stay, as_user) -> None:
    response = get(as_user(world.officer), url(stay))
    assert rooms(response) == ["Backe bygdegård", "Folkets hus Strömsund"]
    assert [row["when"] for row in response.context["rows"]] == ["weeks 18–19, 3–16 May 2027"] * 2
    assert [len(row["others"]) for row in response.context["rows"]] == [1, 1]


def test_reasons_and_questions_are_told(world: World, stay: Stay, as_user) -> None:
    told = text_of(get(as_user(world.presenter), url(stay, asked(bredd=6))))
    assert "Lodging 20 / 20 + Speaks for it: Lägenheten i Backe, 3 beds" in told
    assert "Ask Folkets hus Strömsund ? Unknown: Stage width (6 m is needed)" in told


def test_a_room_that_does_not_fit_is_shown_among_everything(world: World, stay: Stay, as_user) -> None:
    client: Client = as_user(world.officer)
    assert rooms(get(client, url(stay, asked(bredd=9)))) == ["Folkets hus Strömsund"]
    everything = get(client, url(stay, asked(bredd=9, visa="allt")))
    assert rooms(everything) == ["Folkets hus Strömsund", "Backe bygdegård"]
    assert "Does not fit: stage width" in text_of(everything)


def test_narrowed_to_a_municipality(world: World, stay: Stay, as_user) -> None:
    where = world.places["Krokom"]
    house = make.OrganisationFactory(name="Krokoms bygdegård", municipality=where.municipality)
    make.VenueFactory(organisation=house, place=where)
    response = get(as_user(world.officer), url(stay, f"?kommun={where.municipality_id}"))
    assert rooms(response) == ["Krokoms bygdegård"]


def test_other_periods_are_weeks_from_a_monday(world: World, stay: Stay, as_user) -> None:
    response = get(as_user(world.officer), url(stay, asked(fran="2027-02-02", dagar=5, antal=2)))
    first = response.context["rows"][0]
    told = {first["when"], *(other["when"] for other in first["others"])}
    assert told == {"week 6, 8–12 Feb 2027", "week 7, 15–19 Feb 2027"}


def test_an_impossible_day_is_said_beside_its_field(world: World, stay: Stay, as_user) -> None:
    response = get(as_user(world.officer), url(stay, asked(fran="2027-02-31")))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["fran"])


def test_nothing_fits_says_what_to_do(world: World, stay: Stay, as_user) -> None:
    Dwelling.objects.all().delete()
    Place.objects.update(has_lodging=False)
    assert "No room fits all of it" in text_of(get(as_user(world.officer), url(stay)))


def test_a_region_without_rooms(world: World, stay: Stay, as_user) -> None:
    Venue.objects.update(is_closed_down=True)
    assert "No host has told of a room yet" in text_of(get(as_user(world.officer), url(stay)))


def test_what_the_artist_needs_is_not_on_it(world: World, stay: Stay, as_user) -> None:
    assert "Hiss." not in get(as_user(world.officer), url(stay)).content.decode()


def test_visits_of_the_ensemble_in_the_days_are_told(world: World, as_user) -> None:
    held(world)
    stay = confirmed(world, periods=[(SHOW_AT.date(), SHOW_AT.date())], ensemble=world.ensemble)
    told = text_of(get(as_user(world.officer), url(stay)))
    assert "The ensemble has 1 visit of another tour in these days." in told


def test_the_artist_does_not_see_it(world: World, stay: Stay, as_user) -> None:
    assert get(as_user(stay.artist), url(stay)).status_code == 404


def test_what_is_done_next_opens_filled_in(world: World, stay: Stay, as_user) -> None:
    client: Client = as_user(world.officer)
    response = get(client, url(stay, asked(fran="2027-02-01", dagar=5, antal=1)))
    steps = {str(step["label"]): step["url"] for step in response.context["rows"][0]["steps"]}
    assert list(steps) == ["Set the days", "Reserve the room", "Reserve the dwelling"]
    room = get(client, steps["Reserve the room"]).context["form"]
    assert room["venue"].value() == world.venue.pk
    home = get(client, steps["Reserve the dwelling"]).context["form"]
    assert home["dwelling"].value() == stay.dwelling.pk
    days = get(client, steps["Set the days"]).context["form"]
    assert (days["period_3_from"].value(), days["period_3_to"].value()) == ("2027-02-01", "2027-02-05")


def test_another_host_opens_filled_in(world: World, stay: Stay, as_user) -> None:
    client: Client = as_user(world.officer)
    steps = get(client, url(stay)).context["rows"][1]["steps"]
    form = get(client, steps[0]["url"]).context["form"]
    assert (str(steps[0]["label"]), form["host"].value()) == ("Change the host", world.neighbouring.pk)


def test_a_host_is_led_only_to_what_it_may_choose(world: World, stay: Stay, as_user) -> None:
    rows = get(as_user(world.presenter), url(stay)).context["rows"]
    assert [[str(step["label"]) for step in row["steps"]] for row in rows] == [
        ["Reserve the room", "Reserve the dwelling"],
        [],
    ]


def test_the_host_is_not_told_which_visits_they_are(world: World, as_user) -> None:
    held(world)
    stay = confirmed(world, periods=[(SHOW_AT.date(), SHOW_AT.date())], ensemble=world.ensemble)
    told = text_of(get(as_user(world.presenter), url(stay)))
    assert "The ensemble has 1 visit of another tour in these days. Both stand" in told
    assert world.tour.name not in told


def test_whoever_runs_it_comes_here_from_its_page(world: World, stay: Stay, as_user) -> None:
    page = f"/residenser/{stay.residency.pk}/"
    shown = []
    for who in (world.officer, stay.artist):
        labels = [str(tab["label"]) for tab in get(as_user(who), page).context["tabs"]]
        shown.append("What fits" in labels)
    assert shown == [True, False]
