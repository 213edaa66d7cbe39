"""Dealing applications: evenly, to those who have declared; again where one drops out; and what lacks readers."""

from collections import Counter

import pytest

from bookings.models import Notice
from programmes import applications, assignments, panels
from programmes.assignments import shortages
from programmes.models import Application, Assignment
from tests.programmes.assessing import (
    READING,
    Panel,
    deal,
    dealt_panel,
    declare,
    make_panel,
    readers,
    score,
    seat,
)  # fmt: skip
from tests.programmes.open_calls import CLOSED, OPEN
from tests.world import World
from tours.errors import NotNow, Refused


def loads() -> Counter[str]:
    return Counter(str(one.assessor.user) for one in Assignment.objects.standing())


def short(panel: Panel) -> list[tuple[int | None, int, tuple[str, ...], tuple[str, ...], bool]]:
    found = shortages(panel.assessment, Application.objects.all())
    return [
        (one.application.number, one.readers_count, one.in_conflict, one.undeclared, one.lacks_external)
        for one in found
    ]


def test_each_gets_its_readers_and_the_loads_are_even(world: World) -> None:
    panel = dealt_panel(world, applicants=4, members=3, externals=1)
    assert [len(readers(one)) for one in panel.applications] == [2, 2, 2, 2]
    assert all("External 3" in readers(one) for one in panel.applications)
    assert sorted(loads().values()) == [1, 1, 2, 4]  # an expert from outside reads each


def test_each_hears_once_how_many_are_theirs(world: World) -> None:
    dealt_panel(world, applicants=3, members=3)
    told = Notice.objects.filter(kind="assessor_dealt").order_by("to_email")
    assert [(one.to_email, one.subject[:2]) for one in told] == [
        ("member0@jury.example", "2 "), ("member1@jury.example", "2 "), ("member2@jury.example", "2 "),
    ]  # fmt: skip


def test_dealing_again_keeps_what_stands(world: World) -> None:
    panel = dealt_panel(world)
    before = set(Assignment.objects.values_list("pk", flat=True))
    assert (deal(panel), set(Assignment.objects.values_list("pk", flat=True))) == (0, before)


def test_dealing_anew_evens_out_for_who_came_later_and_keeps_what_is_begun(world: World) -> None:
    panel = dealt_panel(world, applicants=4, members=2)
    score(panel.seats[0], panel.applications[0], finish=False)
    late = seat(panel.call, "sen@jury.example", world.officer, name="Sen")
    declare(late)
    assert deal(panel) == 0
    deal(panel, anew=True)
    assert "Member 0" in readers(panel.applications[0])
    assert sorted(loads().values()) == [2, 3, 3]


def test_who_has_not_declared_gets_nothing_and_is_named(world: World) -> None:
    panel = make_panel(world, applicants=1, members=2)
    declare(panel.seats[0])
    deal(panel)
    assert readers(panel.applications[0]) == ["Member 0"]
    assert short(panel) == [(1, 1, (), ("Member 1",), False)]


def test_a_shortage_names_who_is_in_conflict(world: World) -> None:
    panel = make_panel(world, applicants=2, members=2, externals=1)
    declare(panel.seats[0])
    declare(panel.seats[1], "Fiktiva Gran")
    declare(panel.seats[2], "Fiktiva Gran")
    deal(panel)
    assert short(panel) == [(2, 1, ("Member 1", "External 2"), (), True)]


def test_a_shortage_of_what_is_hidden_is_not_told(world: World) -> None:
    panel = make_panel(world, applicants=1, members=1)
    declare(panel.seats[0], "Fiktiva Frost")
    assert shortages(panel.assessment, Application.objects.none()) == []


def test_what_is_withdrawn_is_nobodys(world: World) -> None:
    panel = dealt_panel(world, applicants=1, members=2)
    (one,) = panel.applications
    applications.withdraw(one, by=one.applicant, version=one.version, now=CLOSED)
    assert loads() == Counter()


def test_nothing_is_dealt_before_the_call_has_closed_or_anybody_has_declared(world: World) -> None:
    panel = make_panel(world)
    with pytest.raises(NotNow, match="is open until"):
        assignments.deal(panel.assessment, version=panel.assessment.version, by=world.officer, now=OPEN)
    with pytest.raises(Refused, match="has declared"):
        deal(panel)


def test_nothing_is_dealt_where_nobody_has_applied_or_all_is_closed(world: World) -> None:
    panel = make_panel(world, applicants=0)
    with pytest.raises(Refused, match="Nobody has applied"):
        deal(panel)
    panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    with pytest.raises(NotNow, match="was closed"):
        deal(panel)


def test_of_two_who_deal_the_second_is_told(world: World) -> None:
    panel = make_panel(world)
    declare(panel.seats[0])
    seen = panel.assessment
    deal(panel)
    with pytest.raises(NotNow, match="since you opened"):
        assignments.deal(seen, version=seen.version, by=world.administrator, now=READING)
