"""Own calendars that came in: plans keep away from them, and nobody is refused for them."""

from datetime import date, timedelta
from typing import Any

import pytest

from bookings import busy, free_slots
from bookings.availability import Availability
from bookings.briefing import make_brief
from bookings.matching import suggest
from tests.agreements import NOW, SHOW_AT, held
from tests.bookings.test_availability import WHOLE_DAY, at, feb, windows
from tests.own_calendars import busy_at
from tests.world import World
from tours import own_calendars
from tours.models import EnsembleCalendar, Tour, Wish
from turne.web import visit_notices
from venues.errors import NotPossible
from venues.models import IncomingCalendar

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def excluded(world: World) -> dict[int, Any]:
    return {row["wish"]: (row["reason"], row["detail"]) for row in make_brief(_tour(world)).excluded}


def _tour(world: World) -> Tour:
    return Tour.objects.with_ground().get(pk=world.tour.pk)


class TestWindows:
    @pytest.mark.parametrize("whose", ["venue", "organisation", "ensemble"])
    def test_the_time_is_taken_with_get_in_and_get_out(self, world: World, whose: str) -> None:
        """75 min before a show and 90 after its start, as with a closure."""
        busy_at(world, whose, (at(3, 12), at(3, 12, 30)), (at(3, 12, 15), at(3, 13)))
        assert windows(world)[feb(3)] == [(540, 630), (855, 1140)]

    def test_another_houses_calendar_is_no_concern(self, world: World) -> None:
        calendar = busy_at(world, "venue", (at(1), at(13)))
        IncomingCalendar.objects.filter(pk=calendar.pk).update(venue=world.neighbour_venue)
        assert len(windows(world)) == 12

    def test_they_can_be_left_out(self, world: World) -> None:
        busy_at(world, "venue", (at(1), at(13)))
        wish = Wish.objects.with_ground().get(pk=world.wish.pk)
        ground = Availability(_tour(world), [wish])
        assert (ground.windows(wish), len(ground.open_windows(wish))) == ([], 12)


class TestPlans:
    def test_a_day_that_is_all_busy_is_off_for_the_ensemble(self, world: World) -> None:
        busy_at(world, "ensemble", (at(3), at(3, 12)), (at(3, 12), at(4)), (at(5, 8), at(5, 20)))
        days = {day["date"]: day["kind"] for day in make_brief(_tour(world)).problem["days"]}
        assert (days["2027-02-03"], days["2027-02-05"]) == ("off", "work")

    def test_a_wish_without_another_day_says_that_it_is_own_calendars(self, world: World) -> None:
        busy_at(world, "organisation", (at(1), at(13)))
        assert excluded(world)[world.wish.pk] == ("no_day", {"own_calendar": True})

    def test_what_was_held_by_hand_may_stay(self, world: World) -> None:
        booking = held(world)
        busy_at(world, "venue", (SHOW_AT - HOUR, SHOW_AT + HOUR))
        [mine] = [c for c in make_brief(_tour(world)).problem["candidates"] if c["id"] == f"w{world.wish.pk}"]
        day = (SHOW_AT.date() - world.tour.starts_on).days
        start = booking.starts_at.hour * 60 + booking.starts_at.minute + 60
        assert [day, start, start] in mine["windows"]

    def test_a_plan_over_calendars_that_have_changed_is_outdated(self, world: World) -> None:
        before = make_brief(_tour(world)).fingerprint
        busy_at(world, "venue", (at(3, 12), at(3, 13)))
        assert make_brief(_tour(world)).fingerprint != before


class TestSoft:
    @pytest.mark.parametrize("whose", ["venue", "organisation", "ensemble"])
    def test_a_hold_over_one_is_not_refused_but_said(self, world: World, whose: str) -> None:
        busy_at(world, whose, (SHOW_AT, SHOW_AT + HOUR))
        booking = held(world)
        who = {"venue": world.venue, "organisation": world.presenting, "ensemble": world.ensemble}[whose]
        [row] = visit_notices.notices(booking, set(), NOW, plans=True)
        assert row["title"] == f"Busy in own calendar at this time: {who}."

    def test_a_presenter_is_not_told_of_the_ensemble(self, world: World) -> None:
        busy_at(world, "ensemble", (SHOW_AT, SHOW_AT + HOUR))
        assert busy.whose(held(world), ensemble=False) == []

    def test_free_slots_keep_away_and_a_time_that_is_agreed_on_does_not(self, world: World) -> None:
        booking = held(world)
        busy_at(world, "venue", (at(1), at(10)))
        found = free_slots.free_slots(booking, NOW).starts
        assert {start.date() for start in found} == {date(2027, 2, day) for day in (10, 11, 12)}
        free_slots.check_free(booking, at(9, 13), NOW)


class TestMatching:
    def test_days_on_which_who_wishes_is_busy(self, world: World) -> None:
        matches = suggest(world.production, world.season)
        mine = next(at for at, match in enumerate(matches) if match.wish == world.wish)
        busy_at(world, "venue", (at(3, 12), at(3, 13)), (at(5), at(7)))
        busy_at(world, "organisation", (at(3, 9), at(3, 10)), (at(20), at(21)))
        found = busy.days_hit(matches, world.season)
        assert (found[mine], sum(found)) == (3, 3)

    def test_of_the_season_where_nobody_has_wished(self, world: World) -> None:
        world.wish.delete()
        matches = suggest(world.production, world.season)
        busy_at(world, "organisation", (at(20), at(21)))
        assert [match.organisation for match, days in zip(matches, busy.days_hit(matches, world.season), strict=True)
                if days] == [world.presenting]  # fmt: skip


class TestEnsembles:
    def test_the_same_calendar_is_given_once(self, world: World) -> None:
        own_calendars.give_address(world.ensemble, "https://example.org/a.ics", "Violinen", now=NOW)
        with pytest.raises(NotPossible, match="already"):
            own_calendars.give_address(world.ensemble, "webcal://example.org/a.ics", "", now=NOW)

    def test_it_is_the_ensembles_and_goes_with_its_calendar(self, world: World) -> None:
        one = own_calendars.give_address(world.ensemble, "https://example.org/a.ics", "Violinen", now=NOW)
        assert (one.kind, list(own_calendars.calendars_of(world.ensemble))) == ("ensemble", [one])
        one.delete()
        assert EnsembleCalendar.objects.count() == 0


def test_whole_days_stay_whole(world: World) -> None:
    assert windows(world)[feb(3)] == [WHOLE_DAY]
