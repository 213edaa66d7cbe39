"""The timeline of a visit: words for everything that is written, day by day, with who and for which house."""

import ast
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bookings import counters, history, lifecycle, postponing, reporting
from bookings.models import Booking, BookingChange
from bookings.states import ACTIONS
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, offered
from tests.bookings.rivals import make_rival
from tests.world import World
from turne.web import timeline

#: What writes a line of a visit's history -> which of its arguments is the action.
WRITERS = {"history.note": 1, "turn": 1, "end": 1, "agree": 1, "write": 1}


def constants(node: ast.AST | None) -> set[str]:
    """The texts that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return set()


def written_in(function: ast.FunctionDef) -> set[str]:
    """The actions that a function writes into the history; those that it is given are its callers'."""
    found: set[str] = set()
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = re.sub(r"^(lines|steps|lifecycle)\.", "", ast.unparse(call.func))
        if name not in WRITERS or len(call.args) < 4:
            continue
        action = call.args[WRITERS[name]]
        if isinstance(action, ast.Name):
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and any(
                    isinstance(name, ast.Name) and name.id == action.id
                    for target in node.targets
                    for name in ast.walk(target)
                ):
                    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                    found |= set().union(*map(constants, values))
        else:
            found |= constants(action)
    return found


def written() -> set[str]:
    """Every action that some module of bookings writes by name."""
    found: set[str] = set()
    for path in Path(history.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                found |= written_in(node)
    return found


def texts(booking: Booking) -> list[str]:
    return [line["text"] for day in timeline.days(booking) for line in day["lines"]]


def line_of(booking: Booking, action: str, by: Any = None, **fields: Any) -> dict[str, Any]:
    BookingChange.objects.all().delete()
    BookingChange.objects.create(booking=booking, at=NOW, by=by, action=action, to_status="held", **fields)
    [day] = timeline.days(booking)
    return day["lines"][0]


class TestWords:
    @pytest.mark.parametrize("action", sorted({*ACTIONS, *history.PREPARING, *written()}))
    def test_each_action_has_some(self, action: str) -> None:
        assert action in timeline.HAPPENED

    def test_all_that_is_written_is_found(self) -> None:
        assert {"hold", "move_up", "challenged", "unchallenge", "costs", "invoice", "list"} <= written()

    @pytest.mark.parametrize("action", sorted(timeline.HAPPENED))
    def test_lines_of_old_without_details_read_well(self, world: World, action: str) -> None:
        line = line_of(held(world), action)
        assert line["text"]
        assert line["text"] != action

    def test_what_the_verbs_write_reads_well(self, world: World) -> None:
        booking = confirmed(world)
        reporting.report_not_played(
            booking, by=world.presenter, now=SHOW_AT + DAY, reason="Snö.", cause="weather"
        )
        assert len(texts(booking)) == booking.changes.count()
        assert not set(texts(booking)) & {*timeline.HAPPENED}

    def test_a_deadline_is_said(self, world: World) -> None:
        assert texts(offered(world))[0] == "Offered, to be answered by Fri 1 Jan 2027 at 23:59"

    def test_the_times_that_were_asked_for_are_said(self, world: World) -> None:
        assert texts(countered(world))[0] == "Another date proposed: Thu 4 Feb 2027 at 11:15"

    def test_the_audience_that_was_reported_is_said(self, world: World) -> None:
        booking = confirmed(world)
        reporting.report_played(booking, by=world.presenter, now=SHOW_AT + DAY, figures=[(80, 70)])
        assert texts(booking)[0] == "Was played: 80 came, 70 of them children and young people"


class TestDays:
    def test_the_last_first(self, world: World) -> None:
        booking = offered(world)
        lifecycle.confirm(booking, by=world.presenter, now=NOW + DAY)
        days = timeline.days(booking)
        assert [(str(day["on"]), len(day["lines"])) for day in days] == [("2026-12-19", 1), ("2026-12-18", 2)]

    def test_the_states_between_which_it_went(self, world: World) -> None:
        days = timeline.days(offered(world))
        assert [line["states"] for line in days[0]["lines"]] == ["held → offered", ""]

    def test_another_date_is_no_plain_no(self, world: World) -> None:
        booking = countered(world)
        counters.take(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        states = [line["states"] for day in timeline.days(booking) for line in day["lines"]]
        assert [one for one in states if "proposed" in one] == [
            "other date proposed → confirmed",
            "offered → other date proposed",
        ]

    def test_why(self, world: World) -> None:
        booking = postponing.postpone(confirmed(world), by=world.presenter, now=NOW + DAY, reason="Snö.")
        assert timeline.days(booking)[0]["lines"][0]["reason"] == "Snö."


class TestWho:
    def test_by_name_and_house(self, world: World) -> None:
        lines = [line for day in timeline.days(confirmed(world)) for line in day["lines"] if line["house"]]
        assert [(line["who"], line["house"]) for line in lines[-3:]] == [
            ("Presenter", "Backe bygdegård"),
            ("Producer", "Scenlaget"),
            ("Producer", "Scenlaget"),
        ]

    def test_the_bearer_of_a_link_acts_for_the_presenter(self, world: World) -> None:
        line = line_of(held(world), "decline")
        assert (line["who"], line["house"]) == ("the link in the mail", "Backe bygdegård")

    def test_the_clock_acts_for_nobody(self, world: World) -> None:
        assert line_of(held(world), "expire")["house"] == ""

    @pytest.mark.parametrize(("action", "house"), [("offer", "Scenlaget"), ("counter", "Backe bygdegård")])
    def test_on_both_sides_the_step_decides(self, world: World, action: str, house: str) -> None:
        make.MembershipFactory(user=world.producer, organisation=world.presenting, role="presenter")
        assert line_of(held(world), action, world.producer)["house"] == house

    def test_a_stranger_to_the_agreement_has_a_name_only(self, world: World) -> None:
        rival = make_rival(world, "Lyran")
        line = line_of(held(world), "challenged", rival.producer)
        assert (line["who"], line["house"]) == ("Lyrans producent", "")


def test_a_few_queries_for_any_history(world: World, django_assert_num_queries: Any) -> None:
    booking = Booking.objects.with_ground().get(pk=confirmed(world).pk)
    for hours in range(5):
        history.note(
            booking,
            "practical",
            "confirmed",
            world.presenter,
            NOW + timedelta(hours=hours),
            details={"fields": []},
        )
    with django_assert_num_queries(2):  # the lines, and who belongs where
        timeline.days(booking)
