"""The verbs of preparing a visit: its list, settling its items, its practical facts and the reminder."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bookings import advancing, lifecycle, own_items, postponing, stages
from bookings.errors import ItemChanged
from bookings.models import BookingChange, Checklist, ChecklistItem, Notice, OwnItem
from bookings.models.booking import Status
from tests.agreements import NOW, confirmed, in_state, offered
from tests.checklists import ITEMS, fresh, item, prepared, settle, template
from tests.factories import ProductionFactory
from tests.races import at_once
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import ChecklistTemplate

WIDE = {"stage_w_m": Decimal(6)}


def keys(booking) -> list[str]:
    return list(booking.checklist.items.values_list("key", flat=True))


class TestTheList:
    def test_comes_with_the_confirmation(self, world: World) -> None:
        booking = prepared(world)
        assert (booking.checklist.label, booking.checklist.source, keys(booking)) == (
            "Checklistan",
            "sju sidor",
            ["times", "heated", "met", "tidy"],
        )

    def test_and_goes_with_it_if_it_comes_to_nothing(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        template(world)
        booking = offered(world)
        monkeypatch.setattr(stages, "count_presenters", lambda tour, by, now: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lifecycle.confirm(booking, by=world.presenter, now=NOW)
        assert not Checklist.objects.exists()

    def test_is_kept_for_a_new_date_with_what_was_done_open_again(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.presenter)
        settle(booking, "heated", state="not_applicable", note="Sommar.", by=world.presenter)
        off = postponing.postpone(booking, by=world.producer, now=NOW, reason="Sjukdom.")
        anew = postponing.reschedule(
            off, by=world.producer, now=NOW, starts_at=off.starts_at + timedelta(days=5)
        )
        lifecycle.confirm(anew, by=world.presenter, now=NOW)
        assert [item(booking, key).state for key in ("times", "heated")] == ["open", "not_applicable"]

    def test_a_school_gets_what_schools_need(self, world: World) -> None:
        template(world)
        booking = lifecycle.confirm(offered(world, wish=world.school_wish), by=world.producer, now=NOW)
        assert "guide" in keys(booking)

    def test_stays_when_the_template_changes(self, world: World) -> None:
        booking = prepared(world)
        ChecklistTemplate.objects.update(items=[])
        assert keys(fresh(booking)) == ["times", "heated", "met", "tidy"]

    def test_from_the_template_that_holds_then(self, world: World) -> None:
        template(world, valid_to=date(2026, 12, 1))
        template(world, valid_from=date(2026, 12, 2), items=ITEMS[:1])
        template(world, valid_from=date(2027, 1, 1), items=[])
        assert keys(confirmed(world)) == ["times"]

    def test_none_where_the_region_has_no_template(self, world: World) -> None:
        confirmed(world)
        assert not Checklist.objects.exists()

    def test_keeps_a_needs_words_in_both_languages(self, world: World) -> None:
        booking = prepared(world, needs={"needs_piano": True}, piano=False)
        assert set(item(booking, "room-piano").words) == {"sv", "en"}


class TestOwnItems:
    def test_what_the_producer_adds_and_leaves_out(self, world: World) -> None:
        who = {"by": world.producer, "now": NOW}
        item_of_ours = {"text": "Filter i lampan", "phase": "before", "who": "presenter", "due_days": -7}
        own_items.add(world.producing, **item_of_ours, **who)
        template(world)
        own_items.leave_out(world.producing, "heated", by=world.producer, now=NOW)
        booking = confirmed(world)
        added = OwnItem.objects.get(kind="added")
        assert keys(booking) == ["times", "met", "tidy", f"own-{added.pk}"]
        assert item(booking, f"own-{added.pk}").words == {"sv": "Filter i lampan"}

    def test_of_another_production_it_is_not_his(self, world: World) -> None:
        template(world)
        other = ProductionFactory(ensemble=world.ensemble)
        own_items.leave_out(world.producing, "heated", production=other, by=world.producer, now=NOW)
        assert "heated" in keys(confirmed(world))


class TestStart:
    def test_makes_the_list_of_an_older_visit(self, world: World) -> None:
        booking = confirmed(world)
        template(world)
        advancing.start(booking, by=world.producer, now=NOW)
        assert (keys(fresh(booking))[0], booking.changes.latest("id").action) == ("times", "list")

    def test_not_twice(self, world: World) -> None:
        with pytest.raises(NotNow, match="has its list already"):
            advancing.start(prepared(world), by=world.producer, now=NOW)

    def test_not_without_a_template(self, world: World) -> None:
        with pytest.raises(Refused, match="has no checklist yet"):
            advancing.start(confirmed(world), by=world.producer, now=NOW)


class TestSettle:
    def test_done_by_whom_and_when(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", note=" By telephone ", by=world.producer)
        found = item(booking, "times")
        assert (found.state, found.note, found.by, found.at, found.version) == (
            "done", "By telephone", world.producer, NOW, 2,
        )  # fmt: skip

    def test_history_has_the_item_and_the_note(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", note="By telephone", by=world.producer)
        line = BookingChange.objects.latest("id")
        assert (line.action, line.reason, line.details, line.by) == (
            "tick",
            "By telephone",
            {"words": {"sv": "Tider", "en": "Times"}},
            world.producer,
        )

    def test_the_agreement_itself_keeps_its_version(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        assert fresh(booking).version == booking.version

    def test_opened_again(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", note="Ten", by=world.producer)
        settle(booking, "times", "open", by=world.presenter)
        found = item(booking, "times")
        assert (found.state, found.note, found.by, found.at, found.version) == ("open", "", None, None, 3)

    def test_ticked_twice_stays_as_it_was(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        settle(booking, "times", version=1, by=world.presenter)
        assert (item(booking, "times").by, item(booking, "times").version) == (world.producer, 2)
        assert BookingChange.objects.filter(action="tick").count() == 1

    def test_another_wish_on_an_old_version_is_refused(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        with pytest.raises(ItemChanged, match="Producer has set “Times” to done") as refused:
            settle(booking, "times", "not_applicable", version=1, note="No", by=world.presenter)
        assert refused.value.ids == {"booking": booking.pk, "key": "times", "version": 2}
        assert item(booking, "times").state == "done"

    def test_one_that_was_opened_again_meanwhile(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        settle(booking, "times", "open", by=world.producer)
        with pytest.raises(ItemChanged, match="has opened “Times” again"):
            settle(booking, "times", version=1, by=world.presenter)

    def test_not_applicable_asks_why(self, world: World) -> None:
        with pytest.raises(Refused, match="why it does not apply") as refused:
            settle(prepared(world), "times", "not_applicable", note=" ", by=world.producer)
        assert refused.value.field == "note"

    def test_a_need_of_the_room_asks_how(self, world: World) -> None:
        with pytest.raises(Refused, match="how it is solved"):
            settle(prepared(world, needs=WIDE), "room-stage_width", by=world.producer)

    def test_a_solved_need_keeps_what_the_room_had(self, world: World) -> None:
        booking = prepared(world, needs=WIDE, stage_width_m=5)
        settle(booking, "room-stage_width", note="A platform", by=world.producer)
        assert (
            BookingChange.objects.latest("id").details["words"]["en"]
            == "Stage width: needs 6\u00a0m, the room has 5\u00a0m"
        )
        assert BookingChange.objects.latest("id").action == "solve"

    def test_a_need_that_came_later_is_stored_when_it_is_solved(self, world: World) -> None:
        booking = prepared(world)
        type(world.production.rider).objects.update(needs_piano=True)
        settle(booking, "room-piano", note="Ours comes along", by=world.producer)
        assert (item(booking, "room-piano").state, item(booking, "room-piano").version) == ("done", 1)

    def test_an_item_of_another_visit(self, world: World) -> None:
        booking = prepared(world)
        other = lifecycle.confirm(
            offered(world, wish=world.school_wish, starts_at=booking.starts_at + timedelta(days=1)),
            by=world.producer, now=NOW,
        )  # fmt: skip
        settle(other, "guide", by=world.producer)
        with pytest.raises(Refused, match="no such item"):
            settle(booking, "guide", by=world.producer)

    def test_not_of_a_cancelled_visit(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Ill")
        with pytest.raises(NotNow, match="the visit is cancelled. What was settled before is kept"):
            settle(booking, "heated", by=world.producer)
        assert item(booking, "times").state == "done"

    @pytest.mark.parametrize("status", sorted(set(Status.values) - {"confirmed"}))
    def test_only_of_a_confirmed_one(self, world: World, status: str) -> None:
        with pytest.raises(NotNow):
            settle(in_state(world, status), "times", by=world.producer)

    @pytest.mark.parametrize(
        "changes",
        [
            {"state": "done"},
            {"state": "not_applicable", "at": NOW, "by": 1},
            {"state": "done", "at": NOW, "by": 1, "rider_line": "piano"},
        ],
    )
    def test_the_database_holds_it_too(self, world: World, changes: dict) -> None:
        booking = prepared(world)
        changes = {**changes, **({"by": world.producer} if "by" in changes else {})}
        with pytest.raises(IntegrityError), transaction.atomic():
            ChecklistItem.objects.filter(checklist__booking=booking, key="times").update(**changes)


@pytest.mark.django_db(transaction=True)
class TestBothAtOnce:
    def test_one_tick_is_kept(self, world: World) -> None:
        booking = prepared(world)
        people = [world.producer, world.presenter] * 3
        results = at_once(lambda by: settle(booking, "times", version=1, by=by).by_id, people)
        assert list(results.values()) == [6]
        assert BookingChange.objects.filter(action="tick").count() == 1


class TestTell:
    def test_facts_and_their_version(self, world: World) -> None:
        booking = prepared(world)
        advancing.tell(booking, {"parking": " Behind the house "}, version=0, by=world.presenter, now=NOW)
        found = fresh(booking).practical
        assert (found.parking, found.version) == ("Behind the house", 1)
        assert BookingChange.objects.latest("id").details == {"fields": ["parking"]}

    def test_nothing_new_changes_nothing(self, world: World) -> None:
        booking = prepared(world)
        advancing.tell(booking, {"parking": ""}, version=0, by=world.presenter, now=NOW)
        assert not BookingChange.objects.filter(action="practical").exists()

    def test_an_old_version(self, world: World) -> None:
        booking = prepared(world)
        advancing.tell(booking, {"parking": "Here"}, version=0, by=world.presenter, now=NOW)
        with pytest.raises(ItemChanged):
            advancing.tell(booking, {"meals": "Soup"}, version=0, by=world.producer, now=NOW)
        assert fresh(booking).practical.meals == ""

    def test_not_of_a_cancelled_visit(self, world: World) -> None:
        booking = lifecycle.cancel(prepared(world), by=world.producer, now=NOW, reason="Ill")
        with pytest.raises(NotNow):
            advancing.tell(booking, {"parking": "Here"}, version=0, by=world.presenter, now=NOW)


class TestRemind:
    def told(self) -> list[tuple[str, str]]:
        return sorted(Notice.objects.filter(kind="to_settle").values_list("to_email", "language"))

    def test_a_fortnight_before_at_eight_is_stored(self, world: World) -> None:
        assert f"{prepared(world).checklist.remind_at:%Y-%m-%d %H:%M}" == "2027-01-20 07:00"  # UTC

    def test_the_sides_that_have_something_due(self, world: World) -> None:
        booking = prepared(world)
        at = booking.checklist.remind_at
        assert advancing.remind_due(at - timedelta(seconds=1)) == 0
        assert advancing.remind_due(at) == 1
        assert [email for email, _language in self.told()] == sorted(
            [world.producing.email, world.presenting.email]
        )

    def test_what_is_left_stands_in_it(self, world: World) -> None:
        booking = prepared(world, needs=WIDE)
        advancing.remind_due(booking.checklist.remind_at)
        mail = Notice.objects.get(kind="to_settle", to_email=world.presenting.email)
        assert "- Tider\n" in mail.body_text
        assert "- Värme" not in mail.body_text  # not due until a week before
        assert f"/bokning/{booking.pk}/forberedelser/" in mail.body_text

    def test_who_has_nothing_left_is_left_alone(self, world: World) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.producer)
        assert (advancing.remind_due(booking.checklist.remind_at), self.told()) == (0, [])

    def test_only_once(self, world: World) -> None:
        at = prepared(world).checklist.remind_at
        advancing.remind_due(at)
        assert advancing.remind_due(at) == 0

    def test_not_of_a_cancelled_visit(self, world: World) -> None:
        booking = prepared(world)
        lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Ill")
        assert (advancing.remind_due(booking.checklist.remind_at), self.told()) == (0, [])

    @pytest.mark.parametrize(
        ("days_before", "moment"),
        [(30, "2027-01-20 08:00"), (15, "2027-01-26 08:00"), (8, "2027-02-02 08:00"), (3, "None")],
    )
    def test_of_a_late_list_when_its_week_is_over(self, world: World, days_before: int, moment: str) -> None:
        template(world)
        booking = in_state(world, Status.CONFIRMED)
        made = advancing.make_list(fresh(booking), booking.occupied_from - timedelta(days=days_before))
        assert str(made.remind_at)[:16].removesuffix("+00:00") == moment

    def test_none_where_the_region_wants_none(self, world: World) -> None:
        template(world, remind_days=0)
        assert confirmed(world).checklist.remind_at is None
