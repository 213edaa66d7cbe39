"""Database -> Problem: who is to get something, of what, where, and by which ways."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from bookings import allotment_ground, allotting
from bookings.allotment_briefs import Brief, make_brief
from bookings.allotment_names import production_key, site_key, unit_key
from bookings.models import VisitGroup
from tests import allotments
from tests import factories as make
from tests.allotments import NOW
from tests.bookings.visits import visit
from tests.world import World
from tours import allotment as solver
from tours.models import AllotmentOrder, GradeAnswer, Production
from venues.models import Venue


def brief(world: World, **changed: Any) -> Brief:
    return make_brief(allotments.made(world, **changed))


def unit(problem: dict[str, Any], world: World, grade: str = "4") -> dict[str, Any]:
    key = unit_key(world.school.school.pk, grade)
    return next(one for one in problem["units"] if one["id"] == key)


def site(problem: dict[str, Any], venue: Venue) -> dict[str, Any]:
    return next(one for one in problem["sites"] if one["id"] == site_key(venue.pk))


def answer(world: World, **fields: Any) -> GradeAnswer:
    return GradeAnswer.objects.create(
        season=world.season, school=world.school.school, grade="4", by=world.school_contact, at=NOW, **fields
    )


def test_each_grade_of_each_school_is_a_unit_with_its_classes(world: World) -> None:
    problem = brief(world).problem
    assert [(one["grade"], one["classes"], one["adults"]) for one in problem["units"]] == [
        ("4", [22, 20], 2),
        ("5", [25], 1),
        ("4", [12], 1),
        ("4", [9], 1),
    ]
    solver.Problem.from_json(problem)


def test_only_the_grades_and_municipalities_of_the_target(world: World) -> None:
    krokom = [world.places["Krokom"].municipality]
    problem = brief(world, grades=["4"], municipalities=krokom).problem
    assert [one["id"] for one in problem["units"]] == [unit_key(world.school.school.pk, "4")]


def test_what_the_whole_grade_understands_is_its_language(world: World) -> None:
    found = allotments.made(world)
    groups = list(world.school.school.groups.filter(grade="4"))
    for group, languages in zip(groups, (["sma", "en"], ["sma"]), strict=True):
        group.languages = languages
        group.save()
    assert unit(make_brief(found).problem, world)["languages"] == ["sma", "sv"]


def test_needs_are_counted_and_no_need_is_none(world: World) -> None:
    found = allotments.made(world)
    answer(world, needs={"wheelchair": 1, "relaxed": 0})
    assert unit(make_brief(found).problem, world)["needs"] == ["wheelchair"]


def test_who_cannot_travel_is_barred_from_other_rooms(world: World) -> None:
    found = allotments.made(world)
    answer(world, can_travel=False)
    barred = make_brief(found).problem["forbidden"]
    key = unit_key(world.school.school.pk, "4")
    others = {site_key(world.venue.pk), site_key(world.neighbour_venue.pk)}
    assert ({one["unit"] for one in barred}, {one["site"] for one in barred}) == ({key}, others)


def test_a_production_is_for_the_grades_that_it_says(world: World) -> None:
    allotments.production_for(world, "Mellan", "4")
    allotments.production_for(world, "Okänt", "")
    found = brief(world)
    told = {one["id"]: one["grades"] for one in found.problem["productions"]}
    titles = dict(Production.objects.values_list("title", "pk"))
    assert told == {
        production_key(world.production.pk): ["4", "5"],
        production_key(titles["Mellan"]): ["4"],
    }
    assert found.left_out == [{"production": titles["Okänt"], "reason": "no_grades"}]


def test_a_further_show_costs_no_more_than_the_first(world: World) -> None:
    Production.objects.filter(pk=world.production.pk).update(fee_next_show=Decimal(99000))
    [production] = brief(world).problem["productions"]
    assert (production["fee"], production["fee_next"]) == (9800, 9800)


def test_days_to_play_are_weekdays_without_rest_and_visits(world: World) -> None:
    found = allotments.made(world)
    days = make_brief(found).problem["productions"][0]["days_max"]
    world.ensemble.days_off.create(starts_on="2027-01-11", ends_on="2027-01-17")
    visit(world)
    assert make_brief(found).problem["productions"][0]["days_max"] == days - 6


def test_no_more_days_than_the_rule_says(world: World) -> None:
    assert brief(world, rules={"days_max": 3}).problem["productions"][0]["days_max"] == 3


def test_a_room_fits_does_not_or_nobody_knows(world: World) -> None:
    world.production.rider.needs_piano = True
    world.production.rider.save()
    Venue.objects.filter(pk=world.venue.pk).update(piano=True)
    Venue.objects.filter(pk=world.neighbour_venue.pk).update(piano=False)
    problem = brief(world).problem
    key = production_key(world.production.pk)
    assert [(site(problem, v)["fits"], site(problem, v)["unknown"]) for v in _rooms(world)] == [
        ([key], {}),
        ([], {}),
        ([], {key: ["piano"]}),
    ]


def _rooms(world: World) -> tuple[Venue, Venue, Venue]:
    return world.venue, world.neighbour_venue, world.school_venue


@pytest.mark.parametrize("kind", ["digital", "care"])
def test_no_school_goes_to_a_room_of_that_kind(world: World, kind: str) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(kind=kind)
    assert site_key(world.venue.pk) not in [one["id"] for one in brief(world).problem["sites"]]


def test_what_nobody_knows_of_the_way_in_meets_no_need_unless_the_rule_says_so(world: World) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(step_free_entrance=True, wheelchair_places=0)
    found = allotments.made(world)
    told = site(make_brief(found).problem, world.venue)["meets"]
    found.unknown_fits = True
    assert (told, "wheelchair" in site(make_brief(found).problem, world.venue)["meets"]) == (
        ["step_free"],
        False,
    )
    assert "wheelchair" in site(make_brief(found).problem, world.school_venue)["meets"]


def test_a_schools_own_room_is_where_it_is(world: World) -> None:
    problem = brief(world).problem
    assert site(problem, world.school_venue)["place"] == unit(problem, world)["home"]


def test_the_ways_are_the_roads(world: World) -> None:
    problem = brief(world).problem
    number = problem["places"].index(unit(problem, world)["home"])
    assert sorted({round(km) for km in problem["km"][number]}) == [0, 20, 80, 123, 178]


def seen(world: World, *, year: str, grade: str, status: str = "confirmed", **fields: Any) -> None:
    """Grade `grade` of Krokom was at a visit of the production in that year."""
    group = allotments.group(world.school.school, f"då {grade}", 20, grade=grade, school_year=year)
    at = datetime(int(year[:4]) + 1, 2, 4, 10, tzinfo=UTC)
    show = visit(world, at, presenter=world.school, venue=world.school_venue, status=status, **fields)
    VisitGroup.objects.create(booking=show.booking, group=group, pupils_count=20)


def test_what_they_had_in_an_earlier_grade_they_have_had(world: World) -> None:
    found = allotments.made(world)
    seen(world, year="2024/25", grade="2")
    problem = make_brief(found).problem
    assert [unit(problem, world, grade)["had"] for grade in ("4", "5")] == [
        [production_key(world.production.pk)],
        [],
    ]


def test_what_was_called_off_they_have_not_had(world: World) -> None:
    found = allotments.made(world)
    seen(world, year="2024/25", grade="2", status="cancelled")
    assert unit(make_brief(found).problem, world)["had"] == []


def test_after_so_many_years_it_may_come_again(world: World) -> None:
    found = allotments.made(world, rules={"repeat_years": 1})
    seen(world, year="2024/25", grade="2")
    assert unit(make_brief(found).problem, world)["had"] == []


def booked(world: World) -> None:
    """Both groups of grade 4 have a visit this year."""
    show = visit(world, presenter=world.school, venue=world.school_venue)
    for group in world.school.school.groups.filter(grade="4"):
        VisitGroup.objects.create(booking=show.booking, group=group, pupils_count=20)


def test_what_is_booked_this_year_counts_as_an_encounter(world: World) -> None:
    found = allotments.made(world)
    booked(world)
    told = unit(make_brief(found).problem, world)
    assert (told["encounters"], told["had"]) == (1, [production_key(world.production.pk)])


def test_grades_that_have_something_may_be_left_out(world: World) -> None:
    found = allotments.made(world, rules={"skips_reached": True})
    booked(world)
    told = make_brief(found)
    assert unit_key(world.school.school.pk, "4") not in [one["id"] for one in told.problem["units"]]
    assert told.left_out == [{"school": world.school.school.pk, "grade": "4", "reason": "reached"}]


def test_the_fingerprint_is_of_the_ground_not_of_the_orders(world: World) -> None:
    found = allotments.made(world)
    before = make_brief(found)
    AllotmentOrder.objects.create(
        allotment=found, school=world.school.school, grade="4", kind="locked", by=world.officer, at=NOW
    )
    after = make_brief(found)
    assert (before.fingerprint == after.fingerprint, len(after.problem["locked"])) == (True, 1)


def test_another_ground_has_another_fingerprint(world: World) -> None:
    found = allotments.made(world)
    before = make_brief(found).fingerprint
    world.school.school.groups.filter(name="4A").update(pupils_count=23)
    assert make_brief(found).fingerprint != before


def test_an_order_about_what_is_gone_says_nothing(world: World) -> None:
    found = allotments.made(world)
    gone = make.ProductionFactory(ensemble=world.ensemble)
    AllotmentOrder.objects.create(
        allotment=found, school=world.school.school, grade="4", kind="locked", production=gone, by=world.officer,
        at=NOW,
    )  # fmt: skip
    assert make_brief(found).problem["locked"] == []


def test_reading_takes_few_queries_whatever_the_number_of_schools(
    world: World, django_assert_max_num_queries
) -> None:
    found = allotments.made(world)
    for place in ("Strömsund", "Backe"):
        allotments.group(allotments.school_in(world, place, place), "4", 20)
    with django_assert_max_num_queries(25):
        make_brief(found)


def test_what_is_given_and_wished_counts_once_when_the_wish_is_booked(world: World) -> None:
    """All were given what one of them then has a visit of by a wish of its own: one encounter each."""
    allotments.published(world)
    at = datetime(2027, 2, 4, 10, tzinfo=UTC)
    show = visit(world, at, presenter=world.school, venue=world.school_venue, status="confirmed")
    group = world.school.school.groups.get(name="4A")
    VisitGroup.objects.create(booking=show.booking, group=group, pupils_count=22)
    other = allotting.make(world.season, allotments.terms(world, name="Till"), by=world.officer, now=NOW)
    told = allotment_ground.encounters_of([world.school.school.pk], 2026, other)
    groups = world.school.school.groups.values_list("name", "pk")
    assert {name: told[pk] for name, pk in groups} == {"4A": 1, "4B": 1, "5A": 1}
