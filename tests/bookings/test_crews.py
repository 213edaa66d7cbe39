"""A visit that a crew hosts: taken, left, ticked; its times follow the visit, and what is called off counts nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import changing, crew_tasks, crews, lifecycle, postponing, reporting
from bookings.entries import before_show
from bookings.errors import ItemChanged
from bookings.models import CrewTask, CrewVisit
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.crews import crew_of, fresh, hosted, template
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Rider

MINUTE = timedelta(minutes=1)


def times(visit: CrewVisit) -> dict[str, Any]:
    return {task.name: task.at or task.on for task in crew_tasks.tasks(fresh(visit))}


def ticked(visit: CrewVisit, name: str, **changes: Any) -> CrewTask | None:
    values = {"is_done": True, "version": 0, "now": NOW}
    return crews.tick(visit, name, **{**values, **changes})


class TestTaking:
    def test_times_are_computed_from_the_visit(self, world: World) -> None:
        visit = hosted(world)
        booking = visit.booking
        assert times(visit) == {
            "posters-0": SHOW_AT.date() - 7 * DAY,
            "meet-0": booking.occupied_from - 15 * MINUTE,
            "doors-0": SHOW_AT - 10 * MINUTE,  # when the rider lets the audience in
            "thanks-0": SHOW_AT + 45 * MINUTE,
            "tidy-0": booking.occupied_to,
        }

    def test_what_is_done_at_each_show_is_there_for_each(self, world: World) -> None:
        world.production.shows_per_day_max = 2
        world.production.save()
        world.wish.shows_count = 2
        world.wish.save()
        visit = hosted(world)
        names = [task.name for task in crew_tasks.tasks(visit)]
        assert names == ["posters-0", "meet-0", "doors-1", "doors-2", "thanks-0", "tidy-0"]
        last = list(visit.booking.performances.all())[-1]
        assert times(visit)["thanks-0"] == last.ends_at

    def test_it_stands_in_the_history_of_the_visit(self, world: World) -> None:
        line = hosted(world).booking.changes.last()
        assert (line.action, line.by, line.details) == ("crew", world.presenter, {"crew": "Lyktan"})

    def test_a_second_crew_does_not_get_it(self, world: World) -> None:
        visit = hosted(world)
        other = crew_of(world.presenting, name="Andra")
        with pytest.raises(NotNow):
            crews.take(visit.booking, other, by=world.presenter, now=NOW)
        assert CrewVisit.objects.count() == 1

    def test_the_database_refuses_a_second_one(self, world: World) -> None:
        visit = hosted(world)
        visit.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            visit.save()

    def test_another_houses_crew_is_refused(self, world: World) -> None:
        template(world)
        with pytest.raises(Refused):
            crews.take(confirmed(world), crew_of(world.school), by=world.presenter, now=NOW)

    def test_one_that_does_not_host_now_is_refused(self, world: World) -> None:
        template(world)
        with pytest.raises(Refused):
            crews.take(
                confirmed(world), crew_of(world.presenting, is_active=False), by=world.presenter, now=NOW
            )

    def test_only_what_is_confirmed_is_hosted(self, world: World) -> None:
        template(world)
        with pytest.raises(NotNow):
            crews.take(held(world), crew_of(world.presenting), by=world.presenter, now=NOW)

    def test_what_is_over_is_not_taken(self, world: World) -> None:
        template(world)
        booking = confirmed(world)
        with pytest.raises(NotNow):
            crews.take(booking, crew_of(world.presenting), by=world.presenter, now=booking.occupied_to)

    def test_without_a_template_there_is_nothing_to_do(self, world: World) -> None:
        with pytest.raises(Refused):
            crews.take(confirmed(world), crew_of(world.presenting), by=world.presenter, now=NOW)


class TestLeaving:
    def test_another_crew_may_take_it_then(self, world: World) -> None:
        visit = hosted(world)
        crews.leave(visit, by=world.presenter, now=NOW)
        other = crews.take(
            visit.booking, crew_of(world.presenting, name="Andra"), by=world.presenter, now=NOW
        )
        assert crews.visit_of(visit.booking) == other

    def test_once_more_changes_nothing(self, world: World) -> None:
        visit = hosted(world)
        crews.leave(visit, by=world.presenter, now=NOW)
        assert crews.leave(visit, by=world.producer, now=NOW + DAY).left_at == NOW

    def test_what_is_over_is_history(self, world: World) -> None:
        visit = hosted(world)
        with pytest.raises(NotNow):
            crews.leave(visit, by=world.presenter, now=visit.booking.occupied_to)

    def test_what_was_ticked_is_kept(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "posters-0")
        crews.leave(visit, by=world.presenter, now=NOW)
        assert (CrewTask.objects.count(), crew_tasks.is_void(fresh(visit))) == (1, True)


class TestTicking:
    def test_by_a_nickname_with_a_note(self, world: World) -> None:
        row = ticked(hosted(world), "doors-0", nickname="Kim", note=" Alla  kom. ")
        assert row
        assert (row.is_done, row.nickname, row.note, row.words) == (
            True,
            "Kim",
            "Alla kom.",
            "Open the doors",
        )

    def test_opened_again_the_nickname_goes(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "doors-0", nickname="Kim")
        row = ticked(visit, "doors-0", is_done=False, version=1)
        assert row
        assert (row.is_done, row.nickname, row.version) == (False, "", 2)

    def test_what_is_so_already_stays(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "doors-0")
        row = ticked(visit, "doors-0")
        assert row
        assert row.version == 1

    def test_what_nobody_touched_is_not_stored_by_opening_it(self, world: World) -> None:
        assert ticked(hosted(world), "doors-0", is_done=False) is None

    def test_who_comes_second_with_something_else_is_told(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "doors-0", nickname="Kim")
        with pytest.raises(ItemChanged) as refusal:
            ticked(visit, "doors-0", nickname="Sam")
        assert refusal.value.ids["version"] == 1

    @pytest.mark.parametrize(
        "changes", [{"nickname": "Kim Berg"}, {"note": "x" * 201}, {"nickname": "k@example.org"}]
    )
    def test_what_can_not_be_is_refused(self, world: World, changes: dict[str, Any]) -> None:
        visit = hosted(world)
        with pytest.raises(Refused) as refusal:
            ticked(visit, "doors-0", **changes)
        assert [refusal.value.field] == list(changes)

    def test_there_is_no_other_task(self, world: World) -> None:
        with pytest.raises(Refused):
            ticked(hosted(world), "doors-2")


def test_the_doors_open_when_the_calendar_says_so(world: World) -> None:
    visit = hosted(world)
    Rider.objects.update(seating_min=25)
    visit = fresh(visit)
    assert times(visit)["doors-0"] == before_show(visit.booking.performances.get()).seats_at
    Rider.objects.all().delete()
    assert times(fresh(visit))["doors-0"] == SHOW_AT - 15 * MINUTE


class TestTheVisitChanges:
    def test_the_times_move_with_it(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "posters-0")
        before = times(visit)
        booking = changing.propose_change(
            visit.booking, by=world.producer, now=NOW, reason="Bussen.", starts_at=SHOW_AT + DAY
        )
        changing.accept_change(booking, by=world.presenter, now=NOW)
        assert times(visit) == {name: at + DAY for name, at in before.items()}
        assert crew_tasks.done_of(crew_tasks.tasks(fresh(visit))) == (1, 5)

    def test_cancelled_nothing_is_done_and_what_was_is_kept(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "posters-0")
        lifecycle.cancel(visit.booking, by=world.producer, now=NOW, reason="Sjukdom.")
        with pytest.raises(NotNow):
            ticked(visit, "doors-0")
        assert (crew_tasks.is_void(fresh(visit)), CrewTask.objects.count()) == (True, 1)

    def test_postponed_and_agreed_anew_the_crew_has_it_still(self, world: World) -> None:
        visit = hosted(world)
        booking = postponing.postpone(visit.booking, by=world.producer, now=NOW, reason="Snö.")
        assert crew_tasks.is_void(fresh(visit))
        booking = postponing.reschedule(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        lifecycle.confirm(booking, by=world.presenter, now=NOW)
        assert not crew_tasks.is_void(fresh(visit))
        assert times(visit)["doors-0"] == SHOW_AT + DAY - 10 * MINUTE


class TestLate:
    def test_a_moment_or_a_day_that_has_passed(self, world: World) -> None:
        visit = hosted(world)
        ticked(visit, "meet-0")
        found = {task.name: task.is_late(SHOW_AT) for task in crew_tasks.tasks(fresh(visit))}
        assert found == {
            "posters-0": True, "meet-0": False, "doors-0": True, "thanks-0": False, "tidy-0": False,
        }  # fmt: skip


class TestHosted:
    def count(self, world: World) -> tuple[int, int]:
        found = crews.hosted(world.season)
        return found.standing, found.held

    def test_a_visit_is_counted_once(self, world: World) -> None:
        visit = hosted(world)
        crews.leave(visit, by=world.presenter, now=NOW)
        crews.take(visit.booking, visit.crew, by=world.presenter, now=NOW)
        assert self.count(world) == (1, 0)

    def test_held_once_it_was(self, world: World) -> None:
        booking = hosted(world).booking
        reporting.report_played(booking, by=world.presenter, now=booking.occupied_to, figures=[(80, 70)])
        assert self.count(world) == (1, 1)

    def test_not_played_counts_nowhere(self, world: World) -> None:
        booking = hosted(world).booking
        reporting.report_not_played(
            booking, by=world.presenter, now=booking.occupied_to, reason="Snö.", cause="weather"
        )
        assert self.count(world) == (0, 0)

    def test_cancelled_counts_nowhere(self, world: World) -> None:
        lifecycle.cancel(hosted(world).booking, by=world.producer, now=NOW, reason="Sjukdom.")
        assert self.count(world) == (0, 0)
