"""The list of tours, and the frame of one: made, changed, and what is wrong in it."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from tests import factories as make
from tests.turne.pages import queries_of, source_of
from tests.turne.plans import adopted, url
from tests.world import World
from tours.models import Season, Tour
from venues.models import WorkRuleProfile

pytestmark = pytest.mark.usefixtures("before_the_tour")


# -- The list of tours ---------------------------------------


def test_a_tour_stands_in_the_list_with_its_answers(world: World, producer: Client) -> None:
    bookings = adopted(world)
    lifecycle.offer(bookings[0], by=world.producer, now=timezone.now())
    rows = producer.get(reverse("tours")).context["groups"][0]["rows"]
    labels = [answer["label"] for answer in rows[0]["answers"]]
    assert (rows[0]["stops"], labels) == ("3 stops", ["1 offered", "2 held"])
    assert rows[0]["deadline"] == "Next answer by Fri 1 Jan"


def test_the_cut_off_is_the_deadline_before_anything_is_offered(world: World, producer: Client) -> None:
    Tour.objects.update(cut_off_on=date(2027, 1, 10))
    rows = producer.get(reverse("tours")).context["groups"][0]["rows"]
    assert (rows[0]["stops"], rows[0]["deadline"]) == ("not planned yet", "Cut-off Sun 10 Jan 2027")


def test_other_organisations_tours_are_not_listed(world: World, producer: Client) -> None:
    make.TourFactory()
    shown = producer.get(reverse("tours")).context["groups"]
    assert [row["tour"] for group in shown for row in group["rows"]] == [world.tour]


def test_tours_are_filtered_by_the_address(world: World, producer: Client) -> None:
    later = make.TourFactory(production=world.production, season=world.season, stage="closed")
    shown = producer.get(reverse("tours") + "?skede=closed&sasong=varen-2027").context["groups"]
    assert [row["tour"] for group in shown for row in group["rows"]] == [later]


def test_a_filter_without_tours_says_so(world: World, producer: Client) -> None:
    assert "No tour here" in source_of(producer.get(reverse("tours") + "?skede=running"))


def test_a_producer_without_tours_is_told_what_to_do(world: World, producer: Client) -> None:
    Tour.objects.all().delete()
    assert "No tours yet" in source_of(producer.get(reverse("tours")))


def test_the_list_takes_the_same_queries_for_one_tour_and_for_three(world: World, producer: Client) -> None:
    producer.get(reverse("tours"))
    one = queries_of(producer, reverse("tours"))
    for _ in range(2):
        make.TourFactory(production=world.production, season=world.season)
    assert queries_of(producer, reverse("tours")) == one


# -- The frame of a tour ---------------------------------------


def frame(**changes: object) -> dict[str, object]:
    return {
        "name": "Trumman i norr",
        "starts_on": "2027-02-01",
        "ends_on": "2027-02-12",
        "presenters_min": 3,
        "moves_up": "on",
        "performances_per_day": 2,
        "day_open_min": "06:00",
        "day_close_min": "00:00",
        "drive_max_min": 360,
        "works_saturdays": "on",
        "winter_factor": "1.10",
        "trailer_factor": "1.00",
        "wish_worth": 10000,
        "municipality_bonus": 6000,
        "cost_per_km": 35,
        "cost_per_night": 5500,
        "cost_per_change": 4000,
        "cost_per_offered_change": 12000,
        "mileage": "own_cost",
        "room_cost": 1100,
        "sharing": "equal",
        **changes,
    }


def new(world: World, **changes: object) -> dict[str, object]:
    return frame(production=world.production.pk, season=world.season.pk, **changes)


def test_a_tour_is_made(world: World, producer: Client) -> None:
    response = producer.post(reverse("tour-new"), new(world))
    made = Tour.objects.get(slug="trumman-i-norr")
    assert response.url == reverse("board", args=["trumman-i-norr"])
    assert (made.day_open_min, made.day_close_min, made.works_sundays) == (360, 1440, False)
    assert (made.moves_up, made.offers_at) == (True, None)


def test_offers_may_wait_for_an_hour(world: World, producer: Client) -> None:
    producer.post(reverse("tour-new"), new(world, offers_at="15:00"))
    assert Tour.objects.get(slug="trumman-i-norr").offers_at == time(15)


def test_what_is_wrong_stands_beside_its_field(world: World, producer: Client) -> None:
    response = producer.post(reverse("tour-new"), new(world, ends_on="2027-01-31"))
    assert response.status_code == 422
    assert response.context["form"].errors["ends_on"] == ["The last day is before the first."]
    assert Tour.objects.count() == 1


def test_more_than_the_planner_reckons_with_is_told_in_swedish_at_its_field(
    world: World, producer: Client
) -> None:
    sent = new(world, municipality_bonus=10**9 + 1)
    producer.cookies["django_language"] = "sv"
    response = producer.post(reverse("tour-new"), sent)
    assert response.context["form"].errors == {
        "municipality_bonus": ["Kontrollera att detta värde är mindre än eller lika med 1000000000."]
    }


def test_an_impossible_day_is_told_as_such(world: World, producer: Client) -> None:
    response = producer.post(reverse("tour-new"), new(world, ends_on="2027-02-31"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["ends_on"])


def test_another_organisations_production_cannot_be_chosen(world: World, producer: Client) -> None:
    other = make.ProductionFactory()
    world.season.productions.add(other)
    response = producer.post(reverse("tour-new"), {**new(world), "production": other.pk})
    assert list(response.context["form"].errors) == ["production"]


def test_of_a_long_season_as_many_days_are_suggested_as_a_tour_may_have(
    world: World, producer: Client
) -> None:
    first = world.season.starts_on
    Season.objects.update(ends_on=first + timedelta(days=180))
    form = producer.get(reverse("tour-new")).context["form"]
    assert (form.initial["starts_on"], form.initial["ends_on"]) == (first, first + timedelta(days=119))


def test_without_a_season_menu_there_is_nothing_to_choose(world: World, producer: Client) -> None:
    world.season.productions.clear()
    assert "Nothing to tour with yet" in source_of(producer.get(reverse("tour-new")))


def test_the_frame_is_changed(world: World, producer: Client) -> None:
    response = producer.post(url("tour-edit", world), frame(version=1, cost_per_km=40))
    world.tour.refresh_from_db()
    assert (response.url, world.tour.cost_per_km, world.tour.version) == (url("board", world), 40, 2)


def test_the_form_shows_what_the_tour_says(world: World, producer: Client) -> None:
    page = source_of(producer.get(url("tour-edit", world)))
    assert 'name="day_open_min" value="06:00"' in page
    assert 'name="day_close_min" value="00:00"' in page


def test_the_law_is_no_choice_and_an_agreement_is(world: World, producer: Client) -> None:
    for key, severity in (("law", "block"), ("agreement", "warn")):
        WorkRuleProfile.objects.create(
            region=world.season.region, key=key, label=key, severity=severity, parameters={}
        )
    form = producer.get(url("tour-edit", world)).context["form"]
    assert [rule.key for rule in form.fields["work_rules"].queryset] == ["agreement"]


def test_a_change_by_somebody_else_is_not_overwritten(world: World, producer: Client) -> None:
    Tour.objects.update(version=2, cost_per_km=99)
    response = producer.post(url("tour-edit", world), frame(version=1))
    world.tour.refresh_from_db()
    assert (response.status_code, world.tour.cost_per_km) == (409, 99)
    assert "Somebody has changed the tour" in source_of(response)
    assert (response.context["version"], response.context["name"]) == (2, "Trumman våren 2027")
