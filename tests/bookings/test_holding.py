"""A wish is held: what must be so, what is written, and days off."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bookings import lifecycle
from bookings.errors import SlotTaken
from bookings.models import Booking, Notice, Performance
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, held, offered
from tests.world import World
from tours.errors import Refused
from tours.models import EnsembleDayOff
from venues.models import Closure


def blocking(booking: Booking) -> list[bool]:
    return list(booking.allocations.order_by("id").values_list("is_blocking", flat=True))


class TestHold:
    def test_from_get_in_to_get_out(self, world: World) -> None:
        booking = held(world)
        assert booking.occupied_from == SHOW_AT - timedelta(minutes=75)
        assert booking.occupied_to == SHOW_AT + timedelta(minutes=45 + 45)

    def test_takes_over_what_the_wish_says(self, world: World) -> None:
        booking = held(world)
        assert (booking.presenter, booking.venue) == (world.presenting, world.venue)
        assert (booking.price, booking.currency, booking.audience) == (Decimal(9800), "SEK", "public")
        assert booking.audience_expected == 60

    def test_two_shows_with_a_changeover_between(self, world: World) -> None:
        world.wish.shows_count = 2
        booking = held(world)
        starts = list(booking.performances.values_list("number", "starts_at"))
        assert starts == [(1, SHOW_AT), (2, SHOW_AT + timedelta(minutes=45 + 30))]
        assert booking.occupied_to == SHOW_AT + timedelta(minutes=45 + 30 + 45 + 45)
        assert booking.price == Decimal(9800 + 4900)

    def test_writes_history_and_tells_nobody(self, world: World) -> None:
        booking = held(world)
        change = booking.changes.get()
        assert (change.action, change.by, change.at, change.to_status) == (
            "hold",
            world.producer,
            NOW,
            "held",
        )
        assert change.details == {"starts_at": SHOW_AT.isoformat(), "rank": 1}
        assert Notice.objects.count() == 0

    def test_a_further_option_reserves_nothing(self, world: World) -> None:
        assert blocking(held(world, rank=2)) == [False, False]

    def test_the_ensemble_is_taken(self, world: World) -> None:
        held(world)
        with pytest.raises(SlotTaken, match="Trio Norr"):
            held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + timedelta(hours=1))
        assert Booking.objects.count() == 1

    def test_the_venue_is_taken_by_another_ensemble(self, world: World) -> None:
        held(world)
        production = make.RiderFactory().production
        tour = make.TourFactory(production=production, season=world.season)
        wish = make.WishFactory(
            production=production,
            season=world.season,
            organisation=world.neighbouring,
            venue=world.venue,
            rank=2,
        )
        with pytest.raises(SlotTaken, match="Backe bygdegård, salen"):
            held(world, tour=tour, wish=wish)

    def test_ranges_may_touch(self, world: World) -> None:
        first = held(world)
        later = first.occupied_to + timedelta(minutes=75)
        assert held(world, wish=world.neighbour_wish, starts_at=later).occupied_from == first.occupied_to

    def test_the_venue_is_closed(self, world: World) -> None:
        Closure.objects.create(
            venue=world.venue, starts_at=SHOW_AT, ends_at=SHOW_AT + DAY, reason="golvslipning"
        )
        with pytest.raises(SlotTaken, match="golvslipning"):
            held(world)

    def test_the_presenter_can_not(self, world: World) -> None:
        Closure.objects.create(organisation=world.presenting, starts_at=SHOW_AT, ends_at=SHOW_AT + DAY)
        with pytest.raises(SlotTaken):
            held(world)
        assert not Performance.objects.exists()

    def test_the_venue_is_no_longer_in_use(self, world: World) -> None:
        world.venue.is_closed_down = True
        world.venue.save()
        with pytest.raises(SlotTaken):
            held(world, wish=type(world.wish).objects.get(pk=world.wish.pk))

    @pytest.mark.parametrize("ended", [{"status": "ceased"}, {"ceased_on": SHOW_AT.date()}])
    def test_the_school_is_no_more(self, world: World, ended: dict) -> None:
        make.SchoolFactory(organisation=world.presenting, place=world.places["Backe"], **ended)
        with pytest.raises(SlotTaken, match="the school has ceased"):
            held(world)

    def test_the_school_is_there_until_the_day_after(self, world: World) -> None:
        ends = SHOW_AT.date() + DAY
        make.SchoolFactory(organisation=world.presenting, place=world.places["Backe"], ceased_on=ends)
        assert held(world).status == Status.HELD

    def test_a_wish_is_booked_once(self, world: World) -> None:
        held(world)
        with pytest.raises(Refused, match="Backe bygdegård"):
            held(world, starts_at=SHOW_AT + DAY)

    def test_a_wish_can_be_booked_again_after_a_no(self, world: World) -> None:
        lifecycle.decline(offered(world), by=None, now=NOW, reason="Fel dag.")
        assert held(world, starts_at=SHOW_AT + DAY).status == Status.HELD

    def test_a_wish_for_another_production(self, world: World) -> None:
        wish = make.WishFactory(season=world.season)
        with pytest.raises(Refused):
            held(world, wish=wish)

    def test_a_withdrawn_wish(self, world: World) -> None:
        world.wish.withdrawn_at = NOW
        with pytest.raises(Refused):
            held(world)

    @pytest.mark.parametrize("days", [-3, 10])
    def test_outside_the_tour(self, world: World, days: int) -> None:
        with pytest.raises(Refused) as refusal:
            held(world, starts_at=SHOW_AT + days * DAY)
        assert refusal.value.field == "starts_at"

    def test_more_shows_than_the_ensemble_plays(self, world: World) -> None:
        world.wish.shows_count = 3
        with pytest.raises(Refused) as refusal:
            held(world)
        assert refusal.value.field == "shows_count"


class TestDaysOff:
    def test_a_visit_on_the_ensembles_day_off_is_refused(self, world: World) -> None:
        day = SHOW_AT.date()
        EnsembleDayOff.objects.create(ensemble=world.ensemble, starts_on=day, ends_on=day)
        with pytest.raises(SlotTaken, match="is off"):
            held(world)
        assert not Booking.objects.exists()
