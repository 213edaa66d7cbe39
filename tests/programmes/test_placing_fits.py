"""Who of the chosen could stay where and when."""

from datetime import date, timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.residencies.fit_values import Period
from programmes import placing_fits
from programmes.placing_fits import Slot, assigned
from tests import factories as make
from tests.programmes.applying import artist, sent
from tests.programmes.open_calls import AUGUST, MAY, published
from tests.world import World
from venues.models import Municipality

START = date(2027, 5, 3)


def slot(number: int) -> Slot:
    return number, Period(START, START + timedelta(days=6))


_rows = st.lists(st.dictionaries(st.integers(1, 4).map(slot), st.integers(0, 100), max_size=4), max_size=4)


def worth(rows: list[dict[Slot, int]], chosen: list[Slot | None]) -> tuple[int, int]:
    """How many are placed, and the sum of their fits."""
    return sum(one is not None for one in chosen), sum(
        row[one] for row, one in zip(rows, chosen, strict=True) if one
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_rows)
def test_no_other_way_places_more_or_fits_better(rows: list[dict[Slot, int]]) -> None:
    ways = product(*[[None, *row] for row in rows])
    legal = [way for way in ways if len({one for one in way if one}) == sum(one is not None for one in way)]
    assert worth(rows, assigned(rows)) == max(worth(rows, list(way)) for way in legal)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_rows)
def test_a_slot_is_given_once_and_only_to_who_may_have_it(rows: list[dict[Slot, int]]) -> None:
    found = assigned(rows)
    given_out = [one for one in found if one]
    assert len(set(given_out)) == len(given_out)
    assert all(one is None or one in row for row, one in zip(rows, found, strict=True))


def test_nobody_is_nobody() -> None:
    assert assigned([]) == []
    assert assigned([{}]) == [None]


def test_who_fits_elsewhere_too_gives_way() -> None:
    assert assigned([{slot(1): 90, slot(2): 80}, {slot(1): 60}]) == [slot(2), slot(1)]


def host_in_krokom(world: World) -> None:
    """The call gives places anywhere in Krokom: one house with a room."""
    where = world.places["Krokom"]
    house = make.OrganisationFactory(name="Krokoms bygdegård", municipality=where.municipality)
    make.VenueFactory(organisation=house, place=where)


def test_an_application_asks_for_what_was_sent_in(world: World) -> None:
    call = published(world)
    Municipality.objects.filter(name="Krokom").update(centre="Krokom")
    one = sent(call, artist(), home=Municipality.objects.get(name="Krokom"))
    one.title = "Skrivet efteråt"
    asked = placing_fits.asked_for(call, one)
    assert (asked.people, asked.art_form, asked.home) == (2, "music", world.places["Krokom"])
    assert asked.wished == (Period(*MAY),)
    assert asked.periods == (Period(*MAY), Period(*AUGUST))
    assert len(asked.hosts) + len(asked.municipalities) == 1


def test_two_do_not_get_the_same_host_in_the_same_period(world: World) -> None:
    host_in_krokom(world)
    call = published(world)
    chosen = [sent(call, artist(f"Musiker {number}")) for number in (1, 2)]
    found = placing_fits.propose(call, chosen)
    assert [one.application for one in found] == chosen
    slots = [(one.fit.option.room.host_name, one.fit.option.period) for one in found if one.fit]
    assert len(slots) == len(set(slots)) == 2


def test_only_the_calls_places_are_given(world: World) -> None:
    call = published(world)
    call.places.exclude(host=world.presenting).delete()
    [one] = placing_fits.propose(call, [sent(call, artist())])
    assert one.fit is not None
    assert one.fit.option.room.host == world.presenting.pk


def test_nowhere_is_left_for_who_can_not_be_placed(world: World) -> None:
    call = published(world)
    world.venue.is_closed_down = True
    world.venue.save()
    [one] = placing_fits.propose(call, [sent(call, artist())])
    assert one.fit is None
