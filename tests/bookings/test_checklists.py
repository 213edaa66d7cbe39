"""A visit's checklist as it stands: what is on it, what is due, and when the visit is advanced."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from bookings import checklists
from bookings.checklists import Progress
from bookings.models import Checklist, VisitFacts
from bookings.states import PRESENTER, PRODUCER, shown_state
from tests.agreements import NOW, confirmed
from tests.checklists import fresh, prepared, settle
from tests.world import World
from tours.models import Rider
from venues.models import Venue

WIDE = {"stage_w_m": Decimal(6)}


def keys(booking, **of) -> list[str]:
    return [entry.item.key for entry in checklists.entries(booking, of.get("now", NOW))]


class TestEntries:
    def test_in_the_order_of_the_phases(self, world: World) -> None:
        assert keys(prepared(world)) == ["times", "heated", "met", "tidy"]

    def test_each_is_due_by_its_day(self, world: World) -> None:
        found = checklists.entries(prepared(world), NOW)
        assert [entry.due_on for entry in found] == [
            date(2027, 1, 13), date(2027, 1, 27), date(2027, 2, 3), date(2027, 2, 4)
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("days_before", "due"),
        [(28, date(2027, 1, 13)), (27, date(2027, 1, 14)), (10, date(2027, 1, 31)), (3, date(2027, 2, 3))],
    )
    def test_not_within_a_week_of_a_late_list_unless_the_visit_is(
        self, world: World, days_before: int, due: date
    ) -> None:
        booking = prepared(world)
        Checklist.objects.update(made_at=booking.occupied_from - timedelta(days=days_before))
        assert checklists.entries(fresh(booking), NOW)[0].due_on == due

    def test_a_visit_without_a_list_has_none(self, world: World) -> None:
        assert checklists.entries(confirmed(world), NOW) == []

    def test_in_the_readers_language(self, world: World) -> None:
        with translation.override("sv"):
            assert checklists.entries(prepared(world), NOW)[0].text == "Tider"

    def test_reading_a_list_asks_for_nothing_more(self, world: World, django_assert_num_queries) -> None:
        booking = prepared(world, needs=WIDE)
        with django_assert_num_queries(0):
            checklists.is_advanced(booking, NOW)


class TestNeedsOfTheRoom:
    def test_what_is_unknown_is_asked_of_the_presenter(self, world: World) -> None:
        booking = prepared(world, needs=WIDE)
        entry = next(entry for entry in checklists.entries(booking, NOW) if entry.is_of_room)
        assert (entry.text, entry.item.who, checklists.fact_asked(booking, entry)) == (
            "Stage width: needs 6\u00a0m, nobody has said what the room has",
            "presenter",
            "stage_width_m",
        )

    def test_what_the_room_has_not_is_for_both(self, world: World) -> None:
        booking = prepared(world, needs=WIDE, stage_width_m=5)
        entry = next(entry for entry in checklists.entries(booking, NOW) if entry.is_of_room)
        assert (entry.text, entry.item.who, checklists.fact_asked(booking, entry)) == (
            "Stage width: needs 6\u00a0m, the room has 5\u00a0m",
            "both",
            "",
        )

    def test_what_fits_is_not_on_the_list(self, world: World) -> None:
        assert "room-stage_width" not in keys(prepared(world, needs=WIDE, stage_width_m=7))

    def test_a_fact_that_is_filled_in_settles_it(self, world: World) -> None:
        booking = prepared(world, needs=WIDE)
        Venue.objects.update(stage_width_m=7)
        found = [entry for entry in checklists.entries(fresh(booking), NOW) if entry.is_of_room]
        assert [(entry.is_met, entry.is_settled, entry.item.state) for entry in found] == [
            (True, True, "open")
        ]

    def test_a_need_that_is_no_more_is_settled(self, world: World) -> None:
        booking = prepared(world, needs=WIDE)
        Rider.objects.update(stage_w_m=None)
        found = [entry for entry in checklists.entries(fresh(booking), NOW) if entry.is_of_room]
        assert [(entry.text, entry.is_settled) for entry in found] == [
            ("Stage width: needs 6\u00a0m, nobody has said what the room has", True)
        ]

    def test_one_that_comes_later_is_flagged_too(self, world: World) -> None:
        booking = prepared(world)
        Rider.objects.update(needs_piano=True)
        entry = next(entry for entry in checklists.entries(fresh(booking), NOW) if entry.is_of_room)
        assert (entry.item.pk, entry.item.version, entry.item.key) == (None, 0, "room-piano")

    def test_but_not_once_the_visit_has_begun(self, world: World) -> None:
        booking = prepared(world)
        Rider.objects.update(needs_piano=True)
        assert "room-piano" not in keys(fresh(booking), now=booking.occupied_from)

    @pytest.mark.parametrize(("power", "fact"), [("16a", "power_16a"), ("63a", "power_63a_cee")])
    def test_of_power_the_very_outlet_is_asked(self, world: World, power: str, fact: str) -> None:
        booking = prepared(world, needs={"power": power})
        entry = next(entry for entry in checklists.entries(booking, NOW) if entry.is_of_room)
        assert checklists.fact_asked(booking, entry) == fact


class TestProgress:
    def test_counts_what_is_settled(self, world: World) -> None:
        booking = prepared(world, needs=WIDE)
        settle(booking, "times", by=world.presenter)
        assert checklists.progress(checklists.entries(fresh(booking), NOW)) == Progress(1, 3)

    def test_an_empty_list_is_not_all(self) -> None:
        assert Progress(0, 0).is_all is False

    def test_advanced_when_all_before_the_visit_is_settled(self, world: World) -> None:
        booking = prepared(world, needs=WIDE)
        settle(booking, "times", by=world.presenter)
        settle(booking, "heated", "not_applicable", note="It is warm", by=world.presenter)
        assert shown_state(fresh(booking), NOW) == "confirmed"
        settle(booking, "room-stage_width", note="We build a platform", by=world.producer)
        assert shown_state(fresh(booking), NOW) == "advanced"

    def test_no_list_is_not_advanced(self, world: World) -> None:
        assert shown_state(confirmed(world), NOW) == "confirmed"

    def test_after_the_visit_it_is_played(self, world: World) -> None:
        booking = prepared(world)
        for key in ("times", "heated"):
            settle(booking, key, by=world.presenter)
        assert shown_state(fresh(booking), booking.occupied_to) == "played"


class TestDue:
    def test_nothing_before_its_day(self, world: World) -> None:
        assert checklists.due_for(prepared(world), PRESENTER, NOW) == []

    def test_each_side_its_own_and_what_is_for_both(self, world: World) -> None:
        booking, later = prepared(world), NOW + timedelta(days=45)
        found = {
            side: [entry.item.key for entry in checklists.due_for(booking, side, later)]
            for side in (PRODUCER, PRESENTER)
        }
        assert found == {PRODUCER: ["times"], PRESENTER: ["times", "heated"]}

    def test_late_from_the_day_after(self, world: World) -> None:
        first = checklists.entries(prepared(world), NOW)[0]
        assert (first.is_late(date(2027, 1, 13)), first.is_late(date(2027, 1, 14))) == (False, True)


def test_facts_told_are_kept_beside_the_visit(world: World) -> None:
    booking = prepared(world)
    VisitFacts.objects.create(booking=booking, parking="Behind the house", changed_at=NOW)
    assert fresh(booking).practical.parking == "Behind the house"
