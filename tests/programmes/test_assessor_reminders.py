"""Reminders of what is left: a week and two days before the due date, once each, and by hand."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from bookings import reach
from bookings.models import Notice
from programmes import assessor_reminders, panels
from programmes.assessor_reminders import Left, left, remind, remind_due
from tests.programmes.assessing import DUE, READING, Panel, dealt_panel, make_panel, score
from tests.programmes.open_calls import OPEN
from tests.world import World
from tours.errors import NotNow


def days_before(count: int) -> datetime:
    return timezone.make_aware(datetime.combine(DUE - timedelta(days=count), time(12)))


def told() -> list[str]:
    found = Notice.objects.filter(kind="assessor_reminded").order_by("to_email")
    return list(found.values_list("to_email", flat=True))


def finish(panel: Panel, at: int) -> None:
    for one in panel.seats[at].assignments.standing():
        score(panel.seats[at], one.application)


def test_what_is_left_is_counted(world: World) -> None:
    assert left(make_panel(world).seats[0]) == Left(undeclared=3, to_score=0)
    assert not left(make_panel(world, applicants=0).seats[0])


def test_who_has_something_left_is_reminded_once_for_each_day(world: World) -> None:
    panel = dealt_panel(world)
    finish(panel, 0)
    assert [remind_due(days_before(count)) for count in (8, 7, 6, 3, 2, 1, 0)] == [0, 2, 0, 0, 2, 0, 0]
    assert told() == ["member1@jury.example"] * 2 + ["member2@jury.example"] * 2


def test_a_clock_that_stood_still_makes_up_for_it(world: World) -> None:
    dealt_panel(world)
    assert [remind_due(days_before(count)) for count in (5, 4, 1)] == [3, 0, 3]


def test_nobody_is_reminded_once_it_is_over(world: World) -> None:
    panel = dealt_panel(world)
    assert remind_due(days_before(-1)) == 0
    panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    assert remind_due(days_before(2)) == 0


def test_whoever_runs_the_call_reminds_but_not_twice_a_day(world: World) -> None:
    panel = dealt_panel(world)
    finish(panel, 0)
    assert remind(panel.assessment, by=world.officer, now=READING) == 2
    with pytest.raises(NotNow, match="Nobody is reminded"):
        remind(panel.assessment, by=world.officer, now=READING + timedelta(hours=19))
    assert remind(panel.assessment, by=world.officer, now=READING + timedelta(hours=20)) == 2


def test_nobody_is_reminded_while_the_call_is_open(world: World) -> None:
    panel = make_panel(world)
    with pytest.raises(NotNow, match="is open until"):
        remind(panel.assessment, by=world.officer, now=OPEN)


def test_who_has_ended_reminders_gets_none(world: World) -> None:
    panel = dealt_panel(world, members=2)
    reach.unsubscribe(panel.seats[0].user.email, READING)
    assert remind(panel.assessment, by=world.officer, now=READING) == 1
    assert told() == ["member1@jury.example"]


def test_the_words_say_what_is_left(world: World) -> None:
    panel = dealt_panel(world)
    assessor_reminders.remind(panel.assessment, by=world.officer, now=READING)
    mail = Notice.objects.filter(kind="assessor_reminded")[0]
    assert (panel.call.slug in mail.body_text, bool(mail.unsubscribe_url)) == (True, True)
