"""What some in a group need is forgotten a week after the visit; that they came is not."""

import json
from datetime import datetime, time, timedelta

from django.utils import timezone

from bookings import allotting, needs
from bookings.allotting import Choice
from tests.allotments import run, set_ground, terms
from tests.school import NOW, confirmed_visit, group, wish_with
from tests.world import World
from tours.models import Allotment, GradeAnswer, WishGroup
from tours.models.school_wishes import Need

WEEK = timedelta(days=7)
MOMENT = timedelta(seconds=1)


def noon_after(world: World) -> datetime:
    """Noon a week after the season's last day, on which its needs are kept still."""
    return timezone.make_aware(datetime.combine(world.season.ends_on + WEEK, time(12)))


def test_needs_are_forgotten_a_week_after_the_visit(world: World) -> None:
    visit = confirmed_visit(world, [group(world)], wheelchair=1)
    end = visit.occupied_to + WEEK
    assert (needs.forget_due(end), needs.forget_due(end + MOMENT)) == (0, 1)
    row = visit.groups.get()
    assert (row.needs, row.pupils_count, needs.forget_due(end + MOMENT)) == ({}, 24, 0)


def test_those_of_a_wish_go_after_the_season(world: World) -> None:
    wish_with(world, [group(world)], wheelchair=1)
    after = noon_after(world)
    assert (needs.forget_due(after), needs.forget_due(after + timedelta(days=1))) == (0, 1)
    assert world.school_wish.groups.get().needs == {}


def test_those_of_a_wish_that_was_taken_back_go_sooner(world: World) -> None:
    wish_with(world, [group(world)], wheelchair=1)
    world.school_wish.withdrawn_at = NOW
    world.school_wish.save()
    assert (needs.forget_due(NOW + WEEK), needs.forget_due(NOW + WEEK + MOMENT)) == (0, 1)


def test_those_of_an_answer_go_after_the_season(world: World) -> None:
    GradeAnswer.objects.create(
        season=world.season,
        school=world.school.school,
        grade="4",
        needs={"wheelchair": 1},
        by=world.school_contact,
        at=NOW,
    )
    after = noon_after(world)
    assert (needs.forget_due(after), needs.forget_due(after + timedelta(days=1))) == (0, 1)


def needing(world: World) -> Allotment:
    """An allotment whose plan leaves grade 4 of Krokom out because of what one of them needs; one grade is by hand."""
    set_ground(world, way="both")
    GradeAnswer.objects.create(
        season=world.season,
        school=world.school.school,
        grade="4",
        needs={"sign_language": 1},
        by=world.school_contact,
        at=NOW,
    )
    found = run(allotting.make(world.season, terms(world), by=world.officer, now=NOW), world)
    by_hand = Choice(world.school.school, "5")
    return Allotment.objects.get(pk=allotting.choose(found, by_hand, by=world.officer, now=NOW).allotment_id)


def documents(allotment: Allotment) -> str:
    """All that is stored of its problem and plans."""
    before = list(allotment.orders.values_list("before", flat=True))
    return json.dumps([allotment.problem, allotment.plan, before])


def test_those_in_an_allotment_go_after_the_season(world: World) -> None:
    found, after = needing(world), noon_after(world)
    assert documents(found).count("sign_language") > 3
    GradeAnswer.objects.all().delete()
    day_after = after + timedelta(days=1)
    assert [needs.forget_due(at) for at in (after, day_after, day_after)] == [0, 1, 0]
    found.refresh_from_db()
    assert "sign_language" not in documents(found)
    assert [unit["grade"] for unit in found.problem["units"]] == ["4", "5", "4", "4"]


def test_sums_are_in_fixed_order(world: World) -> None:
    rows = [WishGroup(needs={"relaxed": 2, "wheelchair": 1}), WishGroup(needs={"wheelchair": 1})]
    assert needs.sums(rows) == [(Need.WHEELCHAIR, 2), (Need.RELAXED, 2)]
