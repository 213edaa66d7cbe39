"""An allotment until it is published: made, changed, asked for, decided by hand and undone."""

from datetime import timedelta
from typing import Any

import pytest

from bookings import allotting
from bookings.allotment_names import production_key, unit_key
from bookings.allotting import Choice
from tests import allotments
from tests import factories as make
from tests.allotments import NOW
from tests.world import World
from tours.errors import BoardChanged, NotNow, Refused
from tours.models import Allotment, AllotmentOrder, SeasonWay

LATER = NOW + timedelta(hours=1)


def gets(found: Allotment, world: World, grade: str = "4") -> str | None:
    """The production that Krokom's grade gets."""
    found.refresh_from_db()
    key = unit_key(world.school.school.pk, grade)
    return next((one["production"] for one in found.plan["assignments"] if one["unit"] == key), None)


def nothing(world: World) -> Choice:
    return Choice(world.school.school, "4")


def test_a_new_one_is_a_draft_with_its_target(world: World) -> None:
    found = allotments.made(world)
    assert (found.state, found.grades, found.municipalities.count(), found.version) == (
        "draft",
        ["4", "5"],
        3,
        1,
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"municipalities": []}, "municipalities"),
        ({"productions": []}, "productions"),
        ({"grades": ["11"]}, "grades"),
        ({"name": " "}, "name"),
        ({"rules": {"shows_per_day": 9}}, "shows_per_day"),
        ({"rules": {"bus_max_km": 5000}}, "bus_max_km"),
    ],
)
def test_what_cannot_be_is_refused(world: World, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        allotments.made(world, **wrong)
    assert (refused.value.field, Allotment.objects.count()) == (field, 0)


def test_a_name_is_taken_once_a_season(world: World) -> None:
    allotments.made(world)
    with pytest.raises(Refused) as refused:
        allotting.make(world.season, allotments.terms(world), by=world.officer, now=NOW)
    assert refused.value.field == "name"


def test_only_what_is_on_the_menu(world: World) -> None:
    with pytest.raises(Refused) as refused:
        allotments.made(world, productions=[make.ProductionFactory()])
    assert refused.value.field == "productions"


def test_two_who_change_it_do_not_work_past_each_other(world: World) -> None:
    found = allotments.made(world)
    allotting.change(found, allotments.terms(world, grades=["5"]), by=world.officer, now=NOW, version=1)
    with pytest.raises(BoardChanged):
        allotting.change(found, allotments.terms(world), by=world.producer, now=NOW, version=1)
    assert Allotment.objects.get().grades == ["5"]


def test_another_rule_makes_the_plan_stale(world: World) -> None:
    found = allotments.computed(world)
    before = found.is_stale
    allotting.set_rules(found, {"bus_max_km": "90"}, by=world.officer, now=LATER, version=None)
    found.refresh_from_db()
    assert (before, found.is_stale, found.bus_max_km) == (False, True, 90)


@pytest.mark.parametrize(
    ("name", "value"), [("state", "published"), ("bus_max_km", "far"), ("seconds", 9999)]
)
def test_what_is_no_rule_is_not_set(world: World, name: str, value: Any) -> None:
    found = allotments.made(world)
    with pytest.raises(Refused):
        allotting.set_rules(found, {name: value}, by=world.officer, now=LATER, version=None)


def test_asking_queues_it_for_a_worker(world: World) -> None:
    found = allotting.ask(allotments.made(world), by=world.officer, now=NOW)
    assert (found.state, found.asked_at, found.plan) == ("queued", NOW, None)


def test_what_is_computed_is_not_changed_or_asked_for_meanwhile(world: World) -> None:
    found = allotting.ask(allotments.made(world), by=world.officer, now=NOW)
    with pytest.raises(NotNow):
        allotting.ask(found, by=world.officer, now=NOW)
    with pytest.raises(NotNow):
        allotting.change(found, allotments.terms(world), by=world.officer, now=NOW, version=None)


def test_where_schools_only_wish_nothing_is_allotted(world: World) -> None:
    found = allotments.made(world)
    SeasonWay.objects.filter(municipality__name="Krokom").update(way="menu")
    with pytest.raises(Refused, match="Krokom"):
        allotting.ask(found, by=world.officer, now=NOW)


def test_without_groups_there_is_nobody_to_reach(world: World) -> None:
    with pytest.raises(Refused):
        allotting.ask(allotments.made(world, grades=["9"]), by=world.officer, now=NOW)


def test_without_grades_there_is_nothing_to_give(world: World) -> None:
    found = allotments.made(world)
    found.productions.update(grades="")
    with pytest.raises(Refused):
        allotting.ask(found, by=world.officer, now=NOW)


def test_trying_tells_the_coverage_and_writes_nothing(world: World) -> None:
    found = allotments.computed(world)
    before = Allotment.objects.values().get()
    tried = allotting.try_choice(found, nothing(world))
    assert (tried.reached, before["progress"]["reached"] - tried.reached) == (37, 42)
    assert Allotment.objects.values().get() == before


def test_without_a_plan_there_is_nothing_to_try(world: World) -> None:
    with pytest.raises(NotNow):
        allotting.try_choice(allotments.made(world), nothing(world))


def test_what_the_plan_does_not_know_is_refused(world: World) -> None:
    found = allotments.computed(world)
    with pytest.raises(Refused):
        allotting.try_choice(found, Choice(world.school.school, "9"))


def test_a_choice_stands_in_the_plan_and_in_every_next_one(world: World) -> None:
    found = allotments.computed(world)
    order = allotting.choose(found, nothing(world), by=world.officer, now=LATER, reason=" Har haft ")
    assert (gets(found, world), order.reason, found.progress["reached"]) == (None, "Har haft", 37)
    again = allotments.run(found, world)
    assert again.problem["locked"] == [
        {"unit": unit_key(world.school.school.pk, "4"), "production": None, "site": None}
    ]


def test_another_choice_replaces_the_first(world: World) -> None:
    found = allotments.computed(world)
    allotting.choose(found, nothing(world), by=world.officer, now=LATER)
    allotting.choose(
        found,
        Choice(world.school.school, "4", world.production, world.school_venue),
        by=world.officer,
        now=LATER,
    )
    assert gets(found, world) == production_key(world.production.pk)
    assert found.orders.filter(withdrawn_at=None).count() == 1


def test_undo_gives_the_plan_back_and_what_was_replaced(world: World) -> None:
    found = allotments.computed(world)
    whole = found.plan
    first = allotting.choose(found, nothing(world), by=world.officer, now=LATER)
    less = Allotment.objects.get().plan
    allotting.choose(found, Choice(world.school.school, "4", world.production), by=world.officer, now=LATER)
    allotting.undo(found, by=world.officer, now=LATER)
    assert (Allotment.objects.get().plan, list(found.orders.filter(withdrawn_at=None))) == (less, [first])
    allotting.undo(found, by=world.officer, now=LATER)
    assert (Allotment.objects.get().plan, found.orders.filter(withdrawn_at=None).count()) == (whole, 0)


def test_with_nothing_to_undo_it_says_so(world: World) -> None:
    with pytest.raises(NotNow):
        allotting.undo(allotments.computed(world), by=world.officer, now=LATER)


def test_what_was_undone_is_kept_as_history(world: World) -> None:
    found = allotments.computed(world)
    allotting.choose(found, nothing(world), by=world.officer, now=LATER)
    allotting.undo(found, by=world.producer, now=LATER)
    assert AllotmentOrder.objects.values_list("by", "withdrawn_by").get() == (
        world.officer.pk,
        world.producer.pk,
    )


def test_what_is_barred_makes_the_plan_stale_and_is_barred_in_the_next(world: World) -> None:
    found = allotments.computed(world)
    allotting.forbid(
        found, Choice(world.school.school, "4", world.production), by=world.officer, now=LATER, reason=""
    )
    found.refresh_from_db()
    assert (found.is_stale, gets(found, world)) == (True, production_key(world.production.pk))
    again = allotments.run(found, world)
    assert again.problem["forbidden"][0]["production"] == production_key(world.production.pk)


def test_nothing_in_particular_cannot_be_barred(world: World) -> None:
    with pytest.raises(Refused):
        allotting.forbid(allotments.computed(world), nothing(world), by=world.officer, now=LATER)


def test_a_grade_that_is_set_free_is_decided_by_the_next_plan(world: World) -> None:
    found = allotments.computed(world)
    order = allotting.choose(found, nothing(world), by=world.officer, now=LATER)
    allotting.free(found, order, by=world.officer, now=LATER)
    found.refresh_from_db()
    assert (gets(found, world), found.problem["locked"]) == (None, [])
    with pytest.raises(NotNow):
        allotting.free(found, order, by=world.officer, now=LATER)


def test_two_who_decide_at_once_do_not_overwrite_each_other(world: World) -> None:
    found = allotments.computed(world)
    version = found.version
    allotting.choose(found, nothing(world), by=world.officer, now=LATER, version=version)
    with pytest.raises(BoardChanged):
        allotting.choose(found, nothing(world), by=world.producer, now=LATER, version=version)
