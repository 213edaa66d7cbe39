"""Ensembles: what is refused of them, and days off beside visits."""

from datetime import date, datetime, timedelta

import pytest

from bookings import ensembles, lifecycle, planning, running
from bookings.errors import PlanOutdated
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, STOCKHOLM, confirmed, held, offered
from tests.world import World
from tours.errors import Refused
from tours.models import Ensemble, EnsembleDayOff

TODAY = date(2026, 12, 18)
SHOW_ON = date(2027, 2, 3)
ONE_DAY = timedelta(days=1)


def duo(world: World, **fields: object) -> Ensemble:
    usual = {"producer": world.producing, "name": "Duo Syd", "home": world.places["Åre"]}
    return Ensemble(**(usual | fields))


def day_off(world: World, first: date, last: date | None = None, reason: str = "") -> EnsembleDayOff:
    return ensembles.add_day_off(world.ensemble, first, last or first, reason, today=TODAY)


def refusal(act, *args: object, **options: object) -> tuple[str, str]:
    """The field that is blamed, and the sentence."""
    with pytest.raises(Refused) as caught:
        act(*args, **options)
    return caught.value.field, str(caught.value)


# -- who travels ---------------------------------------


def test_a_new_ensemble_gets_an_address(world: World) -> None:
    saved = ensembles.save_ensemble(duo(world, name="  Duo   Älv ", people_count=4), NOW)
    stored = Ensemble.objects.get(pk=saved.pk)
    assert (stored.name, stored.slug, stored.people_count) == ("Duo Älv", "duo-alv", 4)


def test_a_new_name_keeps_the_address(world: World) -> None:
    world.ensemble.name = "Kvartett Norr"
    ensembles.save_ensemble(world.ensemble, NOW)
    assert Ensemble.objects.get(slug="trio-norr").name == "Kvartett Norr"


@pytest.mark.parametrize(("name", "slug"), [("Ny", "ny-2"), ("Ensembler", "ensembler-2")])
def test_no_ensemble_takes_the_address_of_a_page(world: World, name: str, slug: str) -> None:
    assert ensembles.save_ensemble(duo(world, name=name), NOW).slug == slug


def test_two_producers_may_use_the_same_name(world: World) -> None:
    other = make.OrganisationFactory(roles=["producer"])
    assert ensembles.save_ensemble(duo(world, producer=other, name="Trio Norr"), NOW).slug == "trio-norr-2"


def test_one_producer_uses_a_name_once(world: World) -> None:
    make.EnsembleFactory(producer=world.producing, name="Duo Älv")
    assert refusal(ensembles.save_ensemble, duo(world, name="DUO ÄLV"), NOW) == (
        "name",
        "You have another ensemble called DUO ÄLV. Give this one a name of its own.",
    )


def test_an_ensemble_may_keep_its_own_name(world: World) -> None:
    world.ensemble.people_count = 7
    assert ensembles.save_ensemble(world.ensemble, NOW).people_count == 7


def test_the_home_is_in_the_producers_region(world: World) -> None:
    far = make.RegionFactory(slug="g", name="Gotland", code="09")
    visby = make.PlaceFactory(municipality=make.MunicipalityFactory(region=far, code="0980"), name="Visby")
    assert refusal(ensembles.save_ensemble, duo(world, home=visby), NOW) == (
        "home",
        "Visby is in another region. Choose a place in Jämtland Härjedalen.",
    )
    assert visby not in ensembles.homes_for([world.producing])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"people_count": 0}, "people_count"), ({"vehicle": "x"}, "vehicle")],
)
def test_what_can_not_be_is_not_saved(world: World, wrong: dict, field: str) -> None:
    assert refusal(ensembles.save_ensemble, duo(world, **wrong), NOW)[0] == field
    assert Ensemble.objects.count() == 1


def test_homes_stand_by_municipality(world: World) -> None:
    assert [place.name for place in ensembles.homes_for([world.producing])][:2] == ["Krokom", "Backe"]


# -- days off ---------------------------------------


def test_days_off_hold_the_first_and_the_last(world: World) -> None:
    noted = day_off(world, date(2027, 2, 1), date(2027, 2, 5), " Semester ")
    assert list(EnsembleDayOff.objects.values_list("pk", "starts_on", "ends_on", "reason")) == [
        (noted.pk, date(2027, 2, 1), date(2027, 2, 5), "Semester")
    ]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2027, 2, 5), date(2027, 2, 4), "The last day is before the first."),
        (date(2026, 12, 1), date(2026, 12, 17), "These days are over. Choose days to come."),
        (date(2027, 2, 1), date(2028, 2, 2), "That is more than a year. Check the year of the last day."),
        (date(2027, 2, 1), date.max, "That is more than a year. Check the year of the last day."),
    ],
)
def test_days_that_can_not_be(world: World, first: date, last: date, sentence: str) -> None:
    assert refusal(day_off, world, first, last) == ("ends_on", sentence)
    assert EnsembleDayOff.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, TODAY),
        (date(2026, 12, 1), TODAY),
        (date(2027, 2, 1), date(2028, 2, 1)),
        (date(9999, 12, 1), date.max),
    ],
)
def test_the_outermost_days_that_can_be(world: World, first: date, last: date) -> None:
    assert day_off(world, first, last).ends_on == last


def test_a_reason_that_is_too_long(world: World) -> None:
    assert refusal(day_off, world, SHOW_ON, SHOW_ON, "x" * 121)[0] == "reason"


def test_days_are_off_once(world: World) -> None:
    day_off(world, date(2027, 2, 1), date(2027, 2, 5))
    assert refusal(day_off, world, date(2027, 2, 5), date(2027, 2, 8)) == (
        "starts_on",
        "The ensemble is off already: 1–5 Feb 2027. Choose other days, or remove those first.",
    )
    assert day_off(world, date(2027, 2, 6)).pk


def test_another_ensembles_days_do_not_matter(world: World) -> None:
    other = make.EnsembleFactory(producer=world.producing)
    ensembles.add_day_off(other, SHOW_ON, SHOW_ON, "", today=TODAY)
    held(world)
    assert ensembles.add_day_off(other, SHOW_ON + ONE_DAY, SHOW_ON + ONE_DAY, "", today=TODAY).pk


@pytest.mark.parametrize("booked", [held, offered, confirmed])
def test_a_visit_is_in_the_way_and_is_named(world: World, booked) -> None:
    visit = booked(world)
    with pytest.raises(Refused) as caught:
        day_off(world, date(2027, 2, 1), date(2027, 2, 5))
    assert (caught.value.field, caught.value.ids, str(caught.value)) == (
        "starts_on",
        {"booking": visit.pk},
        "Trumman och tystnaden is booked at Backe bygdegård on Wed 3 Feb 2027. "
        "Choose other days, or move the visit first.",
    )
    assert EnsembleDayOff.objects.count() == 0


def test_the_first_of_several_visits_is_named(world: World) -> None:
    held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    first = held(world)
    with pytest.raises(Refused) as caught:
        day_off(world, date(2027, 2, 1), date(2027, 2, 12))
    assert caught.value.ids == {"booking": first.pk}


@pytest.mark.parametrize("away", [-ONE_DAY, ONE_DAY])
def test_the_days_beside_a_visit_are_free(world: World, away: timedelta) -> None:
    held(world)
    assert day_off(world, SHOW_ON + away).starts_on == SHOW_ON + away


def test_a_get_out_after_midnight_is_work(world: World) -> None:
    visit = held(world)
    visit.allocations.update(occupied_to=datetime(2027, 2, 4, 0, 15, tzinfo=STOCKHOLM))
    assert refusal(day_off, world, SHOW_ON + ONE_DAY)[0] == "starts_on"
    visit.allocations.update(occupied_to=datetime(2027, 2, 4, tzinfo=STOCKHOLM))
    assert day_off(world, SHOW_ON + ONE_DAY).pk


def test_a_second_option_is_no_booked_visit(world: World) -> None:
    held(world, rank=2)
    assert day_off(world, SHOW_ON).pk


def test_a_withdrawn_visit_is_not_in_the_way(world: World) -> None:
    lifecycle.release(held(world), by=world.producer, now=NOW)
    assert day_off(world, SHOW_ON).pk


def test_days_off_overtake_a_plan(world: World) -> None:
    proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    day_off(world, date(2027, 2, 1), date(2027, 2, 3))
    with pytest.raises(PlanOutdated):
        planning.adopt(proposal, by=world.producer, now=NOW)


def test_days_off_are_removed(world: World) -> None:
    ensembles.remove_day_off(day_off(world, SHOW_ON))
    assert EnsembleDayOff.objects.count() == 0
